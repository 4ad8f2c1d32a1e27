"""Who is poor and gets nothing, who gets and is not poor (measures.md 2.2, 2.3).

`received` and `poor` are memberships in [0, 1] (true/false, or fractional where ties are split);
a missing value takes its row out of the measure, not out of the design. Keyword arguments
`weights`, `strata`, `clusters`, `fpc` describe the sample; see `design.design`.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats
from analysis.measures.columns import UNIT, by_group, memberships, together
from analysis.measures.concentration import concentration_coefficient, gini, kakwani
from analysis.measures.curves import concentration_curve, lorenz_curve
from analysis.measures.design import Design, design
from analysis.measures.equity import group_gaps, horizontal_inequity
from analysis.measures.estimation import difference, ratio
from analysis.measures.incidence import (
    adequacy,
    beneficiary_incidence,
    benefit_incidence,
    benefit_leakage,
    benefit_leakage_rp,
    cgh,
)
from analysis.measures.rank_correlation import kendall_tau, spearman
from analysis.measures.ranking import auc, poorest

__all__ = [
    "adequacy",
    "auc",
    "beneficiary_incidence",
    "benefit_incidence",
    "benefit_leakage",
    "benefit_leakage_rp",
    "cgh",
    "concentration_coefficient",
    "concentration_curve",
    "coverage",
    "exclusion_error",
    "gini",
    "group_gaps",
    "horizontal_inequity",
    "inclusion_error",
    "kakwani",
    "kendall_tau",
    "lorenz_curve",
    "nonpoor_receipt",
    "poorest",
    "spearman",
    "targeting_differential",
    "total_error",
]


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
    known, p = together(memberships(received))
    drawn = design(len(p), weights, strata, clusters, fpc)
    if group is None:
        return ratio(known * p, known, drawn, UNIT)
    return by_group(
        group, len(p), lambda inside: ratio(known * p * inside, known * inside, drawn, UNIT)
    )


def _centred(p: Floats, domain: Floats, drawn: Design) -> tuple[float, Floats]:
    """Coverage of a domain and the influence of each row on it; NaN for an empty domain."""
    total = float(drawn.weights @ domain)
    if total == 0:
        return float("nan"), np.zeros(len(p))
    share = float(drawn.weights @ (domain * p)) / total
    return share, drawn.weights * domain * (p - share) / total


def _memberships(received: ArrayLike, poor: ArrayLike) -> tuple[Floats, Floats, Floats]:
    known, p, t = together(memberships(received), memberships(poor))
    return p, t, known
