"""Terms of exclusion: what they are made of by hand, and what holds for every city."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.decomposition import TERMS, exclusion_terms
from analysis.measures.targeting import exclusion_error

UNIT = st.tuples(
    st.booleans(), st.booleans(), st.integers(1, 5), st.integers(1, 40), st.booleans(), st.sampled_from("ab"), st.integers(1, 5)
)  # fmt: skip
CITY = st.lists(UNIT, min_size=2, max_size=30).filter(lambda rows: any(row[1] for row in rows))


def terms(rows, **more):
    received, poor, desil, welfare, eligible, area, weight = (
        np.array(c) for c in zip(*rows, strict=True)
    )
    return exclusion_terms(
        received,
        poor,
        desil,
        welfare=welfare,
        eligible=eligible,
        group=area,
        weights=weight,
        **more,
    )


def test_ten_families_by_hand():
    """Five poor; one without a component; three places; the ranking mistakes one; delivery misses one more.

    Poor 1–5 by consumption, 5 has no component, so 4 of 5 could be served: conditions 1/5. Three places serve
    1, 2, 3: quota 1/5. The score puts 6 before 3: ranking 1/5. Of 1, 2, 6 the second is not paid, 9 is: 1/5.
    """
    poor, welfare = [1] * 5 + [0] * 5, list(range(10))
    score = [1, 2, 4, 5, 6, 3, 7, 8, 9, 10]
    received = [1, 0, 0, 0, 0, 1, 0, 0, 1, 0]
    eligible = [1, 1, 1, 1, 0, 1, 1, 1, 1, 1]
    found = exclusion_terms(received, poor, score, welfare=welfare, eligible=eligible).loc["semua"]
    assert found[list(TERMS)].tolist() == pytest.approx([0.2, 0.2, 0.2, 0.2])
    assert found["exclusion"] == pytest.approx(0.8)


def test_serving_whom_no_condition_shows_is_a_negative_term():
    found = exclusion_terms([1, 1, 0], [1, 1, 0], [1, 2, 3], eligible=[0, 1, 1]).loc["semua"]
    assert found[list(TERMS)].tolist() == pytest.approx([0.5, 0, 0, -0.5])


def test_a_larger_quota_than_poor_excludes_nobody_by_itself():
    found = exclusion_terms([1, 1, 1, 0], [1, 0, 0, 0], [4, 1, 2, 3]).loc["semua"]
    assert (found["quota"], found["ranking"], found["implementation"]) == (0, 1, -1)


@settings(max_examples=50)
@given(CITY)
def test_terms_add_up_to_the_exclusion_error_in_every_group(rows):
    found = terms(rows)
    received, poor, _, _, _, area, weight = (np.array(c) for c in zip(*rows, strict=True))
    whole = float(exclusion_error(received, poor, weights=weight))
    assert found.loc["semua", "exclusion"] == pytest.approx(whole)
    for key, row in found.iterrows():
        if row["n_poor"] == 0:
            assert math.isnan(row["exclusion"])
            continue
        assert sum(row[list(TERMS)]) == pytest.approx(row["exclusion"], abs=1e-12)
        assert row["conditions"] >= 0
        assert row["ranking_low"] - 1e-9 <= row["ranking"] <= row["ranking_high"] + 1e-9
        if key != "semua":
            inside = area == key
            assert row["exclusion"] == pytest.approx(
                float(exclusion_error(received[inside], poor[inside], weights=weight[inside]))
            )


@settings(max_examples=50)
@given(CITY)
def test_groups_weighted_by_their_poor_give_the_city(rows):
    found = terms(rows)
    parts = found.drop("semua").dropna()
    for name in (*TERMS, "exclusion"):
        whole = float(parts[name] @ parts["n_poor"]) / parts["n_poor"].sum()
        assert whole == pytest.approx(found.loc["semua", name], abs=1e-9)


@settings(max_examples=50)
@given(CITY, st.randoms(use_true_random=False), st.floats(0.1, 20))
def test_order_of_rows_and_scale_of_weights_change_nothing(rows, random, scale):
    one = terms(rows)
    mixed = [(*row[:6], row[6] * scale) for row in rows]
    random.shuffle(mixed)
    other = terms(mixed).loc[one.index]
    assert other[list(TERMS)].to_numpy() == pytest.approx(
        one[list(TERMS)].to_numpy(), abs=1e-9, nan_ok=True
    )


@settings(max_examples=50)
@given(CITY)
def test_a_perfect_ranking_has_no_ranking_term(rows):
    received, _, _, welfare, eligible, _, weight = (np.array(c) for c in zip(*rows, strict=True))
    poor = welfare <= 10
    if not poor.any():
        return
    found = exclusion_terms(
        received, poor, welfare, welfare=welfare, eligible=eligible, weights=weight
    )
    assert found.loc["semua", "ranking"] == pytest.approx(0, abs=1e-12)
