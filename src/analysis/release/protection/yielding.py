"""Which book totals give way, where standing exact they give a small count away that nothing else protects.

In a small city a letter's total can equal the list: then nobody's payment failed, and anybody sees it.
Fail closed: such a total is hidden (the release record tells which: 'ditekan_pelengkap'), and all is
decided anew without it, so that the attack has the last word.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.release.guards import Count, Key, may_give_way
from analysis.release.protection.attack import Attack
from analysis.release.protection.outsider import besides
from analysis.release.protection.plan import Plan
from analysis.release.protection.solver import Known


def books_to_withhold(plan: Plan, weak: NDArray[np.intp]) -> set[Key]:
    """The first book totals without which fewer of the `weak` targets are exposed; none: nothing helps."""
    for books in _trials(_candidates(plan)):
        if _exposed_without(plan, weak, books) < len(weak):
            return books
    return set()


def _candidates(plan: Plan) -> list[Key]:
    """Book totals this problem knows, in the order of the rules."""
    order = plan.office.rule.buku_mengalah
    standing = [count for count, fixed in zip(plan.counts, plan.fixed, strict=True) if fixed]
    told: dict[Key, Count] = {
        count.key: count for count in (*standing, *plan.problem.sources) if count is not None
    }
    found = [key for key, count in told.items() if may_give_way(count, plan.office)]
    return sorted(found, key=lambda key: (order.index(key[0]), key))


def _trials(books: list[Key]) -> Iterator[set[Key]]:
    """Each by itself, then more and more of them."""
    yield from ({book} for book in books)
    yield from (set(books[:n]) for n in range(2, len(books) + 1))


def _exposed_without(plan: Plan, weak: NDArray[np.intp], books: set[Key]) -> int:
    """How many weak targets stay exposed to an outsider who was never told these totals."""
    told = [plan.shown[n] and count.key not in books for n, count in enumerate(plan.counts)]
    untold = [source is not None and source.key in books for source in plan.problem.sources]
    prints, moved, exposed = plan.bounds(np.flatnonzero(told)), plan.has_moved(weak), 0
    for targets, remembers in ((weak[~moved], True), (weak[moved], False)):
        others = besides(plan, remembers, without=np.array(untold, bool))
        attack = Attack(Known.of([prints, others]), plan.problem.truth)
        exposed += len(attack.exposed(plan.targets[targets], plan.width[targets]))
    return exposed
