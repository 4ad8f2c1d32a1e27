"""Each source as its office keeps it: columns, sheets and forms differ on purpose."""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.policy import Area
from analysis.synthetic.lists import ListRows
from analysis.synthetic.people import ROLES
from analysis.synthetic.receipt import PAS12_RP, PBI_RP, SEMBAKO_RP
from analysis.synthetic.workbooks import Written, mixed, slashed, write_csv, write_workbook

_SHDK = {
    "kepala": "KEPALA KELUARGA",
    "istri": "ISTRI",
    "anak": "ANAK",
    "cucu": "CUCU",
    "orang_tua": "ORANG TUA",
}


class Places:
    """Names of kelurahan and kecamatan by the number of a kelurahan."""

    def __init__(self, kelurahan: list[Area], kecamatan: dict[str, str]) -> None:
        self.code = np.array([area.kode for area in kelurahan], dtype=object)
        self.name = np.array([area.nama.upper() for area in kelurahan], dtype=object)
        self.above = np.array([kecamatan[area.induk] for area in kelurahan], dtype=object)


def register_families(
    folder: Path, families: pd.DataFrame, heads: pd.DataFrame, places: Places
) -> Written:
    """DTSEN families: a row a family, semicolons, no title."""
    area = families["area"].to_numpy()
    table = pd.DataFrame(
        {
            "NO_KK": heads["no_kk"].to_numpy(),
            "NIK_KEPALA_KELUARGA": heads["nik"].to_numpy(),
            "NAMA_KEPALA_KELUARGA": heads["nama"].to_numpy(),
            "ALAMAT": heads["alamat"].to_numpy(),
            "RT": families["rt"].to_numpy(),
            "RW": families["rw"].to_numpy(),
            "KELURAHAN": places.name[area],
            "KECAMATAN": places.above[area],
            "KODE_KELURAHAN": places.code[area],
            "JUMLAH_ANGGOTA": families["size"].to_numpy(),
            "LUAS_LANTAI_M2": families["floor_m2"].astype(int).to_numpy(),
            "RUMAH_SENDIRI": np.where(families["own_house"], "Ya", "Tidak"),
            "SEPEDA_MOTOR": np.where(families["motorcycle"], "Ya", "Tidak"),
            "DESIL": families["desil"].where(families["desil"] > 0).astype("Int64").to_numpy(),
        }
    )
    return write_csv(
        folder / "DTSEN_keluarga_2025TW4_DATA_SINTETIS.csv",
        "DTSEN KELUARGA TRIWULAN IV 2025",
        table,
        ";",
        True,
    )


def register_persons(folder: Path, rows: pd.DataFrame, places: Places) -> Written:
    """DTSEN individuals: a row a person."""
    table = pd.DataFrame(
        {
            "no_kk": rows["no_kk"],
            "nik": rows["nik"],
            "nama": rows["nama"],
            "jenis_kelamin": np.where(rows["female"], "Perempuan", "Laki-laki"),
            "tanggal_lahir": rows["born"].dt.strftime("%Y-%m-%d"),
            "shdk": np.array([_SHDK[name] for name in ROLES])[rows["role"]],
            "kode_kelurahan": places.code[rows["area"]],
            "disabilitas": np.where(rows["disabled"], "1", "0"),
        }
    )
    return write_csv(
        folder / "DTSEN_individu_2025TW4_DATA_SINTETIS.csv",
        "DTSEN INDIVIDU TRIWULAN IV 2025",
        table,
        ",",
        False,
    )


def pkh_list(folder: Path, listed: ListRows, places: Places) -> Written:
    """The PKH list: a sheet a kecamatan."""
    rows = listed.rows
    table = pd.DataFrame(
        {
            "NO": np.arange(1, len(rows) + 1),
            "NAMA_PENGURUS": rows["nama"],
            "NIK": rows["nik"],
            "NO_KK": rows["no_kk"],
            "ALAMAT": rows["alamat"],
            "RT": rows["rt"].astype(str).str.zfill(3),
            "RW": rows["rw"].astype(str).str.zfill(3),
            "KELURAHAN": places.name[rows["area"]],
            "KOMPONEN": rows["components"],
            "NOMINAL": rows["rupiah"],
            "STATUS": rows["status"],
        }
    )
    titles = [
        "DAFTAR KELUARGA PENERIMA MANFAAT PROGRAM KELUARGA HARAPAN (PKH)",
        "TAHAP IV TAHUN 2025",
    ]
    sheets = places.above[rows["home"]]
    path = folder / "PKH_Tahap_IV_2025_DATA_SINTETIS.xlsx"
    return write_workbook(path, titles, table, sheets, places.name[rows["home"]], signature=True)


