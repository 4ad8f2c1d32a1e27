"""Where persons stand: rows a person and list, as one array over person numbers; what gates and counts ask is a sum over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.engine import Engine


@dataclass(frozen=True)
class Standing:
    """`counts` (lists × person numbers): rows of each person in each of `sources`. A list lies in one piece: sums run along it."""

    counts: np.ndarray
    sources: tuple[str, ...]

    @classmethod
    def read(cls, engine: Engine, rows: str, sources: str, moved: str = "") -> "Standing":
        """Of the query `rows` (person, place, n) and the table `sources` (source, place); `moved`: query (person, into_person)."""
        names = tuple(
            name for (name,) in engine.rows(f"SELECT source FROM {sources} ORDER BY place")
        )
        cells = engine.frame(rows)
        person = _renamed(cells["person"].to_numpy(), engine.frame(moved) if moved else None)
        size = int(person.max(initial=0)) + 1
        cell = cells["place"].to_numpy().astype(np.int64) * size + person
        counts = np.zeros(len(names) * size, np.int32)
        np.add.at(counts, cell, cells["n"].to_numpy())
        return cls(counts.reshape(len(names), size), names)

    @cached_property
    def rows(self) -> np.ndarray:
        """Rows of each person."""
        return self.counts.sum(axis=0)

    @cached_property
    def lists(self) -> np.ndarray:
        """Lists each person stands in."""
        return _lists(self.counts)

    def common(self) -> pd.DataFrame:
        """Persons that two lists share: source_a, source_b, n_common; pairs of lists that share nobody are left out."""
        stands = np.packbits(
            self.counts > 0, axis=1
        )  # a bit a person: 190 pairs of 20 lists cost some milliseconds
        pairs = [
            (*sorted((a, b)), int(np.bitwise_count(stands[i] & stands[j]).sum()))
            for i, a in enumerate(self.sources)
            for j, b in enumerate(self.sources[:i])
        ]
        pairs = [pair for pair in pairs if pair[2]]
        return pd.DataFrame(sorted(pairs), columns=["source_a", "source_b", "n_common"])

    def linked(self, sources: Sequence[str] | None = None) -> dict[str, tuple[int, int]]:
        """Per list its rows, and those whose person stands in another of `sources` (all lists where none are named)."""
        chosen = [i for i, name in enumerate(self.sources) if sources is None or name in sources]
        several = (self.lists if sources is None else _lists(self.counts[chosen])) > 1
        return {
            self.sources[i]: (int(n), int(self.counts[i][several].sum()))
            for i in chosen
            if (n := self.counts[i].sum())
        }

    def match_rates(self, sources: Sequence[str]) -> dict[str, tuple[int, float]]:
        """As gates.match_rates: rows of each of `sources`, and the share that stands in another of them."""
        return {name: (n, linked / n) for name, (n, linked) in self.linked(sources).items()}

    def table(self) -> pd.DataFrame:
        """Rows a person and list, where there are any: person, place, n, in the order they are stored in."""
        persons = [np.flatnonzero(of_list).astype(np.int32) for of_list in self.counts]
        place = np.repeat(np.arange(len(persons), dtype=np.uint8), [len(each) for each in persons])
        n = [of_list[each] for of_list, each in zip(self.counts, persons, strict=True)]
        none = np.empty(0, np.int32)
        return pd.DataFrame(
            {"person": np.concatenate([none, *persons]), "place": place, "n": np.concatenate([none, *n])}
        )  # fmt: skip


def _lists(counts: np.ndarray) -> np.ndarray:
    """Of how many lists each person has rows; list by list, for along the persons a sum costs ten times as much."""
    return sum(((of_list > 0).view(np.int8) for of_list in counts), np.zeros(1, np.int32))


def _renamed(person: np.ndarray, moved: pd.DataFrame | None) -> np.ndarray:
    """Person numbers, those of persons that are another's by now theirs."""
    if moved is None or moved.empty:
        return person
    name = np.arange(max(int(person.max(initial=0)), int(moved.to_numpy().max())) + 1)
    name[moved["person"]] = moved["into_person"]
    return name[person]
