"""Programmes counted in persons: one system each, by desil and receipt."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy, Programme
from analysis.release.family_atoms import DESIL
from analysis.release.programmes import announce_programme, release_programme
from analysis.release.systems import System
from analysis.release.topics import Release, Step


def release_person_programmes(engine: Engine, policy: Policy, release: Release) -> Step:
    """Release every programme whose unit is the person; persons by desil are the same for all."""
    codes = engine.rows(
        "SELECT DISTINCT programme FROM out_coverage WHERE unit = 'jiwa' ORDER BY 1"
    )
    scored: dict[Programme, bool] = {}
    for (code,) in codes:
        programme = policy.programme(code)
        scored[programme] = _announce(engine, release, programme)
    status = yield
    for programme, is_scored in scored.items():
        release_programme(engine, release, status, programme, DESIL, is_scored)


def _announce(engine: Engine, release: Release, programme: Programme) -> bool:
    """The programme as a system; whether a register holds anybody it could be held against."""
    system = System(_atoms(engine, programme.kode))
    desil, receives = system.atoms["desil"], system.atoms["terima"]
    register = desil != "luar"
    scored = bool(system.atoms.loc[register, "n"].sum())
    counted = register if scored else register & False
    announce_programme(system, release.city, programme, receives, counted, DESIL)
    if scored:
        system.same(("utama", release.city, "kota", "", "jiwa"), register)
        for step in DESIL:
            system.same(("jiwa menurut desil", step), desil == step)
    release.announce(system)
    return scored


def _atoms(engine: Engine, code: str) -> pd.DataFrame:
    return engine.frame(
        """
        SELECT desil, true AS terima, n_penerima AS n FROM out_coverage WHERE programme = $code
        UNION ALL
        SELECT desil, false, n_units - n_penerima FROM out_coverage WHERE programme = $code
        ORDER BY ALL""",
        code=code,
    )
