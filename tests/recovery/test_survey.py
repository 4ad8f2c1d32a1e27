"""A survey alone: only its own tables are made, and Alatas et al. (2012) comes out as published."""

import pandas as pd
import pytest
from citykit import EDITION, checked, put

from analysis.engine import Engine
from analysis.field import open_survey
from analysis.measures import assess
from analysis.measures.survey import line_of
from analysis.release import release_tables


@pytest.fixture(scope="module")
def survey(shared_data, rulebook):
    rows = pd.read_csv(shared_data / "alatas_2012.csv", dtype={"hhid": "str"}).to_dict("records")
    with Engine() as engine:
        put(engine, "core_survey", [
            {
                "household_id": row["hhid"], "stratum": row["province"],
                "cluster": "-".join(str(row[c]) for c in ("province", "district", "subdistrict", "village", "ea")),
                "arm": next((arm for arm in ("pmt", "community", "hybrid") if row[arm] == 1), "lainnya"),
                "consumption_rp": None if pd.isna(row["consumption"]) else row["consumption"] * 1000,
                "is_penerima": bool(row["treated"]),
            }
            for row in rows
        ])  # fmt: skip
        put(engine, "core_files", [{"berkas": "a.csv", "source": "alatas_2012", "baris_dibaca": 5757,
                                    "baris_disimpan": 5756, "baris_dikeluarkan": 1}])  # fmt: skip
        made = assess(engine, rulebook, EDITION)
        released = release_tables(engine, rulebook, EDITION)
        checked(engine, made + released)
        yield engine, made, released


def test_only_what_a_survey_can_give_is_made(survey):
    _, made, released = survey
    assert set(made) == {"out_survey", "out_quality"}
    assert set(released) == {"rilis_survei", "rilis_mutu", "rilis_statistik", "rilis_catatan"}


def test_every_arm_has_the_published_errors_with_a_clustered_interval(survey):
    engine, *_ = survey
    found = {(arm, measure): (value, low, high, n) for arm, measure, value, low, high, n in engine.rows(
        "SELECT arm, measure, value, low, high, n FROM out_survey")}  # fmt: skip
    assert {arm for arm, _ in found} == {"semua", "pmt", "community", "hybrid"}
    exact = {
        ("semua", "total_error"): 0.3205, ("semua", "nonpoor_receipt"): 0.2071, ("semua", "exclusion_error"): 0.5310,
        ("pmt", "total_error"): 0.3007, ("pmt", "nonpoor_receipt"): 0.1775, ("pmt", "exclusion_error"): 0.5240,
    }  # fmt: skip
    assert {key: round(found[key][0], 4) for key in exact} == exact
    assert all(low < value < high for value, low, high, _ in found.values())
    assert found["semua", "total_error"][3] == 5753


def test_the_released_estimates_are_those_of_the_office_to_six_decimals(survey):
    engine, *_ = survey
    differing = engine.one("""SELECT count(*) FROM rilis_survei r JOIN out_survey o
        ON r.baris = o.arm AND r.ukuran = o.measure WHERE abs(r.nilai - o.value) > 5e-7 OR r.status <> 'terbit'""")
    assert differing == 0
    assert engine.one("SELECT count(*) FROM rilis_survei") == engine.one(
        "SELECT count(*) FROM out_survey"
    )


def test_the_sample_citys_survey_tells_the_citys_truth(finished, rulebook):
    """Two-stage weights, the line of the survey's own layout, and a second visit to the same households."""
    (file,) = (finished.root / "data/survei/contoh").glob("*.csv")
    survey = open_survey(str(file), "survei_contoh")
    truth = pd.read_parquet(finished.root / "data/truth/contoh/truth_family.parquet")
    both = truth[truth["here"] & truth["here_lama"]]
    line = line_of(rulebook, "survei_contoh").rupiah
    found = survey.errors().set_index("measure").loc["poor_share"]
    assert found["low"] <= (both["consumption_lama"] < line).mean() <= found["high"]
    assert survey.table.households["weight"].sum() == pytest.approx(len(both), rel=0.1)
    scores = survey.scores(0.4, ("ols",))
    aged = survey.aged(scores, 0.4)
    assert aged["eksklusi"].between(0.1, 0.3).all()
    assert list(aged["saat"]) == ["saat survei", "ditanya lagi"]


def test_a_survey_without_a_line_of_its_own_keeps_the_rules_line(rulebook):
    assert line_of(rulebook, "alatas_2012") == rulebook.targeting.garis_survei
    assert line_of(rulebook, "survei_contoh").rupiah != rulebook.targeting.garis_survei.rupiah
