"""Small counts stay in the office, and nobody can work them out from what is published.

A *system* is a partition of units into atoms (the finest classes its tables know) and the counts
published over them, each a sum of atoms. Small counts are suppressed; then, as long as published
counts confine a suppressed one too closely, another count is suppressed with it. How closely is
measured by linear programming: the least and greatest value it can have given everything published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from analysis.errors import ReleaseRefused
from analysis.policy import Disclosure

PUBLISHED, SMALL, COMPLEMENTARY, UNDEFINED = (
    "terbit",
    "ditekan",
    "ditekan_pelengkap",
    "tidak_dapat_dihitung",
)

Key = tuple[str, str, str, str, str]  # topic, wilayah, baris, kolom, ukuran


@dataclass(frozen=True)
class Count:
    """A count to publish: the atoms it sums, and the atoms it is a share of (if any).

    `exact` counts must equal the office's books and are not suppressed to protect others; of the
    rest those with the highest `worth` to the reader go last.
    """

    key: Key
    unit: str
    atoms: NDArray[np.bool_]
    whole: NDArray[np.bool_] | None = None
    exact: bool = False
    worth: int = 0


@dataclass(frozen=True)
class Guarded:
    """What may be printed of a count: its value only where `status` is 'terbit'."""

    value: float | None
    status: str

    @property
    def is_published(self) -> bool:
        """Whether the value may be printed."""
        return self.status == PUBLISHED


def protect(
    sizes: NDArray[np.int64], counts: Sequence[Count], rule: Disclosure
) -> dict[Key, Guarded]:
    """The status of every count of a system whose atoms hold `sizes` units.

    Raises ReleaseRefused for a unit the rules do not name, and where figures that must stay exact
    give a small count away.
    """
    for count in counts:
        refuse_unknown_unit(count.key[0], count.unit, rule)
    values = np.array([int(sizes[count.atoms].sum()) for count in counts])
    small = np.array(
        [_is_small(count, sizes, value, rule) for count, value in zip(counts, values, strict=True)],
        bool,
    )
    exact = np.array([count.exact for count in counts], bool) & ~small
    shown = ~small
    sums = _distinct_columns(np.array([count.atoms for count in counts], float))
    cost = [(count.worth, value == 0, value) for count, value in zip(counts, values, strict=True)]
    for place in np.flatnonzero(small):
        _hide(place, sums, values, shown, exact, cost, rule.k_minimum)
    exposed = [
        p for p in np.flatnonzero(small) if _span(p, sums, values, shown)[0] < rule.k_minimum
    ]
    if exposed:
        raise ReleaseRefused(
            "cell_not_protectable", topic=counts[exposed[0]].key[0], count=len(exposed)
        )
    status = np.where(shown, PUBLISHED, np.where(small, SMALL, COMPLEMENTARY))
    return {
        count.key: Guarded(float(value) if is_shown else None, str(word))
        for count, value, is_shown, word in zip(counts, values, shown, status, strict=True)
    }


def refuse_unknown_unit(topic: str, unit: str, rule: Disclosure) -> None:
    """Fail closed: a unit is guarded or free because the rules say so, never by default."""
    if unit not in (*rule.satuan_dilindungi, *rule.satuan_bebas):
        raise ReleaseRefused("cell_unknown_unit", topic=topic, unit=unit)


def is_small(value: float, whole: float | None, rule: Disclosure) -> bool:
    """Too few units, or too few in the rest of its whole (everybody, or nobody, tells of each).

    Nobody of nobody tells nothing.
    """
    if whole:
        return value < rule.k_minimum or whole - value < rule.pelengkap_minimum
    return 0 < value < rule.k_minimum or (value == 0 and not rule.nol_terbit)


def _is_small(count: Count, sizes: NDArray[np.int64], value: int, rule: Disclosure) -> bool:
    if count.unit in rule.satuan_bebas:
        return False
    return is_small(value, None if count.whole is None else int(sizes[count.whole].sum()), rule)


def _distinct_columns(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Atoms that every count treats alike are one unknown to an outsider."""
    return np.unique(sums, axis=1) if sums.size else sums


def _hide(
    place: int,
    sums: NDArray,
    values: NDArray,
    shown: NDArray[np.bool_],
    exact: NDArray[np.bool_],
    cost: Sequence[tuple],
    k: int,
) -> None:
    """Suppress further counts, the cheapest binding one at a time, until `place` is wide enough."""
    while True:
        width, binding = _span(place, sums, values, shown)
        if width >= k:
            return
        free = shown & ~exact
        candidates = np.flatnonzero(free & binding)
        if not len(candidates):  # only exact figures bind: free what overlaps them
            touched = sums[binding].sum(axis=0) > 0
            candidates = np.flatnonzero(free & (sums[:, touched].sum(axis=1) > 0))
        if not len(candidates):
            return
        shown[min(candidates, key=lambda c: (cost[c], c))] = False


def _span(
    place: int, sums: NDArray, values: NDArray, shown: NDArray[np.bool_]
) -> tuple[float, NDArray[np.bool_]]:
    """Greatest less least possible value of a count, and which published counts confine it."""
    rows = np.flatnonzero(shown)
    binding, ends = np.zeros(len(shown), bool), []
    for sign in (1, -1):
        found = linprog(
            sign * sums[place],
            A_eq=sums[rows] if len(rows) else None,
            b_eq=values[rows] if len(rows) else None,
            bounds=(0, None),
            method="highs",
        )
        if found.status == 3:  # unbounded: nothing published says how large it may be
            return np.inf, binding
        if found.status != 0:
            return 0.0, binding  # fail closed: what cannot be audited counts as exposed
        ends.append(sign * found.fun)
        if len(rows):
            binding[rows[np.abs(found.eqlin.marginals) > 1e-9]] = True
    return round(ends[1] - ends[0], 6), binding
