"""What two rows may be to each other: one person, with names swapped, who moved, one house, neighbours, nothing.

People of one house share names, address and telephone; taken as independent, that evidence makes
persons of households (Larsen & Rubin 2001, JASA 96: a class of its own for them).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.linkage.lists.coincidence import Coincidence
from analysis.policy import KindOfField

Levels = list[np.ndarray]


@dataclass
class Related:
    """Two persons who have something in common; or `one_person` of whom the fields `shared` tell less.

    `alike`: share of such pairs that agree in a field as one person's rows do; else they agree by
    chance. `shared`: fields of the house, whose levels are free. `most` bounds `alike`.
    """

    alike: np.ndarray
    most: np.ndarray
    shared: dict[int, np.ndarray]
    one_person: bool = False


def first_levels(size: int) -> np.ndarray:
    """Levels of one person's rows before anything is learned: agreement, then ever rarer differences."""
    if size == 2:
        return np.array([0.88, 0.12])
    between = 0.45 ** np.arange(1, size - 1)
    return np.concatenate(([0.88], 0.1 * between / between.sum(), [0.02]))


def swapped_levels(size: int) -> np.ndarray:
    """Levels of a name whose two rows are swapped: a matter of definition, never learned."""
    return np.concatenate(([0.01, 0.97], np.full(size - 2, 0.02 / (size - 2))))


def related(
    kinds: Sequence[KindOfField], chance: Sequence[Coincidence], match: Levels, personal: int | None
) -> list[Related]:
    """Who moved, one house and neighbours; `personal` is the field by which people of one house are told apart."""
    moved = _moved(kinds, chance, match)
    if personal is None:
        return moved
    house = np.array([0.0 if j == personal else k.serumah for j, k in enumerate(kinds)])
    own = [j == personal or k.pribadi for j, k in enumerate(kinds)]
    near = np.where(own, 0.0, np.maximum(house, 0.05))
    most = np.array([0.0 if j == personal else k.serumah_maks for j, k in enumerate(kinds)])
    shared = [j for j, k in enumerate(kinds) if k.milik_rumah and j != personal]
    return [
        *moved,
        Related(house, most, _mixed(0.9, shared, chance, match)),
        Related(near, np.where(own, 0.0, 1.0), _mixed(0.4, shared, chance, match)),
    ]


def _moved(
    kinds: Sequence[KindOfField], chance: Sequence[Coincidence], match: Levels
) -> list[Related]:
    """Who moves changes all that belongs to the house at once: taken one by one, that speaks against one person.

    Only where lists say more of a person than a name: else any namesake would have moved.
    """
    house = [j for j, k in enumerate(kinds) if k.milik_rumah]
    if len(house) < 2 or not any(k.penentu for k in kinds):
        return []
    ones = np.ones(len(kinds))
    return [Related(ones, 0 * ones, _mixed(0.2, house, chance, match), one_person=True)]


def _mixed(
    part: float, places: Sequence[int], chance: Sequence[Coincidence], match: Levels
) -> dict[int, np.ndarray]:
    """Levels of which a `part` is as one person's rows show them, the rest as chance does."""
    return {
        j: part * match[j] + (1 - part) * chance[j].levels / chance[j].levels.sum() for j in places
    }


def swapped(match: Levels, crossed: Sequence[int]) -> Levels:
    """Levels of one person's rows with swapped names; `crossed` are the names. Of three, one may stay in place."""
    part = 1.0 if len(crossed) < 3 else 0.6
    return [
        part * swapped_levels(len(m)) + (1 - part) * m if j in crossed else m
        for j, m in enumerate(match)
    ]
