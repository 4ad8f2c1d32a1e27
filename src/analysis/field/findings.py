"""temuan_<file>.xlsx: what a file's owner has to mend, row by row, in their own row and column names."""

from pathlib import Path

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from analysis.field.quality import SEVERITIES, Quality
from analysis.field.sheets import WorkSheet, write_workbook

_COLUMNS = (
    ("Lembar", 18.0), ("Baris", 8.0), ("Kolom", 8.0), ("Judul kolom", 22.0), ("Temuan", 34.0), ("Tingkat", 12.0),
    ("Penjelasan", 52.0), ("Perbaikan", 52.0),
)  # fmt: skip
_NOTES = (
    "Setiap temuan adalah petunjuk untuk diperiksa, bukan putusan. Lembar ini tidak memuat isi sel.",
    "Betulkan pada berkas asal, lalu kirim ulang; baris menunjuk nomor baris pada berkas asal.",
)


def write_findings(quality: Quality, folder: Path, mark: str = "") -> list[Path]:
    """Write a work sheet for every file that has anything to mend or to know; returns the files.

    `mark` is printed above where the data are made up. Rows set aside as titles or totals stand
    in a sheet of their own, so that their owner sees that nothing was lost.
    """
    found, headers = quality.findings, _headers(quality)
    written = []
    files = sorted(found["berkas"].unique())
    stems = [Path(file).stem for file in files]
    for file, stem in zip(files, stems, strict=True):
        rows = found[found["berkas"] == file]
        notes = ((mark,) if mark else ()) + _NOTES
        kept, aside = (rows[rows["disposisi"] == word] for word in ("disimpan", "dikeluarkan"))
        sheets = [
            _summary(quality, file, notes),
            WorkSheet("Temuan", notes, _COLUMNS, _rows(quality, kept, headers)),
            WorkSheet("Baris bukan penerima", notes, _COLUMNS, _rows(quality, aside, headers)),
        ]
        written.append(
            write_workbook(
                folder / f"temuan_{stem if stems.count(stem) == 1 else file}.xlsx", sheets
            )
        )
    return written


def _summary(quality: Quality, file: str, notes: tuple[str, ...]) -> WorkSheet:
    columns = (
        ("Kode", 10.0),
        ("Temuan", 44.0),
        ("Tingkat", 12.0),
        ("Baris", 10.0),
        ("Perbaikan", 60.0),
    )
    rows = [tuple(row) for row in quality.by_check(file).itertuples(index=False)]
    return WorkSheet("Ringkasan", notes, columns, rows)


def _headers(quality: Quality) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(file, sheet, field or c001) → (column letter, header)."""
    found = {}
    for row in quality.store.frame("core_columns").itertuples():
        letter = xl_col_to_name(int(row.kolom[1:]) - 1)
        found[row.berkas, row.lembar, row.kolom] = (letter, row.judul)
        if isinstance(row.medan, str):
            found[row.berkas, row.lembar, row.medan] = (letter, row.judul)
    return found


def _rows(quality: Quality, found: pd.DataFrame, headers: dict) -> list[tuple]:
    names = {area.kode: area.nama for area in quality.rulebook.areas}
    found = found.assign(_o=found["severity"].map(SEVERITIES.index)).sort_values(
        ["lembar", "baris", "_o", "check_code"]
    )
    rows = []
    for row in found.itertuples():
        check = quality.rulebook.checks[row.check_code]
        letter, header = headers.get((row.berkas, row.lembar, row.kolom), ("", row.kolom))
        remedy = check.perbaikan
        if isinstance(row.usulan, str):
            remedy += f" Mungkin: {names.get(row.usulan, row.usulan)} ({row.usulan})."
        where = int(row.baris) if row.baris else "seluruh lembar"
        rows.append(
            (row.lembar, where, letter, header, check.judul, row.severity, check.penjelasan, remedy)
        )
    return rows
