"""How benefit lies over the distribution of welfare: concentration coefficient, Gini, Kakwani (measures.md 2.4)."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.columns import UNIT, numbers, together
from analysis.measures.design import Design, Floats, design, smooth, undefined
from analysis.measures.ranking import ties

CONCENTRATION = "koefisien konsentrasi, peringkat tengah; galat baku linearisasi; selang 95% t"
NEGATIVES = "; ada nilai negatif: koefisien dapat melebihi 1"
UNDEFINED_MEAN = "tidak dapat dihitung: rata-rata tidak positif"


def concentration_coefficient(
    benefit: ArrayLike, welfare: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """2·Σw(b−μ)(r−½)/(Wμ), r the mid-rank by welfare: −1 all to the poorest, 0 even, 1 all to the richest.

    NaN with its reason where the mean benefit is not positive.

    >>> round(float(concentration_coefficient([1, 0, 0, 0], [1, 2, 3, 4])), 4)
    -0.75
    """
    known, b, y = together(numbers(benefit), numbers(welfare))
    drawn = design(len(b), weights, strata, clusters, fpc)
    found = _coefficient(b, y, known, drawn)
    if found is None:
        return undefined(UNIT, int(known.sum()), UNDEFINED_MEAN)
    value, influence = found
    member = _members(known, drawn)
    method = CONCENTRATION + (NEGATIVES if np.any(b[member] < 0) else "")
    return smooth(value, influence, member, drawn, UNIT, method, "coefficient")


def gini(
    welfare: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """The concentration of welfare over its own ranks; negative welfare may carry it above 1.

    >>> round(float(gini([1, 2, 3, 4])), 4)
    0.25
    """
    return concentration_coefficient(
        welfare, welfare, weights=weights, strata=strata, clusters=clusters, fpc=fpc
    )


def kakwani(
    benefit: ArrayLike, welfare: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Concentration of a transfer less the Gini of welfare before it; negative = progressive.

    >>> round(float(kakwani([1, 1, 1, 1], [1, 2, 3, 4])), 4)
    -0.25
    """
    known, b, y = together(numbers(benefit), numbers(welfare))
    drawn = design(len(b), weights, strata, clusters, fpc)
    parts = [_coefficient(values, y, known, drawn) for values in (b, y)]
    if parts[0] is None or parts[1] is None:
        return undefined(UNIT, int(known.sum()), UNDEFINED_MEAN)
    (c, z_c), (g, z_g) = parts
    return smooth(
        c - g, z_c - z_g, _members(known, drawn), drawn, UNIT, CONCENTRATION, "coefficient"
    )


def _members(known: Floats, drawn: Design):
    return (known > 0) & (drawn.weights > 0)


def _coefficient(b: Floats, y: Floats, known: Floats, drawn: Design) -> tuple[float, Floats] | None:
    """The coefficient and each row's influence on it, weight included; None where the mean is not positive."""
    w = drawn.weights * known
    whole = w.sum()
    mean = float(w @ b) / whole if whole > 0 else 0.0
    if mean <= 0:
        return None
    tie, mass = ties(y, w)
    rank = ((np.cumsum(mass) - mass / 2) / whole)[tie]  # the weight below and half of one's own tie
    area = float(w @ (b * rank)) / whole
    value = 2 * area / mean - 1
    held = np.bincount(tie, w * b)
    above = (held.sum() - np.cumsum(held) + held / 2)[tie]
    part = (2 / mean) * (b * rank + above / whole - 2 * area) - (2 * area / mean**2) * (b - mean)
    return value, w / whole * part
