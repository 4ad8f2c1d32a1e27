"""Identities that hold for every sample: what the measures mean does not depend on the data."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.measures.intervals import logit_interval
from analysis.measures.targeting import (
    coverage,
    exclusion_error,
    inclusion_error,
    nonpoor_receipt,
    targeting_differential,
    total_error,
)

HOUSEHOLD = st.tuples(st.booleans(), st.booleans(), st.floats(0.1, 50))
SAMPLE = st.lists(HOUSEHOLD, min_size=4, max_size=40)


def columns(sample: list[tuple]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    received, poor, weights = (np.array(part, dtype=float) for part in zip(*sample, strict=True))
    return received, poor, weights


def mixed(sample: list[tuple]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    received, poor, weights = columns(sample)
    assume(0 < poor.sum() < len(poor))
    assume(0 < received.sum() < len(received))
    return received, poor, weights


@given(SAMPLE)
def test_total_error_is_made_of_the_missed_poor_and_the_served_non_poor(sample):
    received, poor, weights = mixed(sample)
    share = float(coverage(poor, weights=weights))
    expected = share * float(exclusion_error(received, poor, weights=weights)) + (
        1 - share
    ) * float(nonpoor_receipt(received, poor, weights=weights))
    assert float(total_error(received, poor, weights=weights)) == pytest.approx(expected)


@given(SAMPLE)
def test_the_differential_is_what_the_poor_get_more_than_the_others(sample):
    received, poor, weights = mixed(sample)
    gap = (
        1
        - float(exclusion_error(received, poor, weights=weights))
        - float(nonpoor_receipt(received, poor, weights=weights))
    )
    assert float(targeting_differential(received, poor, weights=weights)) == pytest.approx(gap)


@given(SAMPLE, st.integers(0, 39))
def test_with_as_many_places_as_poor_both_errors_are_equal(sample, shift):
    _, poor, _ = mixed(sample)
    received = np.roll(poor, shift)  # as many places as there are poor
    assert float(exclusion_error(received, poor)) == pytest.approx(
        float(inclusion_error(received, poor))
    )


@given(SAMPLE, st.integers(0, 39))
def test_one_more_recipient_never_lowers_coverage(sample, place):
    received, _, weights = columns(sample)
    more = received.copy()
    more[place % len(more)] = 1
    assert (
        float(coverage(more, weights=weights)) >= float(coverage(received, weights=weights)) - 1e-12
    )


@given(SAMPLE, st.floats(0.01, 100))
def test_the_scale_of_weights_is_irrelevant(sample, scale):
    received, poor, weights = mixed(sample)
    one, other = (exclusion_error(received, poor, weights=w) for w in (weights, weights * scale))
    assert float(one) == pytest.approx(float(other))
    assert one.se == pytest.approx(other.se, abs=1e-12)


@given(SAMPLE, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(sample, random):
    received, poor, weights = mixed(sample)
    order = list(range(len(received)))
    random.shuffle(order)
    one = targeting_differential(received, poor, weights=weights)
    other = targeting_differential(received[order], poor[order], weights=weights[order])
    assert float(one) == pytest.approx(float(other), abs=1e-12)
    assert one.se == pytest.approx(other.se, abs=1e-12)


@given(SAMPLE, st.integers(1, 3))
def test_a_household_cut_into_equal_parts_of_one_cluster_changes_nothing(sample, parts):
    received, poor, weights = mixed(sample)
    whole = exclusion_error(received, poor, weights=weights)
    cut = exclusion_error(
        np.repeat(received, parts), np.repeat(poor, parts),
        weights=np.repeat(weights, parts) / parts, clusters=np.repeat(np.arange(len(received)), parts),
    )  # fmt: skip
    assert float(cut) == pytest.approx(float(whole))
    assert cut.se == pytest.approx(whole.se, abs=1e-12)


@given(SAMPLE)
def test_groups_weighted_by_their_size_give_the_whole(sample):
    received, poor, weights = columns(sample)
    groups = coverage(received, poor, weights=weights)
    total = sum(estimate.numerator for estimate in groups) / sum(
        estimate.denominator for estimate in groups
    )
    assert total == pytest.approx(float(coverage(received, weights=weights)))


@given(st.floats(0.001, 0.999), st.floats(0, 0.4), st.integers(1, 500))
def test_the_interval_contains_the_value_and_stays_within_zero_and_one(value, se, df):
    low, high = logit_interval(value, se, df)
    assert 0 <= low <= value + 1e-12
    assert value - 1e-12 <= high <= 1


@given(SAMPLE)
def test_no_measure_is_ever_a_silent_zero_for_nobody(sample):
    received, _, weights = columns(sample)
    assert math.isnan(float(exclusion_error(received, np.zeros(len(received)), weights=weights)))
    assert math.isnan(float(inclusion_error(np.zeros(len(received)), received, weights=weights)))
