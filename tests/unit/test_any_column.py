"""The measures as strangers call them: every kind of column, holes in every place, designs that cannot be."""

import decimal
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import QualityGateError
from analysis.measures import poverty, targeting
from analysis.measures.design import design
from analysis.measures.equity import group_gaps
from analysis.measures.jackknife import left_out

RECEIVED, POOR = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1], [1, 1, 1, 0, 0, 0, 1, 0, 1, 0]
WELFARE, BENEFIT = (
    [40, 60, 80, 95, 100, 120, 150, 180, 220, 300],
    [20, 0, 30, 0, 10, 0, 20, 0, 0, 20],
)
WEIGHT, STRATUM, UNIT, PLACES = (
    [1, 2, 3, 1, 2, 3, 1, 2, 3, 1],
    [1] * 5 + [2] * 5,
    [1, 1, 2, 2, 3] * 2,
    [9] * 10,
)
FORMS = {
    "tuple": tuple,
    "numpy": np.array,
    "small floats": lambda v: np.array(v, dtype="float32"),
    "unsigned": lambda v: np.array(v, dtype="uint16"),
    "foreign bytes": lambda v: np.array(v, dtype=">i8"),
    "objects": lambda v: np.array(v, dtype=object),
    "masked": np.ma.array,
    "other index": lambda v: pd.Series(v, index=range(100, 110)),
    "repeated index": lambda v: pd.Series(v, index=[0] * 10),
    "nullable": lambda v: pd.Series(v, dtype="Int64", index=list("qwertyuiop")),
    "nullable floats": lambda v: pd.array(v, dtype="Float64"),
    "arrow": lambda v: pd.Series(v, dtype="int64[pyarrow]"),
    "categories": pd.Categorical,
    "decimals": lambda v: [decimal.Decimal(x) for x in v],
    "once only": lambda v: (x for x in v),
    "matrix of one column": lambda v: np.array(v).reshape(-1, 1),
    "table of one column": lambda v: pd.DataFrame({"x": v}),
}  # fmt: skip
MEASURES = {
    "exclusion": lambda f: targeting.exclusion_error(
        f(RECEIVED), f(POOR), weights=f(WEIGHT), strata=f(STRATUM), clusters=f(UNIT), fpc=f(PLACES)
    ),
    "inclusion": lambda f: targeting.inclusion_error(f(RECEIVED), f(POOR), weights=f(WEIGHT)),
    "total": lambda f: targeting.total_error(f(RECEIVED), f(POOR)),
    "differential": lambda f: targeting.targeting_differential(f(RECEIVED), f(POOR)),
    "coverage": lambda f: targeting.coverage(f(RECEIVED), f(WEIGHT))[2],
    "beneficiaries": lambda f: targeting.beneficiary_incidence(f(RECEIVED), f(WEIGHT))[2],
    "benefits": lambda f: targeting.benefit_incidence(f(BENEFIT), f(WEIGHT))[2],
    "adequacy": lambda f: targeting.adequacy(f(BENEFIT), f(WELFARE), weights=f(WEIGHT)),
    "cgh": lambda f: targeting.cgh(f(BENEFIT), f(WELFARE), 0.3, weights=f(WEIGHT)),
    "concentration": lambda f: targeting.concentration_coefficient(f(BENEFIT), f(WELFARE)),
    "gini": lambda f: targeting.gini(f(WELFARE), weights=f(WEIGHT)),
    "kakwani": lambda f: targeting.kakwani(f(BENEFIT), f(WELFARE), weights=f(WEIGHT)),
    "poorest": lambda f: targeting.poorest(f(WELFARE), 0.33, f(WEIGHT)).sum(),
    "auc": lambda f: targeting.auc(f(WELFARE), f(POOR), weights=f(WEIGHT)),
    "fgt": lambda f: poverty.fgt(f(WELFARE), line=100, alpha=1, weights=f(WEIGHT)),
    "line a row": lambda f: poverty.fgt(f(WELFARE), line=f([100] * 10), alpha=1),
    "impact": lambda f: poverty.poverty_impact(f(WELFARE), f(BENEFIT), line=100, alpha=1),
    "per rupiah": lambda f: poverty.benefit_cost_ratio(f(WELFARE), f(BENEFIT), line=100),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_takes_every_kind_of_column(name, form):
    expected, found = (MEASURES[name](f) for f in (list, FORMS[form]))
    assert float(found) == pytest.approx(float(expected), abs=1e-12)
    if name != "poorest":
        assert found.se == pytest.approx(expected.se, abs=1e-12)
        assert type(found.value) is float


@pytest.mark.parametrize(
    "received",
    [
        [True, None, False, True], [1, math.nan, 0, 1], np.array([True, None, False, True], dtype=object),
        pd.array([True, pd.NA, False, True], dtype="boolean"), pd.array([1, None, 0, 1], dtype="Int64"),
        pd.Series([True, pd.NA, False, True]), pd.Categorical([1, None, 0, 1]), [True, pd.NaT, False, True],
    ],
)  # fmt: skip
def test_every_kind_of_hole_is_unknown_and_never_no(received):
    found = targeting.exclusion_error(received, [1, 1, 1, 0])
    assert (float(found), found.n) == (0.5, 2)


WRONG = {
    "several columns": lambda: targeting.coverage(np.ones((4, 2))),
    "a single value": lambda: targeting.coverage([1, 0], weights=2),
    "a single stratum": lambda: targeting.coverage([1, 0], strata="x"),
    "words": lambda: targeting.coverage(["ya", "tidak"]),
    "dates": lambda: targeting.coverage(pd.to_datetime(["2025-01-01", "2025-01-02"])),
    "complex": lambda: targeting.coverage(np.array([1 + 0j, 0])),
    "infinite welfare": lambda: targeting.gini([1, math.inf, 3]),
    "infinite benefit": lambda: targeting.benefit_incidence([1, math.inf], ["a", "b"]),
    "infinite loss": lambda: poverty.fgt([1, -math.inf], line=2, alpha=1),
    "infinite weight": lambda: targeting.coverage([1, 0], weights=[1, math.inf]),
    "unknown weight": lambda: targeting.coverage([1, 0], weights=[1, None]),
    "group too short": lambda: targeting.coverage([1, 0, 1], ["a", "b"]),
    "group too long": lambda: group_gaps([1, 0], [1, 1], ["a", "b", "c"]),
    "line too short": lambda: poverty.fgt([1, 2, 3], line=[2, 2], alpha=0),
    "line unknown": lambda: poverty.fgt([1, 2], line=[2, None], alpha=0),
    "fpc differs within a stratum": lambda: targeting.coverage([1, 0, 1, 0], fpc=[16, 16, 8, 16]),
    "fpc of nothing": lambda: targeting.coverage([1, 0], fpc=0),
    "no share": lambda: targeting.poorest([1, 2], math.nan),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_in_words(case):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        WRONG[case]()


def test_a_sample_of_one_cluster_stops_and_one_household_does_not():
    with pytest.raises(QualityGateError, match="satu gugus"):
        targeting.coverage([1, 0, 1], clusters=["a", "a", "a"])
    with pytest.raises(QualityGateError, match="satu gugus"):
        targeting.gini([1, 2, 3], clusters=["a", "a", "a"])
    assert targeting.coverage([1], clusters=["a"]).se is None
    assert targeting.gini([5], strata=["x"]).se is None


def test_parts_of_a_membership_may_be_added_up():
    parts = sum([0.1] * 10)  # 0.9999999999999999
    assert float(targeting.coverage([parts, 2 - parts])) == pytest.approx(1)


def test_groups_stand_in_their_own_order():
    ages = pd.Categorical(
        ["60+", "6–17", "0–5", "6–17"], categories=["0–5", "6–17", "18–59", "60+"]
    )
    assert list(targeting.coverage([1, 0, 1, 0], ages).index) == ["0–5", "6–17", "60+"]
    assert list(targeting.coverage([1, 0, 1, 0], ["b", 1, None, "a"]).index) == [1, "a", "b"]
    assert len(targeting.coverage([1, 0], [None, None])) == 0
    assert group_gaps([], [], []).table.empty


@pytest.mark.parametrize("scale", [1e300, 1e-300])
def test_huge_and_tiny_weights_change_nothing(scale):
    for measure in (
        targeting.gini,
        lambda y, **k: targeting.concentration_coefficient(BENEFIT, y, **k),
    ):
        one, other = (measure(WELFARE, weights=np.array(WEIGHT) * s) for s in (1.0, scale))
        assert (other.value, other.se) == pytest.approx((one.value, one.se))
    one, other = (
        targeting.exclusion_error(RECEIVED, POOR, weights=np.array(WEIGHT) * s)
        for s in (1.0, scale)
    )
    assert (other.value, other.se) == pytest.approx((one.value, one.se))


def test_auc_stays_between_zero_and_one_and_a_perfect_score_has_no_invented_interval():
    found = targeting.auc([1, 2, 2, 3, 4], [1, 1, 0, 1, 0])
    assert 0 < found.low < found.value < found.high < 1
    perfect = targeting.auc([1, 2, 3, 4], [1, 1, 0, 0])
    assert (perfect.value, perfect.low, perfect.high) == (1.0, None, None)


ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-1, 6), st.integers(0, 4), st.integers(0, 1), st.integers(0, 3)),
    min_size=4, max_size=25,
)  # fmt: skip


@given(ROWS)
def test_all_jackknife_values_at_once_are_those_of_leaving_out_one_by_one(rows):
    b, y, w, stratum, unit = (np.array(part, dtype=float) for part in zip(*rows, strict=True))
    drawn = design(len(rows), w, stratum, unit)
    expected = []
    for code in range(drawn.n_units):
        inside, others = drawn.units == code, drawn.strata == drawn.unit_strata[code]
        size = len(set(drawn.units[others]))
        if size == 1:
            inside, others = np.zeros(len(w), bool), np.zeros(len(w), bool)
        left = np.where(others, w * size / max(size - 1, 1), w) * ~inside
        expected.append(
            float(
                targeting.concentration_coefficient(
                    b[left > 0], y[left > 0], weights=left[left > 0]
                )
            )
        )
    assert left_out(b, y, w, drawn).tolist() == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_a_benefit_of_one_unit_alone_has_the_linearised_error():
    """Without that unit there is nothing to share: the jackknife has no value there."""
    found = targeting.concentration_coefficient([5, 0, 0, 0], [1, 2, 3, 4])
    assert found.se > 0
    assert "linearisasi" in found.method
    assert "jackknife" in targeting.gini(WELFARE).method
