"""Foster-Greer-Thorbecke indices, and what a benefit does to them (measures.md 2.5).

Welfare and benefit stand in the same unit (rupiah per person a month). Official Indonesian
headcounts take as poor who is strictly below the line; `strict` chooses. `line` is one for all or
one a row (lines differ by province and between town and country).
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats, is_single
from analysis.measures.columns import RUPIAH, UNIT, amounts, benefits, numbers, together
from analysis.measures.design import design
from analysis.measures.estimation import ratio, smooth, undefined

Line = float | ArrayLike
IMPACT = "selisih FGT berpasangan; galat baku linearisasi Taylor; selang 95% t"
COST = "biaya per rupiah kesenjangan yang tertutup; galat baku linearisasi Taylor; selang 95% t"
NO_GAP_CLOSED = "tak hingga: ada biaya, tidak ada kesenjangan yang tertutup"


def fgt(
    welfare: ArrayLike, *, line: Line, alpha: float, strict: bool = False, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Σw((z−y)/z)^α over the poor, over Σw: α 0 headcount, 1 gap, 2 severity. At the line is poor unless `strict`.

    Raises ValueError for a line that is not positive or a negative α.

    >>> [round(float(fgt([50, 100, 150], line=100, alpha=a)), 4) for a in (0, 1, 2)]
    [0.6667, 0.1667, 0.0833]
    """
    known, y = together(amounts(welfare))
    drawn = design(len(y), weights, strata, clusters, fpc)
    return ratio(known * _gap(y, _line(line, len(y), alpha), alpha, strict), known, drawn, UNIT)


def poverty_impact(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: Line, alpha: float, strict: bool = False,
    weights: ArrayLike | None = None, strata: ArrayLike | None = None, clusters: ArrayLike | None = None,
    fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """FGT before less FGT after the benefit: what it takes away; the standard error is of the paired difference.

    >>> round(float(poverty_impact([50, 100, 150], [60, 0, 0], line=100, alpha=0)), 4)
    0.3333
    """
    known, y, b = together(amounts(welfare_pre), amounts(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    fall = _gap(y, _line(line, len(y), alpha), alpha, strict) - _gap(
        y + b, _line(line, len(y), alpha), alpha, strict
    )
    w = drawn.weights * known
    if w.sum() == 0:
        return undefined(UNIT, 0)
    value = float(w @ fall) / w.sum()
    return smooth(value, w * (fall - value) / w.sum(), w > 0, drawn, UNIT, IMPACT, "difference")


def benefit_cost_ratio(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: Line, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Poverty gap closed per rupiah of benefit, at most 1. No benefit: NaN.

    >>> float(benefit_cost_ratio([50, 200], [60, 40], line=100))
    0.5
    """
    known, y, b = together(amounts(welfare_pre), benefits(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    return ratio(known * _closed(y, b, _line(line, len(y))), known * b, drawn, RUPIAH)


def vertical_efficiency(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: Line, strict: bool = False, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share of the benefit that goes to who was poor before it (VEE, Beckerman). No benefit: NaN.

    >>> float(vertical_efficiency([50, 200], [60, 40], line=100))
    0.6
    """
    known, y, b = together(amounts(welfare_pre), benefits(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    return ratio(known * b * _is_poor(y, _line(line, len(y)), strict), known * b, drawn, RUPIAH)


def spillover(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: Line, strict: bool = False, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share of the benefit to the poor that lifts them beyond the line: 1 − gap closed ÷ benefit to the poor.

    `benefit_cost_ratio` = `vertical_efficiency` × (1 − spillover). Nothing to the poor: NaN.

    >>> round(float(spillover([50, 200], [60, 40], line=100)), 4)
    0.1667
    """
    known, y, b = together(amounts(welfare_pre), benefits(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    needed, to_poor = _line(line, len(y)), known * b * _is_poor(y, _line(line, len(y)), strict)
    return ratio(to_poor - known * _closed(y, b, needed), to_poor, drawn, RUPIAH)


def cost_per_gap_closed(
    welfare_pre: ArrayLike, benefit: ArrayLike, *, line: Line, admin_cost: float = 0.0, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Rupiah spent, `admin_cost` in all included, for each rupiah of poverty gap closed; at least 1.

    Infinite, with its reason, where money was spent and no gap closed; NaN where none was spent.

    >>> float(cost_per_gap_closed([50, 200], [60, 40], line=100, admin_cost=10))
    2.2
    """
    known, y, b = together(amounts(welfare_pre), benefits(benefit))
    drawn = design(len(y), weights, strata, clusters, fpc)
    w = drawn.weights * known
    closed, paid = _closed(y, b, _line(line, len(y))), float(w @ b) + admin_cost
    reduction, member = float(w @ closed), (known > 0) & (drawn.weights > 0)
    if paid <= 0:
        return undefined(RUPIAH, int(member.sum()))
    if reduction <= 0:
        return replace(
            undefined(RUPIAH, int(member.sum()), NO_GAP_CLOSED), value=math.inf, kind="ratio"
        )
    cost = paid / reduction
    return smooth(cost, w * (b - cost * closed) / reduction, member, drawn, RUPIAH, COST, "ratio")


def _gap(y: Floats, line: Floats, alpha: float, strict: bool) -> Floats:
    return np.where(_is_poor(y, line, strict), np.maximum((line - y) / line, 0) ** alpha, 0.0)


def _closed(y: Floats, b: Floats, line: Floats) -> Floats:
    """Rupiah of each unit's gap that the benefit fills."""
    return np.maximum(line - y, 0) - np.maximum(line - y - b, 0)


def _is_poor(y: Floats, line: Floats, strict: bool):
    return y < line if strict else y <= line


def _line(line: Line, n: int, alpha: float = 1) -> Floats:
    """The line as numbers that broadcast over `n` rows. Raises ValueError for what is no line."""
    found = np.float64(line) if is_single(line) else numbers(line)
    if found.ndim and len(found) != n:
        raise ValueError("the line must be one number or one a row")
    if not np.all(found > 0) or alpha < 0:
        raise ValueError("the line must be positive and alpha not negative")
    return found
