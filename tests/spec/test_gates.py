"""Broken files stop the run; a recorded reason lets them pass; what a workbook hides is told."""

import pytest
from openpyxl import Workbook
from rosterkit import RUN, cleaned, pkh, workbook

from analysis.engine import Engine, sha256_of
from analysis.errors import InputFileError, QualityGateError
from analysis.rosters import (
    clean,
    input_files,
    peek,
    raw_table_name,
    read_exceptions,
    read_provenance,
    record_exception,
    take_in,
)
from analysis.rosters.gates import GateException


def nik(number: int) -> str:
    return f"32720105038{number // 10000:01d}{9000 + number % 1000:04d}"


def run(folder, rulebook, exceptions=()):
    files = input_files(folder)
    hashes = {path.name: sha256_of(path) for path in files}
    with Engine() as engine:
        for path in files:
            take_in(engine, path, hashes[path.name])
        raw = [raw_table_name(path) for path in files]
        notes = [note for path in files for note in peek(path)]
        clean(engine, rulebook, RUN, read_provenance(folder), raw, hashes, notes, exceptions)
        return engine.rows(
            "SELECT check_code, baris, kolom FROM core_findings WHERE check_code LIKE 'B%' AND disposisi = 'disimpan' ORDER BY ALL"
        )


def excuse(gate, file="pkh.xlsx"):
    return GateException(gate, file, "berkas uji", "analis", "2025-12-15")


def test_a_list_pasted_twice(tmp_path, rulebook):
    rows = [
        [
            f"32720105038{n:01d}{9000 + n:04d}"[:12] + f"{9000 + n:04d}",
            "",
            f"ORANG {chr(65 + n % 26)}",
            "",
            "Cikole",
            "",
        ]
        for n in range(40)
    ]
    pkh(tmp_path, [*rows, *rows])
    with pytest.raises(QualityGateError) as stopped:
        run(tmp_path, rulebook)
    assert stopped.value.key == "repeat_gate"
    run(tmp_path, rulebook, [excuse("ganda")])


def test_a_kelurahan_without_a_row(tmp_path, rulebook):
    header = ["NO KK", "NAMA KEPALA KELUARGA", "NAMA", "KELURAHAN", "DESIL"]
    places = ["Cikole", "Selabatu"]
    workbook(tmp_path / "dtsen.xlsx", {"a": [["DTSEN KELUARGA"], header, *(
        [f"327201010115{9000 + n:04d}", "SARI", "SARI", places[n % 2], 3] for n in range(200))]})  # fmt: skip
    pkh(
        tmp_path,
        [[f"327201050380{9000 + n:04d}", "", f"ORANG {n}", "", "Cikole", ""] for n in range(60)],
    )
    with pytest.raises(QualityGateError) as stopped:
        run(tmp_path, rulebook)
    assert stopped.value.key == "area_gate"
    assert stopped.value.facts["area"] == "32.72.02.1002"
    run(tmp_path, rulebook, [excuse("kelurahan")])


def test_an_exception_is_appended_and_needs_a_reason_and_a_person(tmp_path):
    record_exception(tmp_path, excuse("nik"))
    record_exception(tmp_path, excuse("ganda"))
    assert [e.gerbang for e in read_exceptions(tmp_path)] == ["nik", "ganda"]
    with (tmp_path / "pengecualian.csv").open("a") as stream:
        stream.write("kelurahan,pkh.xlsx,,analis,2025-12-15\n")
    with pytest.raises(InputFileError) as refused:
        read_exceptions(tmp_path)
    assert (refused.value.facts["row"], refused.value.facts["columns"]) == (4, "alasan")


def test_what_a_workbook_hides_is_told(tmp_path, rulebook):
    book = Workbook()
    sheet = book.active
    for row in (
        ["PKH"],
        ["NIK", "NAMA", "KELURAHAN", "CATATAN"],
        ["3272010503809001", "SARI", "Cikole", "#REF!"],
        [3272010503809002, "BUDI", "Cikole", "x"],
    ):
        sheet.append(row)
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("Rahasia").append(["x"])
    book["Rahasia"].sheet_state = "hidden"
    book.save(tmp_path / "pkh.xlsx")
    assert run(tmp_path, rulebook) == [
        ("B08", 0, "c004"),
        ("B09", 0, ""),
        ("B10", 0, "c001"),
        ("B11", 3, "c004"),
    ]


def test_number_cells_above_two_to_the_53rd_lose_no_digit_unseen(tmp_path, rulebook):
    """Papua's NIK (91…) are above 2^53: Excel and doubles keep 15–16 digits, so the last may be wrong."""
    book = Workbook()
    for row in (["PKH"], ["NIK", "NAMA", "KELURAHAN"], [9171010503809001, "SARI", "Cikole"]):
        book.active.append(row)
    book.save(tmp_path / "pkh.xlsx")
    with cleaned(tmp_path, rulebook) as engine:
        status = engine.one("SELECT nik_status FROM core_records")
    assert status == "rusak_excel"
