"""When the register's ranking is not the truth: what a ground check, a test of known accuracy, or two lists tell.

Formulas: measures.md 2.9 c and e. Each refuses where its assumptions visibly fail; none clips silently.
"""

import math
from dataclasses import dataclass

from scipy.special import ndtri

from analysis.estimates import Estimate
from analysis.measures.estimation import undefined
from analysis.measures.intervals import CONFIDENCE, korn_graubard

__all__ = ["TestAccuracy", "chapman", "korn_graubard", "rogan_gladen"]

ROGAN_GLADEN = "Rogan–Gladen; galat baku delta; selang 95% normal"
CHAPMAN = "tangkap–tangkap ulang (Chapman); selang 95% log-normal"
_NORMAL = float(ndtri(0.5 + CONFIDENCE / 2))
LEAST_RECAPTURED = 7  # below this Chapman's bias is no longer negligible (Robson & Regier 1964)


@dataclass(frozen=True)
class TestAccuracy:
    """How well the ranking tells the poor: sensitivity and specificity, each from `n` verified units."""

    sensitivity: float
    n_poor: int
    specificity: float
    n_others: int


def rogan_gladen(apparent: float, n: float, test: TestAccuracy, unit: str = "unit") -> Estimate:
    """True share from the share a test calls poor: (AP + Sp − 1) ÷ (Se + Sp − 1).

    NaN with its reason where the test tells nothing (Se + Sp ≤ 1) or the result leaves [0, 1]:
    then sensitivity and specificity do not belong to this population. `n` inf: the share was counted in full. Not for exclusion errors where
    receipt was decided by the same ranking: the errors are then not independent of receipt.

    >>> round(float(rogan_gladen(0.3, 1000, TestAccuracy(0.8, 200, 0.9, 400))), 4)
    0.2857
    """
    youden = test.sensitivity + test.specificity - 1
    if youden <= 0:
        return undefined(unit, n, "tidak dapat dihitung: uji tidak membedakan (Se + Sp ≤ 1)")
    value = (apparent + test.specificity - 1) / youden
    if not 0 <= value <= 1:
        return undefined(
            unit,
            n,
            "tidak dapat dihitung: Se dan Sp tidak cocok untuk populasi ini (hasil di luar 0–1)",
        )
    se = math.sqrt(
        apparent * (1 - apparent) / (n * youden**2)
        + value**2 * test.sensitivity * (1 - test.sensitivity) / (test.n_poor * youden**2)
        + (1 - value) ** 2 * test.specificity * (1 - test.specificity) / (test.n_others * youden**2)
    )
    low, high = max(value - _NORMAL * se, 0.0), min(value + _NORMAL * se, 1.0)
    return Estimate(value, None, None, unit, ROGAN_GLADEN, low, high, se, None, n)


def chapman(
    first: int, second: int, both: int, *, link_recall: float = 1.0, unit: str = "keluarga"
) -> Estimate:
    """Size of a population two lists saw `first` and `second` of, `both` of them: (M+1)(n+1)/(m+1) − 1.

    `link_recall`: share of true common members that linkage finds; without it missed links inflate the
    result. Assumes independent lists and a closed population. NaN with its reason below seven in common.
    Raises ValueError for counts that cannot be.

    >>> round(float(chapman(200, 150, 60)))
    497
    """
    if min(first, second, both) < 0 or both > min(first, second) or not 0 < link_recall <= 1:
        raise ValueError("more in common than on a list, or a recall outside (0, 1]")
    if both < LEAST_RECAPTURED:
        return undefined(
            unit,
            first + second - both,
            f"tidak dapat dihitung: kurang dari {LEAST_RECAPTURED} pada kedua daftar",
        )
    common = min(both / link_recall, min(first, second))
    value = (first + 1) * (second + 1) / (common + 1) - 1
    spread = (
        (first + 1)
        * (second + 1)
        * (first - common)
        * (second - common)
        / ((common + 1) ** 2 * (common + 2))
    )
    seen, se = first + second - common, math.sqrt(spread)
    low, high = _lognormal(value, se, seen)
    return Estimate(
        value, None, None, unit, CHAPMAN, low, high, se, None, first + second - both, "count"
    )


def _lognormal(value: float, se: float, seen: float) -> tuple[float, float]:
    """An interval for the unseen that cannot fall below zero (Chao 1987)."""
    unseen = value - seen
    if unseen <= 0 or se == 0:
        return value, value
    factor = math.exp(_NORMAL * math.sqrt(math.log(1 + (se / unseen) ** 2)))
    return seen + unseen / factor, seen + unseen * factor
