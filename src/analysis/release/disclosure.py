"""Small counts stay in the office, and nobody can work them out from what is published.

A *system* is a partition of units into atoms (the finest classes its tables know) and the counts
published over them, each a sum of atoms. Small counts are suppressed, and with each the cheapest
other counts that must go so that two cities k units apart in it would look alike from outside: a
linear programme. A second one audits the result: the least and greatest value every small count can
have given everything published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
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
    cost = np.array([_cost(count, value) for count, value in zip(counts, values, strict=True)])
    for place in np.flatnonzero(small):
        shown &= ~_must_go(sums[place], sums, values, shown, exact, cost, rule.k_minimum)
    exposed = [
        p for p in np.flatnonzero(small) if _span(sums[p], sums, values, shown) < rule.k_minimum
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


def _cost(count: Count, value: int) -> float:
    """What the reader loses with a count: by its worth, by its size, and zeros rather not."""
    return 10.0**count.worth * (1 + min(value, 1000) / 100 + 5 * (value == 0))


def _must_go(
    target: NDArray,
    sums: NDArray,
    values: NDArray,
    shown: NDArray[np.bool_],
    exact: NDArray[np.bool_],
    cost: NDArray,
    k: int,
) -> NDArray[np.bool_]:
    """The cheapest published counts to suppress so that `target` may lie anywhere in a span of k.

    Two alternative cities, k apart in the target, both with the exact figures: the counts in which
    either differs from what would be published must go. None where no such cities exist.
    """
    free, fixed = np.flatnonzero(shown & ~exact), np.flatnonzero(shown & exact)
    a, n, m = sparse.csr_matrix(sums[free]), sums.shape[1], len(free)
    none, slack = sparse.csr_matrix((m, n)), sparse.identity(m)
    apart = sparse.csr_matrix(np.concatenate([target, -target, np.zeros(m)]))
    limits = sparse.vstack([
        sparse.hstack([a, none, -slack]), sparse.hstack([-a, none, -slack]),
        sparse.hstack([none, a, -slack]), sparse.hstack([none, -a, -slack]), apart,
    ])  # fmt: skip
    bounds = np.concatenate([values[free], -values[free]] * 2 + [[-k]])
    held = sparse.csr_matrix(sums[fixed])
    books = sparse.hstack([sparse.block_diag([held, held]), sparse.csr_matrix((2 * len(fixed), m))])
    found = linprog(
        np.concatenate([np.zeros(2 * n), cost[free]]), limits, bounds,
        books if len(fixed) else None, np.tile(values[fixed], 2) if len(fixed) else None,
    )  # fmt: skip
    gone = np.zeros(len(shown), bool)
    if found.status == 0:
        gone[free[found.x[2 * n :] > 1e-6]] = True
    return gone


def _span(target: NDArray, sums: NDArray, values: NDArray, shown: NDArray[np.bool_]) -> float:
    """Greatest less least possible value of a count, given the published ones.

    0 where it cannot be computed: what cannot be audited counts as exposed.
    """
    rows, ends = np.flatnonzero(shown), []
    known = {"A_eq": sparse.csr_matrix(sums[rows]), "b_eq": values[rows]} if len(rows) else {}
    for sign in (1, -1):
        found = linprog(sign * target, **known, bounds=(0, None))
        if found.status == 3:  # unbounded: nothing published says how large it may be
            return np.inf
        if found.status != 0:
            return 0.0
        ends.append(sign * found.fun)
    return round(ends[1] - ends[0], 6)
