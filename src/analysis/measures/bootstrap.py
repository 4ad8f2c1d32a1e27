"""Rao–Wu rescaled bootstrap: an interval for any statistic of weights, whatever it estimates on the way."""

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import QualityGateError
from analysis.estimates import Estimate
from analysis.measures.arrays import Floats
from analysis.measures.design import Design, design
from analysis.measures.estimation import UNIT
from analysis.measures.intervals import CONFIDENCE

RAO_WU = "bootstrap Rao–Wu, {replicates} ulangan; selang 95% persentil"


def replicate_weights(drawn: Design, replicates: int, seed: int) -> Iterator[Floats]:
    """Weights of each replicate: n_h − 1 primary sampling units drawn with replacement in each stratum.

    Factor 1 − λ + λ·n_h/(n_h − 1)·m_c, λ = √(1 − f_h) (Rao & Wu 1988; measures.md 2.8). Raises
    QualityGateError for a stratum with one unit of which not everything was taken.
    """
    first = np.unique(drawn.units, return_index=True)[1]
    stratum, kept = drawn.strata[first], np.sqrt(1 - drawn.fraction[first])
    size = np.bincount(stratum)[stratum]
    lonely = (size == 1) & (kept > 0)
    if lonely.any():
        raise QualityGateError("single_psu_stratum", count=int(lonely.sum()))
    by_stratum = [np.flatnonzero(stratum == code) for code in range(stratum.max() + 1)]
    rng = np.random.default_rng(seed)
    for _ in range(replicates):
        drawn_times = np.zeros(len(first))
        for units in by_stratum:
            if len(units) > 1:
                picks = rng.integers(0, len(units), len(units) - 1)
                drawn_times[units] = np.bincount(picks, minlength=len(units))
        factor = 1 - kept + kept * size / np.maximum(size - 1, 1) * drawn_times
        yield drawn.weights * factor[drawn.units]


def rao_wu(
    statistic: Callable[[Floats], float], n: int, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None, replicates: int = 200, seed: int = 1,
    kind: str = "share", unit: str = UNIT,
) -> Estimate:  # fmt: skip
    """`statistic(weights)` of `n` rows with its bootstrap error and percentile interval.

    Relative lines, deciles and ranks inside `statistic` are estimated anew in each replicate, as they
    must be. Replicates in which it is undefined are left out and counted in `method`.

    >>> found = rao_wu(lambda w: float(w @ [0, 0, 1, 1]) / w.sum(), 4, replicates=400)
    >>> float(found), round(found.se, 1)
    (0.5, 0.3)
    """
    drawn = design(n, weights, strata, clusters, fpc)
    values = np.array([statistic(w) for w in replicate_weights(drawn, replicates, seed)])
    known = values[np.isfinite(values)]
    method = RAO_WU.format(replicates=replicates)
    if len(known) < len(values):
        method += f" ({len(values) - len(known)} tidak terdefinisi)"
    value = float(statistic(drawn.weights))
    if len(known) < 2 or not math.isfinite(value):
        return Estimate(value, None, None, unit, method, n=n, kind=kind)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    se = float(np.sqrt(np.mean((known - value) ** 2)))
    return Estimate(value, None, None, unit, method, float(low), float(high), se, None, n, kind)
