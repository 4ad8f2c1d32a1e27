"""Lorenz and concentration curves: cumulative shares joined by straight lines from (0, 0) to (1, 1) (measures.md 2.4)."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.measures.columns import numbers, together
from analysis.measures.design import design
from analysis.measures.ranking import ties


def concentration_curve(
    benefit: ArrayLike, welfare: ArrayLike, *, weights: ArrayLike | None = None
) -> pd.DataFrame:
    """Columns `population` and `benefit`: cumulative shares from the poorest on, a point a level of welfare.

    Equal welfare is one straight piece, so that no order among the tied is invented. Above the diagonal
    the poorer get more than their share. Empty where nothing is distributed.

    >>> concentration_curve([3, 1, 0, 0], [1, 2, 3, 3])["benefit"].tolist()
    [0.0, 0.75, 1.0, 1.0]
    """
    known, b, y = together(numbers(benefit), numbers(welfare))
    inside = (known > 0) & (design(len(b), weights).weights > 0)
    b, y, w = b[inside], y[inside], design(len(known), weights).weights[inside]
    total = float(w @ b)
    if total <= 0:
        return pd.DataFrame({"population": [], "benefit": []}, dtype=float)
    tie, mass = ties(y, w)
    held = np.bincount(tie, w * b)
    return pd.DataFrame(
        {
            "population": np.r_[0.0, np.cumsum(mass) / mass.sum()],
            "benefit": np.r_[0.0, np.cumsum(held) / total],
        }
    )


def lorenz_curve(welfare: ArrayLike, *, weights: ArrayLike | None = None) -> pd.DataFrame:
    """Columns `population` and `welfare`: what share of all welfare the poorest share has.

    >>> lorenz_curve([1, 3])["welfare"].tolist()
    [0.0, 0.25, 1.0]
    """
    found = concentration_curve(welfare, welfare, weights=weights)
    return found.rename(columns={"benefit": "welfare"})
