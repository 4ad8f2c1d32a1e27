"""Values and standard errors equal those of R survey 4 and laeken to 1e-9, also where a sample has holes.

To renew after a change of the samples: `Rscript tests/golden/make_reference.R`. R is needed for that alone.
"""

from pathlib import Path

import pandas as pd
import pytest

from analysis.measures import poverty, targeting

HERE = Path(__file__).parent
SAMPLES = {name: pd.read_csv(HERE / f"{name}.csv") for name in ("sample", "sample_with_holes")}
REFERENCE = pd.read_csv(HERE / "reference.csv")
LINE = 1000


def drawn(data: str, design: str) -> tuple[pd.DataFrame, dict]:
    """The rows of a design and what describes it."""
    d = SAMPLES[data]
    if design == "rates":  # the stratum taken whole apart, R's jackknife knows none
        d = d[d["stratum"] != "pulau"]
    sampled = {"weights": d["weight"]}
    if design == "simple":
        return d, sampled
    sampled |= {"strata": d["stratum"], "clusters": d["cluster"]}
    if design == "rates":
        taken = d.groupby("stratum")["cluster"].transform("nunique")
        return d, sampled | {"fpc": taken / d["units"]}
    return d, sampled if design == "replaced" else sampled | {"fpc": d["units"]}


MEASURES = {
    "exclusion_error": lambda d, k: targeting.exclusion_error(d["received"], d["poor"], **k),
    "inclusion_error": lambda d, k: targeting.inclusion_error(d["received"], d["poor"], **k),
    "nonpoor_receipt": lambda d, k: targeting.nonpoor_receipt(d["received"], d["poor"], **k),
    "total_error": lambda d, k: targeting.total_error(d["received"], d["poor"], **k),
    "targeting_differential": lambda d, k: targeting.targeting_differential(
        d["received"], d["poor"], **k
    ),
    "coverage": lambda d, k: targeting.coverage(d["received"], **k),
    "coverage_group_b": lambda d, k: targeting.coverage(d["received"], d["group"], **k)["b"],
    "beneficiary_incidence_b": lambda d, k: targeting.beneficiary_incidence(
        d["received"], d["group"], **k
    )["b"],
    "benefit_incidence_b": lambda d, k: targeting.benefit_incidence(d["benefit"], d["group"], **k)[
        "b"
    ],
    "adequacy": lambda d, k: targeting.adequacy(d["benefit"], d["welfare"] + d["benefit"], **k),
    "benefit_cost_ratio": lambda d, k: poverty.benefit_cost_ratio(
        d["welfare"], d["benefit"], line=LINE, **k
    ),
    "gini": lambda d, k: targeting.gini(d["welfare"], **k),
    "concentration": lambda d, k: targeting.concentration_coefficient(
        d["benefit"], d["welfare"], **k
    ),
    **{
        f"fgt{alpha}": lambda d, k, alpha=alpha: poverty.fgt(
            d["welfare"], line=LINE, alpha=alpha, **k
        )
        for alpha in (0, 1, 2)
    },
    **{
        f"poverty_impact{alpha}": lambda d, k, alpha=alpha: poverty.poverty_impact(
            d["welfare"], d["benefit"], line=LINE, alpha=alpha, **k
        )
        for alpha in (0, 1)
    },
}
CASES = [row for row in REFERENCE.itertuples() if row.measure in MEASURES]


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row.data}-{row.design}-{row.measure}")
def test_equal_to_r_survey(row):
    """Gini and concentration: point and jackknife error."""
    found = MEASURES[row.measure](*drawn(row.data, row.design))
    assert found.value == pytest.approx(row.value, rel=1e-9)
    assert found.se == pytest.approx(row.se, rel=1e-9)


@pytest.mark.parametrize(
    "row", [*REFERENCE[REFERENCE["measure"] == "gini_laeken"].itertuples()], ids=lambda r: r.design
)
def test_gini_equals_laeken(row):
    d, sampled = drawn(row.data, row.design)
    assert float(targeting.gini(d["welfare"], **sampled)) == pytest.approx(row.value, abs=1e-9)


def test_every_measure_has_its_reference():
    held = REFERENCE[REFERENCE["measure"].isin(MEASURES)].groupby(["data", "design"])["measure"]
    assert len(held) == 6
    for (_, design), measures in held:
        unknown_to_r = {"gini", "concentration"} if design == "whole_stratum" else set()
        assert set(measures) == set(MEASURES) - unknown_to_r
