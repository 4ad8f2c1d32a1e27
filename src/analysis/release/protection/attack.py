"""What an outsider can work out: the least and greatest value of a hidden count, by linear programming.

The outsider knows every published figure, how far rounding may have moved it, the threshold below
which nothing is shown, how tables hang together, and what earlier editions of the period printed.
Unknowns are the atoms of all systems, real and not negative; truth is always one solution, so an
interval found here holds it.

One model holds everything that is known; from target to target only the goal changes, so that the
simplex method goes on from the last corner it stood on. A city found on the way proves every target
safe that it lifts far enough.
"""

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.release.protection.solver import DUAL, OPEN, PRIMAL, TINY, Known, model_of, solved

_FAR = 5  # a city that lifts a target less is not worth trying on the others


class Attack:
    """An outsider who knows `known`; `truth` only says how high a target must be able to lie."""

    def __init__(self, known: Known, truth: NDArray) -> None:
        self.truth, self.n = truth, known.rows.shape[1]
        self._solver = model_of(known, np.zeros(self.n), PRIMAL)

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
            if most < goals[place] - TINY:
                if most + self._greatest(targets[place], -1.0)[0] < width[place] - TINY:
                    found.append(place)
            elif len(city) == self.n:
                open_ &= targets @ city < goals - TINY
        return np.array(found, int)

    def _greatest(self, target: sparse.csr_matrix, sign: float) -> tuple[float, NDArray]:
        """Greatest value of sign × target, infinite where nothing bounds it; and a city with it.

        What cannot be audited counts as exposed.
        """
        solver, cost = self._solver, -sign * target.data
        solver.changeColsCost(len(cost), target.indices, cost)
        status = solved(solver, PRIMAL, DUAL)
        value = -solver.getObjectiveValue()
        if status != highspy.HighsModelStatus.kOptimal:
            value = np.inf if status in OPEN else -np.inf
        far = sign * (target @ self.truth)[0] + _FAR <= value
        city = np.array(solver.getSolution().col_value) if sign > 0 and far else np.array([])
        solver.changeColsCost(len(cost), target.indices, 0 * cost)
        return value, city
