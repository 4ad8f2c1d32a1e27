"""Kinds of file beside xlsx and csv: old workbooks, OpenDocument, HTML tables named .xls, locked workbooks."""

import datetime as dt
import html
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import shake_256
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method import ecma376_agile
from msoffcrypto.method.container import ecma376_encrypted
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from analysis.synthetic.workbooks import CREATED, MARK, Written


def write_old_workbook(path: Path, titles: Sequence[str], table: pd.DataFrame, sheet: str) -> Written:  # fmt: skip
    """Excel 97–2003 (.xls), for small lists."""
    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    for at, line in enumerate(_lines(titles, table)):
        for column, value in enumerate(line):
            if value != "":
                page.write(at, column, value)
    book.save(str(path))
    return _written(path, sheet, len(table), len(titles) + 3)


def write_open_document(path: Path, titles: Sequence[str], table: pd.DataFrame, sheet: str) -> Written:  # fmt: skip
    """OpenDocument (.ods), for small lists; zipped again without the clock."""
    Element.namespaces.clear()  # odfpy keeps those of every document written before in this process
    document = OpenDocumentSpreadsheet()
    page = Table(name=sheet)
    for line in _lines(titles, table):
        row = TableRow()
        for value in line:
            cell = TableCell(valuetype="string") if value != "" else TableCell()
            if value != "":
                cell.addElement(P(text=str(value)))
            row.addElement(cell)
        page.addElement(row)
    document.spreadsheet.addElement(page)
    made = io.BytesIO()
    document.write(made)
    path.write_bytes(_rezipped(made.getvalue()))
    return _written(path, sheet, len(table), len(titles) + 3)


def write_page(
    path: Path, titles: Sequence[str], table: pd.DataFrame, group_of: Sequence[str]
) -> Written:
    """An HTML page named .xls, as web applications export: one table a group, header and rows alone."""
    groups = pd.Series(list(group_of))
    sheets, rows = [""] * len(table), [0] * len(table)
    head = "<tr>" + "".join(f"<th>{html.escape(name)}</th>" for name in table.columns) + "</tr>\n"
    title = f'<tr><td colspan="{len(table.columns)}">{{}}</td></tr>\n'
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'<html><head><meta charset="utf-8"><title>{titles[0]}</title></head><body>\n')
        for number, name in enumerate(dict.fromkeys(groups), start=1):
            here = groups.index[groups == name].to_numpy()
            stream.write(
                '<table border="1">\n' + title.format(f"{titles[0]} - {name} - {MARK}") + head
            )
            stream.write("".join(_page_rows(table.iloc[here])))
            stream.write("</table>\n")
            for place, at in enumerate(here):
                sheets[at], rows[at] = f"tabel{number}", place + 3
        stream.write("</body></html>\n")
    return Written(path, sheets, rows)


def _page_rows(table: pd.DataFrame) -> Iterator[str]:
    cells = [[html.escape(str(value)) for value in table[name]] for name in table.columns]
    for line in zip(*cells, strict=True):
        yield "<tr><td>" + "</td><td>".join(line) + "</td></tr>\n"


def lock(path: Path, password: str) -> None:
    """Put a password on a workbook, byte for byte the same for the same content and password.

    The library draws its salts from the machine and stamps the clock: both are made to follow from
    the content, which is right for made-up data alone.
    """
    content = path.read_bytes()
    with _following(content + password.encode()), path.open("wb") as stream:
        OOXMLFile(io.BytesIO(content)).encrypt(password, stream)


@contextmanager
def _following(content: bytes) -> Iterator[None]:
    drawn = iter(range(1_000))

    def bytes_of(count: int) -> bytes:
        return shake_256(content + bytes([next(drawn)])).digest(count)

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return CREATED

    with (
        patch.object(ecma376_agile, "_random_buffer", bytes_of),
        patch.object(ecma376_encrypted, "datetime", Clock),
    ):
        yield


def _lines(titles: Sequence[str], table: pd.DataFrame) -> Iterator[list]:
    yield from ([title] for title in [*titles, MARK])
    yield []
    yield list(table.columns)
    for cells in table.itertuples(index=False):
        yield [_plain(value) for value in cells]


def _plain(value: object) -> str | int | float:
    return value.item() if hasattr(value, "item") else value


def _written(path: Path, sheet: str, count: int, above: int) -> Written:
    return Written(path, [sheet] * count, list(range(above + 1, above + 1 + count)))


def _rezipped(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "meta.xml":
                data = _undated(data)
            stored = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(part.filename, (2025, 12, 1, 0, 0, 0)), data, stored)
    return made.getvalue()


def _undated(meta: bytes) -> bytes:
    """Without the generator's version line, which names the library's build."""
    import re

    return re.sub(rb"<meta:generator>[^<]*</meta:generator>", b"", meta)
