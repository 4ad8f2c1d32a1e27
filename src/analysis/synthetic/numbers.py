"""NIK and No KK of the real structure, with serials 9000–9999 only: no real person's number can arise."""

import numpy as np
import pandas as pd

_SERIALS = 1000
_FIRST_SERIAL = 9000
# Where people who moved in were first registered: neighbours and the capital.
_ELSEWHERE = np.array(
    ["320201", "320214", "320312", "327301", "317105", "330112", "320501", "327106"]
)


def area_prefixes(kecamatan: np.ndarray, migrant: float, rng: np.random.Generator) -> np.ndarray:
    """Six digits of first registration: mostly the home kecamatan (32.72.02 → 327202)."""
    home = np.char.replace(kecamatan.astype(str), ".", "")
    away = _ELSEWHERE[rng.integers(0, len(_ELSEWHERE), len(home))]
    return np.where(rng.random(len(home)) < migrant, away, home)


def niks(prefix: np.ndarray, born: np.ndarray, female: np.ndarray) -> np.ndarray:
    """Unique 16-digit numbers; women's birth day + 40. Twins get neighbouring serials, as in life."""
    days = pd.DatetimeIndex(born)
    day = days.day.to_numpy() + 40 * female.astype(int)
    return _numbered(prefix, day, days)


def card_numbers(prefix: np.ndarray, written: np.ndarray) -> np.ndarray:
    """Unique 16-digit family card numbers: area of issue, date of recording, serial."""
    days = pd.DatetimeIndex(written)
    return _numbered(prefix, days.day.to_numpy(), days)


def _numbered(prefix: np.ndarray, day: np.ndarray, days: pd.DatetimeIndex) -> np.ndarray:
    dates = day * 10_000 + days.month.to_numpy() * 100 + days.year.to_numpy() % 100
    stem = prefix.astype("int64") * 1_000_000 + dates
    serial = pd.Series(stem).groupby(stem).cumcount().to_numpy()
    # a fixed scatter, so that serials do not all begin at 9000
    start = (stem * 2_654_435_761) % _SERIALS
    # A city of millions fills a day's thousand serials: its next office numbers on, ten codes higher.
    stem = stem + (serial // _SERIALS) * 10 * 1_000_000
    return (stem * 10_000 + _FIRST_SERIAL + (start + serial) % _SERIALS).astype(str)
