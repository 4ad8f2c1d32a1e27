"""Published cells as text. A cell that may not leave is shown as '<10', never filled in."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.notation import number, percent, rupiah_short
from analysis.policy import Rulebook

_NONE = {"id": "tidak dapat dihitung", "en": "cannot be computed"}


@dataclass(frozen=True)
class Cells:
    """All rilis_* tables of a period, looked up one cell at a time."""

    tables: dict[str, pd.DataFrame]
    city: str
    smallest: int
    lang: str = "id"

    @classmethod
    def load(cls, folder: Path, rulebook: Rulebook, lang: str = "id") -> "Cells":
        """Read `rilis/rilis_*.parquet` below a store's folder."""
        found = sorted((folder / "rilis").glob("rilis_*.parquet"))
        tables = {
            path.stem.removeprefix("rilis_"): pd.read_parquet(path).set_index(
                ["wilayah", "baris", "kolom", "ukuran"], drop=False
            )
            for path in found
        }
        return cls(tables, rulebook.city().kode, rulebook.disclosure.k_minimum, lang)

    def has(self, topic: str) -> bool:
        """The topic was released with at least one cell."""
        return topic in self.tables and len(self.tables[topic]) > 0

    def cell(self, topic: str, row: str, measure: str, column: str = "", area: str | None = None):
        """One cell as a row of its table, or None where the topic does not hold it."""
        key = (area or self.city, row, column, measure)
        table = self.tables.get(topic)
        return None if table is None or key not in table.index else table.loc[key]

    def value(self, topic: str, row: str, measure: str, column: str = "", area: str | None = None):
        """The number, or None where it is suppressed, not computable or not there."""
        cell = self.cell(topic, row, measure, column, area)
        return None if cell is None or cell["status"] != "terbit" else float(cell["nilai"])

    def text(
        self, topic: str, row: str, measure: str, column: str = "", area: str | None = None
    ) -> str:
        """The number in its unit's notation; what may not be shown says so."""
        return self.shown(self.cell(topic, row, measure, column, area))

    def shown(self, cell) -> str:
        """A cell as print: shares as per cent with their interval, rupiah in words of size."""
        if cell is None or cell["status"] == "tidak_dapat_dihitung":
            return _NONE[self.lang]
        unit = cell["satuan"]
        if cell["status"] != "terbit":
            return f"<{self.smallest}" if cell["status"] == "kurang_dari_k" else "–"
        value = float(cell["nilai"])
        if unit == "bagian":
            return percent(value, 1, self.lang)
        return rupiah_short(value, self.lang) if unit == "rupiah" else number(value, 0, self.lang)

    def rows(self, topic: str) -> pd.DataFrame:
        """All cells of a topic in print order."""
        return self.tables[topic].reset_index(drop=True).sort_values("urutan", kind="stable")
