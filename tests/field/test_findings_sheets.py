"""temuan_<file>.xlsx: every finding with its place and remedy, no value, nothing Excel would run, same bytes."""

import time
import zipfile

import pytest
from openpyxl import load_workbook
from rosterkit import cleaned, pkh

from analysis.engine import Store
from analysis.field import Quality, WorkSheet, write_findings, write_workbook

NASTY = ["=1+1", "+62811", "-SUM(A1)", "@cmd", "\t=1", "https://contoh.id", "'=1"]


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx", [WorkSheet("S", (), (("K", 10.0),), [(text,) for text in NASTY])]
    )
    cells = [cell for (cell,) in load_workbook(path)["S"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == NASTY
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(path) as book:
        assert not [
            name for name in book.namelist() if "externalLink" in name or "_rels/sheet" in name
        ]
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_same_bytes_at_another_time(tmp_path):
    sheets = [WorkSheet("S", ("catatan",), (("K", 10.0), ("B", 8.0)), [("isi", 3)])]
    first = write_workbook(tmp_path / "a.xlsx", sheets).read_bytes()
    time.sleep(2.1)  # a zip stamps even seconds
    assert write_workbook(tmp_path / "b.xlsx", sheets).read_bytes() == first


@pytest.fixture
def written(tmp_path, rulebook):
    folder = tmp_path / "raw"
    folder.mkdir()
    pkh(folder, [
        ["327201050380", "3272010101159001", "=SARI", "05-03-1980", "Cisarue", "600.000"],
        ["3272010503809002", "3272010101159002", "BUDI RAHASIA", "31/02/1980", "Cikole", "600.000"],
    ])  # fmt: skip
    with cleaned(folder, rulebook, tmp_path / "store"):
        pass
    quality = Quality(Store(tmp_path / "store"), rulebook, linked=False)
    return write_findings(quality, tmp_path / "lembar", "DATA SINTETIS")[0]


def test_each_finding_names_row_column_and_remedy(written):
    assert written.name == "temuan_pkh.xlsx"
    page = load_workbook(written)["Temuan"]
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=5)]
    told = {(row[1], row[2], row[4]) for row in rows}
    assert (4, "A", "NIK tidak sah") in told
    assert (5, "D", "Tanggal lahir tidak terbaca") in told
    assert any("Mungkin: Cisarua (32.72.02.1005)." in row[7] for row in rows)
    assert page["A1"].value == "DATA SINTETIS"


def test_it_holds_no_value_of_a_row(written):
    book = load_workbook(written)
    words = {
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value
    }
    for value in (
        "327201050380",
        "3272010101159001",
        "SARI",
        "BUDI RAHASIA",
        "31/02/1980",
        "Cisarue",
    ):
        assert not [word for word in words if value in word]


def test_every_row_that_is_no_recipient_is_listed(written):
    page = load_workbook(written)["Baris bukan penerima"]
    assert [page.cell(row, 2).value for row in range(5, page.max_row + 1)] == [1, 2, 3]
