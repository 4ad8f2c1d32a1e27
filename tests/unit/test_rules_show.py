"""`selaras rules`: a readable matrix of a day, every mistake of the files at once."""

import json

import pytest
from typer.testing import CliRunner

from analysis.cli.rules import rules_app
from analysis.errors import RulesError, UsageError

RUN = CliRunner()


def said(*words: str) -> str:
    found = RUN.invoke(rules_app, words)
    if found.exception:
        raise found.exception
    return found.output


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_matrix_names_every_programme_a_rule_speaks_of_and_says_what_silence_means():
    text = said("show", "--on", "2025-12-15")
    sembako = next(line for line in text.splitlines() if line.strip().startswith("Sembako"))
    assert sembako.count("sah") == 5  # PKH, PBI-JK, PIP, BLTS, RST
    assert "BLTS" in text
    assert "belum diatur (bukan izin dan bukan larangan)" in text
    assert "LARANG " not in text.replace("LARANG = ", "")


def test_details_name_rules_and_reasons():
    assert "pkh-sembako" in said("show", "--on", "2025-12-15", "--detail")


def test_rules_of_another_day_are_others():
    def verdicts(day: str) -> dict[tuple, str]:
        rows = json.loads(said("show", "--on", day, "--json"))["rules"]
        return {(row["program"], row["dengan"]): row["putusan"] for row in rows}

    assert ("blts", "pkh") in verdicts("2025-12-31")
    assert ("blts", "pkh") not in verdicts("2026-01-01")


def test_a_unit_nobody_knows_is_refused():
    with pytest.raises(UsageError, match="keluarga atau jiwa"):
        said("show", "--unit", "rumah")


def test_check_says_all_mistakes_of_an_office_at_once(tmp_path):
    folder = tmp_path / "aturan"
    folder.mkdir()
    (folder / "overlap.toml").write_text("[[overlap]]\nkode = 'a'\n", encoding="utf-8")
    (folder / "targeting.toml").write_text("x = [\n", encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        said("check", "--rules", str(folder))
    assert "overlap a: putusan" in refused.value.text()
    assert "targeting.toml" in refused.value.text()
