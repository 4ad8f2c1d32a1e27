"""The names and addresses of the data as a set of word sequences, less what the rules publish."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from pydantic import BaseModel

from analysis.policy import Rulebook

# An apostrophe joins (MA'MUN), everything else parts.
_WORD = r"[^\W_]+"
_APOSTROPHES = r"['’`ʼ]"


def words(text: str) -> list[str]:
    """
    >>> words("Ma'mun bin S. Aji, No. 5")
    ['MAMUN', 'BIN', 'S', 'AJI', 'NO', '5']
    """
    return re.findall(_WORD, re.sub(_APOSTROPHES, "", text).upper())


@dataclass(frozen=True)
class KnownNames:
    """`several`: word sequences (joined by a space) → kind; `starts`: their first two words;
    `single`: names of one word; `longest`: words of the longest sequence."""

    several: dict[str, str]
    starts: frozenset[str]
    single: frozenset[str]
    longest: int

    def find(self, stream: list[str]) -> Iterator[tuple[str, int]]:
        """Kind and position of every known sequence, the longest at a position."""
        for start in range(len(stream) - 1):
            if f"{stream[start]} {stream[start + 1]}" not in self.starts:
                continue
            for end in range(min(start + self.longest, len(stream)), start + 1, -1):
                kind = self.several.get(" ".join(stream[start:end]))
                if kind:
                    yield kind, start
                    break


def known_names(names: pd.DataFrame, rulebook: Rulebook) -> KnownNames:
    """Names and addresses to look for; phrases that the rules themselves contain are left out."""
    spelled = names["teks"].astype("str").str.replace(_APOSTROPHES, "", regex=True).str.upper()
    spelled = spelled.str.replace(r"[\W_]+", " ", regex=True).str.strip()
    kinds = dict(zip(spelled, names["jenis"], strict=True))
    kinds.pop("", None)
    public = _public_phrases(rulebook, max((text.count(" ") + 1 for text in kinds), default=1))
    several = {text: kind for text, kind in kinds.items() if " " in text and text not in public}
    single = frozenset(
        text for text, kind in kinds.items()
        if kind == "nama" and " " not in text and text not in public and len(text) > 1 and text.isalpha()
    )  # fmt: skip
    starts = frozenset(" ".join(text.split(" ", 2)[:2]) for text in several)
    longest = max((text.count(" ") + 1 for text in several), default=0)
    return KnownNames(several, starts, single, longest)


def _public_phrases(rulebook: Rulebook, longest: int) -> frozenset[str]:
    """Every run of words in the rules' own texts: area names, programmes, sources, months."""
    phrases: set[str] = set()
    for text in _texts(rulebook.__dict__.values()):
        spoken = words(text)
        for start in range(len(spoken)):
            for end in range(start + 1, min(start + longest, len(spoken)) + 1):
                phrases.add(" ".join(spoken[start:end]))
    return frozenset(phrases)


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, BaseModel):
            yield from _texts(value.__dict__.values())
        elif isinstance(value, dict):
            yield from _texts([*value, *value.values()])
        elif isinstance(value, list | tuple | set | frozenset):
            yield from _texts(value)
