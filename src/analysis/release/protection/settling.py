"""Rounding and hiding until no attack succeeds."""

import numpy as np
from numpy.typing import NDArray

from analysis.release.protection.attack import Attack
from analysis.release.protection.mending import Mender
from analysis.release.protection.outsider import known
from analysis.release.protection.plan import Plan

_ROUNDS = 12


def settle(plan: Plan) -> NDArray[np.intp]:
    """Round and hide until no attack succeeds; returns the targets that stay exposed.

    A target whose count is as it was in the earlier editions must hold against their prints
    and the new ones together. One that has moved since is first held against both as well; only
    where that cannot be had the earlier prints are left out of its attack, since they speak of
    other data.
    """
    every = np.arange(len(plan.problem.truth))
    if len(plan.owner):
        _guard_systems(plan)
    weak = _guard(plan, np.arange(len(plan.owner)), every)
    moved = plan.has_moved(weak)
    again = _guard(plan, weak[moved], every, remembers=False)
    return np.concatenate([weak[~moved], again])


def _guard_systems(plan: Plan) -> None:
    """What a system's own figures give away is most of it, and found and mended faster by itself."""
    block = plan.problem.block
    home = block[plan.targets.indices[plan.targets.indptr[:-1]]]
    for one in np.unique(home) if home.min() < home.max() else ():
        _guard(plan, np.flatnonzero(home == one), np.flatnonzero(block == one), rounds=1)


def _guard(
    plan: Plan,
    weak: NDArray[np.intp],
    columns: NDArray[np.intp],
    remembers: bool = True,
    rounds: int = _ROUNDS,
) -> NDArray[np.intp]:
    """Hide until the targets hold against what is known of `columns`; hiding more never exposes another."""
    for _ in range(rounds):
        if not len(weak):
            break
        told, rows = known(plan, remembers).within(columns)
        attack = Attack(told, plan.problem.truth[columns])
        weak = weak[attack.exposed(plan.targets[weak][:, columns], plan.width[weak])]
        mender = Mender(plan, attack, columns, rows, remembers)
        if not len(weak) or not (plan.soften(weak) or mender.mend(weak)):
            break
    return weak
