"""What a notebook opens and how its tables stand on the screen."""

from pathlib import Path

import pandas as pd

from analysis.engine import Store
from analysis.errors import UsageError
from analysis.notation import number
from analysis.policy import Rulebook, load_rulebook


def opened(store: str, rules: tuple[str, ...] = ()) -> tuple[Store, Rulebook]:
    """What a notebook names in words: the period's tables, and the rules with an office's overlays.

    From then on the notebook shows every row of a table: a row left out between dots is a row dropped.
    Both are found from the notebook's folder and from the project's. Raises UsageError where a folder is
    not there: empty tables would say that nothing was found.
    """
    pd.set_option("display.max_rows", None)
    return Store(_folder(store)), load_rulebook([_folder(folder) for folder in rules])


def _folder(said: str) -> Path:
    places = (Path(said), Path("notebooks") / said)
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise UsageError("notebook_folder_missing", folder=said)
    return found


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """A table as people read it: headings in words, Indonesian numbers, '–' where there is none.

    A notebook's cells are shown whole: half a file name leads nobody to the file.
    """
    pd.set_option("display.max_colwidth", None)
    named = table.rename(columns=lambda name: _HEADINGS.get(name, str(name).replace("_", " ")))
    for name in named.columns:
        if pd.api.types.is_integer_dtype(named[name]):
            named[name] = named[name].map(lambda value: number(None if pd.isna(value) else value))
        elif pd.api.types.is_float_dtype(named[name]):
            digits = _digits(named[name])
            named[name] = [number(value, digits) for value in named[name]]
    return named.fillna("–").reset_index(drop=True)


def _digits(cells: pd.Series) -> int:
    """None for whole numbers, one where they go into the hundreds, three for shares, four where these hide what is not 0 or 1."""
    filled = cells.dropna()
    if (filled % 1 == 0).all():
        return 0
    if filled.abs().max() >= 100:
        return 1
    hidden = filled.between(0, 0.0005, inclusive="neither") | filled.between(
        0.9995, 1, inclusive="neither"
    )
    return 4 if hidden.any() and filled.between(0, 1).all() else 3


_HEADINGS = {
    "programme": "Program", "satuan": "Satuan", "ukuran": "Ukuran", "kelompok": "Kelompok", "dimensi": "Menurut",
    "nilai": "Nilai", "bawah": "Bawah", "atas": "Atas", "salah_eksklusi": "Salah eksklusi",
    "salah_inklusi": "Salah inklusi", "bocor_rp": "Manfaat ke luar sasaran", "selisih_sasaran": "Selisih cakupan",
    "cgh": "CGH", "konsentrasi": "Koefisien konsentrasi", "suku_syarat": "Syarat program", "suku_kuota": "Kuota",
    "suku_pelaksanaan": "Pelaksanaan", "menyusut": "Sesudah penyusutan", "cukup": "Cukup banyak", "n": "Banyak",
    "model": "Model", "saat": "Saat", "spearman": "Spearman", "auc": "AUC", "eksklusi": "Salah eksklusi", "selisih": "Selisih", "selisih_bawah": "Selisih, bawah",
    "selisih_atas": "Selisih, atas", "cek_lapangan": "Cek lapangan", "register_saja": "Register saja",
    "galat_baku": "Galat baku", "dihitung": "Dihitung", "terbitan": "Terbitan", "beda": "Beda", "arm": "Cara memilih",
    "measure": "Ukuran", "value": "Nilai", "low": "Bawah", "high": "Atas", "se": "Galat baku", "method": "Cara",
    "suku": "Suku", "bagian": "Bagian", "tahun": "Tahun", "paling_sedikit": "Paling sedikit", "paling_banyak": "Paling banyak",
    "stratum": "Strata", "kelas": "Kelas desil", "terima": "Menerima", "kecamatan": "Kecamatan", "n_keluarga": "Keluarga",
    "wawancara": "Wawancara", "kunjungan": "Kunjungan", "benih": "Benih", "n_kelurahan": "Kelurahan",
    "berkas": "Berkas", "lembar": "Lembar", "baris_dibaca": "Baris dibaca", "baris_disimpan": "Catatan",
    "baris_dikeluarkan": "Bukan penerima", "galat": "Galat", "peringatan": "Peringatan", "info": "Info", "kode": "Kode",
    "temuan": "Temuan", "tingkat": "Tingkat", "baris": "Baris", "perbaikan": "Perbaikan", "kolom": "Kolom",
    "judul": "Judul kolom", "medan": "Dibaca sebagai", "jenis": "Jenis", "n_baris": "Baris", "check_code": "Kode",
    "pemeriksaan": "Pemeriksaan", "alasan": "Alasan", "programmes": "Gabungan", "count": "Keluarga", "verdict": "Putusan",
    "a": "Program", "b": "Dengan", "bersama": "Bersama", "bagian_a": "Bagian program", "bagian_b": "Bagian dengan",
    "bagian_terkecil": "Bagian terkecil", "jaccard": "Jaccard", "lift": "Lift", "phi": "Phi", "kasus": "Kasus", "kepastian": "Kepastian padanan", "rules": "Aturan", "pasti": "Pasti",
    "kuat": "Kuat", "lemah": "Lemah", "berekening": "Baris dengan rekening", "unit": "Satuan", "lintas": "Antara",
    "waktu": "Waktu", "banyak": "Banyak", "keluarga": "Keluarga", "belum_tercatat": "Belum tercatat",
    "kewenangan": "Kewenangan", "sumber_dana": "Sumber dana", "n_pasti": "Padanan pasti", "n_terpadankan": "Terpadankan",
    "harapan": "Harapan", "ambang_rendah": "Ambang rendah", "perkiraan": "Perkiraan (interval 95 %)", "metode": "Metode",
    "komplementer": "Komplementer", "bersyarat": "Bersyarat", "perlu_klarifikasi": "Perlu klarifikasi",
    "belum_diatur": "Belum diatur", "dilarang": "Dilarang", "rupiah_telaah": "Rupiah yang perlu ditelaah", "desil": "Desil", "kelurahan": "Kelurahan",
}  # fmt: skip
