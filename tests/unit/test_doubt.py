"""Doubt of overlap counts: a hand-made city, and a simulation whose truth is known."""

import numpy as np
import pandas as pd
import pytest
from citykit import EDITION, checked, enrolment, family, person, put
from hypothesis import given
from hypothesis import strategies as st

from analysis.engine import Engine
from analysis.measures.doubt import build_doubt
from analysis.measures.linkage_doubt import METHOD, UNKNOWN, corrected
from analysis.measures.overlap import build_family_programmes, build_overlap
from analysis.measures.rules_as_tables import register_rules
from analysis.policy import Policy


@pytest.fixture
def engine():
    with Engine(threads=1) as opened:
        yield opened


RECORDS = [
    ("a", "J1", "pkh", 1.0),
    ("b", "J1", "sembako", 0.9),
    ("c", "J2", "pkh", 0.8),
    ("d", "J3", "sembako", 1.0),
]


def doubted(engine, rulebook, chances: bool = True, **more: list[dict]) -> dict[tuple, tuple]:
    put(engine, "core_families", [family(f"K{n}", 1) for n in (1, 2, 3)])
    put(engine, "core_persons", [person(f"J{n}", f"K{n}") for n in (1, 2, 3)])
    put(engine, "core_enrolments", [
        enrolment("pkh", "K1", "K1", 750), enrolment("sembako", "K1", "K1", 200, kepastian="kuat"),
        enrolment("pkh", "K2", "K2", 750), enrolment("sembako", "K3", "K3", 200),
    ])  # fmt: skip
    put(engine, "core_records", [
        {"record_id": key, "source": code, "peran": "penerima", "programme": code} for key, _, code, _ in RECORDS
    ])  # fmt: skip
    put(engine, "core_links", [
        {"record_id": key, "person_id": who, "peluang": chance if chances else None} for key, who, _, chance in RECORDS
    ])  # fmt: skip
    for name, rows in more.items():
        put(engine, name, rows)
    policy = Policy(rulebook, EDITION.edition.on)
    register_rules(engine, policy)
    build_family_programmes(engine)
    build_overlap(engine, policy, EDITION)
    checked(engine, tuple(build_doubt(engine, policy)))
    rows = engine.rows(
        "SELECT jenis, n_terpadankan, n_pasti, harapan, ambang_rendah, perkiraan, bawah, atas, metode FROM out_overlap_doubt"
    )
    return {row[0]: row[1:] for row in rows}


def test_without_probabilities_nothing_is_invented(engine, rulebook):
    found = doubted(engine, rulebook, chances=False)
    assert found["pasangan"] == (1, 0, None, None, None, None, None, UNKNOWN)
    assert found["putusan"] == (1, 0, None, None, None, None, None, UNKNOWN)


def error(a: str, b: str, recall: float = 0.8) -> dict:
    return {"source_a": a, "source_b": b, "n_common": 1, "precision": 0.96, "precision_low": 0.94, "precision_high": 0.98,
            "recall": recall, "recall_low": recall - 0.05, "recall_high": recall + 0.05, "false_sd": 0.5, "missed_sd": 0.3,
            "metode": "uji"}  # fmt: skip


def test_certain_expected_and_low_threshold(engine, rulebook):
    """One family with both, its second link 0.9; J2 (PKH) and J3 (Sembako) are one person with 0.3."""
    apart = [{"person_a": "J2", "person_b": "J3", "peluang": 0.3}]
    found = doubted(engine, rulebook, core_maybe_links=apart)
    assert found["pasangan"][:4] == (1, 0, pytest.approx(0.9 + 0.3), 2)
    assert found["putusan"][:4] == (1, 0, pytest.approx(0.9 + 0.3), 2)


def test_a_pair_left_apart_adds_nothing_where_the_family_holds_both_already(engine, rulebook):
    apart = [{"person_a": "J1", "person_b": "J2", "peluang": 0.3}]
    found = doubted(engine, rulebook, core_maybe_links=apart)
    assert found["pasangan"][2:4] == (pytest.approx(0.9), 1)


def test_the_interval_stands_on_precision_and_recall_of_the_pair_of_lists(engine, rulebook):
    value, low, high, method = doubted(
        engine, rulebook, core_linkage_error=[error("pkh", "sembako")]
    )["pasangan"][4:]
    assert value == pytest.approx(0.96 / 0.8, abs=0.005)
    assert (
        low < 1 < value < high
    )  # one family found; it may be false, and others may have been missed
    assert method == METHOD


def test_families_meet_through_the_register_where_both_lists_do(engine, rulebook):
    """Both links must be found and right: recall .8 × .9, precision .96 × .96."""
    through = [error("dtsen_individu", "pkh"), error("dtsen_individu", "sembako", recall=0.9)]
    value = doubted(
        engine, rulebook, core_linkage_error=[*through, error("pkh", "sembako", recall=0.1)]
    )["pasangan"][4]
    assert value == pytest.approx(0.96**2 / (0.8 * 0.9), abs=0.005)


@given(
    st.integers(1, 3000), st.floats(0, 0.1), st.floats(0, 0.5), st.floats(0, 0.8), st.floats(0, 0.8)
)
def test_an_interval_holds_its_estimate_and_the_count_found(
    found, false, missed, false_sd, missed_sd
):
    """None false and none missed is always possible; nothing is below 0."""
    row = one(found, 1 - false, 1 - missed, false_sd, missed_sd)
    assert 0 <= row["bawah"] <= row["perkiraan"] + 0.01
    assert row["perkiraan"] <= row["atas"] + 0.01
    wide = one(found, 1 - false, 1 - missed, false_sd, missed_sd + 0.5)
    assert wide["atas"] >= row["atas"] - 0.01


def one(
    found: float, precision: float, recall: float, false_sd: float, missed_sd: float
) -> pd.Series:
    names = ("n_terpadankan", "precision", "recall", "false_sd", "missed_sd")
    return corrected(
        pd.DataFrame(
            [dict(zip(names, (found, precision, recall, false_sd, missed_sd), strict=True))]
        )
    ).iloc[0]


@pytest.mark.parametrize(
    ("truth", "false", "missed"),
    [(2000, 0.03, 0.12), (400, 0.002, 0.004), (25, 0.05, 0.3), (8, 0.01, 0.02)],
)
def test_corrected_counts_cover_the_truth_of_simulated_linkage(truth, false, missed):
    """Cities whose true rates differ from the estimated ones by gamma factors of relative sd .7 and .5."""
    draw = np.random.default_rng(7)
    covered, errors = [], []
    for _ in range(400):
        kept = draw.binomial(truth, 1 - min(missed * draw.gamma(4, 1 / 4), 0.9))
        found = kept + draw.poisson(kept * false * draw.gamma(2, 1 / 2))
        row = one(found, 1 - false, 1 - missed, 0.7, 0.5)
        covered.append(row["bawah"] <= truth <= row["atas"])
        errors.append(row["perkiraan"] / truth - 1)
    assert np.mean(covered) >= 0.9
    assert abs(np.mean(errors)) < 0.03
