"""Small rosters for tests: rows typed as a clerk would, read by the real reader."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path

import xlsxwriter

from analysis.engine import Engine, Store, sha256_of
from analysis.rosters import (
    TAKEN_OVER,
    clean,
    input_files,
    known_files,
    raw_table_name,
    read_provenance,
    take_in,
)
from analysis.settings import Edition, Run

RUN = Run("uji", "2025-12", Edition(date(2025, 12, 15)))


def workbook(path: Path, sheets: dict[str, list[list]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return path


def pkh(folder: Path, rows: list[list], name: str = "pkh.xlsx") -> Path:
    """A PKH list with a title: NIK, No KK, name, birth date, kelurahan, amount."""
    header = ["NIK", "NO KK", "NAMA PENGURUS", "TGL LAHIR", "KELURAHAN", "NOMINAL"]
    title = [["DAFTAR PENERIMA PKH TAHAP IV"], []]
    return workbook(folder / name, {"Cikole": [*title, header, *rows]})


@contextmanager
def cleaned(folder: Path, rulebook, store_folder: Path | None = None, base: Path | None = None):
    """The core tables of a folder's files, in an open engine; of files that the store `base` knows what it holds is taken over."""
    files = input_files(folder)
    hashes = {path.name: sha256_of(path) for path in files}
    store = Store(store_folder or folder / ".store")
    with Engine() as engine:
        for path in files:
            take_in(engine, path, hashes[path.name])
        raw = [raw_table_name(path) for path in files]
        for name in TAKEN_OVER if base else ():
            engine.attach(f"base_{name}", Store(base).path(name))
        known = known_files(engine, rulebook, hashes) if base else ()
        made = clean(engine, rulebook, RUN, read_provenance(folder), raw, hashes, known=known)
        for name in (*raw, *made):
            store.write(engine, name, "uji")
        yield engine
