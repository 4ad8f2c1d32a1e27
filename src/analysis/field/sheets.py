"""The one writer of work sheets: text stays text, nothing is evaluated, the same bytes every time."""

import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

_STAMP = dt.datetime(2000, 1, 1)
_MOST_ROWS = 1_000_000
_SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_LOOKS = {
    "note": {"italic": True, "font_color": "#5A6B76"},
    "head": {"bold": True, "bg_color": "#E7EEF2", "border": 1, "text_wrap": True},
    "cell": {"valign": "top", "text_wrap": True},
    "filled": {
        "valign": "top",
        "text_wrap": True,
        "bg_color": "#FFF6D6",
        "border": 1,
        "border_color": "#D9CFA8",
    },
}


@dataclass(frozen=True)
class WorkSheet:
    """A sheet: its name, note lines above, column (header, width) and rows of text or whole numbers.

    `choices`: a drop-down list of answers by header. `row_height`: points, for rows filled in by hand.
    `filled`: headers of the columns to be filled in, which are coloured.
    Every sheet prints on A4 across, all columns on one page's width, the header on each page.
    """

    name: str
    notes: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: Sequence[Sequence[object]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    row_height: float | None = None
    filled: Sequence[str] = ()


def write_workbook(path: Path, sheets: Sequence[WorkSheet], password: str | None = None) -> Path:
    """Write the sheets to `path`, whole or not at all; a sheet too long for Excel goes on in a next one.

    Work sheets hold personal data: the file can be read by its owner alone, and every printed page says so.
    With a password the workbook is encrypted as Excel does it (never the same bytes twice: fresh salt).
    """
    return _swap(path, _bound(sheets, password))


def renew_workbook(path: Path, sheets: Sequence[WorkSheet], password: str | None = None) -> Path:
    """As `write_workbook`; one that lay there and differs may hold answers, so it is kept in `sebelumnya/`."""
    new, old = _bound(sheets, password), path.read_bytes() if path.exists() else None
    if old is not None and old != new:
        _swap(aside(path, old), old)
    return _swap(path, new)


def aside(path: Path, content: bytes) -> Path:
    """Where a workbook is kept that may hold answers and is to be replaced."""
    mark = hashlib.sha256(content).hexdigest()[:8]
    return path.parent / "sebelumnya" / f"{path.stem}_{mark}{path.suffix}"


def _swap(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)  # personal data: the owner's alone before the first byte is there
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return path


def _bound(sheets: Sequence[WorkSheet], password: str | None) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"created": _STAMP, "author": "Selaras"})
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        for sheet in sheets:
            for part, first in enumerate(range(0, max(len(sheet.rows), 1), _MOST_ROWS)):
                name = sheet.name if part == 0 else f"{sheet.name[:26]} {part + 1}"
                rows = sheet.rows[first : first + _MOST_ROWS]
                _fill(book.add_worksheet(name), sheet, rows, looks)
    return out.getvalue() if password is None else _encrypted(out, password)


def _encrypted(book: io.BytesIO, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    book.seek(0)
    locked = io.BytesIO()
    OOXMLFile(book).encrypt(password, locked)
    return locked.getvalue()


def _fill(page, sheet: WorkSheet, rows: Sequence[Sequence[object]], looks: dict) -> None:
    for number, note in enumerate(sheet.notes):
        page.write_string(number, 0, note, looks["note"])
    top = len(sheet.notes)
    for place, (header, width) in enumerate(sheet.columns):
        page.set_column(place, place, width)
        page.write_string(top, place, header, looks["head"])
    styles = [looks["filled" if head in sheet.filled else "cell"] for head, _ in sheet.columns]
    for number, row in enumerate(rows, start=top + 1):
        for place, (cell, style) in enumerate(zip(row, styles, strict=True)):
            if isinstance(cell, int):
                page.write_number(number, place, cell, style)
            else:  # also what begins with = + - @: a string is never a formula
                page.write_string(number, place, str(cell), style)
    for place, (header, _) in enumerate(sheet.columns):
        if rows and header in sheet.choices:
            allowed = {"validate": "list", "source": list(sheet.choices[header])}
            page.data_validation(top + 1, place, top + len(rows), place, allowed)
    _print_setup(page, top)
    if sheet.row_height:
        for number in range(top + 1, top + 1 + len(rows)):
            page.set_row(number, sheet.row_height)
    page.freeze_panes(top + 1, 0)
    if rows:
        page.autofilter(top, 0, top + len(rows), len(sheet.columns) - 1)


def _print_setup(page, top: int) -> None:
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.set_footer("&L&F&CRAHASIA – data pribadi, hanya untuk petugas&R&P/&N")
