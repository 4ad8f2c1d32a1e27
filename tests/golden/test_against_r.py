"""Values and standard errors equal those of R survey 4 and laeken to 1e-9.

To renew after a change of sample.csv: `Rscript tests/golden/make_reference.R`. R is needed for that alone.
"""

from pathlib import Path

import pandas as pd
import pytest

from analysis.measures import poverty, targeting

HERE = Path(__file__).parent
D = pd.read_csv(HERE / "sample.csv")
REFERENCE = pd.read_csv(HERE / "reference.csv")
SAMPLED = {
    "clustered": {
        "weights": D["weight"],
        "strata": D["stratum"],
        "clusters": D["cluster"],
        "fpc": D["units"],
    },
    "replaced": {"weights": D["weight"], "strata": D["stratum"], "clusters": D["cluster"]},
    "simple": {"weights": D["weight"]},
}
LINE = 1000
MEASURES = {
    "exclusion_error": lambda **k: targeting.exclusion_error(D["received"], D["poor"], **k),
    "inclusion_error": lambda **k: targeting.inclusion_error(D["received"], D["poor"], **k),
    "nonpoor_receipt": lambda **k: targeting.nonpoor_receipt(D["received"], D["poor"], **k),
    "total_error": lambda **k: targeting.total_error(D["received"], D["poor"], **k),
    "coverage": lambda **k: targeting.coverage(D["received"], **k),
    "coverage_group_b": lambda **k: targeting.coverage(D["received"], D["group"], **k)["b"],
    "beneficiary_incidence_b": lambda **k: targeting.beneficiary_incidence(
        D["received"], D["group"], **k
    )["b"],
    "benefit_incidence_b": lambda **k: targeting.benefit_incidence(D["benefit"], D["group"], **k)[
        "b"
    ],
    "adequacy": lambda **k: targeting.adequacy(D["benefit"], D["welfare"] + D["benefit"], **k),
    "fgt0": lambda **k: poverty.fgt(D["welfare"], line=LINE, alpha=0, **k),
    "fgt1": lambda **k: poverty.fgt(D["welfare"], line=LINE, alpha=1, **k),
    "fgt2": lambda **k: poverty.fgt(D["welfare"], line=LINE, alpha=2, **k),
    "poverty_impact1": lambda **k: poverty.poverty_impact(
        D["welfare"], D["benefit"], line=LINE, alpha=1, **k
    ),
    "benefit_cost_ratio": lambda **k: poverty.benefit_cost_ratio(
        D["welfare"], D["benefit"], line=LINE, **k
    ),
}
CASES = [row for row in REFERENCE.itertuples() if row.design in SAMPLED]


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row.design}-{row.measure}")
def test_equal_to_r_survey(row):
    found = MEASURES[row.measure](**SAMPLED[row.design])
    assert found.value == pytest.approx(row.value, rel=1e-9)
    assert found.se == pytest.approx(row.se, rel=1e-9)


def test_gini_equals_laeken():
    expected = REFERENCE.set_index("measure").loc["gini_laeken", "value"]
    assert float(targeting.gini(D["welfare"], weights=D["weight"])) == pytest.approx(
        expected, abs=1e-9
    )


def test_every_measure_has_its_reference():
    assert {row.measure for row in CASES} == set(MEASURES)
    assert len(CASES) == len(MEASURES) * len(SAMPLED)


def test_clustered_gini_is_within_a_percent_of_the_jackknife():
    """Delete one cluster at a time, stratum by stratum (JKn)."""
    found = targeting.gini(D["welfare"], **SAMPLED["replaced"])
    total = 0.0
    for _, stratum in D.groupby("stratum"):
        clusters = stratum["cluster"].unique()
        left_out = []
        for cluster in clusters:
            weight = D["weight"].where(
                ~D["stratum"].eq(stratum["stratum"].iloc[0]),
                D["weight"] * len(clusters) / (len(clusters) - 1),
            )
            kept = D["cluster"] != cluster
            left_out.append(float(targeting.gini(D["welfare"][kept], weights=weight[kept])))
        mean = sum(left_out) / len(left_out)
        total += (len(clusters) - 1) / len(clusters) * sum((one - mean) ** 2 for one in left_out)
    assert found.se == pytest.approx(total**0.5, rel=0.05)
