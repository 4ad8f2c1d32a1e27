"""Every table that counts families of the city, protected as one system: they share their cells."""

from collections.abc import Iterable

from analysis.engine import Engine
from analysis.policy import Policy, Programme, Verdict
from analysis.release.family_atoms import (
    AUTHORITIES,
    DESIL,
    HELD,
    UNIT,
    atoms_of,
    combination_key,
    combinations_of,
    has_register,
    receives,
)
from analysis.release.family_cells import (
    release_by_desil,
    release_combinations,
    release_priority,
    release_verdicts,
)
from analysis.release.programmes import announce_programme, release_programme
from analysis.release.systems import System
from analysis.release.topics import Release, Step


def release_families(engine: Engine, policy: Policy, release: Release) -> Step:
    """Release desil × number of programmes, combinations, verdicts, family programmes, the priority."""
    system = System(atoms_of(engine))
    programmes = _held(engine, policy)
    _announce(system, release, policy, programmes)
    release.announce(system)
    status = yield
    release_by_desil(release, status, system.atoms)
    release_combinations(release, status, system.atoms)
    release_verdicts(engine, release, status)
    release_priority(release, status, system.atoms)
    for programme in programmes:
        release_programme(engine, release, status, programme, DESIL, has_register(system.atoms))


def _held(engine: Engine, policy: Policy) -> list[Programme]:
    codes = engine.rows(
        "SELECT DISTINCT programme FROM out_coverage WHERE unit = 'keluarga' ORDER BY 1"
    )
    return [policy.programme(code) for (code,) in codes]


def _announce(
    system: System, release: Release, policy: Policy, programmes: list[Programme]
) -> None:
    atoms, city = system.atoms, release.city
    register = atoms["desil"] != "luar"
    if has_register(atoms):
        system.count(("utama", city, "kota", "", UNIT), UNIT, register, exact=True)
        _announce_by_desil(system, city)
    combinations = combinations_of(release, atoms)
    for combination in combinations.unique():
        system.count(combination_key(city, combination), UNIT, combinations == combination)
    _announce_verdicts(system, city)
    if has_register(atoms):
        _announce_priority(system, city, policy.rulebook.targeting.desil_prioritas)
    held = atoms["programmes"].str.split("+")
    for code in sorted(set(held.explode()) - {""}):
        system.same(("penerima", city, code, "", UNIT), receives(held, code))
    for programme in programmes:
        own = receives(held, programme.kode)
        announce_programme(system, city, programme, own, register, DESIL)


def _announce_by_desil(system: System, city: str) -> None:
    atoms = system.atoms
    for desil in DESIL:
        here = atoms["desil"] == desil
        for held in HELD:
            key = ("desil_program", city, desil, held, UNIT)
            system.count(key, UNIT, here & (atoms["held"] == held))
        system.count(("desil_program", city, desil, "jumlah", UNIT), UNIT, here)


def _announce_verdicts(system: System, city: str) -> None:
    for verdict in Verdict:
        found = system.atoms["verdict"] == verdict.value
        for authority in AUTHORITIES:
            key = ("putusan", city, verdict.value, authority, UNIT)
            system.count(key, UNIT, found & (system.atoms["kewenangan"] == authority))
        system.count(("putusan", city, verdict.value, "semua", UNIT), UNIT, found)


def _announce_priority(system: System, city: str, desils: Iterable[int]) -> None:
    priority = system.atoms["desil"].isin([str(desil) for desil in desils])
    key = ("utama", city, "desil_prioritas", "", UNIT)
    system.count(key, UNIT, priority)
    none = priority & (system.atoms["n_programmes"] == 0)
    system.count((*key[:4], "tanpa_program"), UNIT, none, whole=priority)
