"""Errors of every group: exclusion, inclusion, coverage, as counted and as far as linkage may be wrong."""

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.register.doubt import RATES, spread
from analysis.measures.register.sums import Sums, estimates, share


def errors(cells: pd.DataFrame, sums: Sums, bounds: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Each error by name; `bounds`: rates of linkage error by programme."""
    found, corners = {}, _linkage_spread(cells, sums, bounds)
    counted, moved = _values(sums), [_values(corner) for corner in corners]
    for name, parts in counted.items():
        around = [share(parts), *(share(corner[name]) for corner in moved)]
        found[name] = estimates(around, *parts)
    around = [_differential(sums), *(_differential(corner) for corner in corners)]
    nothing = np.full(len(cells), np.nan)
    return found | {"selisih_sasaran": estimates(around, nothing, nothing)}


def _values(sums: Sums) -> dict[str, tuple[Floats, Floats]]:
    """Numerator and denominator of each error; the differential is a difference of two."""
    target, others = sums.hits + sums.missed, sums.wrong + sums.rest
    return {
        "cakupan_sasaran": (sums.hits, target),
        "salah_eksklusi": (sums.missed, target),
        "salah_inklusi": (sums.wrong, sums.hits + sums.wrong),
        "terima_nonsasaran": (sums.wrong, others),
        "salah_total": (sums.missed + sums.wrong, target + others),
        "cakupan": (sums.hits + sums.wrong, target + others),
    }


def _differential(sums: Sums) -> Floats:
    found = _values(sums)
    return share(found["cakupan_sasaran"]) - share(found["terima_nonsasaran"])


def _linkage_spread(cells: pd.DataFrame, sums: Sums, bounds: pd.DataFrame) -> list[Sums]:
    """The sums at the least and greatest number of recipients in the target and beside it; NaN where not measured.

    A set of programmes takes the rates of all lists together.
    """
    table = bounds.set_index("programme")[list(RATES)]
    links = table[table.index.notna()].astype(float).reindex(cells["programme"])
    links = links.reset_index(drop=True)
    if table.index.isna().any():
        sets = cells["dengan_kuota"].isna().to_numpy()
        links.loc[sets] = table.loc[table.index.isna()].to_numpy()
    target, others = sums.hits + sums.missed, sums.wrong + sums.rest
    all_found, outside = sums.hits + sums.wrong, cells["luar"].to_numpy(dtype=float)
    inside, beside = (
        spread(found, all_found, part, target + others, outside, links)
        for found, part in ((sums.hits, target), (sums.wrong, others))
    )
    return [Sums(h, target - h, w, others - w) for h in inside for w in beside]
