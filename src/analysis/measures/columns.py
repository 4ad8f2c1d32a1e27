"""Array-likes → checked numbers: what every measure does first, in one way."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.design import RUPIAH, UNIT, Floats, numbers

__all__ = [
    "RUPIAH",
    "UNIT",
    "benefits",
    "by_group",
    "groups_of",
    "memberships",
    "numbers",
    "together",
]


def memberships(values: ArrayLike) -> Floats:
    """Numbers in [0, 1]. Raises ValueError for any other."""
    found = numbers(values)
    if np.any((found < 0) | (found > 1)):
        raise ValueError("a membership lies between 0 and 1")
    return found


def together(*columns: Floats) -> tuple[Floats, ...]:
    """Columns with their missing values as 0, led by what is known of a row in all of them (0 or 1).

    Raises ValueError where they differ in length.
    """
    if len({len(column) for column in columns}) > 1:
        raise ValueError("all columns must have one value a row")
    known = np.all([~np.isnan(column) for column in columns], axis=0).astype(float)
    return known, *(np.nan_to_num(column) for column in columns)


def benefits(values: ArrayLike) -> Floats:
    """Numbers that are not negative. Raises ValueError for any other."""
    found = numbers(values)
    if (found < 0).any():
        raise ValueError("a benefit is not negative")
    return found


def groups_of(group: ArrayLike) -> list[tuple[object, Floats]]:
    """(group, membership 0 or 1 of each row), in sorted order; rows without a group are in none."""
    labels = pd.Series(group).reset_index(drop=True)
    return [
        (key, (labels == key).fillna(False).to_numpy(dtype=float))
        for key in sorted(labels.dropna().unique())
    ]


def by_group(group: ArrayLike, estimate: Callable[[Floats], Estimate]) -> pd.Series:
    """`estimate` of each group's membership, as a Series by group in sorted order."""
    return pd.Series({key: estimate(inside) for key, inside in groups_of(group)}, dtype=object)
