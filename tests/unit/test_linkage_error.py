"""Rates of linkage error from counts: simulated rosters whose misses are known, and counts joined of two errors."""

import numpy as np
import pandas as pd
import pytest

from analysis.linkage.error_rates import error_rates
from analysis.linkage.realised import realised


def test_a_known_expectation_is_poisson():
    low, high = realised([0.3, 5.0, 80.0], 0.0)
    draw = np.random.default_rng(1)
    for mean, least, most in zip((0.3, 5.0, 80.0), low, high, strict=True):
        drawn = draw.poisson(mean, 20_000)
        assert ((drawn >= least) & (drawn <= most)).mean() >= 0.95
        assert ((drawn > least) & (drawn < most)).mean() < 0.95


@pytest.mark.parametrize("sd", [0.2, 0.7, 1.5])
@pytest.mark.parametrize("mean", [0.5, 6.0, 300.0])
def test_an_uncertain_expectation_is_covered(mean, sd):
    draw = np.random.default_rng(2)
    drawn = draw.poisson(mean * draw.gamma(sd**-2, sd**2, 20_000))
    low, high = (float(end) for end in realised(mean, sd))
    assert ((drawn >= low) & (drawn <= high)).mean() >= 0.94


def test_what_is_not_known_has_no_interval():
    assert np.isnan(realised([np.nan, 3.0], [0.1, np.nan])).all()


TRIED = [
    "source",
    "other",
    "missed",
    "missed_wrong",
    "missed_thin",
    "tried",
    "tried_wrong",
    "tried_thin",
]


def trials(draw, tried: int, *rates: float) -> tuple[int, ...]:
    return (*(int(draw.binomial(tried, rate)) for rate in rates), *[tried] * 3)


def test_rates_find_the_recall_of_simulated_rosters_and_cover_what_was_missed(rulebook):
    """Two lists; 30 % and 10 % of rows have no NIK, 8 % and 4 % of those are not found again; 5 % and 1 % say a
    name and a kelurahan alone, 60 % and 40 % of such are not found; 2 % of rows are mute; 4 % of NIK are not the row's
    own, 30 % and 20 % of such rows are not found."""
    draw, rules, recalls, covered = np.random.default_rng(5), rulebook.linkage, [], []
    for _ in range(300):
        tried = [("a", "b", *trials(draw, 60, 0.08, 0.3, 0.6)), ("a", "", *trials(draw, 400, 0.08, 0.3, 0.6)),
                 ("b", "a", *trials(draw, 60, 0.04, 0.2, 0.4)), ("b", "", *trials(draw, 400, 0.04, 0.2, 0.4))]  # fmt: skip
        lost = [
            0.02 + 0.05 * 0.6 + 0.93 * (0.3 * 0.08 + 0.7 * 0.04 * 0.3),
            0.02 + 0.01 * 0.4 + 0.97 * (0.1 * 0.04 + 0.9 * 0.04 * 0.2),
        ]
        truth = 1200
        found = int(draw.binomial(truth, (1 - lost[0]) * (1 - lost[1])))
        pairs = pd.DataFrame([{"source_a": "a", "source_b": "b", "n_common": found, "precision": 1.0, "told_a": 0.7,
                               "told_b": 0.9, "thin_a": 0.05, "thin_b": 0.01, "mute_a": 0.02, "mute_b": 0.02}])  # fmt: skip
        table = pd.DataFrame(tried, columns=TRIED)
        row = error_rates(pairs, table, rules, agreement=0.92).iloc[0]
        recalls.append(row["recall"])
        covered.append(row["recall_low"] <= found / truth <= row["recall_high"])
        assert row["recall_low"] <= row["recall"] <= row["recall_high"]
    assert np.mean(recalls) == pytest.approx((1 - lost[0]) * (1 - lost[1]), abs=0.003)
    assert np.mean(covered) >= 0.95


def test_a_small_list_borrows_from_its_other_pairs(rulebook):
    """Nobody of three was missed: that is no proof that nobody ever is."""
    pairs = pd.DataFrame([{"source_a": "a", "source_b": "b", "n_common": 20, "precision": 1.0, "told_a": 0.5, "told_b": 1.0,
                           "thin_a": 0.0, "thin_b": 0.0, "mute_a": 0.0, "mute_b": 0.0}])  # fmt: skip
    table = pd.DataFrame(
        [("a", "b", 0, 0, 0, 3, 3, 3), ("a", "", 50, 50, 400, 400, 400, 400)], columns=TRIED
    )
    row = error_rates(pairs, table, rulebook.linkage, agreement=1.0).iloc[0]
    assert 1 - row["recall"] == pytest.approx(0.5 * 50 / 400, rel=0.25)


def test_what_a_list_lends_is_as_uncertain_as_its_own_trials(rulebook):
    """Two of four missed, or two hundred of four hundred: the same rate, not the same interval."""
    pairs = pd.DataFrame([{"source_a": "a", "source_b": "b", "n_common": 200, "precision": 1.0, "told_a": 0.5, "told_b": 1.0,
                           "thin_a": 0.0, "thin_b": 0.0, "mute_a": 0.0, "mute_b": 0.0}])  # fmt: skip
    width = {}
    for missed, tried in ((2, 4), (200, 400)):
        table = pd.DataFrame([("a", "", missed, missed, tried, tried, tried, tried)], columns=TRIED)
        row = error_rates(pairs, table, rulebook.linkage, agreement=1.0).iloc[0]
        assert 1 - row["recall"] == pytest.approx(0.25, rel=0.05)
        width[tried] = row["missed_sd"]
    assert width[4] > 1.3 * width[400]
