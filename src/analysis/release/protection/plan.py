"""Which counts of a problem are shown, how exactly, and what an attack on them must not find."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.release.guards import (
    COMPLEMENTARY,
    SMALL,
    UNDER,
    Count,
    Guarded,
    Key,
    Office,
    is_book,
    is_plain,
    printed,
)
from analysis.release.protection.problem import Problem
from analysis.release.protection.solver import Known


class Plan:
    """The prints of one problem, and what of it must not be found."""

    def __init__(self, problem: Problem, office: Office) -> None:
        self.problem, self.office = problem, office
        counts = self.counts = problem.counts
        self.twins = _twins(problem.twin)
        self.small = self.shared(problem.small)
        self.fixed = np.array([is_book(c, office) for c in counts], bool) & ~problem.small
        self.plain = np.array(
            [self._may_be_plain(*pair) for pair in zip(counts, problem.values, strict=True)], bool
        )
        hidden = np.array([self._was_hidden(count) for count in counts], bool)
        self.shown = ~self.small & ~self.shared(hidden) | self.fixed
        self.cost = np.array([c.cost(v) for c, v in zip(counts, problem.values, strict=True)])
        self._prints = self._print()
        self._aim()

    def shared(self, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What holds of a count holds of all that are the same figure."""
        return np.isin(self.problem.twin, self.problem.twin[marks])

    def _aim(self) -> None:
        """Targets of the attack: hidden small counts, and small rests of a whole."""
        held, rule = self.problem, self.office.rule
        left = np.asarray(held.rests @ held.truth).ravel()
        low = (left < rule.pelengkap_minimum) & self.small[held.rest_of]
        # A count of no atoms is nobody by rule, whatever the data: nothing of a person hides in it.
        possible = np.diff(held.sums.indptr) > 0
        own = np.flatnonzero(possible & self.small & (held.values < rule.k_minimum))
        low &= np.diff(held.rests.indptr) > 0
        self.targets = sparse.vstack([held.sums[own], held.rests[np.flatnonzero(low)]]).tocsr()
        self.owner = np.concatenate([own, held.rest_of[low]]).astype(int)
        self.width = np.full(len(self.owner), float(rule.k_minimum))
        labelled = [self.is_labelled(place) for place in self.owner]
        self.width[np.array(labelled, bool)] = rule.k_minimum - 1

    def is_labelled(self, place: int) -> bool:
        """Hidden as 'below k', which tells that it is."""
        return bool(
            self.small[place]
            and self.problem.values[place] < self.office.rule.k_minimum
            and self.counts[place].key[0] in self.office.rule.kurang_dari
        )

    def _may_be_plain(self, count: Count, value: int) -> bool:
        """Exact, unless an earlier edition of the period printed a figure a few units away."""
        before = self.office.earlier.get(count.key)
        moved = (
            before
            and before.is_published
            and 0 < abs(before.value - value) < self.office.rule.k_minimum
        )
        return is_plain(count.key, self.office.rule) and not moved

    def _was_hidden(self, count: Count) -> bool:
        """Hidden to protect another, as a book total or in an earlier edition of the period: stays so."""
        before = self.office.earlier.get(count.key)
        if count.key in self.office.withheld:
            return True
        return before is not None and before.status == COMPLEMENTARY

    def _told(self, place: int) -> Guarded:
        count, value = self.counts[place], self.problem.values[place]
        twins = self.twins[place]  # the same count in two tables reads the same in both
        exact = (self.fixed[twins] | self.plain[twins]).any()
        exact |= count.entire or count.unit in self.office.rule.satuan_bebas
        return printed(value, count.key[1], exact, self.office)

    def bounds(self, places: NDArray[np.intp]) -> Known:
        """What the prints of these counts tell."""
        low, high = self._prints[places].T
        return Known(self.problem.sums[places], low, high)

    def _print(self) -> NDArray[np.float64]:
        told = [self._told(place) for place in range(len(self.counts))]
        return np.array([[g.low, g.high] for g in told], float).reshape(-1, 2)

    def has_moved(self, targets: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether the hidden count is another than in the earlier editions of the period."""
        places = self.owner[targets]
        before = [self.office.earlier.get(self.counts[place].key) for place in places]
        pairs = zip(before, self.problem.values[places], strict=True)
        return np.array([bool(b and b.true is not None and b.true != v) for b, v in pairs], bool)

    def soften(self, weak: NDArray[np.intp]) -> bool:
        """Round the exact figures of the rows the weak targets stand in; whether there were any."""
        rows = {self.counts[self.owner[target]].key[2] for target in weak}
        near = np.array([count.key[2] in rows for count in self.counts], bool)
        found = near & self.plain & self.shown & ~self.fixed
        self.plain &= ~self.shared(found)
        if found.any():
            self._prints = self._print()
        return bool(found.any())

    def topic(self, target: int) -> str:
        """The topic a target belongs to."""
        return self.counts[self.owner[target]].key[0]

    def result(self) -> dict[Key, Guarded]:
        """What is printed of each count."""
        return {count.key: self._guarded(place) for place, count in enumerate(self.counts)}

    def _guarded(self, place: int) -> Guarded:
        if self.shown[place]:
            return self._told(place)
        true = float(self.problem.values[place])
        if self.is_labelled(place):
            return Guarded(None, UNDER, 0, self.office.rule.k_minimum - 1, true)
        return Guarded(None, SMALL if self.small[place] else COMPLEMENTARY, true=true)


def _twins(twin: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The places of all counts that are the same figure, for each count."""
    order = np.argsort(twin, kind="stable")
    ends = np.flatnonzero(np.diff(twin[order])) + 1
    groups = {int(twin[group[0]]): group for group in np.split(order, ends) if len(group)}
    return [groups[int(label)] for label in twin]
