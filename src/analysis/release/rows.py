"""Rows of the rilis_* tables, and how they become a table."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd

from analysis.engine import Engine


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


def write_cells(engine: Engine, table: str, rows: Sequence[object]) -> None:
    """Dataclass rows as a temporary table whose columns keep their types, nulls and digits."""
    kind = type(rows[0])
    engine.register("_cells", pd.DataFrame([_as_text(row) for row in rows]).astype("str"))
    casts = ", ".join(f'CAST("{f.name}" AS {_TYPES[f.type]}) AS "{f.name}"' for f in fields(kind))
    engine.table(table, f"SELECT {casts} FROM _cells")
    engine.drop("_cells")


_TYPES = {
    str: "VARCHAR", str | None: "VARCHAR", float | None: "DOUBLE", float: "DOUBLE", int: "INTEGER",
    date | None: "DATE", date: "DATE",
}  # fmt: skip


def _as_text(row: object) -> dict[str, str | None]:
    """Text keeps nulls null whatever the column; `repr` of a float loses nothing."""
    values = {f.name: getattr(row, f.name) for f in fields(row)}
    return {
        name: None
        if value is None
        else repr(float(value))
        if isinstance(value, float)
        else str(value)
        for name, value in values.items()
    }
