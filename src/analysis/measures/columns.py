"""Array-likes → checked numbers: what every measure does first, in one way."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats, amounts, column, numbers
from analysis.measures.estimation import RUPIAH, UNIT

__all__ = [
    "RUPIAH",
    "UNIT",
    "amounts",
    "benefits",
    "by_group",
    "groups_of",
    "memberships",
    "numbers",
    "together",
]

ROUNDING = 1e-9  # parts of a membership that were added up


def memberships(values: ArrayLike) -> Floats:
    """Numbers in [0, 1]; what rounding carried beyond is brought back. Raises ValueError for any other."""
    found = numbers(values)
    if np.any((found < -ROUNDING) | (found > 1 + ROUNDING)):
        raise ValueError("a membership lies between 0 and 1")
    return np.clip(found, 0, 1)


def together(*columns: Floats) -> tuple[Floats, ...]:
    """Columns with their missing values as 0, led by what is known of a row in all of them (0 or 1).

    Raises ValueError where they differ in length.
    """
    if len({len(column) for column in columns}) > 1:
        raise ValueError("all columns must have one value a row")
    known = np.all([~np.isnan(column) for column in columns], axis=0).astype(float)
    return known, *(np.nan_to_num(column) for column in columns)


def benefits(values: ArrayLike) -> Floats:
    """Amounts that are not negative. Raises ValueError for any other."""
    found = amounts(values)
    if (found < 0).any():
        raise ValueError("a benefit is not negative")
    return found


def groups_of(group: ArrayLike, n: int) -> list[tuple[object, Floats]]:
    """(group, membership 0 or 1 of each row); rows without a group are in none.

    Sorted, a categorical in the order of its categories, values of several types by how they are written.
    Raises ValueError where there are not `n`.
    """
    labels = column(group)
    if len(labels) != n:
        raise ValueError("group must have one value a row")
    found = pd.factorize(labels)
    keys = _sorted(labels, list(found[1]))
    return [(key, (found[0] == place).astype(float)) for place, key in keys]


def _sorted(labels: pd.Series, keys: list) -> list[tuple[int, object]]:
    """(place in `keys`, key) in the order they are to be shown."""
    places = list(enumerate(keys))
    if isinstance(labels.dtype, pd.CategoricalDtype):
        order = {key: place for place, key in enumerate(labels.cat.categories)}
        return sorted(places, key=lambda pair: order[pair[1]])
    try:
        return sorted(places, key=lambda pair: pair[1])
    except TypeError:
        return sorted(places, key=lambda pair: (type(pair[1]).__name__, str(pair[1])))


def by_group(group: ArrayLike, n: int, estimate: Callable[[Floats], Estimate]) -> pd.Series:
    """`estimate` of each group's membership, as a Series by group in the order of `groups_of`."""
    return pd.Series({key: estimate(inside) for key, inside in groups_of(group, n)}, dtype=object)
