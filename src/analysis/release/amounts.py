"""Rupiah that may leave: not dominated by the largest givers, never finer than the count they belong to."""

import math
from collections.abc import Sequence

from analysis.policy import Disclosure
from analysis.release.disclosure import Guarded


def is_dominated(rupiah: float, largest: Sequence[float], rule: Disclosure) -> bool:
    """(n, k): the n largest hold too much; p %: the rest beside the two largest would not hide the first.

    >>> from analysis.policy import load_rulebook
    >>> [is_dominated(100, top, load_rulebook().disclosure) for top in ([30, 20], [60, 35], [90, 1])]
    [False, True, True]
    """
    if not largest or rupiah <= 0:
        return False
    top = sorted(largest, reverse=True)
    rest = rupiah - sum(top[:2])
    return (
        sum(top[: rule.dominasi_n]) > rule.dominasi_bagian * rupiah or rest < rule.p_bagian * top[0]
    )


def step_of(rupiah: float, of: Guarded, rule: Disclosure) -> float:
    """1, 2 or 5 × a power of ten, at least what the threshold's number of average units get."""
    least = rule.rupiah_pembulatan
    if of.low != of.high or not of.true:
        return float(least)
    wanted = max(least, rule.k_minimum * rupiah / of.true)
    power = 10 ** math.floor(math.log10(wanted))
    return float(next(power * lead for lead in (1, 2, 5, 10) if power * lead >= wanted))
