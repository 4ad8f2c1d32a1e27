"""Gini and concentration errors of a real clustered survey, within 1 % of the delete-one-cluster jackknife."""

import numpy as np
import pandas as pd
import pytest

from analysis.measures import targeting

MEASURES = {
    "gini": lambda t, **k: targeting.gini(t["consumption"], **k),
    "concentration": lambda t, **k: targeting.concentration_coefficient(
        t["treated"], t["consumption"], **k
    ),
    "kakwani": lambda t, **k: targeting.kakwani(t["treated"], t["consumption"], **k),
}
# The same as one less twice the area under the curve: another road, and without errors of its own.
POINTS = {
    "gini": lambda t, w: _area(t["consumption"], t, w),
    "concentration": lambda t, w: _area(t["treated"], t, w),
    "kakwani": lambda t, w: _area(t["treated"], t, w) - _area(t["consumption"], t, w),
}


def _area(shared_out, households, weights):
    curve = targeting.concentration_curve(shared_out, households["consumption"], weights=weights)
    return 1 - 2 * np.trapezoid(curve["benefit"], curve["population"])


@pytest.fixture(scope="module")
def households(shared_data):
    """640 sub-villages in three provinces, persons as units."""
    table = pd.read_csv(shared_data / "alatas_2012.csv").dropna(subset=["consumption", "hhsize"])
    places = table[["province", "district", "subdistrict", "village", "ea"]].astype(str)
    return table.assign(cluster=places.agg("-".join, axis=1))


@pytest.mark.parametrize("name", MEASURES)
def test_errors_are_within_a_percent_of_the_jackknife(households, name):
    measure, point, weight = (
        MEASURES[name],
        POINTS[name],
        households["hhsize"].to_numpy(dtype=float),
    )
    strata, clusters = households["province"].to_numpy(), households["cluster"].to_numpy()
    found = measure(households, weights=weight, strata=strata, clusters=clusters)
    total = 0.0
    for stratum in np.unique(strata):
        names = np.unique(clusters[strata == stratum])
        scaled = np.where(strata == stratum, len(names) / (len(names) - 1), 1.0) * weight
        left = [point(households, np.where(clusters == c, 0, scaled)) for c in names]
        total += (len(names) - 1) / len(names) * np.sum((np.array(left) - np.mean(left)) ** 2)
    assert found.se == pytest.approx(total**0.5, rel=0.01)
