"""Logs, exceptions and model files hold no personal value, even with logging at DEBUG and steps that fail."""

import re
import subprocess
import sys
import traceback

import pandas as pd
import pytest
from linkage_rosters import rosters
from rosterkit import RUN
from workspace import ROOT, Office

from analysis.engine import Engine
from analysis.linkage.link import link_persons

# every command with logging at DEBUG and warnings shown, as a developer would hunt a mistake
AT_DEBUG = """
import logging, sys, warnings
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
warnings.simplefilter("default")
from analysis.cli import main
main()
"""


def at_debug(office: Office, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", AT_DEBUG, *words], cwd=office.root, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """A city of 500 families linked, reviewed and explained at DEBUG: what was said, and the office."""
    office = Office.furnished(tmp_path_factory.mktemp("diam") / "kota")
    text = at_debug(office, "demo", "--families", "500", "--seed", "9")
    late = next(office.raw.glob("PKH*"))
    held = late.rename(office.root / late.name)
    text += at_debug(office, "link")
    held.rename(late)
    for words in (("link", "--incremental"), ("review", "export")):
        text += at_debug(office, *words)
    assert "Memadankan baris baru" in text
    return text, office


def personal(office: Office) -> set[str]:
    """Full names and numbers of everybody, as delivered and as cleaned."""
    found: set[str] = set()
    for path in office.root.glob("data/derived/contoh/*/core/core_records.parquet"):
        rows = pd.read_parquet(
            path, columns=["nik", "nik15", "no_kk", "nama", "nama_asli", "rekening"]
        )
        for column in rows:
            found |= set(rows[column].dropna().astype(str))
    return {value for value in found if len(value) >= 9 and (" " in value or value.isdigit())}


def test_a_run_at_debug_says_nobody_s_name_or_number(said):
    text, office = said
    values = personal(office)
    assert len(values) > 2000
    assert len(text) > 1000
    assert [value for value in values if value in text] == []
    assert re.findall(r"(?<!\d)\d{16}(?!\d)", text) == []


def test_model_files_and_notes_hold_nobody_s_name_or_number(said):
    _, office = said
    values, registry = personal(office), office.root / "data/derived/contoh/registry"
    models = sorted(registry.glob("registry_model*.parquet"))
    assert len(models) >= 2
    for path in models:
        table = pd.read_parquet(path)
        texts = {
            str(cell)
            for name in table.select_dtypes(exclude="number")
            for cell in table[name].unique()
        }
        assert texts <= {"nik_sebagai_label", "bobot_kit"}
        numbers = table.select_dtypes("integer").to_numpy()
        assert numbers.max() < 10**11  # no NIK among the patterns
    for path in [*registry.glob("*.json"), *office.root.glob("data/derived/contoh/*/tahap/*.json")]:
        text = path.read_text(encoding="utf-8")
        assert [value for value in values if value in text] == [], path.name


class Failing(Engine):
    """An engine whose statement number `at` meets a value it cannot convert, which DuckDB quotes."""

    at, count = 0, 0

    def run(self, sql: str, **parameters: object) -> None:
        self.count += 1
        broken = "SELECT CAST(nama AS INTEGER) + CAST(nik AS TINYINT) FROM core_records"
        super().run(broken if self.count == self.at else sql, **parameters)


@pytest.fixture(scope="module")
def people():
    rows = rosters(600, seed=2)
    return rows.assign(berkas="uji.csv", manfaat_rp=pd.array([None] * len(rows), dtype="Int64"))


def failure(people, rulebook, at: int) -> tuple[str, int]:
    """What a developer would see of a failure at statement `at`, and how many statements there were."""
    with Failing() as engine:
        engine.register("core_records", people)
        start = engine.count
        engine.at = start + at if at else 0
        try:
            link_persons(engine, rulebook, RUN)
        except Exception as error:
            chain = "".join(traceback.format_exception(error))
            return chain + repr(error) + repr(error.__context__), engine.count
        return "", engine.count - start


def test_a_step_that_fails_quotes_nobody(people, rulebook):
    _, statements = failure(people, rulebook, 0)
    assert statements > 40
    values = {v for v in (*people["nama"].dropna(), *people["nik"].dropna()) if len(v) >= 6}
    for at in range(1, statements + 1, 13):
        text, _ = failure(people, rulebook, at)
        assert "ConversionException" in text, at
        assert [value for value in values if value in text] == [], at


def test_the_text_of_a_user_s_error_names_no_value():
    """Gates of linkage say file and list, never who."""
    from analysis.errors import LinkageGateError

    gates = (ROOT / "src/analysis/linkage/refusals.py").read_text(encoding="utf-8")
    raised = re.findall(r"LinkageGateError\((.*?)\)", gates, re.DOTALL)
    assert raised
    assert not [
        call for call in raised if re.search(r"\b(nik|nama|no_kk|person_id|record_id)=", call)
    ]
    assert LinkageGateError.exit_code == 7
