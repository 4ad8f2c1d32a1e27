"""Who is poor and gets nothing, who gets and is not poor (measures.md 2.2, 2.3).

`received` and `poor` are memberships in [0, 1] (true/false, or fractional where ties are split);
a missing value takes its row out of the measure, not out of the design. Keyword arguments
`weights`, `strata`, `clusters`, `fpc` describe the sample; see `design.design`.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.design import Design, Floats, design, difference, ratio

UNIT = "unit"


def exclusion_error(
    received: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share of the poor who receive nothing: FN / (TP + FN). No poor: NaN.

    >>> round(float(exclusion_error([1, 0, 0, 1], [1, 1, 1, 0])), 4)
    0.6667
    """
    p, t, known = _memberships(received, poor)
    return ratio(
        known * t * (1 - p), known * t, design(len(p), weights, strata, clusters, fpc), UNIT
    )


def inclusion_error(
    received: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share of recipients who are not poor (leakage): FP / (TP + FP). No recipients: NaN.

    >>> float(inclusion_error([1, 0, 0, 1], [1, 1, 1, 0]))
    0.5
    """
    p, t, known = _memberships(received, poor)
    return ratio(
        known * (1 - t) * p, known * p, design(len(p), weights, strata, clusters, fpc), UNIT
    )


def nonpoor_receipt(
    received: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share of the non-poor who receive: FP / (FP + TN). Some papers call this inclusion error.

    >>> float(nonpoor_receipt([1, 0, 0, 1], [1, 1, 0, 0]))
    0.5
    """
    p, t, known = _memberships(received, poor)
    return ratio(
        known * (1 - t) * p, known * (1 - t), design(len(p), weights, strata, clusters, fpc), UNIT
    )


def total_error(
    received: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share wrongly served or wrongly left out: (FN + FP) / all.

    >>> float(total_error([1, 0, 0, 1], [1, 1, 0, 0]))
    0.5
    """
    p, t, known = _memberships(received, poor)
    wrong = t * (1 - p) + (1 - t) * p
    return ratio(known * wrong, known, design(len(p), weights, strata, clusters, fpc), UNIT)


def targeting_differential(
    received: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Coverage of the poor less coverage of the others, in [−1, 1] (Ravallion). NaN if either is empty.

    >>> float(targeting_differential([1, 1, 0, 1], [1, 1, 0, 0]))
    0.5
    """
    p, t, known = _memberships(received, poor)
    drawn = design(len(p), weights, strata, clusters, fpc)
    of_poor, z_poor = _centred(p, known * t, drawn)
    of_others, z_others = _centred(p, known * (1 - t), drawn)
    if np.isnan(of_poor - of_others):
        return ratio(np.zeros(len(p)), np.zeros(len(p)), drawn, UNIT)
    member = (known > 0) & (drawn.weights > 0)
    return difference(of_poor - of_others, z_poor - z_others, member, drawn, UNIT)


def coverage(
    received: ArrayLike, group: ArrayLike | None = None, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> "Estimate | pd.Series":  # fmt: skip
    """Share who receive; with `group`, a Series of Estimates indexed by group in sorted order.

    >>> float(coverage([1, 0, 0, 1]))
    0.5
    >>> str(coverage([1, 0, 0, 0], ["a", "a", "b", "b"])["a"]).split()[0]
    '50,0%'
    """
    p = _numbers(received)
    known = (~np.isnan(p)).astype(float)
    p = np.nan_to_num(p)
    drawn = design(len(p), weights, strata, clusters, fpc)
    if group is None:
        return ratio(known * p, known, drawn, UNIT)
    groups = pd.Series(group).reset_index(drop=True)
    found = {
        key: ratio(known * p * inside, known * inside, drawn, UNIT)
        for key in sorted(groups.dropna().unique())
        for inside in [(groups == key).fillna(False).to_numpy(dtype=float)]
    }
    return pd.Series(found, dtype=object)


def _centred(p: Floats, domain: Floats, drawn: Design) -> tuple[float, Floats]:
    """Coverage of a domain and the influence of each row on it; NaN for an empty domain."""
    total = float(drawn.weights @ domain)
    if total == 0:
        return float("nan"), np.zeros(len(p))
    share = float(drawn.weights @ (domain * p)) / total
    return share, drawn.weights * domain * (p - share) / total


def _memberships(received: ArrayLike, poor: ArrayLike) -> tuple[Floats, Floats, Floats]:
    p, t = _numbers(received), _numbers(poor)
    if len(p) != len(t):
        raise ValueError("received and poor must have one value a row")
    known = (~np.isnan(p) & ~np.isnan(t)).astype(float)
    return np.nan_to_num(p), np.nan_to_num(t), known


def _numbers(values: ArrayLike) -> Floats:
    numbers = pd.to_numeric(pd.Series(values).reset_index(drop=True)).astype("Float64")
    numbers = numbers.to_numpy(dtype=float, na_value=np.nan)
    if np.any((numbers < 0) | (numbers > 1)):
        raise ValueError("a membership lies between 0 and 1")
    return numbers
