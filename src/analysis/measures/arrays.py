"""Any array-like → one column of numbers or codes: lists, NumPy, pandas with any index or nullable type."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

__all__ = ["Floats", "amounts", "codes", "column", "is_single", "numbers"]

Floats = NDArray[np.float64]


def column(values: ArrayLike) -> pd.Series:
    """One value a row, whatever the index was; a table or matrix of a single column is that column.

    Raises ValueError for several columns or a single value.
    """
    if getattr(values, "ndim", 1) == 2:
        values = np.asarray(values)
        if values.shape[1] != 1:
            raise ValueError("one column is expected, not a table")
        values = values[:, 0]
    if is_single(values):
        raise ValueError("one value a row is expected, not a single one")
    if isinstance(values, np.ndarray) and not values.dtype.isnative:
        values = values.astype(values.dtype.newbyteorder("="))
    return pd.Series(values).reset_index(drop=True)


def is_single(values: ArrayLike) -> bool:
    """One number (or word), not a column."""
    return np.isscalar(values) or getattr(values, "ndim", 1) == 0


def numbers(values: ArrayLike) -> Floats:
    """Floats; missing values as NaN, booleans as 0 and 1. Raises ValueError for dates, words and complex numbers."""
    found = column(values)
    if isinstance(found.dtype, pd.CategoricalDtype):
        found = found.astype(object)
    if found.dtype.kind in "mMc":
        raise ValueError("numbers are expected, not dates or complex numbers")
    if found.dtype == object:
        found = found.where(found.notna(), None)  # one kind of hole for NA, NaT and None
    return pd.to_numeric(found).astype("Float64").to_numpy(dtype=float, na_value=np.nan)


def amounts(values: ArrayLike) -> Floats:
    """Numbers that can be summed. Raises ValueError for an infinite one."""
    found = numbers(values)
    if np.isinf(found).any():
        raise ValueError("an amount is infinite")
    return found


def codes(values: ArrayLike, n: int) -> NDArray[np.int64]:
    """0, 1, … for each different value. Raises ValueError where one is missing or there are not `n`."""
    found = pd.factorize(column(values))[0].astype(np.int64)
    if len(found) != n or (found < 0).any():
        raise ValueError("strata and clusters must have one value a row, none missing")
    return found
