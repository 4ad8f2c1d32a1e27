"""Ranks that give ties no order: memberships of the poorest, discrimination (measures.md 2.1, 2.4, 2.6)."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats
from analysis.measures.columns import UNIT, memberships, numbers, together
from analysis.measures.design import design
from analysis.measures.estimation import smooth, undefined
from analysis.measures.intervals import logit_interval

AUC = "AUC berbobot, seri dihitung setengah; galat baku linearisasi (DeLong); selang 95% t-logit"
AUC_AT_THE_END = "AUC 0 atau 1: setiap pasangan berurutan; selang tidak dihitung"


def poorest(welfare: ArrayLike, share: float, weights: ArrayLike | None = None) -> Floats:
    """Membership in the poorest `share` of weight, in [0, 1]; tied rows get the same part.

    A record at the cut belongs in part, so that the weighted memberships sum to the share exactly.
    Missing welfare has no membership (NaN). Raises ValueError for a share outside [0, 1].

    >>> poorest([1, 2, 2, 3], 0.5)
    array([1. , 0.5, 0.5, 0. ])
    """
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    values = numbers(welfare)
    weight = design(len(values), weights).weights * ~np.isnan(values)
    total = weight.sum()
    if total == 0:
        return np.full(len(values), np.nan)
    tie, mass = ties(values, weight)
    below = np.concatenate([[0.0], np.cumsum(mass)[:-1]]) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.clip((share - below) / (mass / total), 0, 1)
    part = np.where(mass > 0, part, (below < share).astype(float))
    whole = np.round(part)  # 3/10 of ten rows is three rows, whatever floats make of 0.3
    part = np.where(np.abs(part - whole) < 1e-12 * len(part), whole, part)
    return np.where(np.isnan(values), np.nan, part[tie])


def ties(values: Floats, weight: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Which group of equal values each row is in, from low to high, and each group's weight."""
    tie = np.unique(values, return_inverse=True)[1]
    return tie, np.bincount(tie, weight)


def auc(
    score: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """P(score of a poor unit < score of another), ties half: 1 = a low score finds the poor, 0.5 = chance.

    NaN where all or none are poor.

    >>> float(auc([1, 2, 2, 4], [1, 1, 0, 0]))
    0.875
    """
    known, s, t = together(numbers(score), memberships(poor))
    drawn = design(len(s), weights, strata, clusters, fpc)
    w = drawn.weights * known
    of_poor, of_others = w * t, w * (1 - t)
    if of_poor.sum() == 0 or of_others.sum() == 0:
        return undefined(UNIT, int((w > 0).sum()))
    tie, others = ties(s, of_others)
    needy = np.bincount(tie, of_poor, len(others))
    above = (others.sum() - np.cumsum(others) + others / 2)[tie] / of_others.sum()
    below = (np.cumsum(needy) - needy / 2)[tie] / of_poor.sum()
    value = float(of_poor @ above) / of_poor.sum()
    influence = (
        of_poor * (above - value) / of_poor.sum() + of_others * (below - value) / of_others.sum()
    )
    found = smooth(value, influence, w > 0, drawn, UNIT, AUC, "share")
    if found.se is None or np.all(drawn.fraction[w > 0] == 1):
        return found
    low, high = logit_interval(found.value, found.se, found.df)
    return replace(found, low=low, high=high, method=AUC if low is not None else AUC_AT_THE_END)
