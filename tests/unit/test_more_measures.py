"""Curves, rank correlations, equity, CRRA and the bootstrap: by hand, by other libraries, and at their edges."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from analysis.errors import QualityGateError
from analysis.measures import poverty, targeting
from analysis.measures.bootstrap import rao_wu
from analysis.measures.crra import crra_by_share, crra_welfare
from analysis.measures.equity import group_gaps, horizontal_inequity, shrink
from analysis.measures.quota import exclusion_at_quota, inclusion_at_quota

WELFARE = [40, 60, 80, 95, 100, 120, 150, 180, 220, 300]
BENEFIT = [20, 0, 30, 0, 10, 0, 20, 0, 0, 20]

LEVELS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4)), min_size=3, max_size=25
)


@given(LEVELS)
def test_rank_correlations_are_those_of_scipy_on_repeated_rows(rows):
    a, b, w = (np.array(column) for column in zip(*rows, strict=True))
    long_a, long_b = np.repeat(a, w), np.repeat(b, w)
    if len(set(long_a)) < 2 or len(set(long_b)) < 2:
        assert math.isnan(targeting.kendall_tau(a, b, weights=w))
        return
    assert targeting.spearman(a, b, weights=w) == pytest.approx(
        spearmanr(long_a, long_b).statistic, abs=1e-9
    )
    assert targeting.kendall_tau(long_a, long_b) == pytest.approx(
        kendalltau(long_a, long_b).statistic, abs=1e-9
    )


def test_the_curve_encloses_the_coefficient():
    """The coefficient is one less twice the area under its curve."""
    curve = targeting.concentration_curve(BENEFIT, WELFARE)
    area = np.trapezoid(curve["benefit"], curve["population"])
    assert 1 - 2 * area == pytest.approx(
        float(targeting.concentration_coefficient(BENEFIT, WELFARE))
    )
    lorenz = targeting.lorenz_curve(WELFARE, weights=[2] * 10)
    assert 1 - 2 * np.trapezoid(lorenz["welfare"], lorenz["population"]) == pytest.approx(
        float(targeting.gini(WELFARE))
    )
    assert len(targeting.concentration_curve([0, 0], [1, 2])) == 0


def test_the_gap_closed_is_what_goes_to_the_poor_less_what_spills_over():
    """Poor before: 40, 60, 80, 95, 100; they get 60 of 100 rupiah, of which 40 close gaps."""
    vee = poverty.vertical_efficiency(WELFARE, BENEFIT, line=100)
    spilt = poverty.spillover(WELFARE, BENEFIT, line=100)
    assert (float(vee), float(spilt)) == (0.6, pytest.approx(1 / 3))
    ratio = poverty.benefit_cost_ratio(WELFARE, BENEFIT, line=100)
    assert float(ratio) == pytest.approx(float(vee) * (1 - float(spilt)))
    cost = poverty.cost_per_gap_closed(WELFARE, BENEFIT, line=100)
    assert float(cost) == pytest.approx(1 / float(ratio))
    assert cost.se == pytest.approx(ratio.se / float(ratio) ** 2)  # delta method
    assert float(poverty.cost_per_gap_closed(WELFARE, BENEFIT, line=100, admin_cost=20)) == 3


def test_money_that_closes_no_gap_costs_without_end_and_says_so():
    found = poverty.cost_per_gap_closed([200, 300], [10, 0], line=100)
    assert math.isinf(float(found))
    assert "tak hingga" in found.method
    assert math.isnan(float(poverty.cost_per_gap_closed([50], [0], line=100)))
    assert math.isnan(float(poverty.spillover([200, 300], [10, 0], line=100)))


def test_a_line_a_row_is_the_line_of_its_province():
    each = poverty.fgt([90, 90, 110, 110], line=[100, 80, 120, 100], alpha=0)
    assert float(each) == 0.5
    assert float(poverty.fgt([50, 150], line=pd.Series([100, 100]), alpha=1)) == float(
        poverty.fgt([50, 150], line=100, alpha=1)
    )
    with pytest.raises(ValueError, match="line"):
        poverty.fgt([1, 2], line=[1, 0], alpha=0)


def test_leakage_in_rupiah_and_as_share():
    poor = [y < 100 for y in WELFARE]
    assert float(targeting.benefit_leakage(BENEFIT, poor)) == 0.5
    lost = targeting.benefit_leakage_rp(BENEFIT, poor, weights=[2] * 10)
    assert (float(lost), lost.denominator, lost.unit) == (100, 200, "rupiah")
    assert math.isnan(float(targeting.benefit_leakage([0, 0], [1, 0])))


def test_a_lottery_among_equals_treats_half_differently_and_a_strict_rule_nobody():
    welfare = np.repeat(np.arange(10.0), 100)
    rng = np.random.default_rng(2)
    lottery = horizontal_inequity(rng.random(1000) < 0.5, welfare, bins=None)
    assert lottery == pytest.approx(0.5, abs=0.03)
    assert horizontal_inequity(welfare < 3, welfare, bins=None) == 0
    assert horizontal_inequity(welfare < 3, welfare, bins=10) == 0
    assert math.isnan(horizontal_inequity([np.nan], [1]))


def test_shrinkage_undoes_the_spread_that_chance_makes():
    """Forty groups that are truly alike: bare gaps grow, shrunken ones nearly vanish."""
    rng = np.random.default_rng(7)
    group = np.repeat([f"kel-{i:02d}" for i in range(40)], 60)
    received = rng.random(2400) < 0.4
    gaps = group_gaps(received, np.ones(2400), group)
    assert gaps.bare_spread > 0.2
    assert gaps.spread < gaps.bare_spread / 3
    assert gaps.p_value > 0.05
    truly = received.copy()
    truly[group < "kel-20"] = rng.random(1200) < 0.8
    apart = group_gaps(truly, np.ones(2400), group)
    assert apart.p_value < 0.001
    assert apart.spread > 0.3
    assert apart.table["reliable"].all()


def test_a_group_with_few_poor_is_not_reliable_and_counted_values_stay():
    gaps = group_gaps([1, 0] * 20, [1, 1] * 20, ["a"] * 35 + ["b"] * 5)
    assert gaps.table["reliable"].tolist() == [True, False]
    assert shrink([0.2, 0.6], [0, 0])[0].tolist() == [0.2, 0.6]
    with pytest.raises(ValueError, match="measure"):
        group_gaps([1], [1], ["a"], measure="x")


def test_a_narrow_list_beats_equal_grants_only_if_it_finds_the_poor():
    welfare = np.linspace(1, 10, 100)
    right = crra_welfare(welfare, welfare < 3, budget=0.5, floor=0.1)
    wrong = crra_welfare(welfare, welfare > 8, budget=0.5, floor=0.1)
    everybody = crra_welfare(welfare, np.ones(100), budget=0.5, floor=0.1)
    assert right.equivalent_budget > 0.5 > wrong.equivalent_budget
    assert everybody.equivalent_budget == pytest.approx(0.5)
    by_share = crra_by_share(welfare, welfare, [0.2, 1.0], budget=0.5, rho=1, floor=0.1)
    assert by_share["equivalent_budget"].iloc[1] == pytest.approx(0.5)
    assert crra_welfare([0.0, 5], [1, 0], budget=1, floor=0.5).floored == 0.5
    with pytest.raises(ValueError, match="selected"):
        crra_welfare([1, 2], [0, 0], budget=1, floor=0.1)


def test_rao_wu_is_taylor_for_a_ratio_of_a_clustered_sample():
    rng = np.random.default_rng(11)
    strata, clusters = np.repeat([1, 2, 3], 200), np.repeat(np.arange(60), 10)
    effect = rng.normal(0, 0.2, 60)[clusters]
    received, poor = rng.random(600) < 0.4 + effect, rng.random(600) < 0.4
    sampled = {
        "weights": rng.uniform(1, 3, 600),
        "strata": strata,
        "clusters": clusters,
        "fpc": np.full(600, 50),
    }
    taylor = targeting.exclusion_error(received, poor, **sampled)
    found = rao_wu(
        lambda w: float(w @ (poor & ~received)) / float(w @ poor), 600, **sampled, replicates=800
    )
    assert float(found) == pytest.approx(float(taylor))
    assert found.se == pytest.approx(taylor.se, rel=0.08)
    assert (found.low, found.high) == pytest.approx((taylor.low, taylor.high), abs=0.03)


def test_a_decile_drawn_anew_has_a_larger_error_than_a_fixed_one():
    rng = np.random.default_rng(12)
    welfare = rng.lognormal(0, 1, 300)
    found = rao_wu(lambda w: float(targeting.cgh(np.ones(300), welfare, 0.2, weights=w)), 300)
    assert found.se == pytest.approx(
        0, abs=1e-9
    )  # the poorest fifth always has a fifth of equal grants
    assert targeting.cgh(np.ones(300), welfare, 0.2).se > 0.05


def test_rao_wu_stops_at_a_single_unit_and_a_census_never_moves():
    with pytest.raises(QualityGateError):
        rao_wu(lambda w: w.sum(), 3, strata=[1, 1, 2])
    assert rao_wu(lambda w: float(w @ [1, 0, 1]) / w.sum(), 3, fpc=3, replicates=5).se == 0


SCORES = st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=2, max_size=12).filter(
    lambda rows: any(p for _, p in rows)
)


@given(SCORES, st.floats(0.05, 1))
@settings(max_examples=60)
def test_both_errors_at_a_quota_count_the_same_poor(rows, share):
    """Served poor = (1 − EE)·poor = (1 − IE)·places, for the expectation and for both bounds."""
    score, poor = zip(*rows, strict=True)
    missed, wrong = (f(score, poor, share) for f in (exclusion_at_quota, inclusion_at_quota))
    for name in ("expected", "least", "greatest"):
        served = (1 - getattr(missed, name)) * sum(poor)
        assert (1 - getattr(wrong, name)) * share * len(rows) == pytest.approx(served)


def test_bounds_are_printed_when_they_differ_and_only_then():
    assert (
        str(exclusion_at_quota([1, 1, 2, 2], [1, 0, 1, 0], 0.25))
        == "75,0% (50,0–100,0 menurut urutan seri)"
    )
    assert str(exclusion_at_quota([1, 2, 3, 4], [1, 0, 1, 0], 0.5)) == "50,0%"
    assert str(exclusion_at_quota([1, 2], [0, 0], 0.5)) == "–"


# Grosh, Leite, Wai-Poi & Tesliuc (2022), Revisiting Targeting in Social Assistance, World Bank (CC BY 3.0 IGO),
# table 7.3: ten persons, poverty line 20, a budget of 30, four ways to spend it.
INCOME = [6, 8, 11, 15, 21, 25, 30, 40, 50, 100]
SCENARIOS = {1: (1, 2), 2: (2, 3), 3: (3, 4), 4: range(1, 11)}
TABLE_7_3 = [  # scenario, poor by the line: EE, IE; poorest fifth: EE, IE
    (1, 0.5, 0.0, 0.0, 0.0),
    (2, 0.5, 0.0, 0.5, 0.5),
    (3, 0.5, 0.0, 1.0, 1.0),
    (4, 0.0, 0.6, 0.0, 0.8),
]


@pytest.mark.parametrize(("scenario", "ee", "ie", "ee20", "ie20"), TABLE_7_3)
def test_the_world_banks_ten_person_economy(scenario, ee, ie, ee20, ie20):
    received = [person in SCENARIOS[scenario] for person in range(1, 11)]
    poor, fifth = [y < 20 for y in INCOME], targeting.poorest(INCOME, 0.2)
    found = [
        float(measure(received, truth))
        for truth in (poor, fifth)
        for measure in (targeting.exclusion_error, targeting.inclusion_error)
    ]
    assert found == pytest.approx([ee, ie, ee20, ie20])


def test_the_ten_person_economy_before_and_after():
    """Headcount 40 %, gap 40 in all; 15 each to the poorest two closes 14 + 12 of it."""
    assert sum(INCOME) == 306
    assert float(poverty.fgt(INCOME, line=20, alpha=0, strict=True)) == 0.4
    assert float(poverty.fgt(INCOME, line=20, alpha=1)) * 10 * 20 == pytest.approx(40)
    grant = [15, 15, *[0] * 8]
    assert float(poverty.benefit_cost_ratio(INCOME, grant, line=20)) == pytest.approx(26 / 30)
    assert float(poverty.spillover(INCOME, grant, line=20)) == pytest.approx(4 / 30)
    assert float(targeting.cgh(grant, INCOME, 0.2)) == pytest.approx(5)
    assert float(targeting.cgh([3] * 10, INCOME, 0.2)) == pytest.approx(1)
