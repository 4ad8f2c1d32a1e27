"""What goes wrong says so in one sentence: file, sheet, row, column, remedy; an exit code; no partial report."""

import json
import os
import shutil

import pytest
from openpyxl import Workbook, load_workbook
from workspace import Office

PKH = "PKH_Tahap_IV_2025-12_DATA_SINTETIS.xlsx"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Office:
    office = Office.furnished(tmp_path_factory.mktemp("kecil"))
    assert office.selaras("demo", "--families", "500").code == 0
    return office


@pytest.fixture
def office(small, tmp_path) -> Office:
    """A fresh copy of December of a city of 500 families."""
    own = Office.furnished(tmp_path / "kantor")
    shutil.copytree(small.raw, own.raw)
    return own


def refused(office: Office, *words: str, then: tuple[str, ...] = ("run",)) -> int | str:
    """The exit code, where the last line is one sentence with these words and its remedy and no report is left half
    written; else all that was said."""
    said = office.selaras(*then)
    last = (said.err.strip().splitlines() or [""])[-1]
    told = all(word in last for word in (*words, "Perbaikan:"))
    whole = told and "Traceback" not in said.err and office.files("reports") == {}
    return said.code if whole else said.err


def change(path, do) -> None:
    book = load_workbook(path)
    do(book)
    book.save(path)


def test_missing_column(office):
    def drop(book):
        for sheet in book:
            for row in sheet.iter_rows(max_row=12):
                for cell in row:
                    if str(cell.value).strip().upper() == "NIK":
                        cell.value = "CATATAN"

    change(office.raw / PKH, drop)
    assert refused(office, PKH, "lembar", "baris", "NIK") == 3


def test_empty_file(office):
    (office.raw / PKH).write_bytes(b"")
    assert refused(office, PKH, "0 byte") == 3


def test_no_rows_below_the_header(office):
    def clear(book):
        for sheet in book:
            sheet.delete_rows(6, sheet.max_row)  # the header stands in row 5

    change(office.raw / PKH, clear)
    assert refused(office, PKH, "tidak ada baris data") == 3


def test_a_workbook_with_another_thing_in_it(office):
    book = Workbook()
    book.active.append(["menu makan siang", "harga"])
    book.active.append(["nasi liwet", 15000])
    book.save(office.raw / "catatan.xlsx")
    assert refused(office, "catatan.xlsx", "Sheet", "kepala tabel") == 3


