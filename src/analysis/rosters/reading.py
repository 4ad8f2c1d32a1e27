"""Any roster file → its sheets as text, cell by cell, with the row numbers the sender sees."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from analysis.errors import InputFileError

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
TEXTS = {".csv", ".tsv", ".txt"}
READABLE = WORKBOOKS | TEXTS
TEXT_SHEET = "csv"
_DELIMITERS = ";,\t|"
_CHUNK = 50_000
_FIELD_LIMIT = 100_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: `cells` has `baris` (row from 1) and text columns c001, c002, …; null = empty cell."""

    name: str
    cells: pa.Table

    def top(self, rows: int) -> list[tuple[int, list[str]]]:
        """The first rows that hold anything, as (row number, texts)."""
        columns = self.cells.slice(0, rows).to_pydict()
        numbers = columns.pop("baris")
        return [
            (number, [text or "" for text in texts])
            for number, texts in zip(numbers, zip(*columns.values(), strict=True), strict=True)
        ]


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of a workbook, or the one of a text file.

    Raises InputFileError where the file is empty, damaged, locked or of a kind that holds no table.
    """
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise InputFileError("file_kind_unreadable", file=path.name, kind=suffix or "?")
    try:
        if path.stat().st_size == 0:
            raise InputFileError("file_zero_bytes", file=path.name)
        return _text_sheets(path) if suffix in TEXTS else _workbook_sheets(path)
    except PermissionError as error:
        raise InputFileError("file_no_permission", file=path.name) from error


def _workbook_sheets(path: Path) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return [
            Sheet(name, _table(workbook.get_sheet_by_name(name).iter_rows()))
            for name in workbook.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise InputFileError("workbook_damaged", file=path.name) from error


def _text_sheets(path: Path) -> list[Sheet]:
    text = _decoded(path)
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return [Sheet(TEXT_SHEET, _table(reader))]
    except csv.Error as error:
        raise InputFileError("csv_broken", file=path.name, row=reader.line_num) from error


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    if b"\0" in content[:4096]:
        raise InputFileError("csv_binary", file=path.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The separator found most often, and most evenly, in the first lines."""
    lines = [line for line in text[:200_000].splitlines()[:60] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count))
        return (counts.count(usual) * bool(usual), usual)

    return max(_DELIMITERS, key=evenness)


def _table(rows: Iterable[Sequence]) -> pa.Table:
    """Rows of any cells as one Arrow table of text, built in chunks so that memory stays small."""
    iterator, number, parts = iter(rows), 1, []
    while chunk := list(islice(iterator, _CHUNK)):
        columns = [_texts(cells) for cells in zip_longest(*chunk)]
        arrays = [pa.array(range(number, number + len(chunk)), pa.int32())]
        arrays += [pa.array(column, pa.string()) for column in columns]
        parts.append(pa.table(arrays, names=["baris", *_names(len(columns))]))
        number += len(chunk)
    if not parts:
        return pa.table({"baris": pa.array([], pa.int32())})
    return pa.concat_tables(parts, promote_options="default")


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
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
