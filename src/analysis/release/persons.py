"""Programmes counted in persons: one system each, by desil and receipt."""

from analysis.engine import Engine
from analysis.policy import Policy, Programme
from analysis.release.families import DESIL
from analysis.release.programmes import announce_programme, release_programme
from analysis.release.systems import System
from analysis.release.topics import Release, Step


def release_person_programmes(engine: Engine, policy: Policy, release: Release) -> Step:
    """Release every programme whose unit is the person; persons by desil are the same for all."""
    programmes: list[tuple[Programme, bool]] = []
    codes = engine.rows(
        "SELECT DISTINCT programme FROM out_coverage WHERE unit = 'jiwa' ORDER BY 1"
    )
    for (code,) in codes:
        atoms = engine.frame(
            """
            SELECT desil, true AS terima, n_penerima AS n FROM out_coverage WHERE programme = $code
            UNION ALL
            SELECT desil, false, n_units - n_penerima FROM out_coverage WHERE programme = $code
            ORDER BY ALL""",
            code=code,
        )
        system, programme = System(atoms), policy.programme(code)
        register = system.atoms["desil"] != "luar"
        scored = bool(system.atoms.loc[register, "n"].sum())
        announce_programme(
            system,
            release.city,
            programme,
            system.atoms["terima"],
            register if scored else register & False,
            DESIL,
        )
        if scored:
            system.same(("utama", release.city, "kota", "", "jiwa"), register)
            for step in DESIL:
                system.same(("jiwa menurut desil", step), system.atoms["desil"] == step)
        release.announce(system)
        programmes.append((programme, scored))
    status = yield
    for programme, scored in programmes:
        release_programme(engine, release, status, programme, DESIL, scored)
