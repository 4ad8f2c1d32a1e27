"""Every table that counts families of the city, protected as one system: they share their cells."""

from collections.abc import Iterable

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy, Programme, Verdict
from analysis.release.disclosure import Guarded, Key
from analysis.release.link_bounds import ALL_LISTS
from analysis.release.programmes import announce_programme, release_programme
from analysis.release.systems import System
from analysis.release.topics import Release, Step

DESIL = [*(str(step) for step in range(1, 11)), "tanpa"]
HELD = ["0", "1", "2", "3+"]
AUTHORITIES = ["kota", "permohonan_provinsi", "usulan_pusat"]
NO_PROGRAMME, OTHER = "tanpa", "lainnya"
UNIT = "keluarga"


def release_families(engine: Engine, policy: Policy, release: Release) -> Step:
    """Release desil × number of programmes, combinations, verdicts, family programmes, the priority."""
    system = System(_atoms(engine))
    programmes = _held(engine, policy)
    _announce(system, release, policy, programmes)
    release.announce(system)
    status = yield
    _release_by_desil(release, status, system.atoms)
    _release_combinations(release, status, system.atoms)
    _release_verdicts(engine, release, status)
    _release_priority(release, status, system.atoms)
    for programme in programmes:
        release_programme(engine, release, status, programme, DESIL, _has_register(system.atoms))


def _atoms(engine: Engine) -> pd.DataFrame:
    """Every desil × programme set, empty ones too: that nobody is there is not known outside."""
    atoms = engine.frame("""
        WITH ruled AS (
            SELECT p.*, coalesce(o.verdict, '') AS verdict, coalesce(o.kewenangan, '') AS kewenangan
            FROM out_family_programmes p LEFT JOIN out_overlap o USING (family_id)),
        families AS (
            SELECT CASE WHEN NOT is_registri THEN 'luar' WHEN desil IS NULL THEN 'tanpa'
                ELSE CAST(desil AS VARCHAR) END AS desil, programmes, verdict, kewenangan, count(*) AS n
            FROM ruled GROUP BY ALL),
        sets AS (SELECT DISTINCT programmes, n_programmes, verdict, kewenangan FROM ruled),
        steps AS (SELECT DISTINCT desil FROM out_population)
        SELECT d.desil, s.programmes, s.n_programmes, s.verdict, s.kewenangan, coalesce(f.n, 0) AS n
        FROM steps d CROSS JOIN sets s LEFT JOIN families f
            ON f.desil = d.desil AND f.programmes = s.programmes AND f.verdict = s.verdict
            AND f.kewenangan = s.kewenangan
        ORDER BY d.desil, s.programmes, s.verdict, s.kewenangan""")
    atoms["held"] = atoms["n_programmes"].map(lambda n: "3+" if n >= 3 else str(n))
    return atoms


def _has_register(atoms: pd.DataFrame) -> bool:
    return bool(atoms.loc[atoms["desil"] != "luar", "n"].sum())


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
    if _has_register(atoms):
        system.count(("utama", city, "kota", "", UNIT), UNIT, register, exact=True)
        _announce_by_desil(system, city)
    combinations = _combinations(release, atoms)
    for combination in combinations.unique():
        system.count(_combination(city, combination), UNIT, combinations == combination)
    _announce_verdicts(system, city)
    if _has_register(atoms):
        _announce_priority(system, city, policy.rulebook.targeting.desil_prioritas)
    held = atoms["programmes"].str.split("+")
    for code in sorted(set(held.explode()) - {""}):
        system.same(("penerima", city, code, "", UNIT), _receives(held, code))
    for programme in programmes:
        receives = _receives(held, programme.kode)
        announce_programme(system, city, programme, receives, register, DESIL)


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


def _receives(held: pd.Series, code: str) -> pd.Series:
    return held.map(lambda codes: code in codes)


def _combinations(release: Release, atoms: pd.DataFrame) -> pd.Series:
    """Programme sets; rare ones together, since a row of its own would tell that somebody is there."""
    families = atoms.groupby("programmes")["n"].transform("sum")
    return atoms["programmes"].where(families >= release.rule.k_minimum, OTHER)


def _combination(city: str, programmes: str) -> Key:
    return ("kombinasi", city, programmes or NO_PROGRAMME, "", UNIT)


def _release_by_desil(release: Release, status: dict[Key, Guarded], atoms: pd.DataFrame) -> None:
    for desil in DESIL if _has_register(atoms) else []:
        for held in [*HELD, "jumlah"]:
            key = ("desil_program", release.city, desil, held, UNIT)
            release.count(key, UNIT, status[key])


def _release_combinations(
    release: Release, status: dict[Key, Guarded], atoms: pd.DataFrame
) -> None:
    """Largest first among the published; a suppressed one does not tell its size by its place."""
    gravity = {verdict.value: verdict.gravity for verdict in Verdict}
    ordered = atoms.sort_values(
        "verdict", key=lambda found: found.map(gravity).fillna(-1), kind="stable"
    )
    verdicts = dict(zip(_combinations(release, ordered), ordered["verdict"], strict=True))
    verdicts |= {OTHER: ""} if OTHER in verdicts else {}
    found = [(status[_combination(release.city, held)], held) for held in verdicts]
    for guarded, held in sorted(found, key=lambda pair: (-(pair[0].value or -1), pair[1])):
        release.count(_combination(release.city, held), UNIT, guarded, teks=verdicts[held] or None)


def _release_verdicts(engine: Engine, release: Release, status: dict[Key, Guarded]) -> None:
    amounts = {
        (verdict, authority): rupiah
        for verdict, authority, rupiah in engine.rows("""
            SELECT verdict, coalesce(kewenangan, 'semua'), sum(manfaat_telaah_rp) FROM out_overlap
            GROUP BY GROUPING SETS ((verdict, kewenangan), (verdict))""")
    }
    for verdict in Verdict:
        for authority in [*AUTHORITIES, "semua"]:
            key = ("putusan", release.city, verdict.value, authority, UNIT)
            release.count(key, UNIT, status[key])
            rupiah = float(amounts.get((verdict.value, authority), 0))
            release.amount((*key[:4], "manfaat_telaah_rp"), rupiah, status[key])


def _release_priority(release: Release, status: dict[Key, Guarded], atoms: pd.DataFrame) -> None:
    if not _has_register(atoms):
        return
    whole = ("utama", release.city, "desil_prioritas", "", UNIT)
    part = (*whole[:4], "tanpa_program")
    release.count(whole, UNIT, status[whole])
    release.count(part, UNIT, status[part])
    links = release.links.get(ALL_LISTS)
    key = (*whole[:4], "bagian_tanpa_program")
    release.share(key, status[part], status[whole], doubt=links and links.missed)
