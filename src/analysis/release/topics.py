"""Cells of the release tables, gathered topic by topic; shares and amounts follow their counts."""

from dataclasses import dataclass, field, fields
from datetime import date

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.estimates import REGISTER_CENSUS
from analysis.policy import Disclosure
from analysis.release.disclosure import (
    PUBLISHED,
    SMALL,
    UNDEFINED,
    Count,
    Guarded,
    Key,
    is_small,
    protect,
    refuse_unknown_unit,
)

SHARE, RUPIAH = "bagian", "rupiah"
# Where one of several counts must go to protect another, these go last: the brief stands on them.
_WORTH = {"utama": 3, "program": 2, "putusan": 2, "desil_program": 1}


@dataclass(frozen=True)
class Cell:
    """One row of a rilis_* table."""

    wilayah: str
    baris: str
    kolom: str
    ukuran: str
    satuan: str
    nilai: float | None
    status: str
    pembilang: float | None = None
    penyebut: float | None = None
    bawah: float | None = None
    atas: float | None = None
    metode: str = ""
    teks: str | None = None
    tanggal: date | None = None
    urutan: int = 0


class System:
    """Counts over one partition of units, to be protected together."""

    def __init__(self, atoms: pd.DataFrame, size: str = "n") -> None:
        self.atoms = atoms.reset_index(drop=True)
        self._sizes = self.atoms[size].to_numpy(dtype=np.int64)
        self._counts: list[Count] = []

    def count(
        self,
        key: Key,
        unit: str,
        where: pd.Series,
        whole: pd.Series | None = None,
        exact: bool = False,
    ) -> Key:
        """Announce a count of the atoms `where` holds, a share of those where `whole` holds."""
        of = None if whole is None else whole.to_numpy(dtype=bool)
        worth = _WORTH.get(key[0], 0)
        self._counts.append(Count(key, unit, where.to_numpy(dtype=bool), of, exact, worth))
        return key

    def protected(self, rule: Disclosure) -> dict[Key, Guarded]:
        """What may be printed of each count. Raises ReleaseRefused, see `disclosure.protect`."""
        return protect(self._sizes, self._counts, rule) if self._counts else {}


@dataclass
class Release:
    """The cells of all topics, in print order."""

    rule: Disclosure
    city: str
    cells: dict[str, list[Cell]] = field(default_factory=dict)

    def add(self, topic: str, cell: Cell) -> None:
        """Append a cell; its place in the topic is its print order."""
        held = self.cells.setdefault(topic, [])
        held.append(
            Cell(
                **{f.name: getattr(cell, f.name) for f in fields(cell)} | {"urutan": len(held) + 1}
            )
        )

    def count(self, key: Key, unit: str, guarded: Guarded, **more: object) -> None:
        """A count as the disclosure rules leave it."""
        topic, *place = key
        self.add(topic, Cell(*place, unit, guarded.value, guarded.status, **more))

    def plain(self, key: Key, unit: str, value: float, **more: object) -> None:
        """A count that stands in no table with others: guarded by its own size alone."""
        refuse_unknown_unit(key[0], unit, self.rule)
        guarded = unit in self.rule.satuan_dilindungi and is_small(value, None, self.rule)
        self.count(
            key, unit, Guarded(None, SMALL) if guarded else Guarded(float(value), PUBLISHED), **more
        )

    def amount(
        self, key: Key, rupiah: float, of: Guarded, exact: bool = False, **more: object
    ) -> None:
        """Rupiah of a count: published only where the count is, rounded unless a book total."""
        step = 1 if exact else self.rule.rupiah_pembulatan
        value = float(round(rupiah / step) * step) if of.is_published else None
        self.count(key, RUPIAH, Guarded(value, of.status), **more)

    def share(
        self, key: Key, part: Guarded, whole: Guarded, rest: bool = False, **more: object
    ) -> None:
        """A share recomputed from two protected counts; `rest`: of what `part` leaves over."""
        topic, *place = key
        if not (part.is_published and whole.is_published):
            status = part.status if not part.is_published else whole.status
            return self.add(
                topic, Cell(*place, SHARE, None, UNDEFINED if whole.value == 0 else status, **more)
            )
        top = whole.value - part.value if rest else part.value
        if not whole.value or is_small(top, whole.value, self.rule):
            return self.add(
                topic, Cell(*place, SHARE, None, SMALL if whole.value else UNDEFINED, **more)
            )
        value = round(top / whole.value, 6)
        return self.add(
            topic,
            Cell(*place, SHARE, value, PUBLISHED, top, whole.value, metode=REGISTER_CENSUS, **more),
        )

    def undefined(self, key: Key, unit: str, **more: object) -> None:
        """A measure that does not exist for this row."""
        self.count(key, unit, Guarded(None, UNDEFINED), **more)

    def tables(self, engine: Engine) -> tuple[str, ...]:
        """Write every topic that has cells as a temporary table rilis_<topic>."""
        for topic, cells in self.cells.items():
            engine.register(
                "_cells", pd.DataFrame([_as_text(cell) for cell in cells]).astype("str")
            )
            casts = ", ".join(
                f'CAST("{f.name}" AS {_type(f.name)}) AS "{f.name}"' for f in fields(Cell)
            )
            engine.table(f"rilis_{topic}", f"SELECT {casts} FROM _cells")
        engine.drop("_cells")
        return tuple(f"rilis_{topic}" for topic in self.cells)


_NUMBERS = {"nilai", "pembilang", "penyebut", "bawah", "atas"}


def _type(name: str) -> str:
    return (
        "DOUBLE"
        if name in _NUMBERS
        else {"urutan": "INTEGER", "tanggal": "DATE"}.get(name, "VARCHAR")
    )


def _as_text(cell: Cell) -> dict[str, str | None]:
    """Text keeps nulls null whatever the column; `repr` of a float loses nothing."""
    values = {f.name: getattr(cell, f.name) for f in fields(cell)}
    return {
        name: None if value is None else repr(float(value)) if name in _NUMBERS else str(value)
        for name, value in values.items()
    }
