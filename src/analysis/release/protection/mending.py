"""Hiding more, so that weak targets hold."""

import numpy as np
from numpy.typing import NDArray

from analysis.release.protection.attack import Attack
from analysis.release.protection.outsider import besides
from analysis.release.protection.plan import Plan
from analysis.release.protection.remedy import Remedy
from analysis.release.protection.solver import Known


class Mender:
    """Hides, one weak target after another, the cheapest counts that protect it."""

    def __init__(
        self,
        plan: Plan,
        attack: Attack,
        columns: NDArray[np.intp],
        rows: NDArray[np.intp],
        remembers: bool,
    ) -> None:
        self.plan, self.attack, self.columns, self.rows = plan, attack, columns, rows
        self.remembers = remembers

    def mend(self, weak: NDArray[np.intp]) -> bool:
        """Whether anything was hidden for them."""
        plan = self.plan
        free = self._counts(plan.shown & ~plan.fixed)
        fixed = self._counts(plan.shown & plan.fixed)
        kept, _ = Known.of([plan.bounds(fixed), besides(plan, self.remembers)]).within(self.columns)
        remedy = Remedy(plan.bounds(free).within(self.columns)[0], kept, plan.cost[free])
        before = plan.shown.sum()
        for target in weak:
            row, width = plan.targets[target][:, self.columns], plan.width[target : target + 1]
            if len(self.attack.exposed(row, width)):
                self._hide(free[remedy.gone(row, width[0])], free, remedy)
        return bool(plan.shown.sum() < before)

    def _counts(self, marks: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The marked counts that speak of these columns alone."""
        return np.intersect1d(np.flatnonzero(marks), self.rows)

    def _hide(self, places: NDArray[np.intp], free: NDArray[np.intp], remedy: Remedy) -> None:
        plan = self.plan
        marks = np.zeros(len(plan.counts), bool)
        marks[places] = True
        gone = np.flatnonzero(plan.shared(marks) & ~plan.fixed & plan.shown)
        plan.shown[gone] = False
        self.attack.forget(np.flatnonzero(np.isin(self.rows, gone)))
        remedy.forget(np.flatnonzero(np.isin(free, gone)))
