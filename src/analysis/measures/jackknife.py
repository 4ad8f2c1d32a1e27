"""The concentration coefficient with each primary sampling unit left out in turn, all of them in n log n.

Left out unit c of stratum h, the weights are w + a·w_h − (1 + a)·w_c with a = 1/(n_h − 1), w_h and w_c being w within
stratum and unit. The area under the curve is Q(w, w), Q(u, v) = Σ_ij u_i b_i v_j K_ij, K 1 below, ½ for equals; it is
linear in both, so that sums within the whole, the stratum and the unit give it for every unit (JKn; Wolter 2007, ch. 4).
"""

import numpy as np
from numpy.typing import NDArray

from analysis.measures.arrays import Floats
from analysis.measures.design import Design


def left_out(b: Floats, y: Floats, w: Floats, drawn: Design) -> Floats:
    """The coefficient of `b` by ranks of `y` without each unit; NaN where its mean is then not positive.

    A stratum's only unit is never left out: there the coefficient of all stands.
    """
    stratum, unit, of_unit = drawn.strata, drawn.units, drawn.unit_strata
    size = np.bincount(of_unit)[of_unit]
    more = 1 / np.maximum(size - 1, 1)
    less = np.where(size > 1, 1 + more, 0.0)
    more = np.where(size > 1, more, 0.0)
    everything = np.zeros(len(w), dtype=np.int64)
    area, with_all = _own(everything, b, y, w), _shared(everything, b, y, w)
    with_stratum = _shared(stratum, b, y, w)
    whole = (
        area[0]
        + more * np.bincount(stratum, with_all)[of_unit]
        - less * np.bincount(unit, with_all)
        + more**2 * _own(stratum, b, y, w)[of_unit]
        - more * less * np.bincount(unit, with_stratum)
        + less**2 * _own(unit, b, y, w)
    )
    mass, held = (_without(values, stratum, unit, of_unit, more, less) for values in (w, w * b))
    known = (mass > 0) & (held > 0)
    return np.where(known, 2 * whole / np.where(known, mass * held, 1) - 1, np.nan)


def jackknife_error(replicates: Floats, drawn: Design) -> float:
    """√Σ_h (1 − f_h)(n_h − 1)/n_h Σ_c (θ_hc − θ̄)², θ̄ the mean of all that count (as R survey's JKn)."""
    size = np.bincount(drawn.unit_strata)[drawn.unit_strata]
    scale = drawn.unit_scale * ((size - 1) / size) ** 2
    counted = scale > 0
    apart = replicates - (replicates[counted].mean() if counted.any() else 0.0)
    return float(np.sum(scale * apart**2) ** 0.5)


def _without(values, stratum, unit, of_unit, more, less) -> Floats:
    """The sum of `values` without each unit, its stratum's others standing for it."""
    return (
        values.sum()
        + more * np.bincount(stratum, values)[of_unit]
        - less * np.bincount(unit, values)
    )


def _own(label: NDArray[np.int64], b: Floats, y: Floats, w: Floats) -> Floats:
    """Q within each label."""
    return np.bincount(label, w * b * _below(label, y, w))


def _shared(label: NDArray[np.int64], b: Floats, y: Floats, w: Floats) -> Floats:
    """What a row shares with all rows of its label: its part in both places of Q."""
    above = np.bincount(label, w * b)[label] - _below(label, y, w * b)
    return w * (b * _below(label, y, w) + above)


def _below(label: NDArray[np.int64], y: Floats, mass: Floats) -> Floats:
    """The mass of the same label with smaller `y`, and half of that with the same."""
    level = np.unique(y, return_inverse=True)[1]
    cells, cell = np.unique(label * (level.max(initial=0) + 1) + level, return_inverse=True)
    held = np.bincount(cell, mass, len(cells))
    of_label = cells // (level.max(initial=0) + 1)
    before = np.cumsum(held) - held
    start = before[np.searchsorted(of_label, of_label)]
    return (before - start + held / 2)[cell]
