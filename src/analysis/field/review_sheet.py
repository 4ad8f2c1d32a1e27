"""tinjau_padanan.xlsx as a reviewer sees it: a row a pair, both rows of the lists one above the other in each cell.

Neither chance nor state stands on it: the random pairs measure how often linkage errs, and who knows its answer
agrees with it.
"""

import pandas as pd

from analysis.field.link_decisions import ANSWERS
from analysis.field.sheets import WorkSheet

SHEET, PAIR = "Tinjau padanan", "No. pasangan"
FILLED = ("Jawaban", "Penelaah", "Tanggal", "Alasan")
SIDES = {
    "daftar": ("Daftar", 24.0), "nama_asli": ("Nama", 25.0), "nik_t": ("NIK", 18.5), "no_kk": ("No KK", 18.5),
    "tgl_lahir": ("Tgl lahir", 11.0), "jenis_kelamin": ("L/P", 4.5), "alamat_t": ("Alamat", 28.0),
}  # fmt: skip
_COLUMNS = (
    (PAIR, 12.0), ("Mengapa", 13.0), ("Penjelasan", 37.0), *SIDES.values(), ("Jawaban", 17.0), ("Penelaah", 13.0),
    ("Tanggal", 11.5), ("Alasan", 24.0), ("Jawaban sebelumnya", 22.0),
)  # fmt: skip
_WHY = {
    "acak": "contoh acak untuk mengukur mutu", "dekat_ambang": "bukti seimbang", "gugus_besar": "gugus terlalu besar",
    "kembar": "mungkin kembar", "satu_nik_dua_nama": "satu NIK, dua nama", "tanpa_identitas": "tanpa nomor dan tanggal lahir",
    "nomor_terpotong": "NIK terpotong pada berkasnya", "dijawab": "pernah dijawab",
}  # fmt: skip
_DIFFER = "penelaah berbeda pendapat"
_NOTES = (
    "LEMBAR KERJA TERBATAS: memuat data pribadi; tidak untuk disebarkan.",
    "Pertanyaannya satu: apakah kedua catatan (baris atas dan baris bawah tiap sel) orang yang sama? Periksa pada kartu keluarga atau berkas asalnya.",
    "Isi kolom kuning: Jawaban dari daftar pilihan, Penelaah, Tanggal (mis. 2025-12-10 atau 10/12/2025), Alasan. Yang belum sempat dilihat dibiarkan kosong.",
    "Nomor pasangan jangan diubah; baris boleh diurutkan. Jawaban yang disepakati mengalahkan skor; jawaban sendiri dapat dicabut dengan pilihan “batalkan jawaban saya”.",
)  # fmt: skip
_COMPARED = {
    "nama_asli": "nama", "nik_t": "NIK", "no_kk": "No KK", "tgl_lahir": "tanggal lahir", "jenis_kelamin": "jenis kelamin",
    "alamat_t": "alamat",
}  # fmt: skip


def review_sheet(pairs: pd.DataFrame, mark: str) -> WorkSheet:
    """The sheet of `pairs` (LinkReview.pairs), under the mark of made-up data where there is one."""
    rows = [_row(pair) for pair in pairs.itertuples()]
    notes = ((mark,) if mark else ()) + _NOTES
    return WorkSheet(
        SHEET,
        notes,
        _COLUMNS,
        rows,
        {"Jawaban": list(ANSWERS.values())},
        row_height=46,
        filled=FILLED,
    )


def _row(pair) -> tuple[str, ...]:
    both = ("\n".join(side or "–" for side in _both(pair, column)) for column in SIDES)
    why = _DIFFER if pair.berbeda else _WHY[pair.sebab]
    return (pair.nomor, why, sentence(pair), *both, *("" for _ in FILLED), pair.told)


def sentence(pair) -> str:
    """In which fields the two rows agree, in which they differ and by how much, and which one of them leaves out."""
    agree, differ, silent = [], [], []
    for column, word in _COMPARED.items():
        a, b = _both(pair, column)
        if "?" in a + b and a[:15] == b[:15]:  # the last digit was cut off
            agree.append(f"15 angka pertama {word}")
        elif not a or not b or (column == "nik_t" and not (a[0].isdigit() and b[0].isdigit())):
            silent.append(word)
        elif a == b:
            agree.append(word)
        else:
            differ.append(word + _by(a, b))
    told = (("Sama:", agree), ("Berbeda:", differ), ("Tidak ada pada salah satunya:", silent))
    return " ".join(f"{head} {', '.join(words)}." for head, words in told if words)


def _by(a: str, b: str) -> str:
    """How little two texts of one length differ, where that is a slip of the hand's size."""
    places = sum(x != y for x, y in zip(a, b, strict=False))
    sign = "angka" if a[0].isdigit() else "huruf"
    return f" ({places} {sign})" if len(a) == len(b) and places <= 2 else ""


def _both(pair, column: str) -> tuple[str, str]:
    return tuple(_text(getattr(pair, f"{column}_{side}")) for side in ("a", "b"))


def _text(value: object) -> str:
    text = "" if value is None or value != value else str(value)
    return text.removesuffix(" 00:00:00") if text != "NaT" else ""
