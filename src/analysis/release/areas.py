"""Kelurahan, held against the city by a funnel and never ranked."""

import math

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy, Targeting
from analysis.release.disclosure import Guarded, Key
from analysis.release.topics import Release, System

ROW = "desil_prioritas"
ABOVE, LEVEL, BELOW = "di_atas", "setara", "di_bawah"


def release_areas(
    engine: Engine, policy: Policy, release: Release, totals: dict[Key, Guarded]
) -> None:
    """Release priority families and recipients by kelurahan.

    City totals already published are part of the system: a suppressed kelurahan cannot be found
    by subtraction.
    """
    codes = [area.kode for area in policy.rulebook.kelurahan()]
    counts = engine.frame("""
        SELECT programme, unit, kode_wilayah, tp, fn,
            tp + fp + tanpa_desil_terima + luar_registri_terima AS penerima
        FROM out_targeting ORDER BY programme, kode_wilayah""")
    # Areas without anybody, and people of unknown area, are unknowns to an outsider as well.
    everywhere = pd.DataFrame({"kode_wilayah": [*codes, "tanpa"]})
    parts = counts[counts["kode_wilayah"].isin(everywhere["kode_wilayah"])]
    for code, held in parts.groupby("programme", sort=True):
        here = everywhere.merge(held, how="left").fillna({"tp": 0, "fn": 0, "penerima": 0})
        if code == "semua":
            _release_priority(here, codes, policy, release, totals)
        else:
            _release_recipients(str(code), held["unit"].iloc[0], here, codes, release, totals)


def _release_priority(
    here: pd.DataFrame,
    codes: list[str],
    policy: Policy,
    release: Release,
    totals: dict[Key, Guarded],
) -> None:
    got, none = here.assign(n=here["tp"], none=False), here.assign(n=here["fn"], none=True)
    system = System(pd.concat([got, none]))
    place, without = system.atoms["kode_wilayah"], system.atoms["none"].astype(bool)
    for code in codes:
        system.count(_key(code, "keluarga"), "keluarga", place == code)
        system.count(
            _key(code, "tanpa_program"), "keluarga", (place == code) & without, whole=place == code
        )
    city = ("utama", release.city, ROW, "", "keluarga")
    city_none = (*city[:4], "tanpa_program")
    for key, where in ((city, place == place), (city_none, without)):
        if totals[key].is_published:
            system.count(("_jumlah", *key[1:]), "keluarga", where, exact=True)
    status = system.protected(release.rule)
    for code in codes:
        whole, part = status[_key(code, "keluarga")], status[_key(code, "tanpa_program")]
        level = _level(part, whole, totals[city_none], totals[city], policy.rulebook.targeting)
        release.count(_key(code, "keluarga"), "keluarga", whole)
        release.count(_key(code, "tanpa_program"), "keluarga", part)
        release.share(_key(code, "bagian_tanpa_program"), part, whole, teks=level)


def _key(code: str, measure: str) -> Key:
    return ("kelurahan", code, ROW, "", measure)


def _level(
    part: Guarded, whole: Guarded, city_part: Guarded, city_whole: Guarded, rule: Targeting
) -> str | None:
    """Above, level with or below the city: outside the funnel and by more than a trifle."""
    if not all(guarded.is_published for guarded in (part, whole, city_part, city_whole)):
        return None
    if whole.value < rule.n_minimum:
        return None
    city = city_part.value / city_whole.value
    reach = max(
        rule.setara_selisih_maks, rule.corong_simpangan * math.sqrt(city * (1 - city) / whole.value)
    )
    gap = part.value / whole.value - city
    return LEVEL if abs(gap) <= reach else ABOVE if gap > 0 else BELOW


def _release_recipients(
    programme: str,
    unit: str,
    here: pd.DataFrame,
    codes: list[str],
    release: Release,
    totals: dict[Key, Guarded],
) -> None:
    system = System(here, "penerima")
    place = system.atoms["kode_wilayah"]
    keys = [
        system.count(("kelurahan", code, programme, "", "penerima"), unit, place == code)
        for code in codes
    ]
    city = ("program", release.city, programme, "", "penerima")
    if totals[city].is_published:
        system.count(("_jumlah", *city[1:]), unit, place == place, exact=True)
    status = system.protected(release.rule)
    for key in keys:
        release.count(key, unit, status[key])
