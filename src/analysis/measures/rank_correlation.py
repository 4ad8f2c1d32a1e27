"""Do two orders agree? Spearman and Kendall with weights and ties (measures.md 2.6).

Points only: their standard errors come from `bootstrap.rao_wu`, which ranks anew in each replicate.
"""

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import Floats
from analysis.measures.columns import numbers, together
from analysis.measures.design import design
from analysis.measures.ranking import ties


def spearman(a: ArrayLike, b: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Pearson's correlation of weighted mid-ranks; NaN where one side has a single level.

    >>> round(spearman([1, 2, 3, 4], [1, 3, 2, 4]), 4)
    0.8
    """
    left, right, w = _known(a, b, weights)
    if w.sum() <= 0:
        return float("nan")
    x, y = (_midranks(side, w) for side in (left, right))
    x, y = x - np.average(x, weights=w), y - np.average(y, weights=w)
    spread = float(w @ x**2) * float(w @ y**2)
    return float(w @ (x * y)) / spread**0.5 if spread > 0 else float("nan")


def kendall_tau(a: ArrayLike, b: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Kendall's tau-b, a pair counted with the product of its weights; NaN where one side has a single level.

    >>> round(kendall_tau([1, 2, 3, 4], [1, 3, 2, 4]), 4)
    0.6667
    """
    left, right, w = _known(a, b, weights)
    x, y = (np.unique(side, return_inverse=True)[1] for side in (left, right))
    if len(w) == 0:
        return float("nan")
    balance = _in_order(x, y, w) - _in_order(x, y.max() - y, w)
    apart = [(w.sum() ** 2 - np.sum(np.bincount(side, w) ** 2)) / 2 for side in (x, y)]
    return float(balance / (apart[0] * apart[1]) ** 0.5) if min(apart) > 0 else float("nan")


def _in_order(x: np.ndarray, y: np.ndarray, w: Floats) -> float:
    """Σ w_i·w_j over pairs with x_i < x_j and y_i < y_j, in n log n.

    Two different y agree in their leading bits and part at one: there the smaller has 0, the larger 1.
    """
    total = 0.0
    for bit in range(int(y.max()).bit_length()):
        order = np.lexsort((x, y >> (bit + 1)))
        weight, prefix, place = w[order], (y >> (bit + 1))[order], x[order]
        is_one = (y[order] >> bit) & 1
        zeros = np.r_[0.0, np.cumsum(weight * (1 - is_one))]
        begins = np.r_[True, prefix[1:] != prefix[:-1]]
        first = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
        level = np.r_[True, (prefix[1:] != prefix[:-1]) | (place[1:] != place[:-1])]
        below = np.maximum.accumulate(np.where(level, np.arange(len(order)), 0))
        total += float(np.sum(weight * is_one * (zeros[below] - zeros[first])))
    return total


def _midranks(values: Floats, w: Floats) -> Floats:
    tie, mass = ties(values, w)
    return ((np.cumsum(mass) - mass / 2) / mass.sum())[tie]


def _known(a: ArrayLike, b: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    known, left, right = together(numbers(a), numbers(b))
    w = design(len(left), weights).weights * known
    return left[w > 0], right[w > 0], w[w > 0]
