"""Small counts stay in the office, and nobody can work them out from what is published.

Counts below the threshold are hidden, zero alike, and so are those that leave fewer than the
threshold of their whole. What is printed is rounded to a base by an office secret; book totals stay
exact. All tables that hang together are one problem (see `protection.problem`); an attack by linear
programming looks for hidden counts that can still be placed within a span of k: first exact figures
near them are rounded too, then the cheapest other counts go, then the book totals that give the
rest away (`protection.yielding`), and what still cannot be protected stops the release.

Two editions of a period: earlier prints are part of the attack. A hidden count that is today what
it was then holds against both editions together, or the release stops; one that has moved is held
against both as far as hiding more allows, and against the new edition in any case (`settle`).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import ReleaseRefused
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
from analysis.release.protection.plan import Plan
from analysis.release.protection.problem import problems
from analysis.release.protection.settling import settle
from analysis.release.protection.yielding import books_to_withhold
from analysis.release.systems import System

__all__ = [
    "COMPLEMENTARY", "PUBLISHED", "SMALL", "UNDEFINED", "UNDER", "Count", "Guarded", "Key", "Office", "is_excepted",
    "is_plain", "is_small", "level_of", "printed", "protect", "protect_all", "refuse_unknown_unit",
]  # fmt: skip


def protect(
    sizes: NDArray[np.int64], counts: Sequence[Count], office: Office
) -> dict[Key, Guarded]:
    """The status of every count of one system whose atoms hold `sizes` units. Raises as `protect_all`."""
    system = System(pd.DataFrame({"n": sizes}))
    system.counts = list(counts)
    return protect_all([system], office)


def protect_all(systems: Sequence[System], office: Office) -> dict[Key, Guarded]:
    """The status of every count of all systems.

    Raises ReleaseRefused for a unit the rules do not name, and where figures that must stay exact
    or were printed before give a small count away.
    """
    for system in systems:
        for count in system.counts:
            refuse_unknown_unit(count.key[0], count.unit, office.rule)
    while True:
        plans = [Plan(problem, office) for problem in problems(systems, office)]
        weak = [(plan, targets) for plan in plans if len(targets := settle(plan))]
        if not weak:
            return {key: told for plan in plans for key, told in plan.result().items()}
        gone = [books_to_withhold(*one) for one in weak]
        if not all(gone):
            plan, targets = weak[[*map(bool, gone)].index(False)]
            facts = {"topic": plan.topic(targets[0]), "count": len(targets)}
            raise ReleaseRefused("cell_not_protectable", **facts)
        office = replace(office, withheld=office.withheld.union(*gone))