def test_unreadable_workbook(office):
    whole = (office.raw / PKH).read_bytes()
    (office.raw / PKH).write_bytes(whole[: len(whole) // 2])
    assert refused(office, PKH, "rusak") == 3


def test_a_pdf_is_no_table(office):
    (office.raw / "daftar.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n")
    assert refused(office, "daftar.pdf", "PDF") == 3


def test_a_period_that_is_not_there(office):
    assert refused(office, "2024-01", "2025-12", then=("run", "--period", "2024-01")) == 3


def test_a_period_that_is_no_month(office):
    assert refused(office, "2025-13", then=("run", "--period", "2025-13")) == 2


def test_a_set_that_is_not_there(office):
    assert refused(office, "bandung", "contoh", then=("run", "--set", "bandung")) == 2


def test_a_brief_that_is_not_known(office):
    assert refused(office, "puisi", "audiensi", then=("run", "--briefs", "puisi")) == 2


def test_a_rules_folder_that_is_not_there(office):
    assert refused(office, "aturan-kami", then=("run", "--rules", "aturan-kami")) == 2


def test_a_list_of_cut_nik_stops_the_run(office):
    def spoil(book):
        for sheet in book:
            for row in sheet.iter_rows(min_row=5):
                for cell in row:
                    if (
                        isinstance(cell.value, str)
                        and len(cell.value) == 16
                        and cell.value.isdigit()
                    ):
                        cell.value = cell.value[:9]

    change(office.raw / PKH, spoil)
    assert refused(office, PKH, "NIK") == 5
    said = office.selaras("except", "nik", PKH, "--reason", "uji gerbang", "--by", "analis")
    assert said.code == 0
    assert office.selaras("check").code == 0  # somebody answers for it: the run goes on


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_no_write_permission(office):
    (office.root / "data").chmod(0o555)
    try:
        assert refused(office, "izin tulis") == 2
    finally:
        (office.root / "data").chmod(0o755)


def test_a_file_where_the_store_should_be(office):
    """The same refusal that also root meets."""
    (office.root / "data/derived").write_text("bukan folder")
    assert refused(office, "tidak boleh ditulisi") == 2


def test_a_failing_run_leaves_the_last_report_alone(office):
    assert office.selaras("run").code == 0
    before = office.files("reports")
    (office.raw / PKH).write_bytes(b"")
    assert office.selaras("run").code == 3
    assert office.files("reports") == before


def test_english_on_request(office):
    (office.raw / PKH).write_bytes(b"")
    said = office.selaras("run", "--lang", "en")
    assert "Remedy:" in said.err
    assert said.code == 3


# What lies among the lists and is none.


def test_litter_of_other_programs_is_no_list_no_month_and_no_set(office):
    for folder in (office.raw, office.raw.parent, office.raw.parents[1]):
        (folder / ".ipynb_checkpoints").mkdir()
    for name in ("~$PKH.xlsx", ".~lock.PKH.xlsx#", ".DS_Store", "Thumbs.db"):
        (office.raw / name).write_bytes(b"x")
    said = office.selaras("check")
    assert said.code == 0, said.err


def test_a_folder_among_the_lists_is_not_left_out_silently(office):
    (office.raw / "Kecamatan Cikole").mkdir()
    assert refused(office, "Kecamatan Cikole", "2025-12") == 3


def test_a_folder_of_a_set_that_is_no_month_is_not_left_out_silently(office):
    (office.raw.parent / "Desember").mkdir()
    assert refused(office, "Desember", "TTTT-BB") == 3


def test_a_set_without_months_says_where_they_go(office):
    (office.root / "data/raw/dinsos").mkdir()
    assert refused(office, "data/raw/dinsos/2025-12", then=("run", "--set", "dinsos")) == 3


def test_a_set_is_a_folder_of_data_raw_alone(office):
    assert refused(office, "contoh", then=("run", "--set", "..")) == 2


def test_two_files_whose_names_differ_by_a_blank_are_both_read(office):
    log = office.raw / "BSU_2025_DATA_SINTETIS.csv"
    half = log.with_name(log.name.replace("_", " "))
    lines = log.read_bytes().splitlines(keepends=True)
    half.write_bytes(b"".join(lines[: len(lines) // 2]))
    said = office.selaras("check", "--json")
    read = {entry["berkas"]: entry["baris_dibaca"] for entry in json.loads(said.out)["files"]}
    assert (read[log.name], read[half.name]) == (len(lines), len(lines) // 2)


def test_a_file_that_lies_there_twice_is_not_counted_twice(office):
    shutil.copy(office.raw / PKH, office.raw / PKH.replace(".xlsx", " (1).xlsx"))
    assert refused(office, PKH, "(1)") == 3


@pytest.mark.parametrize(
    ("stated", "word"),
    [
        ('edisi = "Desember"', "edisi"), ("tanggal = 2025", "tanggal"), ('berkas = "x"', "[[berkas]]"),
        ('[[berkas]]\nlayout = "pkh"', "[[berkas]]"), ('[[berkas]]\nnama = "tak_ada.xlsx"\nlayout = "pkh"', "tak_ada.xlsx"),
    ],
)  # fmt: skip
def test_a_slip_in_sumber_toml_is_named(office, stated, word):
    (office.raw / "sumber.toml").write_text(stated + "\n", encoding="utf-8")
    assert refused(office, "sumber.toml", word) == 3


def test_sumber_toml_of_notepad_is_read(office):
    path = office.raw / "sumber.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert office.selaras("status").code == 0


def test_made_up_lists_are_not_written_over_real_ones(office):
    real = office.root / "data/raw/dinsos/2025-12"
    real.mkdir(parents=True)
    (real / "pkh.csv").write_text("NIK;NAMA\n", encoding="utf-8")
    before = office.files("data/raw/dinsos")
    assert refused(office, "dinsos", then=("demo", "--set", "dinsos", "--families", "500")) == 2
    assert office.files("data/raw/dinsos") == before


def test_an_exception_for_a_file_that_is_not_there_is_not_recorded(office):
    words = ("except", "nik", "PHK.xlsx", "--reason", "a", "--by", "b")
    assert refused(office, "PHK.xlsx", then=words) == 2
    assert office.files("data/keputusan") == {}


def test_wrong_words_are_told_in_the_reader_s_language(office):
    assert refused(office, "export, import, status", then=("field", "kirim")) == 2
    assert refused(office, "--cepat", then=("run", "--cepat")) == 2
    assert refused(office, "--lang", then=("status", "--lang", "fr")) == 2
    assert "Remedy:" in office.selaras("show", "--lang", "en").err


def test_notes_torn_by_a_power_cut_are_made_again(office):
    assert office.selaras("check").code == 0
    before = office.files("data/derived")
    notes = [path for path in office.store.rglob("*.json") if path.stat().st_size]
    for place, note in enumerate(sorted(notes)):
        note.write_bytes(note.read_bytes()[: 20 * (place % 2)])
    said = office.selaras("check")
    assert said.code == 0, said.err
    assert office.files("data/derived") == before


def test_the_office_key_is_not_made_where_a_slip_of_the_pen_leads(office, tmp_path):
    missing = tmp_path / "kunci-kantor" / "kunci"
    assert refused(office, "kunci-kantor", then=("field", "export", "--key", str(missing))) == 2
