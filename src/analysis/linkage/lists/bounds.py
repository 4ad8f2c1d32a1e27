"""What levels one person's rows may show at all: bounds and general knowledge beside what is seen."""

import numpy as np

from analysis.policy import KindOfField


def spread(rows: np.ndarray, cells: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Rarity classes in which one person's rows agree, begun at those of `rows` that agree with any other."""
    if not len(rows):
        return rows
    seen = np.bincount(cells, weight, minlength=len(rows) + 1)[1 : len(rows) + 1]
    found = seen + (3 + 0.05 * seen.sum()) * rows
    return found / found.sum()


def as_a_person(levels: np.ndarray, kind: KindOfField, near: int, most: float) -> np.ndarray:
    """Levels within what one person's rows may show: not too often different, mostly the same, or `near`ly so by a slip."""
    if levels[-1] > most:
        levels[:-1] *= (1 - most) / levels[:-1].sum()
        levels[-1] = most
    alike = levels[:near].sum()
    if alike < kind.sama_minimum:
        levels[:near] *= kind.sama_minimum / alike
        levels[near:] *= (1 - kind.sama_minimum) / (1 - alike)
    slips = levels[1:near].sum()
    if kind.sama_minimum and levels[0] < slips:
        levels[1:near] *= (levels[0] + slips) / 2 / slips
        levels[0] = levels[1:near].sum()
    return levels
