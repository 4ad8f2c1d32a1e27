"""What to hide so that a target holds."""

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.release.protection.solver import DUAL, PRIMAL, TINY, Known, model_of, solved


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
        self._solver = model_of(
            Known(every, low, high), np.concatenate([np.zeros(2 * n), cost]), DUAL
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
        done = solved(self._solver, DUAL, PRIMAL) == highspy.HighsModelStatus.kOptimal
        city = np.array(self._solver.getSolution().col_value)
        self._solver.deleteRows(1, np.array([row], dtype=np.int32))
        return city[2 * self.n :] > TINY if done else np.zeros(self.m, bool)
