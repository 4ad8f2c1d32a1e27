"""What a NIK adds to the rest of the evidence: the likelihood ratio of each of its levels, by EM.

What reaches the model was not joined by its NIK before. Equal NIK beside such names are seldom, and the NIK of
one person that differ are a row's that stands alone with a slip in it: two records that each stand in two
lists hardly hold one. So levels are weighed among pairs that would reach the model, not among all.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.linkage.indonesia import EQUAL, NEAR, NIK, OTHER, PARTIAL, TWICE, TWINS
from analysis.linkage.labelled import contradicts, same_day, told_by

_OWN, _REST = (
    NIK.size,
    NIK.size + 1,
)  # equal within one record; a known record's row beside a lone one
_ROUNDS = 200
_STEADY = 1e-9


@dataclass(frozen=True)
class NumberEvidence:
    """`ratio` [birth date equal?, level]: factors on the odds of pairs that were not joined before the model.

    `whole` [birth date equal?]: the factor of an equal NIK among all pairs, joined before or not.
    """

    ratio: np.ndarray
    whole: np.ndarray

    def of_all(self) -> np.ndarray:
        """The ratios for pairs joined before or not."""
        told = self.ratio.copy()
        told[:, EQUAL] = self.whole
        return told


def weigh(patterns: pd.DataFrame, bare: np.ndarray, twins: float) -> NumberEvidence:
    """By patterns of training.py and their chances without the number; `twins`: the ratio of numbers as twins have them.

    EM: a pair is a match by its chance and the ratio of its level, and levels' shares among matches and
    others follow from that. A contradicting equal NIK is no match. Rows of one record never reach the
    model, nor does a known record's row beside a lone record: the whole record does.
    """
    at = told_by(patterns).to_numpy()
    told, bare, n = patterns[at], bare[at], patterns["n"].to_numpy(float)[at]
    level, day, never = _level(told), same_day(told), contradicts(told).to_numpy()
    ratio, whole = np.ones((2, NIK.size)), np.ones(2)
    for which in (0, 1):
        here = day == which
        m, u = _shares(level[here], n[here], bare[here], never[here])
        ratio[which] = m[: NIK.size] / u[: NIK.size]
        whole[which] = (m[EQUAL] + m[_OWN]) / (u[EQUAL] + u[_OWN])
    ratio[:, PARTIAL] = whole**0.75  # fifteen of sixteen digits
    ratio[:, TWINS] = twins
    return NumberEvidence(ratio, whole)


def _level(told: pd.DataFrame) -> np.ndarray:
    nik, own, left, right = (told[name].to_numpy() for name in ("nik", "own", "twice_l", "twice_r"))
    return np.select(
        [own & (nik == EQUAL), own, nik == EQUAL, nik == TWINS, left & right, left, nik == NEAR],
        [_OWN, _REST, EQUAL, TWINS, TWICE, _REST, NEAR],
        OTHER,
    )


def _shares(
    level: np.ndarray, n: np.ndarray, bare: np.ndarray, never: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the levels among matches and among others."""
    m, u = _share(level, n * bare), _share(level, n * (1 - bare))
    for _ in range(_ROUNDS):
        match, other = bare * m[level], (1 - bare) * u[level]
        chance = np.where(never, 0.0, match / (match + other))
        before, m, u = m, _share(level, n * chance), _share(level, n * (1 - chance))
        if np.abs(m - before).max() < _STEADY:
            break
    return m, u


def _share(level: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Half a pair is added to each level: none is impossible."""
    found = np.bincount(level, weight, minlength=_REST + 1) + 0.5
    return found / found.sum()
