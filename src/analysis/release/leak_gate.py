"""The last door: no identifier, name, address or birth date of the data leaves in any file.

Names of several words are found wherever they stand. A name of one word cannot be told from a
word, so it counts only where it stands alone (a table cell, a label) or beside a date. Words the
rulebook itself publishes (kelurahan, programmes, months) are no leak. What cannot be read is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.policy import Rulebook
from analysis.release.documents import Passage, Unreadable, read_passages
from analysis.release.identifiers import find_dates, find_identifiers
from analysis.release.vocabulary import KnownNames, known_names, words


@dataclass(frozen=True)
class Leak:
    """What was found where, never the value itself; `place` is the first of `count` places."""

    file: str
    kind: str
    count: int
    place: str


def inspect(folder: Path, names: pd.DataFrame, rulebook: Rulebook) -> list[Leak]:
    """Every leak in the files below `folder`; `names` has the columns jenis (nama | alamat), teks."""
    known = known_names(names, rulebook)
    provinces = frozenset(str(code) for code in rulebook.codes["provinsi"]["kode"])
    found: list[tuple[str, str, str]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            passages = read_passages(path)
        except Unreadable as reason:
            found.append((name, str(reason), "seluruh berkas"))
            continue
        found += [(name, kind, place) for kind, place in _leaks(passages, known, provinces)]
    return _summed(found)


def _summed(found: Iterable[tuple[str, str, str]]) -> list[Leak]:
    leaks: dict[tuple[str, str], Leak] = {}
    for file, kind, place in found:
        before = leaks.get((file, kind), Leak(file, kind, 0, place))
        leaks[file, kind] = Leak(file, kind, before.count + 1, before.place)
    return list(leaks.values())


def _leaks(
    passages: list[Passage], known: KnownNames, provinces: frozenset[str]
) -> Iterable[tuple[str, str]]:
    """Kind and place of every leak. Words run on over passages: a name may be cut by a tag or a line."""
    stream: list[str] = []
    places: list[str] = []
    for passage in passages:
        for kind in find_identifiers(passage.text, provinces):
            yield kind, passage.place
        own = words(passage.text)
        if len(own) == 1 and own[0] in known.single:
            yield "nama", passage.place
        for before, after in find_dates(passage.text):
            if {*words(before)[-3:], *words(after)[:3]} & known.single:
                yield "tanggal lahir", passage.place
        stream += own
        places += [passage.place] * len(own)
    for kind, start in known.find(stream):
        yield kind, places[start]
