"""Where persons stand: rows a person and list, as one array over person numbers; what gates and counts ask is a sum over it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine


@dataclass(frozen=True)
class Standing:
    """`counts` (person numbers × lists): rows of each person in each of `sources`."""

    counts: np.ndarray
    sources: tuple[str, ...]

    @classmethod
    def read(cls, engine: Engine, rows: str, sources: str) -> "Standing":
        """Of the query `rows` (person, place, n) and the table `sources` (source, place)."""
        names = tuple(
            name for (name,) in engine.rows(f"SELECT source FROM {sources} ORDER BY place")
        )
        cells = engine.frame(
            f"SELECT person::BIGINT * {len(names)} + place AS cell, n FROM ({rows})"
        )
        cell, n = cells["cell"].to_numpy(), cells["n"].to_numpy()
        size = int(cell.max(initial=0)) // len(names) + 1
        counts = np.zeros(size * len(names), np.int32)
        np.add.at(counts, cell, n)
        return cls(counts.reshape(size, len(names)), names)

    @property
    def rows(self) -> np.ndarray:
        """Rows of each person."""
        return self.counts.sum(axis=1)

    @property
    def lists(self) -> np.ndarray:
        """Lists each person stands in."""
        return np.count_nonzero(self.counts, axis=1)

    def common(self) -> pd.DataFrame:
        """Persons that two lists share: source_a, source_b, n_common; pairs of lists that share nobody are left out."""
        stands = np.packbits(
            self.counts.T > 0, axis=1
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
        here = self.counts[:, chosen]
        rows, linked = here.sum(axis=0), here[np.count_nonzero(here, axis=1) > 1].sum(axis=0)
        names = (self.sources[i] for i in chosen)
        return {name: (int(n), int(m)) for name, n, m in zip(names, rows, linked, strict=True) if n}

    def match_rates(self, sources: Sequence[str]) -> dict[str, tuple[int, float]]:
        """As gates.match_rates: rows of each of `sources`, and the share that stands in another of them."""
        return {name: (n, linked / n) for name, (n, linked) in self.linked(sources).items()}

    def table(self) -> pd.DataFrame:
        """Rows a person and list, where there are any: person, place, n."""
        cells = self.counts.ravel()
        at = np.flatnonzero(cells)
        person, place = np.divmod(at.astype(np.int32), np.int32(len(self.sources)))
        return pd.DataFrame({"person": person, "place": place.astype(np.uint8), "n": cells[at]})
