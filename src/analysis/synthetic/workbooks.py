"""The files as offices keep them: titles, several sheets, totals, signatures, mixed date forms."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter

MARK = "DATA SINTETIS - bukan data penduduk"
_CREATED = dt.datetime(2025, 12, 1)
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
           "Oktober", "November", "Desember")  # fmt: skip


@dataclass(frozen=True)
class Written:
    """Where each row of a list came to stand: sheet and Excel row, in list order."""

    path: Path
    sheet: list[str]
    row: list[int]


def write_csv(path: Path, title: str, table: pd.DataFrame, mark: str, bom: bool) -> Written:
    """A text file with a marked title line above its header."""
    encoding = "utf-8-sig" if bom else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        stream.write(f"{title} - {MARK}\n")
        table.to_csv(stream, sep=mark, index=False, lineterminator="\n")
    return Written(path, ["csv"] * len(table), list(range(3, len(table) + 3)))


def write_workbook(
    path: Path,
    titles: Sequence[str],
    table: pd.DataFrame,
    sheet_of: Sequence[str],
    subtotal_of: Sequence[str] | None = None,
    signature: bool = False,
) -> Written:
    """One sheet a value of `sheet_of`; a subtotal row at each change of `subtotal_of`."""
    groups = pd.Series(list(sheet_of))
    sheets, rows = [""] * len(table), [0] * len(table)
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_numbers": False}
    ) as book:
        book.set_properties({"title": f"{titles[0]} - {MARK}", "created": _CREATED})
        for name in dict.fromkeys(groups):
            sheet = book.add_worksheet(name)
            at = _put_titles(sheet, [*titles, f"{name} - {MARK}"], table.columns)
            here = groups.index[groups == name]
            previous = None
            for place, cells in zip(here, table.iloc[here].itertuples(index=False), strict=True):
                area = subtotal_of[place] if subtotal_of is not None else None
                if previous is not None and area != previous:
                    sheet.write_string(at, 1, f"JUMLAH {previous}")
                    at += 1
                previous = area
                _put(sheet, at, cells)
                sheets[place], rows[place] = name, at + 1
                at += 1
            if signature:
                _put_signature(sheet, at + 1)
    return Written(path, sheets, rows)


def _put_titles(sheet, titles: Sequence[str], columns: Iterable[str]) -> int:
    for at, title in enumerate(titles):
        sheet.write_string(at, 0, title)
    for column, name in enumerate(columns):
        sheet.write_string(len(titles) + 1, column, name.replace("_", " "))
    return len(titles) + 2


def _put(sheet, at: int, cells: tuple) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(at, column, cell)
        elif cell == cell and cell is not None:
            sheet.write_number(at, column, cell)


def _put_signature(sheet, at: int) -> None:
    for step, line in enumerate(
        ("Sukabumi, 5 Desember 2025", "Kepala Bidang (contoh)", "", "NIP. -")
    ):
        if line:
            sheet.write_string(at + step, 2, line)


def slashed(days: pd.Series) -> pd.Series:
    """dd/mm/yyyy, '' where unknown."""
    return days.dt.strftime("%d/%m/%Y").fillna("")


def mixed(days: pd.Series) -> pd.Series:
    """dd-mm-yyyy, a written month, or yyyy-mm-dd, as three clerks type."""
    number = pd.Series(range(len(days)), index=days.index) % 3
    day, month, year = days.dt.day, days.dt.month, days.dt.year
    names = month.map(dict(enumerate(_MONTHS, start=1)))
    written = (
        day.astype("Int64").astype(str)
        + " "
        + names.astype(str)
        + " "
        + year.astype("Int64").astype(str)
    )
    text = days.dt.strftime("%d-%m-%Y").where(
        number == 0, written.where(number == 1, days.dt.strftime("%Y-%m-%d"))
    )
    return text.where(days.notna(), "")
