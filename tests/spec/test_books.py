"""Files that name no person: every row is a letter or a place, or is set aside and told."""

import pytest
from rosterkit import cleaned, workbook

from analysis.rosters import read_provenance

HEADER = ["PROGRAM", "JENIS DOKUMEN", "NOMOR", "TANGGAL", "JUMLAH PENERIMA", "JUMLAH (RP)"]
LETTERS = [
    ["PKH", "SK", "01/2025", "03/12/2025", "1.250", "Rp 937.500.000"],
    ["Program Keluarga Harapan", "SP2D", "02/2025", "12/12/2025", 1200, 900_000_000],
    ["Bantuan Tanpa Nama", "SP2D", "03/2025", "12/12/2025", 10, 1000],  # no programme of the rules
    ["PKH", "SP2D", "02/2025", "13/12/2025", 5, 5000],  # the same letter again
    ["Sembako", "nota", "04/2025", "13/12/2025", 5, 5000],  # no step of a payment
    ["JUMLAH", None, None, None, 2450, None],
]
PLACES = [
    ["Rumah Singgah", "Rumah Singgah Contoh", "Cikole", 20, "Berjalan", "1 Desember 2020"],
    ["Sekolah Rakyat", "Sekolah Contoh", "Kota Bogor", None, "Calon", None],
]


@pytest.fixture
def engine(tmp_path, rulebook):
    workbook(tmp_path / "rekap.xlsx", {"Rekap": [["REKAPITULASI SK DAN SP2D"], [], HEADER, *LETTERS]})  # fmt: skip
    header = ["PROGRAM", "NAMA TEMPAT", "KELURAHAN", "KAPASITAS", "STATUS", "SEJAK"]
    workbook(tmp_path / "tempat.xlsx", {"Tempat": [["DAFTAR TEMPAT LAYANAN"], [], header, *PLACES]})
    with cleaned(tmp_path, rulebook) as engine:
        yield engine


def test_letters_are_read_to_the_rupiah(engine):
    assert engine.rows("SELECT programme, tahap, nomor, CAST(tanggal AS VARCHAR), n_penerima, rupiah FROM core_payments ORDER BY nomor") == [
        ("pkh", "sk", "01/2025", "2025-12-03", 1250, 937_500_000),
        ("pkh", "sp2d", "02/2025", "2025-12-12", 1200, 900_000_000),
    ]  # fmt: skip


def test_a_letter_nobody_can_book_is_set_aside_and_told(engine):
    told = engine.rows("SELECT baris, disposisi FROM core_findings WHERE check_code = 'B12' ORDER BY baris")  # fmt: skip
    assert told == [(6, "dikeluarkan"), (7, "dikeluarkan"), (8, "dikeluarkan")]


def test_places_stand_in_their_kelurahan_or_outside(engine):
    found = engine.rows("SELECT programme, nama, kode_wilayah, kapasitas, status FROM core_places ORDER BY nama")  # fmt: skip
    assert found == [
        ("rumah_singgah", "Rumah Singgah Contoh", "32.72.02.1001", 20, "berjalan"),
        ("sekolah_rakyat", "Sekolah Contoh", "luar", None, "calon"),
    ]


def test_books_make_no_person_and_every_row_is_accounted_for(engine):
    assert engine.one("SELECT count(*) FROM core_records") == 0
    files = engine.rows("SELECT source, baris_dibaca - baris_disimpan - baris_dikeluarkan FROM core_files ORDER BY 1")  # fmt: skip
    assert files == [("sk_sp2d", 0), ("tempat", 0)]


def test_only_made_up_data_may_state_a_password(tmp_path):
    note = tmp_path / "sumber.toml"
    note.write_text('sandi_contoh = "rahasia"\n')
    assert read_provenance(tmp_path).public_password is None
    note.write_text('data_sintetis = true\nsandi_contoh = "rahasia"\n')
    assert read_provenance(tmp_path).public_password == "rahasia"
