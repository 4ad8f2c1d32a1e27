"""What a budget does to welfare that counts a rupiah to the poor for more: CRRA utility (Hanna & Olken 2018)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from analysis.measures.arrays import Floats
from analysis.measures.columns import memberships, numbers, together
from analysis.measures.design import design
from analysis.measures.ranking import poorest


@dataclass(frozen=True)
class Welfare:
    """Mean utility, and the money an equal grant to everybody would need for the same.

    `equivalent_budget` is what can be read: at a `budget` of 100 it says how much the same utility costs
    without choosing anybody. `floor` is the least welfare counted, `floored` the share raised to it.
    """

    utility: float
    budget: float
    equivalent_budget: float
    floor: float
    floored: float


def crra_welfare(
    welfare: ArrayLike, selected: ArrayLike, *, budget: float, rho: float = 3.0, floor: float, fee: float = 0.0,
    weights: ArrayLike | None = None,
) -> Welfare:  # fmt: skip
    """Utility if `budget` (per head of all) were shared equally among the selected, each paying `fee`; ρ = 1: log.

    Welfare below `floor` counts as `floor`: utility has no bottom near 0, and few rows would decide.
    Raises ValueError for a floor or budget that is not positive, or where nobody is selected.

    >>> found = crra_welfare([1.0, 4.0], [1, 0], budget=1.0, floor=0.1)
    >>> round(found.equivalent_budget, 3)
    1.651
    """
    known, y, p = together(numbers(welfare), memberships(selected))
    w = design(len(y), weights).weights * known
    if not (floor > 0 and budget > 0 and (w @ p) > 0):
        raise ValueError("floor and budget must be positive, and somebody selected")
    w = w / w.sum()
    base = np.maximum(y, floor)
    with_grant = np.maximum(base + budget / float(w @ p) - fee, floor)
    utility = float(w @ (p * _utility(with_grant, rho) + (1 - p) * _utility(base, rho)))
    return Welfare(
        utility, budget, _equal_grant(base, w, rho, utility), floor, float(w @ (y < floor))
    )


def crra_by_share(
    score: ArrayLike, welfare: ArrayLike, shares: Sequence[float], *, budget: float, rho: float = 3.0,
    floor: float, fee: float = 0.0, weights: ArrayLike | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The same budget (per head of all) spread over the poorest shares by `score`; a row a share.

    Columns share, utility, equivalent_budget: a narrow list gives more to fewer, a wide one misses less.
    """
    rows = []
    for share in shares:
        member = poorest(score, share, weights)
        found = crra_welfare(
            welfare, member, budget=budget, rho=rho, floor=floor, fee=fee, weights=weights
        )
        rows.append((share, found.utility, found.equivalent_budget))
    return pd.DataFrame(rows, columns=["share", "utility", "equivalent_budget"])


def _utility(y: Floats, rho: float) -> Floats:
    return np.log(y) if rho == 1 else y ** (1 - rho) / (1 - rho)


def _equal_grant(base: Floats, w: Floats, rho: float, utility: float) -> float:
    """The grant to everybody that reaches the utility."""

    def short(grant: float) -> float:
        return float(w @ _utility(base + grant, rho)) - utility

    most = 1.0
    while short(most) < 0 and most < 1e15:
        most *= 2
    least = 0.0 if short(0.0) <= 0 else -float(base.min()) * (1 - 1e-9)
    return float(brentq(short, least, most, xtol=1e-9 * most))
