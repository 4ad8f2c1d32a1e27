"""What an outsider can work out: the least and greatest value of a hidden count, by linear programming.

The outsider knows every published figure, how far rounding may have moved it, the threshold below
which nothing is shown, and what earlier editions of the period printed. Unknowns are the atoms of
a system, real and not negative; truth is always one solution, so an interval found here holds it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from analysis.release.witness import by_hand

_UNBOUNDED = 3
_TINY = 1e-6
_WORTHWHILE = 3  # lifting fewer at once costs more than one by one


@dataclass(frozen=True)
class Known:
    """What is known of the unknowns x: `low` ≤ `rows` · x ≤ `high`, x ≥ 0."""

    rows: sparse.csr_matrix
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def solve(self, goal: NDArray, more: list[LinearConstraint], upper: NDArray) -> OptimizeResult:
        """Minimise `goal` over x and any further variables; both lie between 0 and `upper`."""
        extra = len(goal) - self.rows.shape[1]
        rows = sparse.hstack([self.rows, sparse.csr_matrix((self.rows.shape[0], extra))])
        held = [LinearConstraint(rows.tocsr(), self.low, self.high)] if rows.shape[0] else []
        return milp(goal, constraints=[*held, *more], bounds=Bounds(0, upper))


def exposed(
    targets: sparse.csr_matrix, truth: NDArray, width: NDArray, known: Known
) -> NDArray[np.intp]:
    """Which targets (rows over the unknowns) can be placed within less than `width`; `truth` = x.

    Most are shown to be safe by hand, see `witness`; of the rest one programme lifts as many as it
    can at once, and only those it cannot are attacked one by one.
    """
    values = targets @ truth
    open_ = by_hand(targets, truth, width, known.rows, known.low, known.high)
    while len(open_):
        reached = _lifted(targets[open_], values[open_] + width[open_], known)
        if reached.sum() < _WORTHWHILE:
            break
        open_ = open_[~reached]
    narrow = [
        span(targets[place], known, values[place] + width[place]) < width[place] - _TINY
        for place in open_
    ]
    return open_[np.array(narrow, bool)]


def _lifted(targets: sparse.csr_matrix, goal: NDArray, known: Known) -> NDArray[np.bool_]:
    """Targets that one possible city holds at `goal` or above (`goal` = true value + width)."""
    n, m = targets.shape[1], targets.shape[0]
    tied = sparse.hstack([targets, -sparse.identity(m)]).tocsr()
    found = known.solve(
        np.concatenate([np.zeros(n), -np.ones(m)]),
        [LinearConstraint(tied, 0, np.inf)],
        np.concatenate([np.full(n, np.inf), goal]),
    )
    return targets @ found.x[:n] >= goal - _TINY if found.status == 0 else np.zeros(m, bool)


def span(target: sparse.csr_matrix, known: Known, enough: float = np.inf) -> float:
    """Greatest less least possible value of a target; 0 where it cannot be computed.

    Where the greatest is `enough` the least is not looked for and taken for 0. What cannot be
    audited counts as exposed.
    """
    ends = []
    for sign in (-1.0, 1.0):
        goal = sign * np.asarray(target.todense()).ravel()
        found = known.solve(goal, [], np.full(len(goal), np.inf))
        if found.status == _UNBOUNDED:  # nothing published says how large it may be
            return np.inf
        if found.status != 0:
            return 0.0
        ends.append(sign * found.fun)
        if ends[0] >= enough - _TINY:
            return ends[0]
    return round(ends[0] - ends[1], 6)


def must_go(
    target: sparse.csr_matrix,
    width: float,
    free: Known,
    fixed: Known,
    cost: NDArray,
) -> NDArray[np.bool_]:
    """The cheapest of the `free` figures to hide so that `target` may lie anywhere in a span of `width`.

    Two alternative cities, `width` apart in the target, both agreeing with the `fixed` figures:
    the free figures with which either disagrees must go. None where no such cities exist.
    """
    m, n = free.rows.shape
    none, slack, zero = sparse.csr_matrix((m, n)), sparse.identity(m), sparse.csr_matrix((1, m))
    over = sparse.vstack([
        sparse.hstack([free.rows, none, -slack]), sparse.hstack([none, free.rows, -slack])
    ])  # fmt: skip
    under = sparse.vstack([
        sparse.hstack([free.rows, none, slack]), sparse.hstack([none, free.rows, slack])
    ])  # fmt: skip
    books = sparse.hstack([
        sparse.block_diag([fixed.rows, fixed.rows]), sparse.csr_matrix((2 * fixed.rows.shape[0], m))
    ])  # fmt: skip
    limits = [
        LinearConstraint(over.tocsr(), -np.inf, np.tile(free.high, 2)),
        LinearConstraint(under.tocsr(), np.tile(free.low, 2), np.inf),
        LinearConstraint(sparse.hstack([-target, target, zero]).tocsr(), width, np.inf),
    ]
    if fixed.rows.shape[0]:
        limits.append(
            LinearConstraint(books.tocsr(), np.tile(fixed.low, 2), np.tile(fixed.high, 2))
        )
    found = milp(
        np.concatenate([np.zeros(2 * n), cost]), constraints=limits, bounds=Bounds(0, np.inf)
    )
    return found.x[2 * n :] > _TINY if found.status == 0 else np.zeros(m, bool)
