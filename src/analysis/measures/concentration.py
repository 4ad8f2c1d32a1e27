"""How benefit lies over the distribution of welfare: concentration coefficient, Gini, Kakwani (measures.md 2.4)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats
from analysis.measures.columns import UNIT, amounts, together
from analysis.measures.design import Design, degrees_of_freedom, design
from analysis.measures.estimation import around, smooth, undefined
from analysis.measures.jackknife import jackknife_error, left_out
from analysis.measures.ranking import ties

CONCENTRATION = (
    "koefisien konsentrasi, peringkat tengah; galat baku jackknife hapus satu gugus; selang 95% t"
)
LINEARISED = "koefisien konsentrasi, peringkat tengah; galat baku linearisasi (tanpa salah satu gugus tak ada yang dibagi); selang 95% t"
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
    known, b, y = together(amounts(benefit), amounts(welfare))
    return _estimate([(b, y)], known, design(len(b), weights, strata, clusters, fpc))


def gini(
    welfare: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """The concentration of welfare over its own ranks; negative welfare may carry it above 1.

    >>> round(float(gini([1, 2, 3, 4])), 4)
    0.25
    """
    values = amounts(welfare)
    return concentration_coefficient(
        values, values, weights=weights, strata=strata, clusters=clusters, fpc=fpc
    )


def kakwani(
    benefit: ArrayLike, welfare: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Concentration of a transfer less the Gini of welfare before it; negative = progressive.

    >>> round(float(kakwani([1, 1, 1, 1], [1, 2, 3, 4])), 4)
    -0.25
    """
    known, b, y = together(amounts(benefit), amounts(welfare))
    return _estimate([(b, y), (y, y)], known, design(len(b), weights, strata, clusters, fpc))


@dataclass(frozen=True)
class _Part:
    """A coefficient, each row's influence on it (weight included), and its value without each sampling unit."""

    value: float
    influence: Floats
    replicates: Floats


def _estimate(pairs: list[tuple[Floats, Floats]], known: Floats, drawn: Design) -> Estimate:
    """The first coefficient, less the second where there is one.

    Its error is the jackknife's: with few units the linearised one is too small. Where a coefficient does not exist
    without some unit, the linearised one stands in.
    """
    w = drawn.weights * known
    if any(not _mean_is_positive(b, w) for b, _ in pairs):
        return undefined(UNIT, int((w > 0).sum()), UNDEFINED_MEAN)
    parts = [_part(b, y, w, drawn) for b, y in pairs]
    value = parts[0].value - sum(part.value for part in parts[1:])
    replicates = parts[0].replicates - sum(part.replicates for part in parts[1:])
    member = w > 0
    negative = NEGATIVES if any(np.any(b[member] < 0) for b, _ in pairs) else ""
    if len(w) > 1 and np.isfinite(replicates).all():
        se, df = jackknife_error(replicates, drawn), degrees_of_freedom(member, drawn)
        return around(value, se, df, member, UNIT, CONCENTRATION + negative, "coefficient")
    influence = parts[0].influence - sum(part.influence for part in parts[1:])
    return smooth(value, influence, member, drawn, UNIT, LINEARISED + negative, "coefficient")


def _mean_is_positive(b: Floats, w: Floats) -> bool:
    return bool(w.sum() > 0 and float(w @ b) / w.sum() > 0)


def _part(b: Floats, y: Floats, w: Floats, drawn: Design) -> _Part:
    whole = w.sum()
    mean = float(w @ b) / whole
    tie, mass = ties(y, w)
    rank = ((np.cumsum(mass) - mass / 2) / whole)[tie]  # the weight below and half of one's own tie
    area = float(w @ (b * rank)) / whole
    held = np.bincount(tie, w * b)
    above = (held.sum() - np.cumsum(held) + held / 2)[tie]
    part = (2 / mean) * (b * rank + above / whole - 2 * area) - (2 * area / mean**2) * (b - mean)
    scaled = w / whole  # huge weights do not overflow
    return _Part(2 * area / mean - 1, scaled * part, left_out(b, y, scaled, drawn))
