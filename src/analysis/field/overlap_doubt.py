"""How sure counts of combinations are, in words."""

import pandas as pd

from analysis.estimates import Estimate
from analysis.notation import number


def in_words(table: pd.DataFrame) -> list[str]:
    """Each row of out_overlap_doubt as a count with its interval."""
    return [_whole(_estimate(row)) for row in table.itertuples()]


def _estimate(row) -> Estimate:
    """The corrected count with its interval; none where linkage error is not known."""
    bounds = (None, None) if pd.isna(row.bawah) else (float(row.bawah), float(row.atas))
    return Estimate(
        float(row.perkiraan),
        float(row.n_terpadankan),
        None,
        "keluarga",
        row.metode,
        *bounds,
        kind="total",
    )


def _whole(estimate: Estimate) -> str:
    """A count of families in words: nobody counts hundredths of one."""
    if estimate.low is None or estimate.high is None:
        return number(estimate.value)
    return f"{number(estimate.value)} ({number(estimate.low)}–{number(estimate.high)})"
