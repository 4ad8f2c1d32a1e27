"""Any roster file → its sheets as text, cell by cell, with the row numbers the sender sees."""

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyzipper

from analysis.errors import InputFileError
from analysis.rosters.cells import Sheet, as_text_table
from analysis.rosters.htmltables import html_sheets, looks_like_html
from analysis.rosters.textfiles import text_sheets
from analysis.rosters.workbooks import workbook_sheets

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
TEXTS = {".csv", ".tsv", ".txt"}
READABLE = WORKBOOKS | TEXTS | {".parquet", ".zip", ".html", ".htm"}
_LARGEST_MEMBER = 2_000_000_000
# What a broken archive raises, depending on where it is broken.
_DAMAGED = (
    zipfile.BadZipFile, pyzipper.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, KeyError, IndexError,
    struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip


def read_sheets(path: Path, password: str | None = None) -> list[Sheet]:
    """All sheets of a file; those of an archive are named `member/sheet`.

    Raises InputFileError where the file is empty, damaged, locked, or of a kind that holds no table.
    """
    try:
        content = path.read_bytes()
    except PermissionError as error:
        raise InputFileError("file_no_permission", file=path.name) from error
    return _sheets(content, path.name, path.name, password)


def _sheets(content: bytes, name: str, file: str, password: str | None) -> list[Sheet]:
    """`name` tells the kind; `file` is what the sender knows it by."""
    kind = Path(name).suffix.lower()
    if kind not in READABLE:
        raise InputFileError("file_kind_unreadable", file=file, kind=kind or "?")
    if not content:
        raise InputFileError("file_zero_bytes", file=file)
    if kind == ".zip":
        return _archive_sheets(content, file, password)
    if kind == ".parquet":
        return [_parquet_sheet(content, file)]
    if looks_like_html(content):
        return html_sheets(content, file)
    if kind in TEXTS or (kind == ".xls" and _is_text(content)):
        return text_sheets(content, file)
    return workbook_sheets(content, file, password)


def _is_text(content: bytes) -> bool:
    """Tab-separated text under the name .xls, as some applications export it."""
    head = content[:4096]
    return b"\0" not in head and (b"\t" in head or b";" in head) and b"\n" in head


def _archive_sheets(content: bytes, file: str, password: str | None) -> list[Sheet]:
    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            sheets = [
                sheet
                for part in _lists_in(archive, file)
                for sheet in _sheets_in(archive, part, file, password)
            ]
    except _DAMAGED as error:
        raise InputFileError("workbook_damaged", file=file) from error
    except RuntimeError as error:  # pyzipper's word for a wrong password
        raise InputFileError("password_wrong", file=file) from error
    if not sheets:
        raise InputFileError("archive_without_list", file=file)
    return sheets


def _lists_in(archive: pyzipper.AESZipFile, file: str) -> list[zipfile.ZipInfo]:
    """Members that may be lists, by name. Raises InputFileError where they would fill the memory."""
    kinds = READABLE - {".zip"}
    parts = [part for part in archive.infolist() if Path(part.filename).suffix.lower() in kinds]
    if sum(part.file_size for part in parts) > _LARGEST_MEMBER:
        raise InputFileError("archive_too_large", file=file)
    return sorted(parts, key=lambda part: part.filename)


def _sheets_in(
    archive: pyzipper.AESZipFile, part: zipfile.ZipInfo, file: str, password: str | None
) -> list[Sheet]:
    if part.flag_bits & 1 and password is None:
        raise InputFileError("password_needed", file=file)
    inside = archive.read(part, pwd=password.encode() if password else None)
    name = Path(part.filename).name
    found = _sheets(inside, name, f"{file}/{name}", password)
    return [Sheet(f"{name}/{sheet.name}", sheet.cells, sheet.is_hidden) for sheet in found]


def _parquet_sheet(content: bytes, file: str) -> Sheet:
    try:
        table = pq.read_table(io.BytesIO(content))
        columns = [table.column(name).cast(pa.string()).to_pylist() for name in table.column_names]
    except (pa.ArrowException, OSError) as error:
        raise InputFileError("workbook_damaged", file=file) from error
    rows = zip(*columns, strict=True) if columns else ()
    return Sheet("parquet", as_text_table([tuple(table.column_names), *rows], file))
