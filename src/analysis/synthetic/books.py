"""The office's books beside the lists: SK and SP2D totals, and the places where services are given."""

import numpy as np
import pandas as pd

from analysis.synthetic.lists import ListRows

# Words of a payment that left the treasury (domain.md §3c); the rest was decided and not paid.
PAID = ("SUDAH TRANSAKSI", "TIDAK TRANSAKSI", "SUKSES SPM", "RETUR")
_BOOKED = {"pkh": "PKH", "sembako": "Sembako", "blts": "BLTS Kesra", "pbi_jk": "PBI-JK", "pip": "PIP",
           "atensi_yapi": "ATENSI YAPI", "permakanan": "Permakanan"}  # fmt: skip
# Planted: (source, period, step) → units that the letter counts and the list does not.
DIFFERENCES = {
    ("sembako", "2025-12", "SP2D"): -7,
    ("blts", "2025-12", "SK"): 5,
    ("pkh", "2025-11", "SP2D"): -3,
}
_PLACES = (
    ("Rumah Singgah", "Rumah Singgah Contoh", "CIKOLE", 20, "Berjalan", "2020-12-01"),
    ("Rumah Singgah", "Rumah Singgah Transit Contoh", "WARUDOYONG", 8, "Berjalan", "2023-05-01"),
    ("Sekolah Rakyat", "Sekolah Rakyat Menengah Pertama Contoh", "LUAR KOTA", 100, "Berjalan", "2025-07-14"),
    ("Sekolah Rakyat", "Sekolah Rakyat Menengah Atas Contoh", "CIKUNDUL", 270, "Calon", ""),
    ("Kampung Sosial", "Calon Kampung Sosial Contoh 1", "SINDANGPALAY", "", "Calon", ""),
    ("Kampung Sosial", "Calon Kampung Sosial Contoh 2", "TIPAR", "", "Calon", ""),
    ("Teman Sosial", "Teman Sosial Contoh 1", "BAROS", "", "Tidak diketahui", ""),
    ("Teman Sosial", "Teman Sosial Contoh 2", "BENTENG", "", "Calon", ""),
)  # fmt: skip


def payment_letters(lists: list[ListRows], period: str) -> pd.DataFrame:
    """One SK and one or two SP2D a programme, to the rupiah what the lists say but for DIFFERENCES."""
    letters = []
    for listed in lists:
        if listed.source not in _BOOKED:
            continue
        rows = listed.rows
        rows = rows[~rows.index.isin(listed.planted["row"])] if len(listed.planted) else rows
        rows = rows.reset_index(drop=True)
        paid = rows["status"].isin(PAID) if "status" in rows else pd.Series(True, index=rows.index)
        letters.append(_letter(listed, "SK", 1, len(rows), rows["rupiah"].sum()))
        parts = (
            (rows["rupiah"].where(paid),)
            if listed.source != "pkh"
            else (
                rows["rupiah"].where(paid & (rows.index % 3 > 0)),
                rows["rupiah"].where(paid & (rows.index % 3 == 0)),
            )
        )
        for number, part in enumerate(parts, start=1):
            letters.append(_letter(listed, "SP2D", number, int(part.notna().sum()), part.sum()))
    table = pd.DataFrame(letters)
    day = pd.Timestamp(f"{period}-03")
    table["tgl_peristiwa"] = np.where(table["tahap"] == "SK", day, day + pd.Timedelta(days=9))
    table["tgl_peristiwa"] = pd.to_datetime(table["tgl_peristiwa"])
    return table


def _letter(listed: ListRows, step: str, number: int, count: int, rupiah: float) -> dict:
    off = DIFFERENCES.get((listed.source, listed.period, step), 0) if number == 1 else 0
    each = round(rupiah / count) if count else 0
    if listed.source == "pkh":
        each = 225_000
    name = f"{step}-{number:02d}/{_BOOKED[listed.source].upper()}/{listed.period} (DATA SINTETIS)"
    return {
        "program": _BOOKED[listed.source], "source": listed.source, "tahap": step, "nomor": name,
        "n": count + off, "rupiah": int(rupiah) + off * each, "selisih": off,
    }  # fmt: skip


def places_of_service() -> pd.DataFrame:
    """Shelters, schools, Kampung and Teman Sosial, by made-up names."""
    columns = ["program", "nama", "kelurahan_tempat", "kapasitas", "status", "tgl_peristiwa"]
    table = pd.DataFrame(_PLACES, columns=columns)
    table["tgl_peristiwa"] = pd.to_datetime(table["tgl_peristiwa"], errors="coerce")
    return table
