"""Notebooks of accuracy, PMT, ground check and survey: they run, add up, show no person, and skip kindly."""

import re

import pandas as pd
import pytest

from analysis.briefs.rendering import execute


def printed(notebook) -> str:
    return "\n".join(
        o.text for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "stream"
    )


def pictures(notebook) -> int:
    return sum(
        "image/svg+xml" in o.get("data", {}) for c in notebook.cells for o in c.get("outputs", [])
    )


@pytest.fixture(scope="module")
def accuracy(finished):
    return execute(
        finished.root / "notebooks/04_ketepatan_sasaran.ipynb", {"store": str(finished.store)}
    )


def test_accuracy_draws_every_picture_and_says_what_desil_is(accuracy):
    assert pictures(accuracy) == 7
    told = printed(accuracy)
    assert told.count("bukan kemiskinan") >= 6
    for name in ("12 PAS", "Rumah Singgah", "Kampung Sosial"):
        assert name not in told


def test_accuracy_shows_no_person(accuracy, finished):
    people = pd.read_parquet(finished.root / "data/truth/contoh/truth_person.parquet")
    text = " ".join(str(o) for c in accuracy.cells for o in c.get("outputs", []))
    assert not re.findall(r"\b\d{12,}\b", re.sub(r"<svg.*?</svg>", "", text, flags=re.S))
    assert not [name for name in people["nama"] if " " in name and name in text]


@pytest.mark.parametrize("name", ["09_pmt", "11_survei"])
def test_without_the_survey_file_they_say_where_to_get_it(name, finished):
    nowhere = {"survei": "tidak_ada.csv"} | ({"survei_kota": "x.csv"} if name == "09_pmt" else {})
    made = execute(finished.root / f"notebooks/{name}.ipynb", nowhere)
    assert "doi:10.7910/DVN/M7SKQZ" in printed(made)
    assert pictures(made) == 0


def test_the_survey_notebook_meets_the_published_figures(finished, shared_data):
    made = execute(
        finished.root / "notebooks/11_survei.ipynb",
        {"survei": str(shared_data / "alatas_2012.csv")},
    )
    first = next(
        o.data["text/html"]
        for c in made.cells
        for o in c.get("outputs", [])
        if "text/html" in o.get("data", {})
    )
    from io import StringIO

    table = pd.read_html(StringIO(first), thousands=".", decimal=",", index_col=0)[0]
    assert len(table) == 3
    assert table["Beda"].abs().max() <= 0.01
    assert pictures(made) == 1


def test_the_proxy_notebook_runs_on_the_real_survey(finished, shared_data):
    made = execute(
        finished.root / "notebooks/09_pmt.ipynb",
        {"survei": str(shared_data / "alatas_2012.csv"), "survei_kota": "x.csv", "model": ["ols"]},
    )
    assert pictures(made) == 2
    assert "selaras demo" in printed(made)
    assert "33,2%" in printed(made)  # at the desil's own cut no order of the tied is open


def test_the_proxy_notebook_runs_on_the_sample_city(finished):
    (survey,) = (finished.root / "data/survei/contoh").glob("*.csv")
    made = execute(
        finished.root / "notebooks/09_pmt.ipynb",
        {"survei": "tidak_ada.csv", "survei_kota": str(survey), "model": ["ols", "kuantil"]},
    )
    assert pictures(made) == 2
    tables = [
        o.data.get("text/html", "") for c in made.cells for o in c.get("outputs", []) if "data" in o
    ]
    assert any("ditanya lagi" in table for table in tables)


def test_the_ground_check_notebook_says_what_to_do_first(finished, tmp_path):
    made = execute(
        finished.root / "notebooks/10_cek_lapangan.ipynb",
        {"store": str(finished.store), "keputusan": str(tmp_path), "nama": "belum"},
    )
    assert "selaras verify sample" in printed(made)
