"""Spec: what names, dates, places and amounts mean. Left as typed, right as read."""

from datetime import date

import pytest
from rosterkit import cleaned, pkh, workbook

NAMES = {
    "H. Ujang Suherman, S.Pd": "UJANG SUHERMAN",
    "Hj. St. Maemunah": "SITI MAEMUNAH",
    "Moch. Ridwan": "MUHAMMAD RIDWAN",
    "M. Ridwan": "MUHAMMAD RIDWAN",
    "Ny. Neneng Kurniasih": "NENENG KURNIASIH",
    "alm. Dadang bin Sukarna": "DADANG",
    "Abd. Rahman": "ABDUL RAHMAN",
    "  asep   sunandar ": "ASEP SUNANDAR",
    "Hj.": "HJ",
}
DATES = {
    "1980-03-05": date(1980, 3, 5),
    "05/03/1980": date(1980, 3, 5),
    "5-3-80": date(1980, 3, 5),
    "12 Mei 1980": date(1980, 5, 12),
    "12-Nop-1980": date(1980, 11, 12),
    "29285": date(1980, 3, 5),
    "05031980": date(1980, 3, 5),
    "19800305": date(1980, 3, 5),
    "1980": date(1980, 1, 1),
    "3-4-25": date(2025, 4, 3),
    "3-4-26": date(1926, 4, 3),
    "31/02/1980": None,
    "tidak tahu": None,
    "05/03/2031": None,
}
AREAS = {
    "Gunungparang": "32.72.02.1003",
    "KEL. GUNUNG PARANG": "32.72.02.1003",
    "Kelurahan Cikole": "32.72.02.1001",
    "dayeuh luhur": "32.72.04.1003",
    "Cibeureum": None,
    "Tuguraja": None,
}
MONEY = {
    "600.000": 600_000,
    "Rp600.000,00": 600_000,
    "Rp 1.250.000": 1_250_000,
    "-": None,
    "225000": 225_000,
}
RT_RW = {
    "01/02": ("001", "002"),
    "RT 001 RW 002": ("001", "002"),
    "002-001": ("002", "001"),
    "2 Jan": ("002", "001"),
    "RT.3/RW.12": ("003", "012"),
}


def column(tmp_path, rulebook, values, place, select):
    row = ["3272010503809001", "3272010101159001", "SARI", "", "Cikole", ""]
    rows = [[*row[:place], value, *row[place + 1 :]] for value in values]
    pkh(tmp_path, rows)
    with cleaned(tmp_path, rulebook) as engine:
        return [
            cells[0] for cells in engine.rows(f"SELECT {select} FROM core_records ORDER BY baris")
        ]


def test_names_lose_titles_and_descent_and_keep_who_is_meant(tmp_path, rulebook):
    assert column(tmp_path, rulebook, NAMES, 2, "nama") == list(NAMES.values())


def test_the_name_as_typed_is_kept(tmp_path, rulebook):
    assert column(tmp_path, rulebook, ["H. Ujang, S.Pd"], 2, "nama_asli") == ["H. Ujang, S.Pd"]


def test_birth_dates_in_every_form(tmp_path, rulebook):
    assert column(tmp_path, rulebook, DATES, 3, "tgl_lahir") == list(DATES.values())


def test_a_bare_year_says_so(tmp_path, rulebook):
    assert column(tmp_path, rulebook, ["1980", "05/03/1980", ""], 3, "tgl_lahir_presisi") == [
        "tahun",
        "hari",
        None,
    ]


def test_kelurahan_by_any_spelling_and_never_by_guess(tmp_path, rulebook):
    assert column(tmp_path, rulebook, AREAS, 4, "kode_wilayah") == list(AREAS.values())


def test_amounts_in_indonesian_notation(tmp_path, rulebook):
    assert column(tmp_path, rulebook, MONEY, 5, "manfaat_rp") == list(MONEY.values())


def test_rt_and_rw_in_one_cell_even_as_the_date_excel_made(tmp_path, rulebook):
    header = ["NIK", "NAMA", "RT/RW", "KELURAHAN"]
    rows = [["3272010503809001", "SARI", text, "Cikole"] for text in RT_RW]
    workbook(tmp_path / "sembako.xlsx", {"BPNT": [["DATA SEMBAKO"], header, *rows]})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT rt, rw FROM core_records ORDER BY baris") == list(RT_RW.values())


@pytest.mark.parametrize(
    ("kecamatan", "code"), [("Cikole", "32.72.02.1001"), ("Baros", None), ("", "32.72.02.1001")]
)
def test_a_kelurahan_in_the_wrong_kecamatan_is_a_finding(tmp_path, rulebook, kecamatan, code):
    header = ["NIK", "NAMA", "KELURAHAN", "KECAMATAN"]
    row = ["3272010503809001", "SARI", "Cikole", kecamatan]
    workbook(tmp_path / "sembako.xlsx", {"BPNT": [["DATA SEMBAKO"], header, row]})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT kode_wilayah FROM core_records") == [(code,)]
        found = engine.one("SELECT count(*) FROM core_findings WHERE check_code = 'A01'")
    assert found == (code is None)


def test_an_excluded_row_is_kept_and_does_not_receive(tmp_path, rulebook):
    header = ["NIK", "NAMA", "STATUS"]
    rows = [
        ["3272010503809001", "SARI", "EXCLUDE MENINGGAL"],
        ["3272010503809002", "ASEP", "SUKSES SPM"],
    ]
    workbook(tmp_path / "sembako.xlsx", {"BPNT": [["DATA SEMBAKO"], header, *rows]})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT is_penerima FROM core_records ORDER BY baris") == [
            (False,),
            (True,),
        ]


def test_disability_of_the_register_is_yes_no_or_not_known(tmp_path, rulebook):
    """A kind of disability is a yes; a word not understood is no answer, and never a 'no'."""
    said = {
        "Ya": "ya", "TIDAK": "tidak", "Tuna Netra": "ya", "Bukan Penyandang Disabilitas": "tidak", "": None, "lihat berkas": None,
    }  # fmt: skip
    header = ["NOKK", "NIK", "NAMA_LENGKAP", "STATUS_HUBUNGAN", "KETERANGAN_DISABILITAS"]
    rows = [["3272010101159001", "3272010503809001", "SARI", "ANAK", word] for word in said]
    workbook(tmp_path / "dtsen.xlsx", {"Individu": [["DTSEN INDIVIDU"], header, *rows]})
    with cleaned(tmp_path, rulebook) as engine:
        found = engine.rows("SELECT source, disabilitas FROM core_records ORDER BY baris")
    assert found == [("dtsen_individu", word) for word in said.values()]
