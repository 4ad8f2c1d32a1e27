"""The names and addresses of the data as a set of word sequences, less what the rules publish."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd
from pydantic import BaseModel

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.release.identifiers import find_dates
from analysis.release.text.passages import plain

# An apostrophe joins (MA'MUN), everything else parts.
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’`ʼ]")


def words(text: str) -> list[str]:
    """
    >>> words("Ma'mun bin S. Aji, No. 5")
    ['MAMUN', 'BIN', 'S', 'AJI', 'NO', '5']
    """
    return _WORD.findall(_APOSTROPHE.sub("", plain(text)).upper())


@dataclass(frozen=True)
class KnownNames:
    """`several`: word sequences (joined by a space) → kind; `starts`: their first two words;
    `single`: names of one word, or of one word and initials; `longest`: words of the longest sequence."""

    several: dict[str, str]
    starts: frozenset[str]
    single: frozenset[str]
    longest: int

    def find(self, stream: list[str], pairs: list[str]) -> Iterator[tuple[str, int]]:
        """Kind and position of every known sequence, the longest at a position; `pairs`: words and the next."""
        for start in [place for place, pair in enumerate(pairs) if pair in self.starts]:
            for end in range(min(start + self.longest, len(stream)), start + 1, -1):
                kind = self.several.get(" ".join(stream[start:end]))
                if kind:
                    yield kind, start
                    break


def known_names(
    names: pd.DataFrame, rulebook: Rulebook, pairs: set[str], own: set[str]
) -> KnownNames:
    """Names and addresses to look for where `pairs` of words and the words `own` were read.

    Of hundreds of thousands only those are kept whose first two words stand somewhere side by side,
    or that are one word standing alone; phrases that the rules themselves contain are left out.
    """
    found = _candidates(names, pairs, own)
    public = public_phrases(rulebook)
    kinds = {text: kind for kind, text in found if text and text not in public}
    several = {text: kind for text, kind in kinds.items() if _tells_a_person(text)}
    single = frozenset(
        text for text, kind in kinds.items()
        if kind == "nama" and text not in several and len(text) > 1 and text.replace(" ", "").isalpha()
    )  # fmt: skip
    starts = frozenset(" ".join(text.split(" ", 2)[:2]) for text in several)
    longest = max((text.count(" ") + 1 for text in several), default=0)
    return KnownNames(several, starts, single, longest)


def _tells_a_person(text: str) -> bool:
    """Two words at least: 'Ganda R.' is a word and an initial, as any table has side by side."""
    return sum(len(word) > 1 for word in text.split(" ")) > 1


def _candidates(names: pd.DataFrame, pairs: set[str], own: set[str]) -> list[tuple[str, str]]:
    with Engine() as engine:
        for name, texts in (("_pairs", pairs), ("_own", own)):
            engine.register(name, pd.DataFrame({"teks": pd.Series(sorted(texts), dtype="str")}))
        engine.register("_names", names[["jenis", "teks"]].astype("str"))
        return engine.rows(r"""
            WITH spelled AS (
                SELECT jenis, trim(regexp_replace(upper(regexp_replace(teks, '[''’`ʼ]', '', 'g')),
                    '[^\p{L}\p{N}]+', ' ', 'g')) AS teks
                FROM _names),
            parted AS (SELECT *, string_split(teks, ' ') AS kata FROM spelled)
            SELECT DISTINCT jenis, teks FROM parted
            WHERE (len(kata) > 1 AND kata[1] || ' ' || kata[2] IN (SELECT teks FROM _pairs))
                OR (len(kata) = 1 AND teks IN (SELECT teks FROM _own))
            ORDER BY jenis DESC, teks""")


@lru_cache(maxsize=2)
def _public(digest: str, texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[date]]:
    phrases: set[str] = set()
    for text in texts:
        spoken = words(text)
        for start in range(len(spoken)):
            for end in range(start + 1, min(start + _LONGEST, len(spoken)) + 1):
                phrases.add(" ".join(spoken[start:end]))
    dates = frozenset(day for text in texts for day, *_ in find_dates(text))
    return frozenset(phrases), dates


_LONGEST = 8


def public_phrases(rulebook: Rulebook) -> frozenset[str]:
    """Every run of words in the rules' own texts: area names, officials, programmes, sources, months."""
    return _public(rulebook.digest, tuple(dict.fromkeys(_texts(rulebook.__dict__.values()))))[0]


def public_dates(rulebook: Rulebook) -> frozenset[date]:
    """Every date the rules themselves state."""
    texts = tuple(dict.fromkeys(_texts(rulebook.__dict__.values())))
    return _public(rulebook.digest, texts)[1]


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str | date):
            yield str(value)
        elif isinstance(value, BaseModel):
            yield from _texts(value.__dict__.values())
        elif isinstance(value, dict):
            yield from _texts([*value, *value.values()])
        elif isinstance(value, list | tuple | set | frozenset):
            yield from _texts(value)
