"""Arithmetic of programme sets: from counts of exact combinations to marginals, conditionals and association.

Counts are a Series by combination, programmes joined by '+' ('' = none): families, persons or shares.
"""

import math
from collections.abc import Iterable

import pandas as pd


def marginal(counts: pd.Series, programmes: Iterable[str]) -> float:
    """How many hold all the named programmes, whatever else they hold.

    >>> marginal(pd.Series({"a": 1, "a+b": 2, "": 4}), ["a"])
    3.0
    """
    wanted = set(programmes)
    return float(sum(count for held, count in counts.items() if wanted <= _programmes(held)))


def conditional(counts: pd.Series, programmes: Iterable[str], given: Iterable[str]) -> float:
    """Share who hold `programmes` among those who hold `given`; NaN where nobody does.

    >>> round(conditional(pd.Series({"a": 1, "a+b": 2, "": 4}), ["b"], ["a"]), 4)
    0.6667
    """
    base = marginal(counts, given)
    return marginal(counts, {*programmes, *given}) / base if base else math.nan


def overlap_matrix(counts: pd.Series) -> pd.DataFrame:
    """One row an unordered pair of programmes, most shared first.

    `bersama` hold both; `bagian_a`, `bagian_b` that share of either; `bagian_terkecil` of the smaller
    programme (overlap coefficient); `jaccard` of those who hold either; `lift` against independence
    (1 = no association); `phi` the correlation of the two receipts. NaN where a programme has nobody.
    """
    names = sorted(set().union(*map(_programmes, counts.index)))
    whole = float(counts.sum())
    rows = [_pair(counts, whole, a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    columns = [
        "a",
        "b",
        "bersama",
        "bagian_a",
        "bagian_b",
        "bagian_terkecil",
        "jaccard",
        "lift",
        "phi",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(
        ["bersama", "a", "b"], ascending=[False, True, True], ignore_index=True
    )


def _pair(counts: pd.Series, whole: float, a: str, b: str) -> tuple:
    both, of_a, of_b = (marginal(counts, held) for held in ((a, b), (a,), (b,)))
    spread = of_a * of_b * (whole - of_a) * (whole - of_b)
    return (
        a, b, both, _share(both, of_a), _share(both, of_b), _share(both, min(of_a, of_b)),
        _share(both, of_a + of_b - both), _share(both * whole, of_a * of_b),
        (both * whole - of_a * of_b) / math.sqrt(spread) if spread > 0 else math.nan,
    )  # fmt: skip


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _programmes(held: str) -> frozenset[str]:
    return frozenset(held.split("+")) - {""}
