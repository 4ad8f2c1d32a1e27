"""`selaras check` as an analyst meets it: known file, unknown file, table of years, a set, a gate answered for."""

import json
import shutil

import pytest
from rosterkit import workbook
from test_layouts import unknown_rows  # the unknown list of the spec
from workspace import Office

PKH = "PKH_Tahap_IV_2025-12_DATA_SINTETIS.xlsx"


@pytest.fixture
def desk(finished, tmp_path) -> Office:
    """A folder of one's own with the city's files and no results."""
    own = Office.furnished(tmp_path / "meja")
    shutil.copytree(finished.root / "data/raw", own.root / "data/raw")
    return own


def test_one_known_file(desk):
    said = desk.selaras("check", str(desk.raw / PKH))
    assert said.code == 0, said.err
    assert "baris bukan penerima" in said.out
    assert "NAMA PENGURUS → nama" in " ".join(said.out.split())
    assert "Tidak dapat diperiksa" in said.out
    assert not (desk.root / "data/derived").exists()


def test_a_set_gets_a_work_sheet_a_file(desk):
    said = desk.selaras("check", "--json")
    facts = json.loads(said.out)
    assert len(facts["sheets"]) == len(list(desk.raw.iterdir())) - 1
    assert all((desk.root / sheet).exists() for sheet in facts["sheets"])
    assert not {"C09", "C11"} & set(facts["unchecked"])
    assert (
        sum(
            row["baris_dibaca"] - row["baris_disimpan"] - row["baris_dikeluarkan"]
            for row in facts["files"]
        )
        == 0
    )


def test_an_unknown_file_is_proposed_then_accepted_then_known(desk):
    path = workbook(desk.root / "bantuan.xlsx", {"Data": unknown_rows()})
    asked = desk.selaras("periksa", str(path))
    assert asked.code == 0, asked.err
    assert "Identitas" in asked.out
    assert "Tidak ditempatkan: No, Ket." in asked.out
    assert not (desk.root / "aturan").exists()
    nameless = desk.selaras("check", str(path), "--yes", "--code", "beras")
    assert nameless.code == 2, "a recipient list of no programme would count towards none"
    assert "--programme" in nameless.err
    assert not (desk.root / "aturan").exists()
    yes = desk.selaras(
        "check",
        str(path),
        "--yes",
        "--code",
        "beras",
        "--programme",
        "pkh",
        "--word",
        "BANTUAN BERAS",
    )
    assert yes.code == 0, yes.err
    assert (desk.root / "aturan/layouts/beras.toml").exists()
    known = desk.selaras("check", str(path))
    assert "Siapa → nama" in " ".join(known.out.split())
    assert desk.selaras("check", str(path), "--json").code == 0
    again = desk.selaras("rules", "check")
    assert again.code == 0


def test_a_table_of_years(desk, shared_data):
    said = desk.selaras("check", str(shared_data / "pkh_jabar_od_20731.csv"), "--json")
    rows = json.loads(said.out)["series"]
    assert {
        "tahun": 2017,
        "jenis": "nol di akhir hilang",
        "wilayah": "KABUPATEN BANDUNG",
    }.items() <= rows[0].items()


def test_a_gate_is_answered_for_with_a_reason(desk):
    said = desk.selaras(
        "kecualikan", "ganda", PKH, "--reason", "dua tahap digabung", "--by", "Kabid Linjamsos"
    )
    assert said.code == 0
    kept = (desk.root / "data/keputusan/contoh/pengecualian.csv").read_text()
    assert "dua tahap digabung" in kept
    assert desk.selaras("except", "pintu", PKH, "--reason", "x", "--by", "y").code == 2


def test_a_file_that_is_no_table(desk):
    (desk.root / "surat.docx").write_bytes(b"PK\x03\x04")
    said = desk.selaras("check", str(desk.root / "surat.docx"))
    assert said.code == 3
    assert "Word tidak dapat dipakai" in said.err
    assert desk.selaras("check", "tidak_ada.xlsx").code == 2
