"""What a workbook hides: columns, sheets, numbers that should be text, cells with an Excel error.

Calamine gives values; these facts stand in the XML beside them. Only .xlsx and .xlsm tell them.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring
from xlsxwriter.utility import xl_cell_to_rowcol

HIDDEN_COLUMN, HIDDEN_SHEET, NUMBER_COLUMN, ERROR_CELL = "B08", "B09", "B10", "B11"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})([0-9]+)"[^>]*t="e"')
_LONG_NUMBER = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"(?: s="[0-9]+"| t="n")*><v>(?:[0-9]{16}|[0-9.]+E\+?15)</v>'
)
_HIDDEN = re.compile(rb'<col [^>]*hidden="(?:1|true)"[^>]*>')
_SPAN = re.compile(rb' (min|max)="([0-9]+)"')
_MOST = 200  # cells named one by one; a sheet broken all over is named as a whole


@dataclass(frozen=True)
class SheetNote:
    """One such fact; `row` 0 speaks of the sheet as a whole, `column` is c001, c002, … or ''."""

    file: str
    sheet: str
    row: int
    check_code: str
    column: str


def peek(path: Path) -> list[SheetNote]:
    """Notes on a workbook's sheets; none for other kinds, and none where the XML cannot be read."""
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            return sorted(
                _notes(book, path.name), key=lambda n: (n.sheet, n.check_code, n.row, n.column)
            )
    except (zipfile.BadZipFile, KeyError, ParseError, ValueError, OSError, NotImplementedError):
        return []


def _notes(book: zipfile.ZipFile, file: str) -> Iterator[SheetNote]:
    targets = {
        link.get("Id"): link.get("Target", "").removeprefix("/xl/").removeprefix("/")
        for link in fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            yield SheetNote(file, name, 0, HIDDEN_SHEET, "")
        xml = book.read("xl/" + targets[sheet.get(_LINK)])
        for place in sorted(set(_hidden_columns(xml))):
            yield SheetNote(file, name, 0, HIDDEN_COLUMN, f"c{place:03d}")
        if b't="e"' in xml:  # sought in every cell, the long pattern takes as long as unpacking
            yield from _cells(file, name, ERROR_CELL, _ERROR.findall(xml))
        for place in sorted({_place(letters) for letters, _ in _LONG_NUMBER.findall(xml)}):
            yield SheetNote(file, name, 0, NUMBER_COLUMN, f"c{place:03d}")


def _hidden_columns(xml: bytes) -> Iterator[int]:
    head = xml[: xml.find(b"<sheetData")]
    for column in _HIDDEN.findall(head):
        span = dict(_SPAN.findall(column))
        first, last = int(span.get(b"min", 1)), int(span.get(b"max", 1))
        yield from range(first, min(last, first + 50) + 1)


def _cells(
    file: str, sheet: str, code: str, found: list[tuple[bytes, bytes]]
) -> Iterator[SheetNote]:
    if len(found) > _MOST:
        columns = sorted({_place(letters) for letters, _ in found})
        yield from (SheetNote(file, sheet, 0, code, f"c{place:03d}") for place in columns)
        return
    for letters, row in sorted(set(found)):
        yield SheetNote(file, sheet, int(row), code, f"c{_place(letters):03d}")


def _place(letters: bytes) -> int:
    """Column letters as a number: A = 1, AA = 27."""
    return xl_cell_to_rowcol(letters.decode() + "1")[1] + 1
