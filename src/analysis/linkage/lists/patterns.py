"""Compared pairs of any list as patterns: the little that a model sees of them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.comparisons import RARITIES, Comparison
from analysis.linkage.lists.rows import SAME_FILE
from analysis.linkage.lists.wide import counted


@dataclass(frozen=True)
class Patterns:
    """Compared pairs by pattern: how many, their cell and level of every comparison, and in which kind of pair of files.

    `all_pairs`: number of pairs there are, compared or not, of each kind of pair of files.
    """

    n: np.ndarray
    cells: tuple[np.ndarray, ...]
    levels: tuple[np.ndarray, ...]
    files: np.ndarray
    all_pairs: np.ndarray

    def by_level(self, place: int, weight: np.ndarray, size: int) -> np.ndarray:
        """Sum of `weight` at each level of a comparison; missing cells tell nothing."""
        return np.bincount(self.levels[place] + 1, weight, minlength=size + 1)[1:]


def patterns_of(
    engine: Engine, table: str, compared: tuple[Comparison, ...], all_pairs: np.ndarray
) -> tuple[pd.Series, Patterns]:
    """Pattern numbers of a compared table and what they say; the last comparison is SAME_FILE."""
    told = counted(engine, table, compared)
    cells, levels = [], []
    for c in compared[:-1]:
        level = told[c.name].to_numpy().astype(int)
        rare = told[f"{c.name}_f"].to_numpy().astype(int) if c.frequency else -1
        levels.append(level)
        cells.append(
            np.where(level < 0, 0, np.where(rare >= 0, 1 + rare, level + RARITIES))
            if c.frequency
            else level + 1
        )
    files = told[SAME_FILE.name].to_numpy().astype(int)
    return told["pattern"], Patterns(
        told["n"].to_numpy(float), tuple(cells), tuple(levels), files, all_pairs
    )
