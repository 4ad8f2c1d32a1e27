"""Targeting errors: hand tables, edge cases with a defined answer, and a published trial."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.errors import QualityGateError
from analysis.measures.design import design, variance
from analysis.measures.estimation import ratio
from analysis.measures.targeting import (
    coverage,
    exclusion_error,
    inclusion_error,
    nonpoor_receipt,
    targeting_differential,
    total_error,
)

RECEIVED = [1, 1, 0, 0, 1, 0, 0, 0, 1, 0]
POOR = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
ALL = (exclusion_error, inclusion_error, nonpoor_receipt, total_error, targeting_differential)


def test_ten_households_counted_by_hand():
    assert float(exclusion_error(RECEIVED, POOR)) == 2 / 4
    assert float(inclusion_error(RECEIVED, POOR)) == 2 / 4
    assert float(nonpoor_receipt(RECEIVED, POOR)) == 2 / 6
    assert float(total_error(RECEIVED, POOR)) == 4 / 10
    assert float(targeting_differential(RECEIVED, POOR)) == pytest.approx(2 / 4 - 2 / 6)
    assert float(coverage(RECEIVED)) == 4 / 10


def test_a_simple_random_sample_has_the_textbook_standard_error():
    found = coverage(RECEIVED)
    assert found.se == pytest.approx(math.sqrt(0.4 * 0.6 / 9))
    assert (found.df, found.n, found.denominator) == (9, 10, 10)


def test_weights_count_and_their_scale_does_not():
    weights = [2.0] * 4 + [1.0] * 6
    once, tenfold = (coverage(RECEIVED, weights=np.array(weights) * scale) for scale in (1, 10))
    assert float(once) == 6 / 14
    assert (once.se, once.low) == pytest.approx((tenfold.se, tenfold.low))


def test_coverage_by_group_is_a_table_of_estimates_in_order():
    found = coverage(RECEIVED, ["b"] * 5 + ["a"] * 5)
    assert list(found.index) == ["a", "b"]
    assert [float(e) for e in found] == [1 / 5, 3 / 5]


@pytest.mark.parametrize(
    ("measure", "received", "poor"),
    [
        (exclusion_error, [1, 0], [0, 0]),
        (inclusion_error, [0, 0], [1, 0]),
        (nonpoor_receipt, [1, 0], [1, 1]),
        (targeting_differential, [1, 0], [1, 1]),
        (total_error, [], []),
        (coverage, [np.nan, np.nan], None),
    ],
)
def test_an_empty_denominator_gives_no_number_and_says_why(measure, received, poor):
    found = measure(received) if poor is None else measure(received, poor)
    assert math.isnan(float(found))
    assert "penyebut kosong" in found.method
    assert found.low is None


def test_no_recipients_means_every_poor_unit_is_missed():
    found = exclusion_error([0, 0, 0], [1, 1, 0])
    assert float(found) == 1
    # Clopper–Pearson of 2 of 2 at 95 %: (α/2)^(1/2)
    assert (found.low, found.high) == (pytest.approx(0.025**0.5), 1.0)
    assert "Korn–Graubard" in found.method


def test_a_census_in_which_all_are_missed_has_no_doubt_of_sampling():
    found = exclusion_error([0, 0, 0], [1, 1, 0], fpc=3)
    assert (found.low, found.high) == (1.0, 1.0)
    assert "sensus" in found.method


@pytest.mark.parametrize("form", [list, np.array, pd.Series, lambda v: pd.Series(v, dtype="boolean"),
                                  lambda v: pd.Series(v, index=range(10, 20)).astype("Int64")])  # fmt: skip
def test_every_form_of_column_gives_the_same(form):
    strata, clusters = ["u"] * 5 + ["v"] * 5, pd.Series(list("aabbcddeef"), dtype="string")
    expected = exclusion_error(RECEIVED, POOR, strata=strata, clusters=list(clusters), fpc=[9] * 10)
    found = exclusion_error(
        form([bool(v) for v in RECEIVED]), form([bool(v) for v in POOR]),
        strata=pd.Categorical(strata), clusters=clusters, fpc=9, weights=pd.Series([3] * 10, dtype="Int64"),
    )  # fmt: skip
    assert (float(found), found.se, found.df) == (float(expected), pytest.approx(expected.se), 1)


@pytest.mark.parametrize(
    "more", [{"strata": [None, 1, 1, 1]}, {"clusters": ["a"]}, {"fpc": [9, 9, 9, None]}]
)
def test_a_design_with_holes_is_refused(more):
    with pytest.raises(ValueError, match="missing"):
        coverage([1, 0, 1, 0], **more)


def test_one_household_has_a_value_and_no_standard_error():
    found = coverage([1.0])
    assert (float(found), found.se, found.low) == (1.0, None, None)


def test_missing_values_leave_the_measure_but_not_the_design():
    poor = [*POOR, None, 1]
    received = [*RECEIVED, 1, None]
    found = exclusion_error(received, poor)
    assert (float(found), found.n) == (2 / 4, 4)


def test_zero_weights_take_a_row_out():
    assert float(exclusion_error([1, 0], [1, 1], weights=[1, 0])) == 0


@pytest.mark.parametrize("weights", [[-1, 1], [np.nan, 1], [1]])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        coverage([1, 0], weights=weights)


def test_a_membership_outside_zero_and_one_is_refused():
    with pytest.raises(ValueError, match="membership"):
        exclusion_error([2, 0], [1, 1])


def test_fractional_membership_is_expected_membership():
    assert float(exclusion_error([0.5, 1, 0], [1, 1, 0])) == 0.25


def test_a_stratum_with_a_single_unit_stops_with_an_explanation():
    with pytest.raises(QualityGateError, match="satu gugus"):
        coverage([1, 0, 1], strata=[1, 1, 2])


def test_a_complete_count_has_no_sampling_error():
    found = coverage([1, 0, 1, 0], fpc=[4, 4, 4, 4])
    assert found.se == 0
    assert (found.low, found.high) == (0.5, 0.5)
    assert coverage([1, 0, 1, 0], fpc=[1, 1, 1, 1]).se == 0


def test_fpc_as_population_or_as_fraction_is_the_same_and_too_small_is_refused():
    population, fraction = (coverage(RECEIVED, fpc=[value] * 10) for value in (40, 0.25))
    assert population.se == pytest.approx(fraction.se)
    assert population.se == pytest.approx(coverage(RECEIVED).se * math.sqrt(0.75))
    with pytest.raises(ValueError, match="fpc"):
        coverage(RECEIVED, fpc=[9] * 10)


def test_clusters_numbered_alike_in_two_strata_are_different_clusters():
    nested = coverage(RECEIVED, strata=[1] * 5 + [2] * 5, clusters=[1, 1, 2, 2, 3] * 2)
    apart = coverage(RECEIVED, strata=[1] * 5 + [2] * 5, clusters=[1, 1, 2, 2, 3, 4, 4, 5, 5, 6])
    assert (nested.se, nested.df) == (apart.se, apart.df) == (apart.se, 4)


def test_a_domain_has_its_own_degrees_of_freedom():
    drawn = design(6, clusters=[1, 1, 2, 2, 3, 3])
    inside = np.array([1.0, 1, 1, 1, 0, 0])
    assert ratio(inside * [1, 0, 1, 1, 1, 1], inside, drawn, "unit").df == 1


@pytest.fixture(scope="module")
def trial(shared_data):
    households = pd.read_csv(shared_data / "alatas_2012.csv")
    places = households[["province", "district", "subdistrict", "village", "ea"]].astype(str)
    poor = (households["consumption"] < 320).astype(float).where(households["consumption"].notna())
    return households.assign(poor=poor, cluster=places.agg("-".join, axis=1))


@pytest.mark.parametrize(
    ("arm", "published", "exact"),
    [
        ("all", (0.32, 0.20, 0.53), (0.3205, 0.2071, 0.5310)),
        ("pmt", (0.30, 0.18, 0.52), (0.3007, 0.1775, 0.5240)),
    ],
)
def test_alatas_2012_gives_the_published_errors(trial, arm, published, exact):
    poor = trial["poor"] if arm == "all" else trial["poor"].where(trial[arm] == 1)
    found = [
        measure(trial["treated"], poor)
        for measure in (total_error, nonpoor_receipt, exclusion_error)
    ]
    assert [float(e) for e in found] == pytest.approx(published, abs=0.01)
    assert [round(float(e), 4) for e in found] == list(exact)
    assert found[0].n == (5753 if arm == "all" else 1879)


def test_alatas_2012_taylor_agrees_with_the_delete_one_cluster_jackknife(trial):
    known = trial[trial["poor"].notna()]
    sums = (
        known.assign(u=known["poor"] * (1 - known["treated"]))
        .groupby(["province", "cluster"])[["u", "poor"]]
        .sum()
    )
    whole, jackknife = sums.sum(), 0.0
    for _, stratum in sums.groupby("province"):
        n = len(stratum)
        # What is left of the stratum stands for all of it.
        left = whole - stratum.sum() + (stratum.sum() - stratum) * n / (n - 1)
        change = left["u"] / left["poor"] - whole["u"] / whole["poor"]
        jackknife += (n - 1) / n * (change**2).sum()
    found = exclusion_error(
        trial["treated"], trial["poor"], strata=trial["province"], clusters=trial["cluster"]
    )
    assert found.se == pytest.approx(math.sqrt(jackknife), rel=0.005)
    assert found.low < float(found) < found.high


def test_variance_of_nothing_is_zero():
    assert variance(np.zeros(6), design(6)) == 0
