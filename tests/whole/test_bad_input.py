"""What goes wrong says so in one sentence: file, sheet, row, column, remedy; an exit code; no partial report."""

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


def refused(office: Office, code: int, *words: str, then: tuple[str, ...] = ("run",)) -> None:
    said = office.selaras(*then)
    last = said.err.strip().splitlines()[-1]
    assert said.code == code, said.err
    assert "Traceback" not in said.err
    for word in (*words, "Perbaikan:"):
        assert word in last
    assert office.files("reports") == {}


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
    refused(office, 3, PKH, "lembar", "baris", "NIK")


def test_empty_file(office):
    (office.raw / PKH).write_bytes(b"")
    refused(office, 3, PKH, "0 byte")


def test_no_rows_below_the_header(office):
    def clear(book):
        for sheet in book:
            sheet.delete_rows(6, sheet.max_row)  # the header stands in row 5

    change(office.raw / PKH, clear)
    refused(office, 3, PKH, "tidak ada baris data")


def test_a_workbook_with_another_thing_in_it(office):
    book = Workbook()
    book.active.append(["menu makan siang", "harga"])
    book.active.append(["nasi liwet", 15000])
    book.save(office.raw / "catatan.xlsx")
    refused(office, 3, "catatan.xlsx", "Sheet", "kepala tabel")


def test_unreadable_workbook(office):
    whole = (office.raw / PKH).read_bytes()
    (office.raw / PKH).write_bytes(whole[: len(whole) // 2])
    refused(office, 3, PKH, "rusak")


def test_a_pdf_is_no_table(office):
    (office.raw / "daftar.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n")
    refused(office, 3, "daftar.pdf", "PDF")


def test_a_period_that_is_not_there(office):
    refused(office, 3, "2024-01", "2025-12", then=("run", "--period", "2024-01"))


def test_a_period_that_is_no_month(office):
    refused(office, 2, "2025-13", then=("run", "--period", "2025-13"))


def test_a_set_that_is_not_there(office):
    refused(office, 2, "bandung", "contoh", then=("run", "--set", "bandung"))


def test_a_brief_that_is_not_known(office):
    refused(office, 2, "puisi", "audiensi", then=("run", "--briefs", "puisi"))


def test_a_rules_folder_that_is_not_there(office):
    refused(office, 2, "aturan-kami", then=("run", "--rules", "aturan-kami"))


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
    refused(office, 5, PKH, "NIK")
    said = office.selaras("except", "nik", PKH, "--reason", "uji gerbang", "--by", "analis")
    assert said.code == 0
    assert office.selaras("check").code == 0  # somebody answers for it: the run goes on


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_no_write_permission(office):
    (office.root / "data").chmod(0o555)
    try:
        refused(office, 2, "izin tulis")
    finally:
        (office.root / "data").chmod(0o755)


def test_a_file_where_the_store_should_be(office):
    """The same refusal that also root meets."""
    (office.root / "data/derived").write_text("bukan folder")
    refused(office, 2, "tidak boleh ditulisi")


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
