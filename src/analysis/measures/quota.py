"""Errors when a quota is filled by a score: the expectation over ties, and its bounds (measures.md 0.1, 2.2).

A desil is a ten-level score: a quota that is no multiple of its levels does not say who is served. What
is printed is the expected error and, where they differ, the best and the worst order of the tied.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.columns import memberships, numbers, together
from analysis.measures.design import Floats, design
from analysis.measures.ranking import poorest


@dataclass(frozen=True)
class QuotaErrors:
    """Exclusion error expected over ties at the cut, and its least and greatest value.

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


def exclusion_at_quota(
    score: ArrayLike, poor: ArrayLike, share: float, *, weights: ArrayLike | None = None
) -> QuotaErrors:
    """Exclusion error if the `share` of weight with the lowest score were served; nobody poor: NaN.

    >>> exclusion_at_quota([1, 1, 2, 2], [1, 0, 1, 0], 0.25)
    QuotaErrors(expected=0.75, least=0.5, greatest=1.0, floor=0.5)
    """
    known, s, t = together(numbers(score), memberships(poor))
    w = design(len(s), weights).weights * known
    needy = float(w @ t)
    if needy == 0:
        return QuotaErrors(*[float("nan")] * 4)
    tied = np.where(known > 0, s, np.nan)
    missed = [
        1 - float(w @ (np.nan_to_num(served) * t)) / needy
        for served in (
            poorest(tied, share, w),
            _served(s, t, w, share, first=True),
            _served(s, t, w, share, first=False),
        )
    ]
    floor = max(0.0, 1 - share * float(w.sum()) / needy)
    return QuotaErrors(missed[0], missed[1], missed[2], floor)


def _served(s: Floats, t: Floats, w: Floats, share: float, first: bool) -> Floats:
    """Who is served when, among equal scores, the poor stand first or last."""
    order = np.lexsort((-t if first else t, s))
    ahead = np.concatenate([[0.0], np.cumsum(w[order])[:-1]])
    room = np.clip(share * w.sum() - ahead, 0, w[order])
    part = np.divide(room, w[order], out=np.zeros(len(s)), where=w[order] > 0)
    served = np.empty(len(s))
    served[order] = part
    return served
