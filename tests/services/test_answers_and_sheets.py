"""The province's answers are kept row by row; work sheets name families by kelurahan and stay in the office."""

import re
from datetime import date

import openpyxl
import pytest
from citykit import EDITION, A
from servicekit import Town

from analysis.engine import Engine, Store
from analysis.errors import InputFileError
from analysis.field.services import KINDS, write_service_sheets
from analysis.measures import assess
from analysis.rosters import Answer, read_answers, record_answer

KEY = "a" * 64


def test_answers_are_appended_and_read_again(tmp_path, rulebook):
    first = Answer(date(2025, 12, 10), "panti_provinsi", "sebagian", 4)
    second = Answer(date(2025, 12, 20), "panti_provinsi", "ditolak")
    assert read_answers(tmp_path, rulebook) == []
    for answer in (first, second):
        record_answer(tmp_path, answer)
    assert read_answers(tmp_path, rulebook) == [first, second]


@pytest.mark.parametrize("row", ["2025-13-01,panti_provinsi,sebagian,4", "2025-12-01,lain,sebagian,", "2025-12-01,panti_provinsi,ya,",
                                 "2025-12-01,panti_provinsi,sebagian,empat"])  # fmt: skip
def test_an_answer_that_cannot_be_used_names_its_row(tmp_path, rulebook, row):
    (tmp_path / "permohonan.csv").write_text(
        f"tanggal,permintaan,jawaban,jumlah\n{row}\n", encoding="utf-8"
    )
    with pytest.raises(InputFileError) as refused:
        read_answers(tmp_path, rulebook)
    assert refused.value.facts["row"] == 2


def test_work_sheets_have_a_page_a_kelurahan_and_say_what_they_are(tmp_path, rulebook):
    town = Town()
    for name, desil in (("child", 1), ("grown", 1)):
        town.person(
            name, desil, tgl_lahir=date(2014 if name == "child" else 1980, 1, 1), kode_wilayah=A
        )
        town.row(
            name,
            "dtsen_individu",
            "registri_individu",
            programme=None,
            nama_asli=name.upper(),
            alamat="JL. CONTOH 1",
            rt="001",
        )
    town.row("grown", "sekolah_rakyat", "tahapan", tahap="diusulkan")
    store = Store(tmp_path / "store")
    with Engine() as engine:
        town.put(engine)
        for name in (
            *assess(engine, rulebook, EDITION),
            "core_records",
            "core_links",
            "core_persons",
        ):
            store.write(engine, name, "key")
    files = write_service_sheets(store, rulebook, tmp_path / "lembar", KEY, "DATA SINTETIS")
    held = {kind.file for kind in KINDS if store.path(kind.table).exists()}
    assert {file.stem for file in files} == held
    book = openpyxl.load_workbook(tmp_path / "lembar/sekolah_rakyat_belum_diusulkan.xlsx")
    area = next(a.nama for a in rulebook.areas if a.kode == A)
    assert book.sheetnames == [area]
    cells = [[cell.value for cell in row] for row in book[area].iter_rows()]
    assert cells[0][0] == "DATA SINTETIS"
    assert [row[1] for row in cells[5:]] == ["CHILD"]
    number = cells[5][0]
    assert re.fullmatch(r"L-[0-9a-f]{8}-[0-9a-f]{8}", number)
    assert not (tmp_path / "lembar/sebelumnya").exists()

    write_service_sheets(store, rulebook, tmp_path / "lembar", KEY, "DATA SINTETIS", "sandi")
    locked = tmp_path / "lembar/sekolah_rakyat_belum_diusulkan.xlsx"
    assert locked.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"  # as Excel encrypts
    (kept,) = (tmp_path / "lembar/sebelumnya").glob("sekolah_rakyat_belum_diusulkan_*.xlsx")
    assert [
        [c.value for c in row] for row in openpyxl.load_workbook(kept)[area].iter_rows()
    ] == cells

    write_service_sheets(store, rulebook, tmp_path / "lain", "b" * 64)
    other = openpyxl.load_workbook(tmp_path / "lain/sekolah_rakyat_belum_diusulkan.xlsx")[area]
    assert other["A5"].value not in (None, number), "another office's key gives another number"
