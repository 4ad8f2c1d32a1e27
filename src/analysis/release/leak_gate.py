"""The last door: no identifier, name, address, birth date or path leaves in any file.

Names of several words are found wherever they stand. A name of one word, or of one word and
initials, cannot be told from a word, so it counts only where it stands alone (a table cell, a label) or beside a date. Words the
rulebook itself publishes (kelurahan, officials, programmes, months) are no leak. A full date that
is neither the rules' nor declared, and too old to be a report's, is taken for a birth date. What
cannot be read is a leak.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path

import pandas as pd

from analysis.policy import Rulebook
from analysis.release.identifiers import find_dates, find_identifiers, find_paths, user_name
from analysis.release.text.files import read_passages
from analysis.release.text.passages import Passage, Unreadable, plain
from analysis.release.vocabulary import KnownNames, known_names, public_dates, words
from analysis.settings import Run

_REPORT_YEARS = 3  # a report speaks of its own years; older days must be declared


@dataclass(frozen=True)
class Leak:
    """What was found where, never the value itself; `place` is the first of `count` places."""

    file: str
    kind: str
    count: int
    place: str


@dataclass(frozen=True)
class _Text:
    """What a text holds, wherever it stands: most stand in dozens of briefs and forms alike."""

    words: list[str]
    alone: str
    kinds: tuple[str, ...]
    days: tuple[tuple[date, frozenset[str]], ...]

    @classmethod
    def of(cls, text: str, provinces: frozenset[str], user: re.Pattern | None) -> "_Text":
        """Its words, the kinds of its identifiers and paths, its dates with the words beside them."""
        seen = plain(text)
        kinds = (*find_identifiers(seen, provinces), *find_paths(seen))
        if user and user.search(seen):
            kinds += ("nama pengguna komputer",)
        days = tuple(
            (day, frozenset((*words(before)[-3:], *words(after)[:3])))
            for day, before, after in find_dates(seen)
        )
        own = words(text)
        return cls(own, " ".join(own), kinds, days)


@dataclass(frozen=True)
class _Read:
    """A file's passages, each with what it holds."""

    name: str
    passages: list[tuple[Passage, _Text]]

    @cached_property
    def stream(self) -> list[str]:
        """Words run on over passages: a name may be cut by a tag or a line."""
        return list(chain.from_iterable(text.words for _, text in self.passages))

    @cached_property
    def pairs(self) -> list[str]:
        """Every word with the next."""
        return list(map(" ".join, pairwise(self.stream)))


def report_days(run: Run) -> frozenset[date]:
    """Days a report of this run may name though no rule states them: its edition's, and those its period begins and ends on."""
    year, month = (int(part) for part in run.period.split("-")[:2])
    return frozenset(
        {run.edition.on, date(year, month, 1), date(year, month, monthrange(year, month)[1])}
    )


def inspect(
    folder: Path, names: pd.DataFrame, rulebook: Rulebook, declared: Collection[date] = ()
) -> list[Leak]:
    """Every leak in the files below `folder`, by file name in the order of the folder.

    `names` has the columns jenis (nama | alamat), teks; `declared` are the report's own dates.
    """
    provinces = frozenset(str(code) for code in rulebook.codes["provinsi"]["kode"])
    texts, user = {}, user_name()
    found: list[tuple[str, str, str]] = []
    reads: list[_Read] = []
    for _number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file()), start=1):
        own = path.relative_to(folder)
        try:
            passages = [*_folders(own), *read_passages(path)]
        except Unreadable as reason:
            found.append((own.as_posix(), str(reason), "seluruh berkas"))
            passages = _folders(own / "_")
        for passage in passages:
            if passage.text not in texts:
                texts[passage.text] = _Text.of(passage.text, provinces, user)
        reads.append(_Read(own.as_posix(), [(one, texts[one.text]) for one in passages]))
    own = set().union(*(text.words for text in texts.values()))
    known = known_names(names, rulebook, set().union(*(read.pairs for read in reads)), own)
    days = public_dates(rulebook) | frozenset(declared)
    # The report's own days say what is old; without any, the newest day of the rules.
    oldest = max(declared or days).year - _REPORT_YEARS if days else 0
    for read in reads:
        found += [(read.name, kind, place) for kind, place in _leaks(read, known, days, oldest)]
    return _summed(_unnamed(found))


def _folders(path: Path) -> list[Passage]:
    return [
        Passage(part.replace("_", " "), "nama berkas", is_cell=False) for part in path.parts[:-1]
    ]


def _unnamed(found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """A file whose name is the leak is told by its kind and length alone."""
    found = list(found)
    secret = {file for file, _, place in found if place == "nama berkas"}
    return [(_masked(file) if file in secret else file, kind, place) for file, kind, place in found]


def _masked(file: str) -> str:
    return f"berkas bernama {len(Path(file).stem)} huruf{Path(file).suffix}"


def _summed(found: Iterable[tuple[str, str, str]]) -> list[Leak]:
    leaks: dict[tuple[str, str], Leak] = {}
    for file, kind, place in found:
        before = leaks.get((file, kind), Leak(file, kind, 0, place))
        leaks[file, kind] = Leak(file, kind, before.count + 1, before.place)
    return list(leaks.values())


def _leaks(
    read: _Read, known: KnownNames, days: frozenset[date], oldest: int
) -> Iterable[tuple[str, str]]:
    """Kind and place of every leak of a file."""
    places: list[str] = []
    for passage, text in read.passages:
        for kind in text.kinds:
            yield kind, passage.place
        if passage.is_cell and text.alone in known.single:
            yield "nama", passage.place
        for day, beside in text.days:
            if beside & known.single or (day not in days and day.year < oldest):
                yield "tanggal lahir", passage.place
        places += [passage.place] * len(text.words)
    for kind, start in known.find(read.stream, read.pairs):
        yield kind, places[start]
