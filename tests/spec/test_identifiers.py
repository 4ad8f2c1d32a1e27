"""Spec: what state a NIK is in. The table is the documentation."""

import pytest
from rosterkit import cleaned, pkh

STATES = """
3272014503809001      sah                    woman born 05-03-80: day + 40
3272010503809001      sah                    man born 05-03-80
'3272010503809001     sah                    Excel's leading apostrophe
3272 0105 0380 9001   sah                    spaces between
3272012902009001      sah                    29 February 2000 was a day
3272012902019001      tanggal_mustahil       29 February of '01 was none in any century
3272013213809001      tanggal_mustahil       month 13
3272017203809001      tanggal_mustahil       day 72
327201050380900       tidak_lengkap          15 digits
32720105038090012     tidak_lengkap          17 digits
9972010503809001      wilayah_tidak_dikenal  no province 99
9999999999999999      placeholder            one digit repeated
1234567890123456      placeholder            typed to fill the cell
3,27201E+15           rusak_excel            scientific notation
3272********9001      disamarkan             masked
-                     kosong                 a dash says nothing
tidak ada             kosong                 'none'
"""
CASES = [line.rsplit("  ", 2)[0] for line in STATES.strip().splitlines()]


def parse(line: str) -> tuple[str, str]:
    cells = [cell.strip() for cell in line.split("  ") if cell.strip()]
    return cells[0], cells[1]


@pytest.fixture(scope="module")
def states(tmp_path_factory, rulebook):
    folder = tmp_path_factory.mktemp("nik")
    rows = [
        [parse(line)[0], "3272010101159001", "SARI DEWI", "", "Cikole", ""]
        for line in STATES.strip().splitlines()
    ]
    pkh(folder, rows)
    with cleaned(folder, rulebook) as engine:
        yield (
            dict(engine.rows("SELECT baris, nik_status FROM core_records")),
            dict(engine.rows("SELECT baris, nik FROM core_records")),
        )


@pytest.mark.parametrize(("row", "line"), list(enumerate(STATES.strip().splitlines(), start=4)))
def test_nik_state(states, row, line):
    assert states[0][row] == parse(line)[1]


def test_only_a_valid_nik_becomes_a_key(states):
    state_of, nik_of = states
    assert {row for row, nik in nik_of.items() if nik} == {
        r for r, s in state_of.items() if s == "sah"
    }


def test_a_sheet_whose_numbers_all_end_in_zero_was_rounded_by_excel(tmp_path, rulebook):
    rows = [[f"32720105038{n:04d}0", "", f"NAMA {n}", "", "Cikole", ""] for n in range(9000, 9030)]
    pkh(tmp_path, rows)
    with cleaned(tmp_path, rulebook) as engine:
        found = engine.rows(
            "SELECT DISTINCT nik_status, nik IS NULL, nik15 = left('32720105038', 11) || substr(nik15, 12) FROM core_records"
        )
        partial = engine.one("SELECT count(*) FROM core_records WHERE length(nik15) = 15")
    assert found == [("rusak_excel", True, True)]
    assert partial == 30


def test_a_few_numbers_ending_in_zero_are_ordinary(tmp_path, rulebook):
    rows = [[f"327201050380{n}", "", f"NAMA {n}", "", "Cikole", ""] for n in range(9000, 9040)]
    pkh(tmp_path, rows)
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT nik_status, count(*) FROM core_records GROUP BY ALL") == [
            ("sah", 40)
        ]


def test_a_number_cell_is_read_without_exponent(tmp_path, rulebook):
    pkh(tmp_path, [[3272010503809001, 3272010101159001, "SARI", "", "Cikole", 600000]])
    with cleaned(tmp_path, rulebook) as engine:
        row = engine.rows("SELECT nik, no_kk, manfaat_rp FROM core_records")
    assert row == [("3272010503809001", "3272010101159001", 600000)]


def test_equal_nik_and_family_card_give_no_family(tmp_path, rulebook):
    pkh(tmp_path, [["3272010503809001", "3272010503809001", "SARI", "", "Cikole", ""]])
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT no_kk FROM core_records") == [(None,)]
        codes = {code for (code,) in engine.rows("SELECT check_code FROM core_findings")}
    assert "C06N" in codes
