"""Programmes counted in persons: one system each, by desil and receipt."""

from analysis.engine import Engine
from analysis.policy import Policy
from analysis.release.disclosure import Guarded, Key
from analysis.release.families import DESIL
from analysis.release.programmes import announce_programme, release_programme
from analysis.release.topics import Release, System


def release_person_programmes(
    engine: Engine, policy: Policy, release: Release
) -> dict[Key, Guarded]:
    """Release every programme whose unit is the person. Returns what became of each count."""
    status: dict[Key, Guarded] = {}
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
        status |= release.protect(system)
        release_programme(engine, release, status, programme, DESIL, scored)
    return status
