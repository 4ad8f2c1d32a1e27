"""Incidence, concentration, poverty and discrimination: hand tables, edges, and what cannot change them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import poverty, targeting

# Ten persons, consumption before the benefit; line 100. Worked by hand.
WELFARE = [40, 60, 80, 95, 100, 120, 150, 180, 220, 300]
BENEFIT = [20, 0, 30, 0, 10, 0, 20, 0, 0, 20]
RECEIVED = [b > 0 for b in BENEFIT]
POOR = [y < 100 for y in WELFARE]
FIFTH = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_errors_of_the_ten_persons():
    assert float(targeting.exclusion_error(RECEIVED, POOR)) == 0.5
    assert float(targeting.inclusion_error(RECEIVED, POOR)) == pytest.approx(0.6)
    assert float(targeting.total_error(RECEIVED, POOR)) == 0.5
    assert float(targeting.targeting_differential(RECEIVED, POOR)) == 0.0


def test_incidence_of_the_ten_persons():
    assert [float(e) for e in targeting.beneficiary_incidence(RECEIVED, FIFTH)] == [0.2] * 5
    assert [float(e) for e in targeting.benefit_incidence(BENEFIT, FIFTH)] == [
        0.2,
        0.3,
        0.1,
        0.2,
        0.2,
    ]
    post = [y + b for y, b in zip(WELFARE, BENEFIT, strict=True)]
    assert float(targeting.adequacy(BENEFIT, post)) == pytest.approx(
        100 / (60 + 110 + 110 + 170 + 320)
    )
    assert float(targeting.cgh(BENEFIT, WELFARE, 0.4)) == pytest.approx(0.5 / 0.4)
    assert float(targeting.cgh(BENEFIT, WELFARE, 0.35)) == pytest.approx(
        (20 + 30) / 100 / 0.35
    )  # half of no benefit


def test_poverty_of_the_ten_persons():
    """Gaps .6 .4 .2 .05 and, at the line, 0."""
    assert float(poverty.fgt(WELFARE, line=100, alpha=0)) == 0.5
    assert float(poverty.fgt(WELFARE, line=100, alpha=0, strict=True)) == 0.4
    assert float(poverty.fgt(WELFARE, line=100, alpha=1)) == pytest.approx(0.125)
    assert float(poverty.fgt(WELFARE, line=100, alpha=2)) == pytest.approx(
        (0.36 + 0.16 + 0.04 + 0.0025) / 10
    )
    assert float(
        poverty.poverty_impact(WELFARE, BENEFIT, line=100, alpha=0, strict=True)
    ) == pytest.approx(0.1)
    assert float(poverty.poverty_impact(WELFARE, BENEFIT, line=100, alpha=1)) == pytest.approx(
        (20 + 20) / 100 / 10
    )
    assert float(poverty.benefit_cost_ratio(WELFARE, BENEFIT, line=100)) == pytest.approx(0.4)


def test_concentration_by_the_definition():
    """The coefficient is twice the area between the diagonal and the concentration curve."""
    share = np.concatenate([[0], np.cumsum(BENEFIT) / sum(BENEFIT)])
    area = float(np.sum((share[1:] + share[:-1]) / 2 / 10))
    assert float(targeting.concentration_coefficient(BENEFIT, WELFARE)) == pytest.approx(
        1 - 2 * area
    )
    pairs = np.abs(np.subtract.outer(WELFARE, WELFARE)).mean() / 2 / np.mean(WELFARE)
    assert float(targeting.gini(WELFARE)) == pytest.approx(pairs)
    assert float(targeting.kakwani(BENEFIT, WELFARE)) == pytest.approx(1 - 2 * area - pairs)


def test_gini_standard_error_is_within_a_percent_of_the_jackknife():
    rng = np.random.default_rng(4)
    y, w = rng.lognormal(0, 0.7, 400), rng.uniform(0.5, 2, 400)
    found = targeting.gini(y, weights=w)
    left_out = [float(targeting.gini(np.delete(y, i), weights=np.delete(w, i))) for i in range(400)]
    jackknife = math.sqrt(399 / 400 * np.sum((np.array(left_out) - np.mean(left_out)) ** 2))
    assert found.se == pytest.approx(jackknife, rel=0.01)


def test_auc_is_the_share_of_pairs_in_order():
    score, poor = [1, 2, 2, 3, 5, 5], [1, 0, 1, 1, 0, 0]
    pairs = [
        (s < t) + (s == t) / 2
        for s, p in zip(score, poor, strict=True)
        if p
        for t, q in zip(score, poor, strict=True)
        if not q
    ]
    assert float(targeting.auc(score, poor)) == pytest.approx(np.mean(pairs))


def test_poorest_splits_ties_and_sums_to_the_share():
    welfare, weights = [3, 1, 1, 2, np.nan], [1, 2, 2, 4, 7]
    member = targeting.poorest(welfare, 0.5, weights)
    assert member[0] == 0
    assert member[1] == member[2] == 1
    assert np.isnan(member[4])
    assert np.nansum(member * weights) == pytest.approx(0.5 * 9)


EDGES = {
    "nobody poor": (lambda: targeting.exclusion_error([1, 0], [0, 0]), math.nan),
    "all poor, nobody receives": (lambda: targeting.exclusion_error([0, 0], [1, 1]), 1.0),
    "nobody receives": (lambda: targeting.inclusion_error([0, 0], [1, 0]), math.nan),
    "nobody receives, incidence": (
        lambda: targeting.beneficiary_incidence([0, 0], ["a", "b"])["a"],
        math.nan,
    ),
    "no benefit, cgh": (lambda: targeting.cgh([0, 0], [1, 2], 0.5), math.nan),
    "no benefit, bcr": (lambda: poverty.benefit_cost_ratio([1, 2], [0, 0], line=3), math.nan),
    "no benefit, concentration": (
        lambda: targeting.concentration_coefficient([0, 0], [1, 2]),
        math.nan,
    ),
    "mean welfare negative": (lambda: targeting.gini([-3, 1]), math.nan),
    "all poor, auc": (lambda: targeting.auc([1, 2], [1, 1]), math.nan),
    "one family": (lambda: targeting.coverage([1]), 1.0),
    "one family, gini": (lambda: targeting.gini([5]), 0.0),
    "weights all zero": (lambda: poverty.fgt([1, 2], line=3, alpha=0, weights=[0, 0]), math.nan),
    "everything missing": (lambda: poverty.fgt([np.nan, np.nan], line=3, alpha=0), math.nan),
    "missing welfare leaves the measure": (
        lambda: poverty.fgt([1, np.nan, 5, 6], line=3, alpha=0),
        1 / 3,
    ),
    "negative welfare is poor": (lambda: poverty.fgt([-1, 5], line=3, alpha=0), 0.5),
}


@pytest.mark.parametrize("case", EDGES)
def test_edges_are_defined(case):
    measure, expected = EDGES[case]
    found = measure()
    if math.isnan(expected):
        assert math.isnan(float(found))
        assert found.method.startswith("tidak dapat dihitung")
        assert (found.low, found.high) == (None, None)
    else:
        assert float(found) == pytest.approx(expected)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: targeting.poorest([1, 2], 1.5), lambda: targeting.cgh([1, 1], [1, 2], 0), lambda: poverty.fgt([1], line=0, alpha=0),
        lambda: poverty.fgt([1], line=1, alpha=-1), lambda: targeting.adequacy([-1, 2], [3, 4]), lambda: targeting.gini([1, 2], weights=[1]),
        lambda: targeting.auc([1, 2, 3], [1, 0]), lambda: targeting.exclusion_error([2, 0], [1, 0]),
    ],
)  # fmt: skip
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_a_census_has_no_sampling_error():
    found = targeting.gini(WELFARE, fpc=[10] * 10)
    assert (found.se, found.low, found.high) == (0.0, float(found), float(found))


PEOPLE = st.lists(
    st.tuples(st.integers(1, 50), st.integers(0, 20), st.integers(1, 9)), min_size=2, max_size=30
).filter(lambda rows: any(b for _, b, _ in rows))


@given(PEOPLE, st.floats(0.1, 9))
def test_scale_of_weights_and_order_of_rows_change_nothing(people, scale):
    y, b, w = (np.array(column, dtype=float) for column in zip(*people, strict=True))
    back = slice(None, None, -1)
    for measure in (
        lambda y, b, w: targeting.concentration_coefficient(b, y, weights=w),
        lambda y, b, w: targeting.cgh(b, y, 0.3, weights=w),
        lambda y, b, w: poverty.poverty_impact(y, b, line=20, alpha=1, weights=w),
        lambda y, b, w: targeting.auc(y, (b > 0) * 1.0, weights=w),
    ):
        whole = float(measure(y, b, w))
        assert float(measure(y, b, w * scale)) == pytest.approx(whole, nan_ok=True)
        assert float(measure(y[back], b[back], w[back])) == pytest.approx(whole, nan_ok=True)


@given(PEOPLE, st.floats(0.01, 1))
def test_memberships_sum_to_the_share_and_never_rise_with_welfare(people, share):
    y, _, w = (np.array(column, dtype=float) for column in zip(*people, strict=True))
    member = targeting.poorest(y, share, w)
    assert float(member @ w) == pytest.approx(share * w.sum())
    order = np.argsort(y, kind="stable")
    assert (np.diff(member[order]) <= 1e-12).all()
    for value in set(y):
        assert np.ptp(member[y == value]) < 1e-12


@given(PEOPLE)
def test_incidence_adds_up_and_concentration_stays_within_bounds(people):
    y, b, w = (np.array(column, dtype=float) for column in zip(*people, strict=True))
    assert sum(
        float(e) for e in targeting.benefit_incidence(b, y // 10, weights=w)
    ) == pytest.approx(1)
    assert -1 <= float(targeting.concentration_coefficient(b, y, weights=w)) <= 1
    assert 0 <= float(poverty.benefit_cost_ratio(y, b, line=20, weights=w)) <= 1 + 1e-12
    assert float(targeting.gini(y, weights=w)) >= -1e-12
