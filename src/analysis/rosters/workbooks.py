"""Excel and OpenDocument workbooks; a locked one is opened with the password it was sent with."""

import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from analysis.errors import InputFileError
from analysis.rosters.cells import Sheet, as_text_table

# What a small archive may blow up to: a real roster stays far below both.
_LARGEST = 2_000_000_000
_RATIO = 400


def workbook_sheets(content: bytes, file: str, password: str | None) -> list[Sheet]:
    """All sheets, hidden ones too. Raises InputFileError where it is damaged, locked or a zip bomb."""
    opened = _unlocked(content, file, password)
    _refuse_bomb(opened, file)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(opened))
        hidden = {
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible != SheetVisibleEnum.Visible
        }
        return [
            Sheet(
                name,
                as_text_table(workbook.get_sheet_by_name(name).iter_rows(), file),
                name in hidden,
            )
            for name in workbook.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputFileError("workbook_damaged", file=file) from error


def _unlocked(content: bytes, file: str, password: str | None) -> bytes:
    """The workbook without its password; the password is used once and kept nowhere."""
    if content[:4] != b"\xd0\xcf\x11\xe0":
        return content
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content
        if password is None:
            raise InputFileError("password_needed", file=file)
        plain = io.BytesIO()
        office.load_key(password=password)
        office.decrypt(plain)
    except (InvalidKeyError, DecryptionError) as error:
        raise InputFileError("password_wrong", file=file) from error
    except (FileFormatError, OSError, ValueError, KeyError, IndexError) as error:
        raise InputFileError("workbook_damaged", file=file) from error
    return plain.getvalue()


def _refuse_bomb(content: bytes, file: str) -> None:
    if content[:2] != b"PK":
        return
    try:
        sizes = [
            (part.file_size, part.compress_size)
            for part in zipfile.ZipFile(io.BytesIO(content)).infolist()
        ]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputFileError("workbook_damaged", file=file) from error
    whole = sum(size for size, _ in sizes)
    if whole > _LARGEST or (whole > 50_000_000 and whole > _RATIO * len(content)):
        raise InputFileError("archive_too_large", file=file)
