"""Small counts stay in the office, and nobody can work them out from what is published.

A *system* is a partition of units into atoms (the finest classes its tables know) and the counts
published over them, each a sum of atoms. Counts below the threshold are hidden, zero alike, and so
are those that leave fewer than the threshold of their whole. What is printed is rounded to a base
by an office secret; book totals stay exact. Then an attack by linear programming looks for hidden
counts that can still be placed within a span of k: first exact figures near them are rounded too,
then the cheapest other counts go, and what still cannot be protected stops the release.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.errors import ReleaseRefused
from analysis.release.attack import Known, exposed, must_go
from analysis.release.guards import (
    COMPLEMENTARY,
    PUBLISHED,
    SMALL,
    UNDEFINED,
    UNDER,
    Count,
    Guarded,
    Key,
    Office,
    is_excepted,
    is_plain,
    is_small,
    level_of,
    printed,
    refuse_unknown_unit,
)

__all__ = [
    "COMPLEMENTARY", "PUBLISHED", "SMALL", "UNDEFINED", "UNDER", "Count", "Guarded", "Key", "Office", "is_excepted",
    "is_plain", "is_small", "level_of", "printed", "protect", "refuse_unknown_unit",
]  # fmt: skip
_ROUNDS = 6


def protect(
    sizes: NDArray[np.int64],
    counts: Sequence[Count],
    office: Office,
    ties: Sequence[tuple[NDArray[np.bool_], NDArray[np.bool_]]] = (),
) -> dict[Key, Guarded]:
    """The status of every count of a system whose atoms hold `sizes` units.

    `ties`: pairs of sets of atoms that anybody knows to hold the same number.

    Raises ReleaseRefused for a unit the rules do not name, and where figures that must stay exact
    or were printed before give a small count away.
    """
    for count in counts:
        refuse_unknown_unit(count.key[0], count.unit, office.rule)
    plan = _Plan(sizes, counts, office, ties)
    weak = plan.settle()
    if len(weak) and plan.has_moved():
        # The earlier print was of other data: an outsider cannot know which of its counts still hold.
        plan.remembers = False
        weak = plan.settle()
    if len(weak):
        raise ReleaseRefused("cell_not_protectable", topic=plan.topic(weak[0]), count=len(weak))
    return plan.result()


class _Plan:
    """Which counts of a system are shown, and how exactly; changed until no attack succeeds."""

    def __init__(
        self,
        sizes: NDArray[np.int64],
        counts: Sequence[Count],
        office: Office,
        ties: Sequence[tuple] = (),
    ) -> None:
        self.counts, self.office, self.remembers = counts, office, True
        self.values = np.array([int(sizes[count.atoms].sum()) for count in counts])
        wholes = [None if c.whole is None else int(sizes[c.whole].sum()) for c in counts]
        self.small = np.array([
            self._is_small(c, v, w) for c, v, w in zip(counts, self.values, wholes, strict=True)
        ], bool)  # fmt: skip
        self.fixed = np.array([self._is_fixed(count) for count in counts], bool) & ~self.small
        self.plain = np.array(
            [self._may_be_plain(c, v) for c, v in zip(counts, self.values, strict=True)], bool
        )
        self.shown = ~self.small & ~np.array([self._was_hidden(count) for count in counts], bool)
        self.shown |= self.fixed
        self.cost = np.array([c.cost(v) for c, v in zip(counts, self.values, strict=True)])
        sums = np.array([count.atoms for count in counts], float)
        rests = [c.whole & ~c.atoms for c in counts if c.whole is not None]
        tied = [left.astype(float) - right for left, right in ties]
        every = np.vstack([sums, *tied, *rests])
        distinct, of = np.unique(every, axis=1, return_inverse=True)
        self.truth = np.bincount(of.ravel(), weights=sizes, minlength=distinct.shape[1])
        self.sums = sparse.csr_matrix(distinct[: len(counts)])
        self.twin = np.unique(sums, axis=0, return_inverse=True)[1].ravel()
        rest = len(counts) + len(tied)
        self.ties = sparse.csr_matrix(distinct[len(counts) : rest])
        self._aim(sparse.csr_matrix(distinct[rest:]), wholes)

    def _aim(self, rests: sparse.csr_matrix, wholes: list[int | None]) -> None:
        """Targets of the attack: hidden small counts, and small rests of a whole."""
        with_whole = [place for place, whole in enumerate(wholes) if whole is not None]
        left = np.array([wholes[place] - self.values[place] for place in with_whole], float)
        low = (left < self.office.rule.pelengkap_minimum) & self.small[with_whole]
        # A count of no atoms is nobody by rule, whatever the data: nothing of a person hides in it.
        possible = self.sums.getnnz(axis=1) > 0
        own = np.flatnonzero(possible & self.small & (self.values < self.office.rule.k_minimum))
        self.targets = sparse.vstack([self.sums[own], rests[np.flatnonzero(low)]]).tocsr()
        self.owner = np.concatenate([own, np.array(with_whole, int)[low]]).astype(int)
        self.width = np.full(len(self.owner), float(self.office.rule.k_minimum))
        labelled = [self._is_labelled(place) for place in self.owner]
        self.width[np.array(labelled, bool)] = self.office.rule.k_minimum - 1

    def _is_small(self, count: Count, value: int, whole: int | None) -> bool:
        if count.unit in self.office.rule.satuan_bebas:
            return False
        if count.given is not None:
            return not count.given.is_published
        if is_excepted(count.key, self.office.rule):
            return False
        return is_small(value, whole, self.office.rule)

    def _is_fixed(self, count: Count) -> bool:
        return count.exact or count.given is not None or is_excepted(count.key, self.office.rule)

    def _is_labelled(self, place: int) -> bool:
        return bool(
            self.small[place]
            and self.values[place] < self.office.rule.k_minimum
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
        """Hidden to protect another in an earlier edition of the period: stays so."""
        before = self.office.earlier.get(count.key)
        return before is not None and before.status == COMPLEMENTARY

    def _bounds(self, places: NDArray[np.intp]) -> Known:
        told = [self._told(place) for place in places]
        low, high = np.array([[g.low, g.high] for g in told], float).reshape(-1, 2).T
        return Known(self.sums[places], low, high)

    def _told(self, place: int) -> Guarded:
        count, value = self.counts[place], self.values[place]
        if count.given is not None:
            return count.given
        # The same count in two tables reads the same in both.
        twins = self.twin == self.twin[place]
        exact = (twins & (self.fixed | self.plain)).any()
        exact |= count.unit in self.office.rule.satuan_bebas
        return printed(value, count.key[1], exact, self.office)

    def settle(self) -> NDArray[np.intp]:
        """Round and hide until no attack succeeds; returns the targets that stay exposed."""
        weak = self.weak()
        for _ in range(_ROUNDS):
            if not len(weak):
                break
            if not self.soften(weak):
                self.hide_for(weak)
            weak = self.weak()
        return weak

    def has_moved(self) -> bool:
        """Whether any count differs from what an earlier edition of the period printed."""
        pairs = zip(self.counts, self.values, strict=True)
        old = ((self.office.earlier.get(count.key), value) for count, value in pairs)
        return any(b and b.is_published and not b.low <= value <= b.high for b, value in old)

    def _remembered(self) -> Known:
        """What earlier editions of the period told; of a count that has moved since, only nearly.

        With '<10' printed, an outsider also knows the highest value it may stand for.
        """
        k, rows = self.office.rule.k_minimum, []
        for place, count in enumerate(self.counts):
            before = self.office.earlier.get(count.key)
            if self.remembers and before and before.is_published:
                apart = (
                    0
                    if before.low <= self.values[place] <= before.high
                    else k + abs(before.value - self.values[place])
                )
                rows.append((place, max(0, before.low - apart), before.high + apart))
            elif self._is_labelled(place):
                rows.append((place, 0, k - 1))
        places, low, high = np.array(rows, float).reshape(-1, 3).T
        return Known(self.sums[places.astype(int)], low, high)

    def _known(self, places: NDArray[np.intp]) -> Known:
        now, before = self._bounds(places), self._remembered()
        return Known(
            sparse.vstack([now.rows, before.rows, self.ties]).tocsr(),
            np.concatenate([now.low, before.low, np.zeros(self.ties.shape[0])]),
            np.concatenate([now.high, before.high, np.zeros(self.ties.shape[0])]),
        )

    def weak(self) -> NDArray[np.intp]:
        """Targets an outsider can place too closely."""
        if not len(self.owner):
            return self.owner
        return self._exposed(np.arange(len(self.owner)))

    def _exposed(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        known = self._known(np.flatnonzero(self.shown))
        return places[exposed(self.targets[places], self.truth, self.width[places], known)]

    def soften(self, weak: NDArray[np.intp]) -> bool:
        """Round the exact figures of the rows the weak targets stand in; whether there were any."""
        rows = {self.counts[self.owner[target]].key[2] for target in weak}
        near = np.array([count.key[2] in rows for count in self.counts], bool)
        found = near & self.plain & self.shown & ~self.fixed
        self.plain &= ~np.isin(self.twin, self.twin[found])
        return bool(found.any())

    def hide_for(self, weak: NDArray[np.intp]) -> None:
        """Hide, one weak target after another, the cheapest counts that protect it."""
        for target in weak:
            if not len(self._exposed(np.array([target]))):
                continue
            free = np.flatnonzero(self.shown & ~self.fixed)
            gone = must_go(
                self.targets[target],
                self.width[target],
                self._bounds(free),
                self._known(np.flatnonzero(self.shown & self.fixed)),
                self.cost[free],
            )
            self.shown[free[gone]] = False

    def topic(self, target: int) -> str:
        """The topic a target belongs to."""
        return self.counts[self.owner[target]].key[0]

    def result(self) -> dict[Key, Guarded]:
        """What is printed of each count."""
        return {count.key: self._guarded(place) for place, count in enumerate(self.counts)}

    def _guarded(self, place: int) -> Guarded:
        if self.shown[place]:
            return self._told(place)
        true = float(self.values[place])
        if self._is_labelled(place):
            return Guarded(None, UNDER, 0, self.office.rule.k_minimum - 1, true)
        return Guarded(None, SMALL if self.small[place] else COMPLEMENTARY, true=true)
