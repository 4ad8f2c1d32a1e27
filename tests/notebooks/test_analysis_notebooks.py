"""The analysis notebooks run from top to bottom on a finished city and show no person."""

import re

import pandas as pd
import pytest

from analysis.briefs.edition import execute


@pytest.fixture(scope="module")
def quality(finished):
    return execute(finished.root / "notebooks/00_mutu_data.ipynb", {"store": str(finished.store)})


def tables(notebook) -> list[pd.DataFrame]:
    from io import StringIO

    pages = [
        o.data["text/html"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/html" in o.get("data", {})
    ]
    return [pd.read_html(StringIO(page), thousands=".", decimal=",")[0] for page in pages]


def test_rows_in_are_rows_out(quality):
    files = tables(quality)[0]
    assert len(files) == 6
    assert (files["Baris dibaca"] == files["Catatan"] + files["Bukan penerima"]).all()


def test_every_section_shows_its_table(quality):
    assert len(tables(quality)) == 5
    assert {"C09", "C11"} <= set(tables(quality)[4]["Kode"])


def test_it_shows_no_person(quality, finished):
    people = pd.read_parquet(finished.root / "data/truth/contoh/truth_person.parquet")
    text = " ".join(str(o) for c in quality.cells for o in c.get("outputs", []))
    assert not re.findall(r"\d{12,}", text)
    assert not [name for name in people["nama"] if " " in name and name in text]
