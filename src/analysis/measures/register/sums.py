"""Counts of groups by desil and the values they give, with what linkage allows beside each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.register.doubt import KNOWN, NOT_KNOWN

AGREEMENT = "kesepakatan dengan peringkat desil register, bukan kemiskinan"
_DESILS = range(1, 11)


@dataclass(frozen=True)
class Sums:
    """Counts of each group (a row): recipients and others, in the target and beside it."""

    hits: Floats
    missed: Floats
    wrong: Floats
    rest: Floats


def wide(cells: pd.DataFrame, name: str) -> Floats:
    """Groups × ten desil of one count."""
    return cells[[f"{name}_{d}" for d in _DESILS]].to_numpy(dtype=float)


def sums_of(n: Floats, served: Floats, inside: Floats) -> Sums:
    """From units and recipients by desil, and which desil are the target of each group."""
    hits, target = (served * inside).sum(1), (n * inside).sum(1)
    wrong, rest = (served * ~inside).sum(1), (n * ~inside).sum(1)
    return Sums(hits, target - hits, wrong, rest - wrong)


def share(parts: tuple[Floats, Floats]) -> Floats:
    """Numerator ÷ denominator; NaN where that is not positive."""
    return np.divide(parts[0], parts[1], out=np.full(len(parts[0]), np.nan), where=parts[1] > 0)


def estimates(around: list[Floats], numerator: Floats, denominator: Floats) -> pd.DataFrame:
    """The value as counted, and the least and greatest value that linkage allows."""
    value, stack = around[0], np.vstack(around)
    doubtful = np.isfinite(stack).all(0)
    return pd.DataFrame(
        {
            "nilai": value,
            "bawah": np.where(doubtful, stack.min(0), np.nan),
            "atas": np.where(doubtful, stack.max(0), np.nan),
            "pembilang": numerator,
            "penyebut": denominator,
            "metode": np.where(doubtful, f"{AGREEMENT}; {KNOWN}", f"{AGREEMENT}; {NOT_KNOWN}"),
        }
    )
