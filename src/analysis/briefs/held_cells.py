"""Released tables as they are held while briefs are made: whole, or the rows of some areas only."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.briefs.reading import EVERYTHING, look

KEY = ["wilayah", "baris", "kolom", "ukuran"]


class Part(Mapping):
    """The tables with the rows of some areas only, cut when a table is asked for."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], areas: set[str]) -> None:
        self._tables, self._areas, self._cut = tables, areas, {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        look(name)
        return self._part(name)

    def holds(self, name: str) -> bool:
        """There is a cell of the topic in these areas; the cells themselves are not looked at."""
        return name in self._tables and len(self._part(name)) > 0

    def _part(self, name: str) -> pd.DataFrame:
        if name not in self._cut:
            table = self._tables[name]
            self._cut[name] = table[table["wilayah"].isin(self._areas)]
        return self._cut[name]

    def __iter__(self) -> Iterator[str]:
        look(*EVERYTHING)
        return (name for name in self._tables if self.holds(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def indexed(tables: Mapping[str, pd.DataFrame]) -> dict[tuple, dict]:
    """(topic, area, row, column, measure) → the cell."""
    return {
        (name, *(row[key] for key in KEY)): row | {"topik": name}
        for name, table in tables.items()
        for row in table.to_dict("records")
    }


@lru_cache(maxsize=2)
def loaded(stamps: tuple[tuple[str, int, int], ...]) -> tuple[dict[str, pd.DataFrame], dict]:
    """Tables and their index of files named with what tells that they are unchanged."""
    tables = {Path(path).stem.removeprefix("rilis_"): pd.read_parquet(path) for path, *_ in stamps}
    return tables, indexed(tables)
