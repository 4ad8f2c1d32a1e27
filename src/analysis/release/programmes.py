"""What is released of one programme: recipients, target, errors, coverage by desil."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Programme
from analysis.release.disclosure import Guarded, Key
from analysis.release.systems import System
from analysis.release.topics import RUPIAH, SHARE, Release

_NOT_SCORED = (
    ("sasaran", ""), ("sasaran_terima", ""), ("exclusion_error", SHARE), ("inclusion_error", SHARE),
    ("di_atas_batas", ""), ("manfaat_di_atas_batas_rp", RUPIAH), ("tanpa_desil_terima", ""),
    ("luar_registri_terima", ""),
)  # fmt: skip


def announce_programme(
    system: System,
    city: str,
    programme: Programme,
    receives: pd.Series,
    register: pd.Series,
    desils: list[str],
) -> None:
    """Counts of one programme over the system's atoms; its city total stays exact."""
    desil, unit = system.atoms["desil"], programme.satuan
    system.count(("program", city, programme.kode, "", "penerima"), unit, receives, exact=True)
    if programme.desil_maks is None or not register.any():
        return
    ranked = pd.to_numeric(desil, errors="coerce")
    target, above = ranked <= programme.desil_maks, ranked > programme.desil_maks
    parts = {
        "sasaran": (target, None),
        "sasaran_terima": (target & receives, target),
        "di_atas_batas": (above & receives, None),
        "tanpa_desil_terima": ((desil == "tanpa") & receives, None),
        "luar_registri_terima": (~register & receives, None),
    }
    for measure, (where, whole) in parts.items():
        system.count(("program", city, programme.kode, "", measure), unit, where, whole=whole)
    for step in desils:
        here = desil == step
        system.count(("cakupan", city, programme.kode, step, "unit"), unit, here)
        system.count(
            ("cakupan", city, programme.kode, step, "penerima"), unit, here & receives, whole=here
        )


def release_programme(
    engine: Engine,
    release: Release,
    status: dict[Key, Guarded],
    programme: Programme,
    desils: list[str],
    scored: bool,
) -> None:
    """Cells of rilis_program and rilis_cakupan; a programme without desil is not scored by it."""
    code, unit = programme.kode, programme.satuan
    total = ("program", release.city, code, "", "penerima")
    rupiah = engine.one(
        "SELECT sum(manfaat_rp) FROM out_coverage WHERE programme = $code", code=code
    )
    release.count(total, unit, status[total])
    release.amount((*total[:4], "manfaat_rp"), float(rupiah or 0), status[total], exact=True)
    if programme.desil_maks is None or not scored:
        for measure, kind in _NOT_SCORED:
            release.undefined((*total[:4], measure), kind or unit)
        return
    _release_errors(engine, release, status, programme, total)
    links = release.links.get(code)
    for step in desils:
        units = ("cakupan", release.city, code, step, "unit")
        got = (*units[:4], "penerima")
        release.count(units, unit, status[units])
        release.count(got, unit, status[got])
        release.share(
            (*units[:4], "cakupan"), status[got], status[units], doubt=links and links.reached
        )


def _release_errors(
    engine: Engine, release: Release, status: dict[Key, Guarded], programme: Programme, total: Key
) -> None:
    def guarded(measure: str) -> Guarded:
        return status[(*total[:4], measure)]

    unit, base = programme.satuan, total[:4]
    target, reached, above = guarded("sasaran"), guarded("sasaran_terima"), guarded("di_atas_batas")
    excess = engine.one(
        "SELECT manfaat_fp_rp FROM out_targeting WHERE programme = $code AND kode_wilayah = $city",
        code=programme.kode, city=release.city,
    )  # fmt: skip
    release.count((*base, "sasaran"), unit, target)
    release.count((*base, "sasaran_terima"), unit, reached)
    links = release.links.get(programme.kode)
    release.share(
        (*base, "exclusion_error"), reached, target, rest=True, doubt=links and links.missed
    )
    release.share(
        (*base, "inclusion_error"), above, _sum(reached, above), doubt=links and links.beside
    )
    release.count((*base, "di_atas_batas"), unit, above)
    release.amount((*base, "manfaat_di_atas_batas_rp"), float(excess), above)
    for measure in ("tanpa_desil_terima", "luar_registri_terima"):
        release.count((*base, measure), unit, guarded(measure))


def _sum(left: Guarded, right: Guarded) -> Guarded:
    """Ranked recipients: known only where both parts are."""
    for part in (left, right):
        if not part.is_published:
            return part
    return Guarded(
        left.value + right.value, left.status, left.low + right.low, left.high + right.high
    )
