"""From weighted sums to an Estimate: ratios with design-based standard errors (measures.md 2.8)."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import QualityGateError
from analysis.estimates import Estimate
from analysis.measures.arrays import Floats, codes, is_single, numbers
from analysis.measures.intervals import CONFIDENCE, korn_graubard, logit_interval, quantile

__all__ = [
    "CONFIDENCE",
    "Design",
    "Floats",
    "design",
    "logit_interval",
    "numbers",
    "ratio",
    "smooth",
]

UNIT, RUPIAH = "unit", "rupiah"
TAYLOR = "rasio; galat baku linearisasi Taylor menurut rancangan survei; selang 95% t-logit"
TAYLOR_DIFFERENCE = "selisih dua rasio; galat baku linearisasi Taylor; selang 95% t"
NO_INTERVAL = "selang tidak dihitung"
AT_THE_END = "bagian 0 atau 1; selang 95% Korn–Graubard"
CENSUS = "sensus: tanpa galat penarikan sampel"
UNDEFINED = "tidak dapat dihitung: penyebut kosong"


@dataclass(frozen=True)
class Design:
    """How the sample was drawn: weights, stratum and primary sampling unit of each row.

    `fraction` is the sampled share of a row's stratum in primary sampling units (0 = negligible).
    """

    weights: Floats
    strata: NDArray[np.int64]
    units: NDArray[np.int64]
    fraction: Floats

    @property
    def n_units(self) -> int:
        """Primary sampling units."""
        return int(self.units.max()) + 1 if len(self.units) else 0

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """A row of each primary sampling unit: what is constant within it is read there."""
        return np.unique(self.units, return_index=True)[1]

    @cached_property
    def unit_strata(self) -> NDArray[np.int64]:
        """Stratum of each primary sampling unit."""
        return self.strata[self.first]

    @cached_property
    def unit_scale(self) -> Floats:
        """(1 − f_h) n_h/(n_h − 1) of each primary sampling unit's stratum; 0 where all of it was taken.

        Raises QualityGateError for a stratum with one unit of which not everything was taken.
        """
        fraction, size = self.fraction[self.first], np.bincount(self.unit_strata)[self.unit_strata]
        lonely = (size == 1) & (fraction < 1)
        if lonely.any():
            raise QualityGateError("single_psu_stratum", count=int(lonely.sum()))
        return (1 - fraction) * size / np.maximum(size - 1, 1)


def design(
    n: int,
    weights: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    fpc: ArrayLike | None = None,
) -> Design:
    """The design of `n` rows; what is not given is one stratum, each row a unit, weight 1.

    `fpc`: primary sampling units in the population of the row's stratum, or the sampled fraction
    where every value is at most 1. Raises ValueError for negative or missing weights, and for a
    stratum, cluster or fpc that is missing.
    """
    weight = np.ones(n) if weights is None else numbers(weights)
    if len(weight) != n or not np.all(np.isfinite(weight)) or np.any(weight < 0):
        raise ValueError("weights must be finite, not negative, one a row")
    stratum = np.zeros(n, dtype=np.int64) if strata is None else codes(strata, n)
    inner = np.arange(n) if clusters is None else codes(clusters, n)
    unit = codes(stratum * (inner.max(initial=0) + 1) + inner, n)
    return Design(weight, stratum, unit, _fraction(n, fpc, stratum, unit))


def _fraction(n: int, fpc: ArrayLike | None, stratum: NDArray, unit: NDArray) -> Floats:
    if fpc is None:
        return np.zeros(n)
    given = np.full(n, float(fpc)) if is_single(fpc) else numbers(fpc)
    if len(given) != n or not np.all(given > 0):
        raise ValueError("fpc must be positive, one value a row, none missing")
    first = np.unique(stratum, return_index=True)[1]
    if n and np.any(given != given[first][stratum]):
        raise ValueError("fpc must be the same throughout a stratum")
    if np.all(given <= 1):
        return given
    sampled = np.bincount(stratum[np.unique(unit, return_index=True)[1]])[stratum]
    if np.any(given < sampled):
        raise ValueError("fpc is smaller than the sample")
    return sampled / given


def variance(influence: Floats, drawn: Design) -> float:
    """Σ_h (1−f_h) n_h/(n_h−1) Σ_c (z_hc − z̄_h)², over strata h and primary sampling units c.

    `influence` already holds the weights. NaN where the whole sample is one row. Raises
    QualityGateError for a stratum with one unit of which not everything was taken.
    """
    return float(covariance(influence[:, None], drawn)[0, 0])


def covariance(influences: Floats, drawn: Design) -> Floats:
    """The variance of several statistics together: `influences` has a column each (n × k → k × k)."""
    k = influences.shape[1]
    if len(influences) < 2:
        return np.full((k, k), math.nan)
    stratum = drawn.unit_strata
    size, apart = np.bincount(stratum), np.empty((drawn.n_units, k))
    for j in range(k):
        total = np.bincount(drawn.units, influences[:, j], drawn.n_units)
        apart[:, j] = total - (np.bincount(stratum, total) / size)[stratum]
    return (apart * drawn.unit_scale[:, None]).T @ apart


def degrees_of_freedom(member: NDArray[np.bool_], drawn: Design) -> int:
    """Primary sampling units with members of the domain, less strata with members."""
    return len(np.unique(drawn.units[member])) - len(np.unique(drawn.strata[member]))


def ratio(u: Floats, v: Floats, drawn: Design, unit: str) -> Estimate:
    """Σwu / Σwv with z = w(u − Rv)/Σwv; rows outside the domain have u = v = 0 and stay in the design.

    An empty denominator gives NaN with the reason, never 0. The interval is the logit's; for a share
    of exactly 0 or 1, where the logit has none, Korn–Graubard's. Shares of rupiah have none there.
    """
    numerator, denominator = float(drawn.weights @ u), float(drawn.weights @ v)
    member = (v != 0) & (drawn.weights > 0)
    if denominator == 0 or not math.isfinite(denominator):
        return Estimate(math.nan, numerator, denominator, unit, UNDEFINED, n=int(member.sum()))
    value = numerator / denominator
    se = math.sqrt(variance(drawn.weights * (u - value * v) / denominator, drawn))
    df = degrees_of_freedom(member, drawn)
    low, high, method = _interval(value, se, df, member, drawn, unit)
    return Estimate(
        value, numerator, denominator, unit, method, low, high, _known(se), df, int(member.sum())
    )


def _interval(
    value: float, se: float, df: int, member: NDArray[np.bool_], drawn: Design, unit: str
) -> tuple[float | None, float | None, str]:
    """Low, high and how they arose."""
    kind = TAYLOR.split(";")[0]
    if np.all(drawn.fraction[member] == 1):
        return value, value, f"{kind}; {CENSUS}"
    low, high = logit_interval(value, se, df)
    if low is not None:
        return low, high, TAYLOR
    if value in (0.0, 1.0) and unit != RUPIAH and df > 0 and math.isfinite(se):
        low, high = korn_graubard(value, 0.0, int(member.sum()), df)
        return low, high, f"{kind}; {AT_THE_END}"
    return None, None, f"{kind}; {NO_INTERVAL}"


def smooth(
    value: float,
    influence: Floats,
    member: NDArray[np.bool_],
    drawn: Design,
    unit: str,
    method: str,
    kind: str,
) -> Estimate:
    """Any smooth statistic by the influence of its rows (weights inside), with a plain t interval.

    A complete sample (fraction 1) has no sampling error: both ends are the value itself.
    """
    se, df = math.sqrt(variance(influence, drawn)), degrees_of_freedom(member, drawn)
    return around(value, se, df, member, unit, method, kind)


def around(
    value: float, se: float, df: int, member: NDArray[np.bool_], unit: str, method: str, kind: str
) -> Estimate:
    """A value with its standard error and the plain t interval they give."""
    low, high = (None, None)
    if df > 0 and math.isfinite(se):
        reach = quantile(df) * se
        low, high = float(value - reach), float(value + reach)
    return Estimate(
        float(value), None, None, unit, method, low, high, _known(se), df, int(member.sum()), kind
    )


def undefined(unit: str, n: int, reason: str = UNDEFINED) -> Estimate:
    """No value, and why."""
    return Estimate(math.nan, None, None, unit, reason, n=n)


def difference(
    value: float, influence: Floats, member: NDArray[np.bool_], drawn: Design, unit: str
) -> Estimate:
    """A difference of two shares, in [−1, 1]."""
    return smooth(value, influence, member, drawn, unit, TAYLOR_DIFFERENCE, "difference")


def _known(se: float) -> float | None:
    return se if math.isfinite(se) else None
