"""Kelurahan by code or by any known spelling; a name nobody knows stays null and becomes a finding."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.recognition import squeezed


def area_keys(rulebook: Rulebook) -> pd.DataFrame:
    """Squeezed spelling of every kelurahan and of its kecamatan, with the kelurahan's code."""
    by_code = {area.kode: area for area in rulebook.areas}
    rows = [
        (squeezed(name), squeezed(above), area.kode)
        for area in rulebook.kelurahan()
        for name in (area.nama, *area.alias)
        for above in (by_code[area.induk].nama, *by_code[area.induk].alias)
    ]
    return pd.DataFrame(rows, columns=["kelurahan", "kecamatan", "kode"]).drop_duplicates()


def resolve_areas(engine: Engine, rulebook: Rulebook, source: str, target: str) -> None:
    """Make `target` (kode_t, kelurahan_t, kecamatan_t, kode): each distinct area of `source` once.

    A code wins over names. A name counts where the kecamatan beside it agrees or is not given.
    """
    engine.register("_area_keys", area_keys(rulebook))
    engine.table(
        target,
        f"""
        WITH given AS (
            SELECT DISTINCT kode_t, kelurahan_t, kecamatan_t FROM {source}),
        squeezed AS (
            SELECT *, regexp_replace(coalesce(kode_t, ''), '[^0-9]', '', 'g') AS k,
                regexp_replace(regexp_replace(lower(coalesce(kelurahan_t, '')),
                    '^ *(kelurahan|kel|desa|ds)([ ./]+(desa|kel))?[ ./]+', ''), '[^a-z0-9]', '', 'g') AS kel,
                regexp_replace(regexp_replace(lower(coalesce(kecamatan_t, '')),
                    '^ *(kecamatan|kec)[ .]+', ''), '[^a-z0-9]', '', 'g') AS kec
            FROM given),
        by_code AS (SELECT DISTINCT kode, replace(kode, '.', '') AS k FROM _area_keys),
        by_name AS (SELECT kelurahan AS kel, min(kode) AS kode FROM _area_keys
                    GROUP BY kelurahan HAVING count(DISTINCT kode) = 1)
        SELECT s.kode_t, s.kelurahan_t, s.kecamatan_t,
            coalesce(c.kode, a.kode, CASE WHEN s.kec = '' THEN n.kode END) AS kode
        FROM squeezed s
        LEFT JOIN by_code c ON c.k = s.k
        LEFT JOIN by_name n ON n.kel = s.kel
        LEFT JOIN _area_keys a ON a.kelurahan = s.kel AND a.kecamatan = s.kec
        """,
    )
    engine.drop("_area_keys")
