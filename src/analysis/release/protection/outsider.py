"""What anybody can know of a problem: the prints, how tables hang together, and what earlier editions told."""

import numpy as np
from numpy.typing import NDArray

from analysis.release.guards import Guarded
from analysis.release.protection.plan import Plan
from analysis.release.protection.solver import Known


def known(plan: Plan, remembers: bool) -> Known:
    """What is printed, row by row of the counts, and what is known besides."""
    counts = np.arange(len(plan.counts))
    now = plan.bounds(counts)
    low, high = np.where(plan.shown, now.low, -np.inf), np.where(plan.shown, now.high, np.inf)
    return Known.of([Known(now.rows, low, high), besides(plan, remembers)])


def besides(plan: Plan, remembers: bool, without: NDArray[np.bool_] | None = None) -> Known:
    """What is known besides the prints: labels, relations (some left out), earlier editions."""
    books = plan.problem.books
    if without is not None:
        books = Known(books.rows[~without], books.low[~without], books.high[~without])
    parts = [_labels(plan), books]
    if remembers and plan.office.earlier:
        parts.append(_remembered(plan))
    return Known.of(parts)


def _labels(plan: Plan) -> Known:
    top = plan.office.rule.k_minimum - 1
    marked = [n for n in range(len(plan.counts)) if plan.is_labelled(n)]
    return _of_places(plan, [(place, 0, top) for place in marked])


def _remembered(plan: Plan) -> Known:
    """What earlier editions of the period told; of a count that has moved since, only nearly.

    With '<10' printed, an outsider also knows the highest value it may stand for.
    """
    k, rows = plan.office.rule.k_minimum, []
    for place, count in enumerate(plan.counts):
        before = plan.office.earlier.get(count.key)
        if before and before.is_published:
            apart = k + abs(before.value - plan.problem.values[place])
            apart = 0 if _still_holds(before, plan.problem.values[place]) else apart
            rows.append((place, max(0, before.low - apart), before.high + apart))
    return _of_places(plan, rows)


def _still_holds(before: Guarded, value: int) -> bool:
    """The count is what it was; where that was not noted, its print at least allows it."""
    if before.true is not None:
        return before.true == value
    return before.low <= value <= before.high


def _of_places(plan: Plan, rows: list[tuple]) -> Known:
    places, low, high = np.array(rows, float).reshape(-1, 3).T
    return Known(plan.problem.sums[places.astype(int)], low, high)
