"""One column of an office's table: a word of synthetic_files.toml → the text or number of each row."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.policy import Area
from analysis.synthetic.people import ROLES
from analysis.synthetic.welfare import JOBS, SCHOOLS

_SHDK = {
    "kepala": "KEPALA KELUARGA", "istri": "ISTRI", "anak": "ANAK", "cucu": "CUCU", "orang_tua": "ORANG TUA",
    "menantu": "MENANTU",
}  # fmt: skip
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
           "Oktober", "November", "Desember")  # fmt: skip
_EPOCH = pd.Timestamp("1899-12-30")


class Places:
    """Names and codes of kelurahan and kecamatan by the number of a kelurahan."""

    def __init__(self, kelurahan: list[Area], kecamatan: dict[str, str]) -> None:
        self.code = np.array([area.kode for area in kelurahan], dtype=object)
        self.name = np.array([area.nama.upper() for area in kelurahan], dtype=object)
        self.above = np.array([kecamatan[area.induk] for area in kelurahan], dtype=object)


def cell(word: str, rows: pd.DataFrame, places: Places) -> np.ndarray | pd.Series:
    """The column `word` of a list; a word without a form of its own is the row's field as it stands."""
    if word.startswith("="):
        return np.full(len(rows), word[1:], dtype=object)
    form, _, field = word.partition(":")
    if field:
        return _FORMS[form](rows[field])
    return _WORDS[word](rows, places) if word in _WORDS else rows[word].to_numpy()


def slashed(days: pd.Series) -> pd.Series:
    """dd/mm/yyyy, '' where unknown."""
    return days.dt.strftime("%d/%m/%Y").fillna("")


def mixed(days: pd.Series) -> pd.Series:
    """dd-mm-yyyy, a written month, or yyyy-mm-dd, as three clerks type."""
    number = pd.Series(range(len(days)), index=days.index) % 3
    day, month, year = days.dt.day, days.dt.month, days.dt.year
    names = month.map(dict(enumerate(_MONTHS, start=1)))
    written = day.astype("Int64").astype(str) + " " + names.astype(str) + " " + year.astype("Int64").astype(str)  # fmt: skip
    text = days.dt.strftime("%d-%m-%Y").where(
        number == 0, written.where(number == 1, days.dt.strftime("%Y-%m-%d"))
    )
    return text.where(days.notna(), "")


def _serial(days: pd.Series) -> np.ndarray:
    """The day numbers Excel shows where a column lost its date format; '' where unknown."""
    count = (days - _EPOCH).dt.days
    return count.astype("Int64").astype(str).where(days.notna(), "").to_numpy(dtype=object)


def _rt_rw(rows: pd.DataFrame, _: Places) -> np.ndarray:
    """Four ways of writing RT and RW, one of them what Excel makes of 02/01."""
    rt, rw = rows["rt"].astype(str), rows["rw"].astype(str)
    turn = np.arange(len(rows)) % 4
    short = np.array([month[:3] for month in _MONTHS])
    return np.select(
        [turn == 0, turn == 1, turn == 2],
        [rt.str.zfill(3) + "/" + rw.str.zfill(3), "RT " + rt.str.zfill(3) + " RW " + rw.str.zfill(3), rt + "-" + rw],
        rt + " " + pd.Series(short[rows["rw"] - 1], index=rows.index),
    ).astype(object)  # fmt: skip


def _told(values: pd.Series) -> np.ndarray:
    return np.where(values.astype(bool), "Ya", "Tidak").astype(object)


_FORMS: dict[str, Callable] = {
    "tgl_iso": lambda days: days.dt.strftime("%Y-%m-%d").fillna("").to_numpy(),
    "tgl_garis": lambda days: slashed(days).to_numpy(),
    "tgl_strip": lambda days: days.dt.strftime("%d-%m-%Y").fillna("").to_numpy(),
    "tgl_campur": lambda days: mixed(days).to_numpy(),
    "tgl_serial": _serial,
    "petik": lambda texts: np.where(texts != "", "'" + texts.astype(str), "").astype(object),
    "spasi": lambda texts: (texts.astype(str) + " ").to_numpy(dtype=object),
    "tiga": lambda numbers: numbers.astype(str).str.zfill(3).to_numpy(dtype=object),
    "rupiah": lambda numbers: ("Rp" + numbers.map("{:,.0f}".format).str.replace(",", ".")).to_numpy(dtype=object),
    "ya": _told,
    "angka": lambda numbers: numbers.astype(int).to_numpy(),
}  # fmt: skip
_WORDS: dict[str, Callable[[pd.DataFrame, Places], np.ndarray]] = {
    "urut": lambda rows, _: np.arange(1, len(rows) + 1),
    "jk": lambda rows, _: np.where(rows["female"].astype(bool), "P", "L").astype(object),
    "jk_panjang": lambda rows, _: np.where(rows["female"].astype(bool), "Perempuan", "Laki-laki").astype(object),
    "shdk": lambda rows, _: np.array([_SHDK[name] for name in ROLES], dtype=object)[rows["role"]],
    "kelurahan": lambda rows, places: places.name[rows["area"]],
    "kel_awalan": lambda rows, places: "KEL. " + places.name[rows["area"]],
    "kel_rapat": lambda rows, places: np.array([name.replace(" ", "") for name in places.name], dtype=object)[rows["area"]],
    "kel_biasa": lambda rows, places: np.array([name.title() for name in places.name], dtype=object)[rows["area"]],
    "kecamatan": lambda rows, places: places.above[rows["area"]],
    "kode": lambda rows, places: places.code[rows["area"]],
    "kode_rapat": lambda rows, places: np.array([code.replace(".", "") for code in places.code], dtype=object)[rows["area"]],
    "rt_rw": _rt_rw,
    "desil": lambda rows, _: np.where(rows["desil"] > 0, rows["desil"].astype(str), "").astype(object),
    "pekerjaan": lambda rows, _: np.array(JOBS, dtype=object)[rows["job"]],
    "pendidikan": lambda rows, _: np.array(SCHOOLS, dtype=object)[rows["education"]],
}  # fmt: skip
