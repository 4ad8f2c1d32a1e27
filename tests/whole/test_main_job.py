"""The main job on a city of 5,000 families: one command, everything written, nothing changed by a second."""

import json
import re
from pathlib import Path

import pandas as pd
from workspace import paper_text

from analysis.synthetic.offices import file_forms


def test_the_run_names_its_files_and_three_headlines(finished):
    lines = (finished.root / "said.txt").read_text(encoding="utf-8").splitlines()
    assert "reports/contoh-2025-12-15/audiensi.html" in lines
    assert "reports/contoh-2025-12-15/audiensi.pdf" in lines
    files = [line for line in lines if line.startswith("reports/")]
    assert [line.split(":")[0] for line in lines[len(files) :]] == [
        "12 PAS",
        "Keluarga desil 1–2 belum tercatat menerima pada 15 daftar yang dipadankan",
        "Terindikasi – perlu diverifikasi",
    ]
    assert all(
        (finished.root / line).stat().st_size > 30_000 for line in files if line.endswith(".pdf")
    )
    assert len([line for line in files if "/kelurahan/" in line]) == 2 * 33
    assert len([line for line in files if "/kecamatan/" in line]) == 2 * 7


def test_a_second_run_changes_no_byte(finished):
    before = finished.files("reports", "data/derived")
    again = finished.selaras("run")
    assert again.code == 0
    assert again.out == (finished.root / "said.txt").read_text(encoding="utf-8")
    assert "Membaca" not in again.err
    assert finished.files("reports", "data/derived") == before


def test_another_machine_makes_the_same_bytes(finished, tmp_path):
    """Another folder, another hash seed, another time zone."""
    other = type(finished).furnished(tmp_path / "lain")
    (other.root / "data").mkdir()
    (other.root / "data/raw").symlink_to(finished.root / "data/raw", target_is_directory=True)
    assert other.selaras("run", PYTHONHASHSEED="7", TZ="Asia/Jakarta").code == 0
    assert other.files("reports") == finished.files("reports")


def test_rows_read_are_rows_kept_and_rows_set_aside(finished):
    files = pd.read_parquet(finished.store / "core/core_files.parquet")
    assert set(files["source"].dropna()) == {source for source, month in file_forms() if month == "2025-12"}  # fmt: skip
    assert (files["baris_dibaca"] == files["baris_disimpan"] + files["baris_dikeluarkan"]).all()
    aside = pd.read_parquet(finished.store / "core/core_findings.parquet")
    aside = aside[aside["disposisi"] == "dikeluarkan"]
    assert len(aside) == files["baris_dikeluarkan"].sum()
    assert aside["alasan"].str.len().gt(0).all() if "alasan" in aside else True


def test_the_manifest_holds_what_was_handed_out(finished):
    import hashlib

    manifest = json.loads((finished.edition / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["berkas"].items():
        found = hashlib.sha256((finished.edition / name).read_bytes()).hexdigest()
        assert digest.replace("-", "") == found
    found = [path for path in finished.edition.rglob("*") if path.is_file()]
    assert {path.relative_to(finished.edition).as_posix() for path in found} == {
        *manifest["berkas"],
        "manifest.json",
    }


def test_status_and_rules_speak(finished):
    status = finished.selaras("status", "--json")
    assert json.loads(status.out)["tables"]["raw"] == len(list(finished.raw.iterdir())) - 1
    rules = finished.selaras("rules", "check", "--lang", "en")
    assert rules.code == 0
    assert re.search(r"\d+ programmes", rules.out)


def test_no_report_names_a_person_of_the_city(finished):
    """Names, NIK and No KK of the truth, searched in every file of the edition, the PDF's text included."""
    people = pd.read_parquet(finished.root / "data/truth/contoh/truth_person.parquet")
    text = (finished.edition / "audiensi.html").read_text(encoding="utf-8").upper()
    paper = paper_text(finished.edition / "audiensi.pdf").upper()
    for content in (text, paper, (finished.edition / "manifest.json").read_text().upper()):
        words = set(re.findall(r"\d{12,}", content))
        assert not words & (set(people["nik"]) | set(people["no_kk"]))
        full = {name for name in people["nama"].str.upper() if " " in name}
        assert len(full) > 3000
        assert not [name for name in full if name in content]


def test_the_run_leaves_no_draft_behind(finished):
    assert [path.name for path in Path(finished.root / "reports").iterdir()] == [
        "contoh-2025-12-15"
    ]


def test_lists_without_a_source_note_are_analysed_and_still_marked(finished, tmp_path):
    """An analyst copies two lists into a folder: no sumber.toml, no 12 PAS; the brief says what it can."""
    import shutil

    office = type(finished).furnished(tmp_path / "kantor")
    folder = office.root / "data/raw/dinsos/2025-12"
    folder.mkdir(parents=True)
    for path in finished.raw.iterdir():
        if path.name.startswith(("PKH", "DTSEN")):
            shutil.copy(path, folder)
    ran = office.selaras("run")
    assert ran.code == 0, ran.err
    assert "tidak dapat dihitung" not in ran.out
    paper = office.root / "reports/dinsos-2025-12-31/audiensi.pdf"
    text = paper_text(paper)
    assert text.count("DATA SINTETIS – kota contoh") == text.count("\f")
    assert "tidak dapat dihitung kelurahan" not in text
    assert "12 PAS telah" not in text


def test_show_prints_protected_cells_and_rules_of_a_day(finished):
    shown = json.loads(finished.selaras("show", "kombinasi", "--json").out)
    values = {row["baris"]: row["nilai"] for row in shown["rows"]}
    assert not [v for v in values.values() if v.isdigit() and int(v) < 10]
    assert int(values["pbi_jk"].replace(".", "")) > 100
    assert finished.selaras("show", "rahasia").code == 2
    together = json.loads(finished.selaras("show", "overlap", "--json").out)
    assert {row["tabel"] for row in together["rows"]} == {"putusan", "kombinasi", "desil_program"}
    rules = json.loads(finished.selaras("rules", "show", "--on", "2025-12-15", "--json").out)
    assert rules["belum_diatur"] > 0
    verdicts = {(row["program"], row["dengan"]): row["putusan"] for row in rules["rules"]}
    assert verdicts["pkh", "sembako"] == "komplementer"
    assert "dilarang" not in verdicts.values() or all(row["aturan"] for row in rules["rules"])
