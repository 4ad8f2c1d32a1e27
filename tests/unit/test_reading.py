"""Files as they come: what is read, what is set aside, and what is refused with one clear sentence."""

import pytest
from rosterkit import cleaned, pkh, workbook

from analysis.errors import InputFileError, QualityGateError

PERSON = ["3272010503809001", "3272010101159001", "SARI", "05/03/1980", "Cikole", 600000]
HEADER = ["NIK", "NO KK", "NAMA", "TGL LAHIR", "KELURAHAN", "NOMINAL"]


def accounts(engine):
    return engine.rows(
        "SELECT lembar, baris_dibaca, baris_disimpan, baris_dikeluarkan FROM core_files ORDER BY lembar"
    )


def test_titles_blanks_totals_and_signatures_are_set_aside_with_a_reason(tmp_path, rulebook):
    rows = [PERSON, [], ["JUMLAH", "", "", "", "", 600000], HEADER, PERSON, [], ["", "", "Sukabumi, 5 Desember 2025"],
            ["", "", "Kepala Dinas Sosial"], ["", "", "NIP. 19700101 199003 1 001"]]  # fmt: skip
    pkh(tmp_path, rows)
    with cleaned(tmp_path, rulebook) as engine:
        assert accounts(engine) == [("Cikole", 12, 2, 10)]
        aside = dict(
            engine.rows(
                "SELECT check_code, count(*) FROM core_findings WHERE disposisi = 'dikeluarkan' GROUP BY 1"
            )
        )
    assert aside == {"B01": 1, "B02": 1, "B03": 3, "B04": 1, "B05": 3, "B07": 1}


def test_every_sheet_is_read_and_a_sheet_without_a_list_is_set_aside(tmp_path, rulebook):
    sheet = [["PENERIMA PKH"], HEADER, PERSON]
    workbook(
        tmp_path / "pkh.xlsx",
        {"Cikole": sheet, "Baros": sheet, "Petunjuk": [["Isi dengan huruf besar"]]},
    )
    with cleaned(tmp_path, rulebook) as engine:
        assert accounts(engine) == [("Baros", 3, 1, 2), ("Cikole", 3, 1, 2), ("Petunjuk", 1, 0, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_text_files_in_any_usual_separator_and_encoding(tmp_path, rulebook, encoding, mark):
    lines = [
        ["DATA SEMBAKO"],
        HEADER,
        [str(cell) for cell in PERSON[:2]] + ["SARI NÉNENG", "05/03/1980", "Cikole", "600000"],
    ]
    text = "\n".join(mark.join(line) for line in lines)
    (tmp_path / "sembako.csv").write_bytes(text.encode(encoding))
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT source, nama, baris FROM core_records") == [
            ("sembako", "SARI NENENG", 3)
        ]


def test_the_row_number_is_the_one_excel_shows(tmp_path, rulebook):
    pkh(tmp_path, [PERSON, [], PERSON])
    with cleaned(tmp_path, rulebook) as engine:
        rows = engine.rows("SELECT baris, record_id FROM core_records ORDER BY baris")
    assert [row for row, _ in rows] == [4, 6]
    assert rows[0][1].startswith("pkh:2025-12:")
    assert rows[0][1].endswith(":Cikole:4")


def refused(folder, rulebook):
    with pytest.raises(InputFileError) as caught, cleaned(folder, rulebook):
        pass
    return caught.value


def test_a_missing_column_is_named_with_file_sheet_and_row(tmp_path, rulebook):
    workbook(
        tmp_path / "pkh.xlsx", {"Cikole": [["PKH"], ["NIK", "NO KK", "ALAMAT"], ["1", "2", "3"]]}
    )
    error = refused(tmp_path, rulebook)
    assert error.key == "column_missing"
    assert "pkh.xlsx, lembar Cikole, baris 2: kolom wajib tidak ada: NAMA" in error.text("id")


def test_a_list_that_names_no_programme_is_refused_with_the_remedy(tmp_path, rulebook):
    workbook(
        tmp_path / "daftar.xlsx",
        {"Lembar1": [["NIK", "NAMA", "ALAMAT"], ["3272010503809001", "SARI", "x"]]},
    )
    error = refused(tmp_path, rulebook)
    assert error.key == "programme_not_named"
    assert "sumber.toml" in error.text("id")


def test_the_analyst_may_name_the_layout(tmp_path, rulebook):
    workbook(tmp_path / "daftar.xlsx", {"Lembar1": [["NIK", "NAMA"], ["3272010503809001", "SARI"]]})
    (tmp_path / "sumber.toml").write_text('[[berkas]]\nnama = "daftar.xlsx"\nlayout = "pkh"\n')
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT source, programme FROM core_records") == [("pkh", "pkh")]


def test_a_file_without_any_header_is_refused(tmp_path, rulebook):
    workbook(tmp_path / "pkh.xlsx", {"A": [["satu", "dua"], ["tiga", "empat"]]})
    assert refused(tmp_path, rulebook).key == "header_not_found"


def test_a_header_without_rows_is_refused(tmp_path, rulebook):
    pkh(tmp_path, [])
    assert refused(tmp_path, rulebook).key == "file_empty"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("pkh.xlsx", b"", "file_zero_bytes"),
        ("pkh.xlsx", b"PK\x03\x04 truncated", "workbook_damaged"),
        ("pkh.xls", b"not a workbook", "workbook_damaged"),
        ("pkh.pdf", b"%PDF-1.7", "file_kind_unreadable"),
        ("pkh.csv", b"\0\1\2\3binary", "csv_binary"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path, rulebook, name, content, key):
    (tmp_path / name).write_bytes(content)
    error = refused(tmp_path, rulebook)
    assert error.key == key
    assert name in error.text("id")
    assert name in error.text("en")


def test_a_file_with_mostly_unreadable_nik_is_a_broken_file(tmp_path, rulebook):
    pkh(tmp_path, [["12345", "", f"NAMA {n}", "", "Cikole", ""] for n in range(30)])
    with pytest.raises(QualityGateError) as caught, cleaned(tmp_path, rulebook):
        pass
    assert caught.value.exit_code == 5


def test_findings_hold_no_value(tmp_path, rulebook):
    pkh(tmp_path, [["123", "456", "SARI DEWI", "entah", "Tuguraja", "?"]])
    with cleaned(tmp_path, rulebook) as engine:
        cells = {str(cell) for row in engine.rows("SELECT * FROM core_findings") for cell in row}
    assert not cells & {"123", "456", "SARI DEWI", "entah", "Tuguraja", "?"}
