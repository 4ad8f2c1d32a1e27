"""Ground truth that the register is not: corrections against published and simulated references, and their refusals."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from analysis.measures.misclassification import Receipt, corrected_exclusion
from analysis.measures.quota import exclusion_at_quota
from analysis.measures.verification import TestAccuracy as Accuracy
from analysis.measures.verification import chapman, korn_graubard, rogan_gladen


def test_rogan_gladen_undoes_what_a_test_does():
    """A share p seen through Se and Sp is p·Se + (1−p)(1−Sp)."""
    for p in (0.05, 0.3, 0.8):
        seen = p * 0.7 + (1 - p) * 0.15
        assert float(rogan_gladen(seen, 500, Accuracy(0.7, 100, 0.85, 100))) == pytest.approx(p)


def test_rogan_gladen_covers_the_truth():
    rng, hits = np.random.default_rng(3), 0
    for _ in range(400):
        sens, spec = rng.binomial(150, 0.8) / 150, rng.binomial(200, 0.9) / 200
        seen = rng.binomial(600, 0.25 * 0.8 + 0.75 * 0.1) / 600
        found = rogan_gladen(seen, 600, Accuracy(sens, 150, spec, 200))
        hits += found.low <= 0.25 <= found.high
    assert 0.92 <= hits / 400 <= 0.98


@pytest.mark.parametrize("seen", [0.05, 0.95])
def test_rogan_gladen_refuses_what_cannot_be(seen):
    found = rogan_gladen(seen, 500, Accuracy(0.9, 100, 0.9, 100))
    assert math.isnan(float(found))
    assert "tidak cocok" in found.method
    assert "tidak membedakan" in rogan_gladen(0.3, 500, Accuracy(0.5, 100, 0.5, 100)).method


def test_chapman_is_nearly_unbiased_and_covers():
    rng, values, hits = np.random.default_rng(5), [], 0
    for _ in range(400):
        a, b = rng.random(2000) < 0.3, rng.random(2000) < 0.25
        found = chapman(int(a.sum()), int(b.sum()), int((a & b).sum()))
        values.append(float(found))
        hits += found.low <= 2000 <= found.high
    assert np.mean(values) == pytest.approx(2000, rel=0.02)
    assert 0.92 <= hits / 400 <= 0.98


def test_missed_links_inflate_chapman_unless_their_recall_is_told():
    assert float(chapman(500, 400, 90)) > float(chapman(500, 400, 100)) * 1.1
    assert float(chapman(500, 400, 90, link_recall=0.9)) == pytest.approx(
        float(chapman(500, 400, 100))
    )


def test_chapman_refuses_few_in_common_and_impossible_counts():
    assert math.isnan(float(chapman(50, 40, 6)))
    with pytest.raises(ValueError):
        chapman(50, 40, 41)


def test_korn_graubard_is_clopper_pearson_for_a_simple_sample():
    p, n = 0.3, 60
    low, high = korn_graubard(p, math.sqrt(p * (1 - p) / n), n, n - 1)
    assert low == pytest.approx(beta.ppf(0.025, 18, 43))
    assert high == pytest.approx(beta.ppf(0.975, 19, 42))
    assert korn_graubard(1.0, 0.0, 60, 59)[1] == 1.0
    wide = korn_graubard(p, 2 * math.sqrt(p * (1 - p) / n), n, 10)
    assert wide[0] < low
    assert wide[1] > high


SMALL = st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=2, max_size=6).filter(
    lambda rows: any(p for _, p in rows)
)


@given(SMALL, st.integers(0, 6))
def test_quota_bounds_are_the_extremes_over_every_order_of_the_tied(rows, places):
    score, poor = zip(*rows, strict=True)
    places = min(places, len(rows))
    found = exclusion_at_quota(score, poor, places / len(rows))
    errors = set()
    for order in permutations(range(len(rows))):
        served = sorted(order, key=lambda i: score[i])[:places]
        errors.add(1 - sum(poor[i] for i in served) / sum(poor))
    assert found.least == pytest.approx(min(errors))
    assert found.greatest == pytest.approx(max(errors))
    assert found.least - 1e-9 <= found.expected <= found.greatest + 1e-9
    assert found.floor <= found.least + 1e-9


def test_a_continuous_score_is_settled():
    assert exclusion_at_quota([1, 2, 3, 4], [1, 0, 1, 0], 0.5).is_settled


def test_the_correction_by_receipt_finds_the_truth_where_the_naive_one_does_not():
    """10,000 families; the ranking chose the recipients, so its errors differ among them."""
    recipients, others = (0.6, Accuracy(0.95, 300, 0.4, 200)), (0.2, Accuracy(0.4, 300, 0.97, 700))
    sides = [
        Receipt(n, round(n * (p * a.sensitivity + (1 - p) * (1 - a.specificity))), a)
        for n, (p, a) in ((2000, recipients), (8000, others))
    ]
    found = corrected_exclusion(*sides)
    truth = 8000 * 0.2 / (8000 * 0.2 + 2000 * 0.6)
    assert float(found) == pytest.approx(truth, abs=0.002)
    assert found.low < truth < found.high
    naive = sides[1].called_poor / (sides[0].called_poor + sides[1].called_poor)
    assert abs(naive - truth) > 0.2


def test_the_correction_is_refused_where_it_would_only_look_corrected():
    one = Accuracy(0.8, 100, 0.9, 100)
    same = corrected_exclusion(Receipt(100, 60, one), Receipt(900, 200, one))
    assert math.isnan(float(same))
    assert "peringkat yang sama" in same.method
    lottery = corrected_exclusion(
        Receipt(100, 60, one), Receipt(900, 200, one), decided_by_ranking=False
    )
    assert 0 < float(lottery) < 1
    few = corrected_exclusion(Receipt(100, 60, Accuracy(0.8, 12, 0.9, 100)), Receipt(900, 200, one))
    assert "kurang dari 30" in few.method
    outside = corrected_exclusion(
        Receipt(100, 60, one), Receipt(900, 10, Accuracy(0.7, 90, 0.9, 90))
    )
    assert "tidak cocok" in outside.method


def test_a_need_list_tells_how_many_families_the_register_lacks(rulebook):
    from citykit import checked, family, person, put

    from analysis.engine import Engine
    from analysis.measures.register.missing import build_register_missing

    with Engine() as engine:
        put(engine, "core_families", [family(f"K{i}", 1, is_registri=i < 80) for i in range(100)])
        put(engine, "core_persons", [person(f"P{i}", f"K{i}") for i in range(100)])
        needs = range(0, 100, 2)
        put(engine, "core_records", [
            {"record_id": f"r{i}", "source": "p3ke", "peran": "kebutuhan", "programme": None, "baris": i} for i in needs
        ])  # fmt: skip
        put(engine, "core_links", [{"record_id": f"r{i}", "person_id": f"P{i}"} for i in needs])
        checked(engine, build_register_missing(engine))
        plain = engine.frame("SELECT * FROM out_register_missing").iloc[0]
        put(engine, "core_linkage_error", [
            {"source_a": "dtsen_individu", "source_b": "p3ke", "n_common": 40, "precision": 1, "recall": 0.9, "metode": "uji"}
        ])  # fmt: skip
        build_register_missing(engine)
        told = engine.frame("SELECT * FROM out_register_missing").iloc[0]
    assert plain["perkiraan"] == pytest.approx(81 * 51 / 41 - 1)  # Chapman (1951), by hand
    assert plain["belum_tercatat"] == pytest.approx(plain["perkiraan"] - 80)
    assert "recall pemadanan belum dihitung" in plain["metode"]
    assert told["perkiraan"] < plain["perkiraan"]
    assert told["recall"] == 0.9
