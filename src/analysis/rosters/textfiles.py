"""CSV, TSV and TXT as offices save them: any usual separator, UTF-8 with or without BOM, or cp1252."""

import csv
import io

from analysis.errors import InputFileError
from analysis.rosters.cells import Sheet, as_text_table

TEXT_SHEET = "csv"
_DELIMITERS = ";,\t|"
_FIELD_LIMIT = 100_000
_SAMPLE = 200_000


def text_sheets(content: bytes, file: str) -> list[Sheet]:
    """The one sheet of a text file. Raises InputFileError where it is no text or its quotes are broken."""
    encoding = _encoding(content, file)
    start = content[:_SAMPLE].decode(encoding, errors="replace")
    csv.field_size_limit(_FIELD_LIMIT)
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")
    reader = csv.reader(stream, delimiter=_delimiter(start))
    try:
        return [Sheet(TEXT_SHEET, as_text_table(reader, file))]
    except csv.Error as error:
        raise InputFileError("csv_broken", file=file, row=reader.line_num) from error


def _encoding(content: bytes, file: str) -> str:
    """UTF-16 by its mark, UTF-8 where all of it is, else what Windows offices write."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in content[:4096]:
        raise InputFileError("csv_binary", file=file)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    """The separator found most often, and most evenly, in the first lines."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines] or [0]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count))
        return (counts.count(usual) * bool(usual), usual)

    return max(_DELIMITERS, key=evenness)
