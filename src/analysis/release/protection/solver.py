"""Linear programs over what is known of the atoms, solved by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

TINY = 1e-6
PRIMAL, DUAL = 4, 1  # simplex strategies: goals change, or rows do
OPEN = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
_TOLD = (*OPEN, highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


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


def model_of(known: Known, cost: NDArray, strategy: int) -> highspy.Highs:
    """What is known as a program that looks for the least `cost`."""
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


def solved(solver: highspy.Highs, strategy: int, other: int) -> highspy.HighsModelStatus:
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
