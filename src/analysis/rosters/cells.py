"""Rows of any cells → one Arrow table of text, in chunks so that memory stays small."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import pyarrow as pa

from analysis.errors import InputFileError

_CHUNK = 50_000
_WIDEST = 300
# Above 2^53 a number of sixteen digits has lost its last one (Papua's NIK, 91–97): kept as '?'.
_BEYOND = 2**53


@dataclass(frozen=True)
class Sheet:
    """One sheet: `cells` has `baris` (row from 1) and text columns c001, c002, …; null = empty cell."""

    name: str
    cells: pa.Table
    is_hidden: bool = False


def as_text_table(rows: Iterable[Sequence], file: str) -> pa.Table:
    """Every row, empty ones too, as text. Raises InputFileError where a sheet is absurdly wide."""
    iterator, number, parts = iter(rows), 1, []
    while chunk := list(islice(iterator, _CHUNK)):
        columns = _trimmed([_texts(cells) for cells in zip_longest(*chunk)])
        if len(columns) > _WIDEST:
            raise InputFileError("sheet_too_wide", file=file, columns=len(columns), limit=_WIDEST)
        arrays = [pa.array(range(number, number + len(chunk)), pa.int32())]
        arrays += [pa.array(column, pa.string()) for column in columns]
        parts.append(pa.table(arrays, names=["baris", *_names(len(columns))]))
        number += len(chunk)
    if not parts:
        return pa.table({"baris": pa.array([], pa.int32())})
    return pa.concat_tables(parts, promote_options="default")


def _trimmed(columns: list[list[str | None]]) -> list[list[str | None]]:
    """Without the empty columns at the right that stray formatting leaves behind."""
    width = len(columns)
    while width > 1 and not any(columns[width - 1]):
        width -= 1
    return columns[:width]


def _names(width: int) -> Iterator[str]:
    return (f"c{place:03d}" for place in range(1, width + 1))


def _texts(cells: tuple) -> list[str | None]:
    if set(map(type, cells)) == {str}:
        return [cell.strip() or None for cell in cells]
    return [_text(cell) for cell in cells]


def _text(cell: object) -> str | None:
    """One cell as text: numbers without exponent or '.0', dates in ISO form."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and _BEYOND < abs(cell) < 1e16:
        return str(int(cell))[:15] + "?"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
