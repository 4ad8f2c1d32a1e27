"""Each source as its office keeps it in each month: form, titles and columns from synthetic_files.toml."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.synthetic import formats
from analysis.synthetic.cells import Places, cell
from analysis.synthetic.lists import ListRows
from analysis.synthetic.workbooks import Written, write_csv, write_workbook

PASSWORD = "contoh-2025"  # of the made-up locked files; stands in sumber.toml and on the screen


@dataclass(frozen=True)
class FileForm:
    """How one source looks in one month."""

    sumber: str
    periode: str
    bentuk: str
    nama: str
    judul: tuple[str, ...]
    kolom: tuple[tuple[str, str], ...]
    lembar: str = ""
    jumlah: bool = False
    tanda_tangan: bool = False
    terkunci: bool = False


def file_forms() -> dict[tuple[str, str], FileForm]:
    """The forms by (source, period)."""
    text = resources.files("analysis").joinpath("rules/synthetic_files.toml").read_text(encoding="utf-8")  # fmt: skip
    forms = {}
    for entry in tomllib.loads(text)["berkas"]:
        columns = tuple(tuple(column) for column in entry.pop("kolom"))
        for period in entry.pop("periode"):
            name = entry["nama"].replace("{periode}", period)
            titles = tuple(title.replace("{periode}", _spoken(period)) for title in entry["judul"])
            form = FileForm(**entry | {"periode": period, "nama": name, "judul": titles, "kolom": columns})  # fmt: skip
            forms[form.sumber, period] = form
    return forms


def _spoken(period: str) -> str:
    return {"2025-11": "NOVEMBER 2025", "2025-12": "DESEMBER 2025"}[period]


def write_list(folder: Path, listed: ListRows, form: FileForm, places: Places) -> Written:
    """Write one list in its office's form; tells where each row came to stand."""
    table = table_of(listed.rows, form, places)
    path = folder / f"{form.nama}_DATA_SINTETIS.{_suffix(form.bentuk)}"
    groups = _groups(listed.rows, form, places)
    if form.bentuk in {"csv_titik_koma", "csv_koma", "csv_cp1252"}:
        mark = "," if form.bentuk == "csv_koma" else ";"
        encoding = {"csv_koma": "utf-8", "csv_cp1252": "cp1252"}.get(form.bentuk, "utf-8-sig")
        return write_csv(path, form.judul[0], table, mark, encoding)
    if form.bentuk == "xls":
        return formats.write_old_workbook(path, form.judul, table, form.lembar)
    if form.bentuk == "ods":
        return formats.write_open_document(path, form.judul, table, form.lembar)
    if form.bentuk == "html":
        return formats.write_page(path, form.judul, table, groups)
    subtotal = places.name[listed.rows["home"]] if form.jumlah else None
    written = write_workbook(path, form.judul, table, groups, subtotal, form.tanda_tangan)
    if form.terkunci:
        formats.lock(path, PASSWORD)
    return written


def table_of(rows: pd.DataFrame, form: FileForm, places: Places) -> pd.DataFrame:
    """The columns of the form, in its order."""
    return pd.DataFrame(
        {header: np.asarray(cell(word, rows, places)) for header, word in form.kolom}
    )


def _groups(rows: pd.DataFrame, form: FileForm, places: Places) -> np.ndarray:
    """The sheet of each row: the kecamatan lived in, or the one sheet there is."""
    if form.lembar == "kecamatan":
        return places.above[rows["home"]]
    return np.full(len(rows), form.lembar or "Data", dtype=object)


def _suffix(kind: str) -> str:
    return {"html": "xls", "xls": "xls", "ods": "ods", "xlsx": "xlsx"}.get(kind, "csv")
