"""What an outsider can work out: the least and greatest value of a hidden count, by linear programming.

The outsider knows every published figure, how far rounding may have moved it, the threshold below
which nothing is shown, how tables hang together, and what earlier editions of the period printed.
Unknowns are the atoms of all systems, real and not negative; truth is always one solution, so an
interval found here holds it.

One model holds everything that is known; from target to target only the goal changes, so that the
simplex method goes on from the last corner it stood on. A city found on the way proves every target
safe that it lifts far enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_TINY = 1e-6
_FAR = 5  # a city that lifts a target less is not worth trying on the others
_PRIMAL, _DUAL = 4, 1  # simplex strategies: goals change, or rows do
_OPEN = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
_TOLD = (*_OPEN, highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


@dataclass(frozen=True)
class Known:
    """What is known of the unknowns x: `low` ≤ `rows` · x ≤ `high`, x ≥ 0."""

    rows: sparse.csr_matrix
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @classmethod
    def of(cls, parts: "Sequence[Known]") -> "Known":
        """All of them together."""
        rows = sparse.vstack([part.rows for part in parts]).tocsr()
        low, high = (np.concatenate([getattr(p, end) for p in parts]) for end in ("low", "high"))
        return cls(rows, low, high)

    def within(self, columns: NDArray[np.intp]) -> "tuple[Known, NDArray[np.intp]]":
        """The rows that speak of no other unknowns than these, over these; and which rows they are."""
        inner = self.rows[:, columns]
        count = np.diff(inner.indptr)
        held = np.flatnonzero((count == np.diff(self.rows.indptr)) & (count > 0))
        return Known(inner[held], self.low[held], self.high[held]), held


class _Solver(highspy.Highs):
    """HiGHS without its greeting on standard output, which belongs to `--json`."""

    def enableCallbacks(self) -> None:
        """Nobody listens; enabling them is what prints it."""


def _model(known: Known, cost: NDArray, strategy: int) -> highspy.Highs:
    solver = _Solver()
    for option, value in (("output_flag", False), ("presolve", "off"), ("solver", "simplex"), ("threads", 1),
                          ("simplex_strategy", strategy)):  # fmt: skip
        solver.setOptionValue(option, value)
    m, n = known.rows.shape
    held, columns = highspy.HighsLp(), known.rows.tocsc()
    held.num_col_, held.num_row_ = n, m
    held.col_cost_, held.col_lower_, held.col_upper_ = (
        cost,
        np.zeros(n),
        np.full(n, highspy.kHighsInf),
    )
    held.row_lower_, held.row_upper_ = known.low, known.high
    held.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    held.a_matrix_.num_col_, held.a_matrix_.num_row_ = n, m
    held.a_matrix_.start_, held.a_matrix_.index_ = columns.indptr, columns.indices
    held.a_matrix_.value_ = columns.data
    solver.passModel(held)
    return solver


def _solved(solver: highspy.Highs, strategy: int, other: int) -> highspy.HighsModelStatus:
    """Solve by `strategy`; where the simplex method gets stuck, once more from the start by the other."""
    solver.run()
    status = solver.getModelStatus()
    if status in _TOLD:
        return status
    solver.clearSolver()
    solver.setOptionValue("simplex_strategy", other)
    solver.run()
    status = solver.getModelStatus()
    solver.setOptionValue("simplex_strategy", strategy)
    return status


class Attack:
    """An outsider who knows `known`; `truth` only says how high a target must be able to lie."""

    def __init__(self, known: Known, truth: NDArray) -> None:
        self.truth, self.n = truth, known.rows.shape[1]
        self._solver = _model(known, np.zeros(self.n), _PRIMAL)

    def forget(self, rows: NDArray[np.intp]) -> None:
        """These rows of what is known are no longer printed."""
        for row in rows:
            self._solver.changeRowBounds(int(row), -highspy.kHighsInf, highspy.kHighsInf)

    def exposed(self, targets: sparse.csr_matrix, width: NDArray) -> NDArray[np.intp]:
        """Which targets (rows over the unknowns) can be placed within less than `width`."""
        goals = targets @ self.truth + width
        open_, found = np.ones(targets.shape[0], bool), []
        for place in range(targets.shape[0]):
            if not open_[place]:
                continue
            most, city = self._greatest(targets[place], 1.0)
            if most < goals[place] - _TINY:
                if most + self._greatest(targets[place], -1.0)[0] < width[place] - _TINY:
                    found.append(place)
            elif len(city) == self.n:
                open_ &= targets @ city < goals - _TINY
        return np.array(found, int)

    def _greatest(self, target: sparse.csr_matrix, sign: float) -> tuple[float, NDArray]:
        """Greatest value of sign × target, infinite where nothing bounds it; and a city with it.

        What cannot be audited counts as exposed.
        """
        solver, cost = self._solver, -sign * target.data
        solver.changeColsCost(len(cost), target.indices, cost)
        status = _solved(solver, _PRIMAL, _DUAL)
        value = -solver.getObjectiveValue()
        if status != highspy.HighsModelStatus.kOptimal:
            value = np.inf if status in _OPEN else -np.inf
        far = sign * (target @ self.truth)[0] + _FAR <= value
        city = np.array(solver.getSolution().col_value) if sign > 0 and far else np.array([])
        solver.changeColsCost(len(cost), target.indices, 0 * cost)
        return value, city


class Remedy:
    """The cheapest figures to hide so that a target may lie anywhere in a span.

    Two alternative cities, a span apart in the target, both agreeing with the `kept` figures: the
    `free` figures with which either disagrees must go.
    """

    def __init__(self, free: Known, kept: Known, cost: NDArray) -> None:
        m, n = free.rows.shape
        self.n, self.m = n, m
        none, slack = sparse.csr_matrix((m, n)), sparse.identity(m)
        books = sparse.hstack([
            sparse.block_diag([kept.rows, kept.rows]), sparse.csr_matrix((2 * kept.rows.shape[0], m))
        ])  # fmt: skip
        rows = [
            [free.rows, none, -slack],
            [none, free.rows, -slack],
            [free.rows, none, slack],
            [none, free.rows, slack],
        ]
        every = sparse.vstack([*(sparse.hstack(row) for row in rows), books]).tocsr()
        never = np.full(2 * m, highspy.kHighsInf)
        low = np.concatenate([-never, np.tile(free.low, 2), np.tile(kept.low, 2)])
        high = np.concatenate([np.tile(free.high, 2), never, np.tile(kept.high, 2)])
        self._solver = _model(
            Known(every, low, high), np.concatenate([np.zeros(2 * n), cost]), _DUAL
        )

    def forget(self, places: NDArray[np.intp]) -> None:
        """These free figures are hidden already."""
        for place in places:
            self._solver.changeColCost(int(2 * self.n + place), 0.0)

    def gone(self, target: sparse.csr_matrix, width: float) -> NDArray[np.bool_]:
        """The free figures that must go for this target; none where no such cities exist."""
        columns = np.concatenate([target.indices, target.indices + self.n]).astype(np.int32)
        factors = np.concatenate([-target.data, target.data])
        row = self._solver.getNumRow()
        self._solver.addRow(width, highspy.kHighsInf, len(columns), columns, factors)
        done = _solved(self._solver, _DUAL, _PRIMAL) == highspy.HighsModelStatus.kOptimal
        city = np.array(self._solver.getSolution().col_value)
        self._solver.deleteRows(1, np.array([row], dtype=np.int32))
        return city[2 * self.n :] > _TINY if done else np.zeros(self.m, bool)
