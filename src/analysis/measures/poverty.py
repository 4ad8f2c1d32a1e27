"""Foster-Greer-Thorbecke indices, and what a benefit does to them (measures.md 2.5).

Welfare and benefit stand in the same unit (rupiah per person a month). Official Indonesian
headcounts take as poor who is strictly below the line; `strict` chooses.
"""

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.columns import RUPIAH, UNIT, benefits, numbers, together
from analysis.measures.design import Floats, design, ratio, smooth, undefined

IMPACT = "selisih FGT berpasangan; galat baku linearisasi Taylor; selang 95% t"


def fgt(
    welfare: ArrayLike, *, line: float, alpha: float, strict: bool = False, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Σw((z−y)/z)^α over the poor, over Σw: α 0 headcount, 1 gap, 2 severity. At the line is poor unless `strict`.

    Raises ValueError for a line that is not positive or a negative α.

    >>> [round(float(fgt([50, 100, 150], line=100, alpha=a)), 4) for a in (0, 1, 2)]
    [0.6667, 0.1667, 0.0833]
    """
    known, y = together(numbers(welfare))
    drawn = design(len(y), weights, strata, clusters, fpc)
    return ratio(known * _gap(y, line, alpha, strict), known, drawn, UNIT)


def poverty_impact(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: float, alpha: float, strict: bool = False,
    weights: ArrayLike | None = None, strata: ArrayLike | None = None, clusters: ArrayLike | None = None,
    fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """FGT before less FGT after the benefit: what it takes away; the standard error is of the paired difference.

    >>> round(float(poverty_impact([50, 100, 150], [60, 0, 0], line=100, alpha=0)), 4)
    0.3333
    """
    known, y, b = together(numbers(welfare_pre), numbers(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    fall = _gap(y, line, alpha, strict) - _gap(y + b, line, alpha, strict)
    w = drawn.weights * known
    if w.sum() == 0:
        return undefined(UNIT, 0)
    value = float(w @ fall) / w.sum()
    return smooth(value, w * (fall - value) / w.sum(), w > 0, drawn, UNIT, IMPACT, "difference")


def benefit_cost_ratio(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: float, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Poverty gap closed per rupiah of benefit, at most 1. No benefit: NaN.

    >>> float(benefit_cost_ratio([50, 200], [60, 40], line=100))
    0.5
    """
    _check(line, 1)
    known, y, b = together(numbers(welfare_pre), benefits(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    closed = np.maximum(line - y, 0) - np.maximum(line - y - b, 0)
    return ratio(known * closed, known * b, drawn, RUPIAH)


def _gap(y: Floats, line: float, alpha: float, strict: bool) -> Floats:
    _check(line, alpha)
    poor = y < line if strict else y <= line
    return np.where(poor, np.maximum((line - y) / line, 0) ** alpha, 0.0)


def _check(line: float, alpha: float) -> None:
    if not line > 0 or alpha < 0:
        raise ValueError("the line must be positive and alpha not negative")
