"""Doubt of overlap counts: a hand-made city, and a simulation whose truth is known."""

import numpy as np
import pandas as pd
import pytest
from citykit import EDITION, checked, enrolment, family, person, put

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
    error = {
        "source_a": "pkh", "source_b": "sembako", "n_common": 1, "precision": 0.96, "precision_low": 0.94,
        "precision_high": 0.98, "recall": 0.8, "recall_low": 0.75, "recall_high": 0.85, "metode": "uji",
    }  # fmt: skip
    value, low, high, method = doubted(engine, rulebook, core_linkage_error=[error])["pasangan"][4:]
    assert value == pytest.approx(0.96 / 0.8)
    half = np.hypot(np.log(0.98 / 0.94) / 2, np.log(0.85 / 0.75) / 2)
    assert (low, high) == pytest.approx((value * np.exp(-half), value * np.exp(half)), abs=0.005)
    assert method == METHOD


def test_corrected_counts_cover_the_truth_of_simulated_linkage():
    """2,000 truly in both, 3 % false among found, 12 % missed; precision and recall estimated from samples."""
    draw = np.random.default_rng(7)
    covered, errors, naive = 0, [], []
    for _ in range(400):
        kept = draw.binomial(2000, 0.88)
        found = kept + draw.poisson(kept * 0.03 / 0.97)
        p, r = draw.binomial(800, kept / found) / 800, draw.binomial(800, 0.88) / 800
        p_half, r_half = (1.96 * np.sqrt(x * (1 - x) / 800) for x in (p, r))
        row = corrected(pd.DataFrame([{
            "n_terpadankan": found, "precision": p, "precision_low": p - p_half, "precision_high": min(p + p_half, 1),
            "recall": r, "recall_low": r - r_half, "recall_high": r + r_half,
        }])).iloc[0]  # fmt: skip
        covered += row["bawah"] <= 2000 <= row["atas"]
        errors.append(row["perkiraan"] / 2000 - 1)
        naive.append(found / 2000 - 1)
    assert 0.9 <= covered / 400 <= 0.99
    assert abs(np.mean(errors)) < 0.005
    assert np.mean(naive) < -0.08
