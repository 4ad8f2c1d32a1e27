"""Are equals treated alike, and do groups fare differently beyond chance? (measures.md 2.4, 2.7)"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import chi2, f

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats
from analysis.measures.columns import groups_of, memberships, numbers, together
from analysis.measures.design import covariance, degrees_of_freedom, design
from analysis.measures.estimation import ratio
from analysis.measures.ranking import ties

LEAST_POOR = 30  # fewer true poor say nothing reliable about a group (measures.md 2.7)


def horizontal_inequity(
    received: ArrayLike,
    welfare: ArrayLike,
    *,
    bins: int | None = 20,
    weights: ArrayLike | None = None,
) -> float:
    """Probability that two units of equal welfare are treated differently: ΣW_j·2p_j(1−p_j)/W.

    Equal: in the same of `bins` quantile bins; None: exactly equal values (a desil). A lottery of a share Q
    gives 2Q(1−Q). Depends on the bin width: show more than one. Nobody known: NaN.

    >>> horizontal_inequity([1, 0, 1, 1], [1, 1, 2, 2], bins=None)
    0.25
    """
    known, p, y = together(memberships(received), numbers(welfare))
    w = design(len(p), weights).weights * known
    inside = w > 0
    if not inside.any():
        return math.nan
    p, y, w = p[inside], y[inside], w[inside]
    tie, mass = ties(y, w)
    if bins is not None:
        middle = ((np.cumsum(mass) - mass / 2) / mass.sum())[tie]
        tie = np.minimum((middle * bins).astype(int), bins - 1)
    held, served = np.bincount(tie, w), np.bincount(tie, w * p)
    share = np.divide(served, held, out=np.zeros_like(held), where=held > 0)
    return float(np.sum(held * 2 * share * (1 - share)) / w.sum())


@dataclass(frozen=True)
class Gaps:
    """Groups side by side.

    `table`: a row a group with value, low, high, se, shrunken, n_poor, reliable. `spread`: largest less
    smallest shrunken value, the only one to quote: the bare one grows with the number of groups.
    `p_value`: of no difference at all (Wald F on the design). `between_sd`: spread of true values.
    """

    table: pd.DataFrame
    spread: float
    bare_spread: float
    between_sd: float
    p_value: float


def shrink(values: ArrayLike, errors: ArrayLike) -> tuple[Floats, float]:
    """Empirical-Bayes values and the standard deviation between them (DerSimonian & Laird 1986).

    Each value moves towards the weighted mean by the share of its error in its variance; a value without
    an error (0: counted in full) stays, one without a number becomes the mean.

    >>> shrunken, between = shrink([0.2, 0.4], [0.1, 0.1]); [round(v, 2) for v in shrunken.tolist()]
    [0.25, 0.35]
    """
    y, s = numbers(values), numbers(errors)
    known = np.isfinite(y) & np.isfinite(s)
    if known.sum() < 2 or np.any(s[known] == 0):
        return np.where(known, y, np.nan), float(np.std(y[known])) if known.any() else math.nan
    w = 1 / s[known] ** 2
    mean = float(w @ y[known]) / w.sum()
    q, excess = float(w @ (y[known] - mean) ** 2), w.sum() - float(w @ w) / w.sum()
    between = max(0.0, (q - (known.sum() - 1)) / excess)
    total = 1 / (s[known] ** 2 + between)
    centre = float(total @ y[known]) / total.sum()
    shrunken = np.full(len(y), centre)
    shrunken[known] = centre + between * total * (y[known] - centre)
    return shrunken, math.sqrt(between)


def group_gaps(
    received: ArrayLike, poor: ArrayLike, group: ArrayLike, *, measure: str = "exclusion", weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Gaps:  # fmt: skip
    """Exclusion or inclusion errors, or receipt less need ("need"), by group, with shrinkage.

    A group with fewer than 30 poor is marked not reliable. Raises ValueError for an unknown measure.

    >>> gaps = group_gaps([1, 0, 0, 1] * 10, [1, 1, 1, 1] * 10, ["a", "b", "b", "a"] * 10)
    >>> gaps.table["value"].tolist(), bool(gaps.bare_spread == 1)
    ([0.0, 1.0], True)
    """
    if measure not in _PARTS:
        raise ValueError(f"measure must be one of {', '.join(_PARTS)}")
    known, p, t = together(memberships(received), memberships(poor))
    drawn = design(len(p), weights, strata, clusters, fpc)
    u, v = _PARTS[measure](p, t)
    groups = groups_of(group, len(p))
    found = [ratio(known * inside * u, known * inside * v, drawn, "unit") for _, inside in groups]
    spreads = np.empty((len(p), len(groups)))
    for j, (e, (_, inside)) in enumerate(zip(found, groups, strict=True)):
        spreads[:, j] = _influence(e, known * inside, u, v, drawn.weights)
    rows = [
        (key, e.value, e.low, e.high, e.se, int(np.sum((known * inside * t) > 0)))
        for e, (key, inside) in zip(found, groups, strict=True)
    ]
    names = ["group", "value", "low", "high", "se", "n_poor"]
    table = pd.DataFrame(rows, columns=names).set_index("group")
    table = table.astype(dict.fromkeys(("value", "low", "high", "se"), float))
    shrunken, between = shrink(table["value"], table["se"])
    table = table.assign(shrunken=shrunken, reliable=table["n_poor"] >= LEAST_POOR)
    df = degrees_of_freedom((known > 0) & (drawn.weights > 0), drawn)
    p_value = _no_difference(table["value"].to_numpy(), covariance(spreads, drawn), df)
    return Gaps(table, _range(shrunken), _range(table["value"].to_numpy()), between, p_value)


_PARTS = {
    "exclusion": lambda p, t: (t * (1 - p), t),
    "inclusion": lambda p, t: ((1 - t) * p, p),
    "need": lambda p, t: (p - t, np.ones_like(p)),
}


def _influence(e: Estimate, inside: Floats, u: Floats, v: Floats, w: Floats) -> Floats:
    if not math.isfinite(e.value) or not e.denominator:
        return np.zeros(len(w))
    return w * inside * (u - e.value * v) / e.denominator


def _no_difference(values: Floats, joint: Floats, df: int) -> float:
    """p of equal true values: Wald's statistic of contrasts with the first, as F; NaN where it cannot be tested."""
    known = np.isfinite(values) & (np.diag(joint) > 0)
    k = int(known.sum())
    if k < 2:
        return math.nan
    contrast = np.hstack([-np.ones((k - 1, 1)), np.eye(k - 1)])
    apart, spread = contrast @ values[known], contrast @ joint[np.ix_(known, known)] @ contrast.T
    wald = float(apart @ np.linalg.pinv(spread) @ apart)
    left = df - (k - 1) + 1
    if left <= 0:
        return float(chi2.sf(wald, k - 1))
    return float(f.sf(wald * left / (df * (k - 1)), k - 1, left))


def _range(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.max() - known.min()) if len(known) else math.nan
