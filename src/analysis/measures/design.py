"""How a sample was drawn, and the variance that follows (measures.md 2.8)."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import QualityGateError
from analysis.measures.arrays import Floats, codes, is_single, numbers


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
