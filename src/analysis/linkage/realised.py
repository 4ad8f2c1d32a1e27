"""What came to pass, where only its expected number is known, and that not exactly."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import nbinom

_ENDS = (0.025, 0.975)
_LEAST = 1e-3  # a relative error of 0 would be Poisson, which this is to the digit


def realised(expected: ArrayLike, relative_sd: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """95 % interval of a count whose expected value is known but for a relative standard deviation.

    The expected value is taken as gamma-distributed, so that the count is negative binomial: variance
    m + (s·m)². Holds for few and for none; NaN stays NaN.

    >>> [ends.tolist() for ends in realised([0.0, 4.0, 100.0], [0.5, 0.0, 0.1])]
    [[0.0, 1.0, 74.0], [0.0, 8.0, 129.0]]
    """
    mean, spread = np.broadcast_arrays(
        np.asarray(expected, float), np.maximum(np.asarray(relative_sd, float), _LEAST)
    )
    shape = spread**-2
    known = np.isfinite(mean) & np.isfinite(shape)
    low, high = (np.where(known, 0.0, np.nan) for _ in _ENDS)
    some = known & (mean > 0)
    for end, at in zip((low, high), _ENDS, strict=True):
        end[some] = nbinom.ppf(at, shape[some], shape[some] / (shape[some] + mean[some]))
    return low, high
