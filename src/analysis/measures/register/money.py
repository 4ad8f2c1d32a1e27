"""Rupiah of every group from sums by desil: leakage, CGH, concentration, incidence."""

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.register.sums import estimates, share


def money(
    cells: pd.DataFrame, n: Floats, served: Floats, rupiah: Floats, inside: Floats
) -> dict[str, pd.DataFrame]:
    """Leakage, CGH at the target's share, concentration over desil mid-ranks, and incidence among the groups."""
    paid, people = rupiah.sum(1), n.sum(1)
    to_target = (rupiah * inside).sum(1)
    target = share(((n * inside).sum(1), people))
    cgh = share((share((to_target, paid)), target))
    rank = (np.cumsum(n, 1) - n / 2) / np.maximum(people, 1)[:, None]
    concentration = np.where(
        paid > 0, 2 * (rupiah * rank).sum(1) / np.where(paid > 0, paid, 1) - 1, np.nan
    )
    whole = cells.assign(paid=paid, served=served.sum(1)).groupby(
        ["programme", "satuan", "dimensi"]
    )
    nothing = np.full(len(cells), np.nan)
    return {
        "bocor_rp": _counted(paid - to_target, paid),
        "cgh": _counted(nothing, nothing, cgh),
        "konsentrasi": _counted(nothing, nothing, concentration),
        "insidensi_penerima": _counted(served.sum(1), whole["served"].transform("sum").to_numpy()),
        "insidensi_manfaat": _counted(paid, whole["paid"].transform("sum").to_numpy()),
    }


def _counted(numerator: Floats, denominator: Floats, value: Floats | None = None) -> pd.DataFrame:
    return estimates([share((numerator, denominator)) if value is None else value, np.full(len(numerator), np.nan)],
                      numerator, denominator)  # fmt: skip
