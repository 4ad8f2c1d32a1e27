"""Measures of every group at once from counts by desil: arrays of groups × ten desil in, a long table out.

One function turns sums into values; it is called on the sums as counted and on the sums as far as linkage may be
wrong, so that value and interval rest on one formula.
"""

import numpy as np
import pandas as pd

from analysis.measures.register.errors import errors
from analysis.measures.register.money import money
from analysis.measures.register.sums import AGREEMENT, sums_of, wide
from analysis.measures.register.terms import terms

_KEYS = ["programme", "satuan", "dimensi", "kelompok"]


def all_measures(cells: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """out_targeting_measure from groups × desil (`cells`) and the bounds of linkage by programme (`bounds`).

    A measure that cannot be computed (no target, nobody receives) is null with the reason in `metode`.
    """
    if cells.empty:
        return _long(cells.reindex(columns=_KEYS), {})
    n, served, rupiah = (wide(cells, name) for name in ("n", "terima", "rp"))
    inside = np.arange(1, 11) <= cells["desil_maks"].to_numpy()[:, None]
    sums = sums_of(n, served, inside)
    found = errors(cells, sums, bounds) | money(cells, n, served, rupiah, inside)
    return _long(cells[_KEYS], found | terms(cells, sums, inside))


def _long(keys: pd.DataFrame, found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a group and measure, sorted; what cannot be computed says so."""
    parts = [pd.concat([keys, table], axis=1).assign(ukuran=name) for name, table in found.items()]
    names = [*_KEYS, "ukuran", "nilai", "bawah", "atas", "pembilang", "penyebut", "metode"]
    table = pd.concat(parts, ignore_index=True)[names] if parts else pd.DataFrame(columns=names)
    empty = table["nilai"].isna() & ~table["ukuran"].str.startswith("suku_")
    table.loc[empty, "metode"] = "tidak dapat dihitung: penyebut kosong; " + AGREEMENT
    table = table[~(table["nilai"].isna() & table["ukuran"].str.startswith("suku_"))]
    return table.sort_values([*_KEYS, "ukuran"], ignore_index=True).astype(
        {"ukuran": "str", "metode": "str"}
    )
