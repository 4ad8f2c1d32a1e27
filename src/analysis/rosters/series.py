"""Tables of recipients by area and year: what cannot be true, with the evidence beside it.

Three defects of published series are told apart, each against the area's own other years: a value
that lost its final zeros, a year whose values stand beside the wrong areas, and a jump no programme
makes. Thresholds are rules (`reading.toml`, [deret]); a finding is a lead for the table's owner.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.notation import number
from analysis.policy import SeriesRule

LOST_ZEROS, PERMUTED, JUMP = "nol_hilang", "label_tertukar", "loncatan"


@dataclass(frozen=True)
class SeriesFinding:
    """One cell of the table, or a whole year (`wilayah` empty), with what speaks against it."""

    jenis: str
    wilayah: str
    tahun: int
    bukti: str


def check_series(table: pd.DataFrame, rule: SeriesRule) -> list[SeriesFinding]:
    """Findings about a table with columns wilayah, tahun, nilai, sorted by year and area."""
    wide = table.pivot(index="wilayah", columns="tahun", values="nilai").astype(float)
    wide = wide.where(wide > 0)
    logs = np.log10(wide)
    usual = logs.median(axis=1)
    zeros = _lost_zeros(logs, usual, rule)
    mended = logs + zeros
    usual = _usual_of_sound_years(mended, rule)
    permuted = _permuted(mended, usual, rule)
    found = [*_tell_zeros(wide, zeros, usual), *_tell_permuted(permuted)]
    broken = {f.tahun for f in found if f.jenis == PERMUTED}
    found += _tell_jumps(wide, mended, usual, broken, rule)
    return sorted(found, key=lambda f: (f.tahun, f.jenis, f.wilayah))


def _lost_zeros(logs: pd.DataFrame, usual: pd.Series, rule: SeriesRule) -> pd.DataFrame:
    """How many final zeros each cell lacks (0, 1, 2): a power of ten below its area's usual value."""
    gap = logs.rsub(usual, axis=0)
    digits = gap.round()
    fits = (gap - digits).abs() <= rule.nol_toleransi
    return digits.where(fits & digits.isin([1, 2]), 0.0).where(logs.notna())


def _usual_of_sound_years(logs: pd.DataFrame, rule: SeriesRule) -> pd.Series:
    """The area's usual value over years in which most areas are near their own."""
    away = (logs.sub(logs.median(axis=1), axis=0)).abs() > rule.jauh
    sound = away.mean() <= rule.tahun_rusak_bagian
    return logs.loc[:, sound].median(axis=1) if sound.any() else logs.median(axis=1)


def _permuted(logs: pd.DataFrame, usual: pd.Series, rule: SeriesRule) -> dict[int, list[tuple]]:
    """Years whose values fit the areas far better in another order: year → (area, whose value)."""
    from scipy.optimize import linear_sum_assignment  # a quarter of a second, for one command alone

    found = {}
    for year in logs.columns:
        given = logs[year].dropna()
        areas = usual.loc[given.index]
        away = (given - areas).abs()
        if (away > rule.jauh).mean() <= rule.tahun_rusak_bagian:
            continue
        cost = np.abs(given.to_numpy()[:, None] - areas.to_numpy()[None, :])
        row, column = linear_sum_assignment(cost)
        if cost[row, column].mean() > (1 - rule.tukar_perbaikan) * away.mean():
            continue
        moved = [
            (given.index[r], given.index[c])
            for r, c in zip(row, column, strict=True)
            if r != c and away.iloc[r] > rule.jauh
        ]
        found[int(year)] = moved
    return found


def _tell_zeros(wide: pd.DataFrame, zeros: pd.DataFrame, usual: pd.Series) -> list[SeriesFinding]:
    return [
        SeriesFinding(
            LOST_ZEROS, area, int(year),
            f"{number(wide.loc[area, year])} dengan {int(zeros.loc[area, year])} nol lagi mendekati nilai lazim {number(10 ** usual[area])}",
        )
        for year in wide.columns for area in wide.index if zeros.loc[area, year] > 0
    ]  # fmt: skip


def _tell_permuted(permuted: dict[int, list[tuple]]) -> list[SeriesFinding]:
    found = []
    for year, moved in permuted.items():
        found.append(
            SeriesFinding(PERMUTED, "", year, f"{len(moved)} wilayah bernilai wilayah lain")
        )
        found += [
            SeriesFinding(PERMUTED, area, year, f"nilainya sepadan dengan {whose}")
            for area, whose in moved
        ]
    return found


def _tell_jumps(
    wide: pd.DataFrame, logs: pd.DataFrame, usual: pd.Series, broken: set[int], rule: SeriesRule
) -> list[SeriesFinding]:
    away = logs.sub(usual, axis=0)
    return [
        SeriesFinding(
            JUMP, area, int(year),
            f"{number(wide.loc[area, year])} padahal lazimnya {number(10 ** usual[area])}",
        )
        for year in wide.columns if int(year) not in broken
        for area in wide.index if abs(away.loc[area, year]) > rule.loncatan
    ]  # fmt: skip
