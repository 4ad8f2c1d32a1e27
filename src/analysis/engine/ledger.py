"""An append-only CSV of what people decided: nothing in it is ever changed."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.errors import InputFileError


def read_ledger(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """The rows in the order they were written, by column name; an absent cell is ''.

    Raises InputFileError where the file lost its header, as a spreadsheet does that saves it with ';'.
    """
    if not path.exists() or path.stat().st_size == 0:
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not {*columns} & {*(rows.fieldnames or ())}:
                raise InputFileError("ledger_header", file=path.name, columns=",".join(columns))
            return [[row.get(name) or "" for name in columns] for row in rows]
    except UnicodeDecodeError as error:
        raise InputFileError("ledger_header", file=path.name, columns=",".join(columns)) from error


def append_to_ledger(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Add rows at the end, all of them or none; a new file begins with its header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as stream:
        size = stream.seek(0, os.SEEK_END)
        added = _as_csv(rows if size else [columns, *rows])
        try:
            stream.write(_line_end(stream, size) + added)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            os.truncate(stream.fileno() if os.truncate in os.supports_fd else path, size)
            raise


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _line_end(stream: io.BufferedRandom, size: int) -> bytes:
    """What is missing at the end of the last line, where an editor left it open."""
    if size == 0:
        return b""
    stream.seek(size - 1)
    return b"" if stream.read(1) == b"\n" else b"\n"
