"""Errors when a quota is filled by a score: the expectation over ties, and its bounds (measures.md 0.1, 2.2).

A desil is a ten-level score: a quota that is no multiple of its levels does not say who is served. What
is printed is the expected error and, where they differ, the best and the worst order of the tied.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import Floats
from analysis.measures.columns import memberships, numbers, together
from analysis.measures.design import design
from analysis.measures.ranking import poorest
from analysis.notation import number, percent


@dataclass(frozen=True)
class QuotaErrors:
    """An error expected over ties at the cut, and its least and greatest value over their orders.

    `floor` is the least any ranking could reach: the quota may be smaller than the number of poor.
    """

    expected: float
    least: float
    greatest: float
    floor: float

    @property
    def is_settled(self) -> bool:
        """The order of the tied makes no difference."""
        return abs(self.greatest - self.least) < 1e-12

    def __str__(self) -> str:
        """The expected error, and its bounds where the order of the tied makes a difference.

        >>> str(QuotaErrors(0.327, 0.0, 0.658, 0.0))
        '32,7% (0,0–65,8 menurut urutan seri)'
        """
        low, high = (number(100 * bound, 1) for bound in (self.least, self.greatest))
        if math.isnan(self.expected) or self.is_settled or low == high:
            return percent(self.expected)
        return f"{percent(self.expected)} ({low}–{high} menurut urutan seri)"


def exclusion_at_quota(
    score: ArrayLike, poor: ArrayLike, share: float, *, weights: ArrayLike | None = None
) -> QuotaErrors:
    """Exclusion error if the `share` of weight with the lowest score were served; nobody poor: NaN.

    >>> exclusion_at_quota([1, 1, 2, 2], [1, 0, 1, 0], 0.25)
    QuotaErrors(expected=0.75, least=0.5, greatest=1.0, floor=0.5)
    """
    w, t, served = _at_quota(score, poor, share, weights)
    needy = float(w @ t)
    if needy == 0:
        return QuotaErrors(*[math.nan] * 4)
    missed = [1 - float(w @ (part * t)) / needy for part in served]
    return QuotaErrors(*missed, max(0.0, 1 - share * float(w.sum()) / needy))


def inclusion_at_quota(
    score: ArrayLike, poor: ArrayLike, share: float, *, weights: ArrayLike | None = None
) -> QuotaErrors:
    """Share of places that go to who is not poor, if the `share` with the lowest score were served; no place: NaN.

    >>> inclusion_at_quota([1, 1, 2, 2], [1, 0, 1, 0], 0.25)
    QuotaErrors(expected=0.5, least=0.0, greatest=1.0, floor=0.0)
    """
    w, t, served = _at_quota(score, poor, share, weights)
    places = float(w @ served[0])
    if places == 0:
        return QuotaErrors(*[math.nan] * 4)
    wrong = [1 - float(w @ (part * t)) / places for part in served]
    return QuotaErrors(*wrong, max(0.0, 1 - float(w @ t) / places))


def _at_quota(
    score: ArrayLike, poor: ArrayLike, share: float, weights: ArrayLike | None
) -> tuple[Floats, Floats, list[Floats]]:
    """Weight, truth, and who is served: expected over ties, the poor first, the poor last."""
    known, s, t = together(numbers(score), memberships(poor))
    w = design(len(s), weights).weights * known
    tied = np.where(known > 0, s, np.nan)
    orders = (poorest(tied, share, w), *served_bounds(s, t, w, share))
    return w, t, [np.nan_to_num(served) for served in orders]


def served_bounds(s: Floats, t: Floats, w: Floats, share: float) -> tuple[Floats, Floats]:
    """Who is served when, among equal scores, the poor stand first, and when they stand last."""
    return _served(s, t, w, share, first=True), _served(s, t, w, share, first=False)


def _served(s: Floats, t: Floats, w: Floats, share: float, first: bool) -> Floats:
    """Who is served when, among equal scores, the poor stand first or last."""
    order = np.lexsort((-t if first else t, s))
    ahead = np.concatenate([[0.0], np.cumsum(w[order])[:-1]])
    room = np.clip(share * w.sum() - ahead, 0, w[order])
    part = np.divide(room, w[order], out=np.zeros(len(s)), where=w[order] > 0)
    served = np.empty(len(s))
    served[order] = part
    return served
