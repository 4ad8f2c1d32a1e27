"""Cells of the tables that count families of the city, in print order."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Verdict
from analysis.release.disclosure import Guarded, Key
from analysis.release.family_atoms import (
    AUTHORITIES,
    DESIL,
    HELD,
    OTHER,
    UNIT,
    combination_key,
    combinations_of,
    has_register,
)
from analysis.release.link_bounds import ALL_LISTS
from analysis.release.topics import Release


def release_by_desil(release: Release, status: dict[Key, Guarded], atoms: pd.DataFrame) -> None:
    """Families by desil and number of programmes."""
    for desil in DESIL if has_register(atoms) else []:
        for held in [*HELD, "jumlah"]:
            key = ("desil_program", release.city, desil, held, UNIT)
            release.count(key, UNIT, status[key])


def release_combinations(release: Release, status: dict[Key, Guarded], atoms: pd.DataFrame) -> None:
    """Largest first among the published; a suppressed one does not tell its size by its place."""
    gravity = {verdict.value: verdict.gravity for verdict in Verdict}
    ordered = atoms.sort_values(
        "verdict", key=lambda found: found.map(gravity).fillna(-1), kind="stable"
    )
    verdicts = dict(zip(combinations_of(release, ordered), ordered["verdict"], strict=True))
    verdicts |= {OTHER: ""} if OTHER in verdicts else {}
    found = [(status[combination_key(release.city, held)], held) for held in verdicts]
    for guarded, held in sorted(found, key=lambda pair: (-(pair[0].value or -1), pair[1])):
        release.count(
            combination_key(release.city, held), UNIT, guarded, teks=verdicts[held] or None
        )


def release_verdicts(engine: Engine, release: Release, status: dict[Key, Guarded]) -> None:
    """Families by verdict and who decides, each with its rupiah to look into."""
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


def release_priority(release: Release, status: dict[Key, Guarded], atoms: pd.DataFrame) -> None:
    """Families of the priority desil, and those of them without a programme."""
    if not has_register(atoms):
        return
    whole = ("utama", release.city, "desil_prioritas", "", UNIT)
    part = (*whole[:4], "tanpa_program")
    release.count(whole, UNIT, status[whole])
    release.count(part, UNIT, status[part])
    links = release.links.get(ALL_LISTS)
    key = (*whole[:4], "bagian_tanpa_program")
    release.share(key, status[part], status[whole], doubt=links and links.missed)
