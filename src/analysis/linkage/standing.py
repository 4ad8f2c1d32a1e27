"""Where persons stand: rows a person and list, as one array over person numbers; what gates and counts ask is a sum over it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine


@dataclass(frozen=True)
class Standing:
    """`counts` (lists × person numbers): rows of each person in each of `sources`."""

    counts: np.ndarray
    sources: tuple[str, ...]

    @classmethod
    def read(cls, engine: Engine, rows: str, sources: str) -> "Standing":
        """Of the query `rows` (person, place, n) and the table `sources` (source, place)."""
        names = tuple(
            name for (name,) in engine.rows(f"SELECT source FROM {sources} ORDER BY place")
        )
        found = engine.frame(rows)
        person, place, n = (found[name].to_numpy() for name in ("person", "place", "n"))
        size = int(person.max(initial=0)) + 1
        counts = np.zeros((len(names), size), np.int32)
        for each in range(len(names)):
            here = place == each
            counts[each] = np.bincount(person[here], n[here], size)
        return cls(counts, names)

    @property
    def rows(self) -> np.ndarray:
        """Rows of each person."""
        return self.counts.sum(axis=0)

    @property
    def lists(self) -> np.ndarray:
        """Lists each person stands in."""
        return np.count_nonzero(self.counts, axis=0)

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
        several = np.count_nonzero(self.counts[chosen], axis=0) > 1
        sums = [(self.sources[i], self.counts[i]) for i in chosen]
        return {name: (int(row.sum()), int(row[several].sum())) for name, row in sums if row.any()}

    def match_rates(self, sources: Sequence[str]) -> dict[str, tuple[int, float]]:
        """As gates.match_rates: rows of each of `sources`, and the share that stands in another of them."""
        return {name: (n, linked / n) for name, (n, linked) in self.linked(sources).items()}

    def table(self) -> pd.DataFrame:
        """Rows a person and list, where there are any: person, place, n."""
        place, person = np.nonzero(self.counts)
        return pd.DataFrame(
            {
                "person": person.astype(np.int32),
                "place": place.astype(np.uint8),
                "n": self.counts[place, person],
            }
        )