def sembako_list(folder: Path, listed: ListRows, places: Places) -> Written:
    """The Sembako list, with its title rows and totals."""
    rows = listed.rows
    rt, rw = rows["rt"].astype(str), rows["rw"].astype(str)
    turn = np.arange(len(rows)) % 4
    months = np.array(
        ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
    )
    short = rt + " " + pd.Series(months[rows["rw"] - 1])
    forms = np.select(
        [turn == 0, turn == 1, turn == 2],
        [
            rt.str.zfill(3) + "/" + rw.str.zfill(3),
            "RT " + rt.str.zfill(3) + " RW " + rw.str.zfill(3),
            rt + "-" + rw,
        ],
        short,
    )
    table = pd.DataFrame(
        {
            "NO": np.arange(1, len(rows) + 1),
            "NM_KEC": places.above[rows["area"]],
            "NM_KEL": places.name[rows["area"]],
            "NIK_KTP": rows["nik"],
            "NO_KK": rows["no_kk"],
            "NAMA_KPM": rows["nama"],
            "TGL_LAHIR": slashed(rows["born"]),
            "ALAMAT": rows["alamat"],
            "RT/RW": forms,
            "NILAI_BANTUAN": np.full(len(rows), SEMBAKO_RP),
            "STATUS": rows["status"],
        }
    )
    path = folder / "Sembako_BPNT_Desember_2025_DATA_SINTETIS.xlsx"
    return write_workbook(
        path, ["DATA KPM PROGRAM SEMBAKO / BPNT", "BULAN DESEMBER 2025"], table, ["KPM"] * len(rows)
    )


def pbi_list(folder: Path, listed: ListRows, places: Places) -> Written:
    """The PBI-JK list: a row a person."""
    rows = listed.rows
    table = pd.DataFrame(
        {
            "NO": np.arange(1, len(rows) + 1),
            "NIK": rows["nik"],
            "NAMA_PESERTA": rows["nama"],
            "TANGGAL_LAHIR": mixed(rows["born"]),
            "JK": np.where(rows["female"], "P", "L"),
            "NOMOR_KK": rows["no_kk"],
            "DESA/KELURAHAN": places.name[rows["area"]],
            "IURAN": np.full(len(rows), PBI_RP),
        }
    )
    titles = [
        "DAFTAR PESERTA PENERIMA BANTUAN IURAN JAMINAN KESEHATAN (PBI-JK)",
        "PERIODE DESEMBER 2025",
    ]
    return write_workbook(
        folder / "PBI_JK_2025-12_DATA_SINTETIS.xlsx", titles, table, places.above[rows["home"]]
    )


def pas12_log(folder: Path, log: pd.DataFrame, rows: pd.DataFrame, places: Places) -> Written:
    """The 12 PAS log as the office types it: dated, often without NIK."""
    table = pd.DataFrame(
        {
            "NO": np.arange(1, len(log) + 1),
            "TANGGAL": log["date"].dt.strftime("%d-%m-%Y").to_numpy(),
            "KELURAHAN": places.name[log["area"]],
            "NAMA_PENERIMA": rows["nama"].to_numpy(),
            "NIK": rows["nik"].to_numpy(),
            "KELOMPOK": log["group"].to_numpy(),
            "BANTUAN": "Uang tunai dan paket sembako",
            "NOMINAL": np.full(len(log), PAS12_RP),
            "SUMBER_DANA": np.where(np.arange(len(log)) % 5 == 4, "Bank bjb", "Baznas"),
        }
    )
    titles = ["LOG PENYALURAN 12 PAS (AYEUNA WAKTUNA BERBAGI BERKAH)", "TAHUN 2025-2026"]
    return write_workbook(
        folder / "Log_12_PAS_DATA_SINTETIS.xlsx", titles, table, ["Log"] * len(log)
    )
