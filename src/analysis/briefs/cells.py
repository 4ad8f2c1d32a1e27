"""Published cells as text. A cell that may not leave is shown as '<10', never filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.briefs.cited import cited
from analysis.briefs.held_cells import KEY, Part, indexed, loaded
from analysis.briefs.reading import look
from analysis.notation import number, percent, rupiah_short
from analysis.policy import Rulebook

_NONE = {"id": "tidak dapat dihitung", "en": "cannot be computed"}


@dataclass(frozen=True)
class Cells:
    """All rilis_* tables of a period, looked up one cell at a time.

    `area` is the area a brief is about: its cells are meant where none is named.
    """

    tables: Mapping[str, pd.DataFrame]
    city: str
    smallest: int
    lang: str = "id"
    area: str = ""
    areas: frozenset[str] | None = None
    index: dict[tuple, dict] | None = None

    @classmethod
    def load(cls, folder: Path, rulebook: Rulebook, lang: str = "id") -> "Cells":
        """Read `rilis/rilis_*.parquet` below a store's folder; once a process while they are unchanged."""
        found = sorted((folder / "rilis").glob("rilis_*.parquet"))
        stamps = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in found)
        tables, index = loaded(stamps)
        city, smallest = rulebook.city().kode, rulebook.disclosure.k_minimum
        return cls(dict(tables), city, smallest, lang, index=index)

    def within(self, areas: set[str] | None, area: str = "") -> "Cells":
        """Only the cells of these areas (None: of all), so that a brief can read no others."""
        tables = self.tables if areas is None else Part(self.tables, areas)
        kept = None if areas is None else frozenset(areas)
        return Cells(tables, self.city, self.smallest, self.lang, area, kept, self.index)

    def has(self, topic: str) -> bool:
        """The topic was released with at least one cell."""
        look(topic, "?")
        if isinstance(self.tables, Part):
            return self.tables.holds(topic)
        return self.tables.get(topic) is not None and len(self.tables[topic]) > 0

    @cached_property
    def _index(self) -> dict[tuple, dict]:
        return indexed(self.tables) if self.index is None else self.index

    def cell(
        self, topic: str, row: str, measure: str, column: str = "", area: str | None = None
    ) -> dict | None:
        """One cell as a row of its table, or None where the topic does not hold it."""
        place = area or self.city
        if self.areas is not None and place not in self.areas:
            return None
        look(topic, place, row, column, measure)
        return self._index.get((topic, place, row, column, measure))

    def value(self, topic: str, row: str, measure: str, column: str = "", area: str | None = None):
        """The number, or None where it is suppressed, not computable or not there."""
        cell = self.cell(topic, row, measure, column, area)
        return None if cell is None or cell["status"] != "terbit" else float(cell["nilai"])

    def text(
        self, topic: str, row: str, measure: str, column: str = "", area: str | None = None
    ) -> str:
        """The number in its unit's notation; what may not be shown says so."""
        return self.shown(self.cell(topic, row, measure, column, area))

    def cite(
        self, topic: str, row: str, measure: str, column: str = "", area: str | None = None
    ) -> str:
        """As `text`, carrying the cell it came from."""
        return self.cited(self.cell(topic, row, measure, column, area))

    def cited(self, cell: dict | None) -> str:
        """A cell as print with its source; a cell that is not there has none."""
        return self.shown(cell) if cell is None else cited(self.shown(cell), source_of(cell))

    def derived(self, shown: str, cell: dict, how: str) -> str:
        """A number worked out of a cell: `how` is seratus (of a hundred), sisa (denominator less
        numerator), penyebut, jumlah or banyak."""
        return cited(shown, f"{source_of(cell)}#{how}")

    def shown(self, cell: dict | None) -> str:
        """A cell as print: shares as per cent with their interval, rupiah in words of size."""
        if cell is None or cell["status"] == "tidak_dapat_dihitung":
            return _NONE[self.lang]
        unit = cell["satuan"]
        if cell["status"] != "terbit":
            return f"<{self.smallest}" if cell["status"] == "kurang_dari_k" else "–"
        value = float(cell["nilai"])
        if unit == "bagian":
            return percent(value, 1, self.lang)
        if unit == "rupiah":
            return rupiah_short(value, self.lang)
        return number(value, 0 if value == int(value) else 2, self.lang)

    def rows(self, topic: str) -> pd.DataFrame:
        """All cells of a topic in print order."""
        return self.tables[topic].reset_index(drop=True).sort_values("urutan", kind="stable")


def source_of(cell: dict) -> str:
    """topic/area/row/column/measure."""
    return "/".join(str(cell[name]) for name in ("topik", *KEY))
