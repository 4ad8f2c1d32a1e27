"""Measures of every group at once from counts by desil: arrays of groups × ten desil in, a long table out.

One function turns sums into values; it is called on the sums as counted and on the sums as far as linkage may be
wrong, so that value and interval rest on one formula.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.register_doubt import KNOWN, NOT_KNOWN, RATES, spread

AGREEMENT = "kesepakatan dengan peringkat desil register, bukan kemiskinan"
TIES = f"{AGREEMENT}; kuota = satuan pada daftar periode ini, dipotong sekota menurut desil; seri: nilai harapan"
_KEYS = ["programme", "satuan", "dimensi", "kelompok"]
_DESILS = range(1, 11)


@dataclass(frozen=True)
class Sums:
    """Counts of each group (a row): recipients and others, in the target and beside it."""

    hits: Floats
    missed: Floats
    wrong: Floats
    rest: Floats


def all_measures(cells: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """out_targeting_measure from groups × desil (`cells`) and the bounds of linkage by programme (`bounds`).

    A measure that cannot be computed (no target, nobody receives) is null with the reason in `metode`.
    """
    if cells.empty:
        return _long(cells.reindex(columns=_KEYS), {})
    n, served, rupiah = (_wide(cells, name) for name in ("n", "terima", "rp"))
    inside = np.arange(1, 11) <= cells["desil_maks"].to_numpy()[:, None]
    sums = _sums(n, served, inside)
    corners = _linkage_spread(cells, sums, bounds)
    found = _errors(cells, sums, corners) | _money(cells, n, served, rupiah, inside)
    return _long(cells[_KEYS], found | _terms(cells, sums, inside))


def _wide(cells: pd.DataFrame, name: str) -> Floats:
    return cells[[f"{name}_{d}" for d in _DESILS]].to_numpy(dtype=float)


def _sums(n: Floats, served: Floats, inside: Floats) -> Sums:
    hits, target = (served * inside).sum(1), (n * inside).sum(1)
    wrong, rest = (served * ~inside).sum(1), (n * ~inside).sum(1)
    return Sums(hits, target - hits, wrong, rest - wrong)


def values(sums: Sums) -> dict[str, tuple[Floats, Floats]]:
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


def _share(parts: tuple[Floats, Floats]) -> Floats:
    return np.divide(parts[0], parts[1], out=np.full(len(parts[0]), np.nan), where=parts[1] > 0)


def _differential(sums: Sums) -> Floats:
    found = values(sums)
    return _share(found["cakupan_sasaran"]) - _share(found["terima_nonsasaran"])


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


def _errors(cells: pd.DataFrame, sums: Sums, corners: list[Sums]) -> dict[str, pd.DataFrame]:
    found = {}
    counted, moved = values(sums), [values(corner) for corner in corners]
    for name, parts in counted.items():
        around = [_share(parts), *(_share(corner[name]) for corner in moved)]
        found[name] = _estimates(around, *parts)
    around = [_differential(sums), *(_differential(corner) for corner in corners)]
    nothing = np.full(len(cells), np.nan)
    return found | {"selisih_sasaran": _estimates(around, nothing, nothing)}


def _estimates(around: list[Floats], numerator: Floats, denominator: Floats) -> pd.DataFrame:
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


def _money(
    cells: pd.DataFrame, n: Floats, served: Floats, rupiah: Floats, inside: Floats
) -> dict[str, pd.DataFrame]:
    """Leakage, CGH at the target's share, concentration over desil mid-ranks, and incidence among the groups."""
    paid, people = rupiah.sum(1), n.sum(1)
    to_target = (rupiah * inside).sum(1)
    share = _share(((n * inside).sum(1), people))
    cgh = _share((_share((to_target, paid)), share))
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
    return _estimates([_share((numerator, denominator)) if value is None else value, np.full(len(numerator), np.nan)],
                      numerator, denominator)  # fmt: skip


def _terms(cells: pd.DataFrame, sums: Sums, inside: Floats) -> dict[str, pd.DataFrame]:
    """Exclusion = conditions + quota + implementation, signed, adding exactly; of single programmes in their own unit."""
    target = sums.hits + sums.missed
    own = cells["dengan_kuota"].fillna(False).to_numpy(dtype=bool) & (target > 0)
    eligible = (_wide(cells, "memenuhi") * inside).sum(1)
    places, fewest, most = (
        (_wide(cells, name) * inside).sum(1) for name in ("tempat", "tempat_min", "tempat_maks")
    )
    terms = {
        "suku_syarat": (target - eligible, target - eligible, target - eligible),
        "suku_kuota": (eligible - places, eligible - most, eligible - fewest),
        "suku_pelaksanaan": (places - sums.hits, fewest - sums.hits, most - sums.hits),
    }
    found = {}
    for name, (expected, least, greatest) in terms.items():
        shares = [
            np.where(own, _share((part, target)), np.nan) for part in (expected, least, greatest)
        ]
        settled = np.isclose(least, greatest)
        found[name] = pd.DataFrame(
            {
                "nilai": shares[0], "bawah": np.where(settled, np.nan, shares[1]), "atas": np.where(settled, np.nan, shares[2]),
                "pembilang": np.where(own, expected, np.nan), "penyebut": np.where(own, target, np.nan), "metode": TIES,
            }
        )  # fmt: skip
    return found


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
