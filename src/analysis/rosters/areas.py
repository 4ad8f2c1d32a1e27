"""Kelurahan by code or by any known spelling; a name nobody knows stays null and becomes a finding."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.recognition import squeezed
from analysis.rosters.spelling import match_names

_GIVEN = ("kode_t", "kelurahan_t", "kecamatan_t", "kabupaten_t")


def area_keys(rulebook: Rulebook) -> pd.DataFrame:
    """Squeezed spelling of every kelurahan and of its kecamatan, with the kelurahan's code."""
    by_code = {area.kode: area for area in rulebook.areas}
    rows = [
        (squeezed(name), squeezed(above), area.kode, by_code[area.induk].bps or "")
        for area in rulebook.kelurahan()
        for name in (area.nama, *area.alias)
        for above in (by_code[area.induk].nama, *by_code[area.induk].alias)
    ]
    columns = ["kelurahan", "kecamatan", "kode", "bps"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates()


def resolve_areas(engine: Engine, rulebook: Rulebook, source: str, target: str) -> None:
    """Make `target` (kode_t, kelurahan_t, kecamatan_t, kabupaten_t, kode, cara, usulan): each distinct area once.

    A code wins over names (Kemendagri's, or the kecamatan of BPS's own). A name counts where the
    kecamatan beside it agrees or is not given. `cara`: 'tepat', 'mirip' (one kelurahan of the named
    kecamatan is spelled nearly so: taken, and told), 'luar' (another regency, such as Kabupaten
    Sukabumi 32.02) or null; `usulan` names the kelurahan probably meant.
    """
    engine.register("_area_keys", area_keys(rulebook))
    engine.table("_squeezed", _squeezed(rulebook, source))
    _near(engine, rulebook)
    engine.table(
        target,
        f"""
        WITH by_code AS (SELECT DISTINCT kode, replace(kode, '.', '') AS k FROM _area_keys),
        by_name AS (SELECT kelurahan AS kel, min(kode) AS kode FROM _area_keys
                    GROUP BY kelurahan HAVING count(DISTINCT kode) = 1),
        by_bps AS (SELECT DISTINCT bps, kelurahan AS kel, kode FROM _area_keys WHERE bps <> ''),
        exact AS (
            SELECT s.*, coalesce(c.kode, b.kode, a.kode, CASE WHEN s.kec = '' THEN n.kode END) AS exact
            FROM _squeezed s
            LEFT JOIN by_code c ON c.k = s.k
            LEFT JOIN by_bps b ON b.bps = s.k[1:7] AND length(s.k) IN (7, 10) AND b.kel = s.kel
            LEFT JOIN by_name n ON n.kel = s.kel
            LEFT JOIN _area_keys a ON a.kelurahan = s.kel AND a.kecamatan = s.kec)
        SELECT {", ".join(f"e.{name}" for name in _GIVEN)},
            CASE WHEN e.luar THEN NULL ELSE coalesce(e.exact, m.kode) END AS kode,
            CASE WHEN e.luar THEN 'luar' WHEN e.exact IS NOT NULL THEN 'tepat' WHEN m.kode IS NOT NULL THEN 'mirip' END AS cara,
            CASE WHEN e.exact IS NULL AND NOT e.luar THEN coalesce(m.kode, w.kode) END AS usulan
        FROM exact e
        LEFT JOIN _near m ON m.parent = e.kec AND m.nama = e.kel
        LEFT JOIN _near w ON w.parent = '' AND w.nama = e.kel""",
    )
    engine.drop("_area_keys", "_squeezed", "_near", "_given", "_candidates")


def _squeezed(rulebook: Rulebook, source: str) -> str:
    """The distinct areas as delivered, without prefixes, and whether another regency is named."""
    city = rulebook.city()
    own = ", ".join(
        f"'{squeezed(name)}'"
        for name in (city.nama, *city.alias, city.kode, f"{city.alias[0]} kota")
    )
    code = city.kode.replace(".", "")
    return f"""
        WITH given AS (SELECT DISTINCT {", ".join(_GIVEN)} FROM {source}),
        bare AS (
            SELECT *, regexp_replace(coalesce(kode_t, ''), '[^0-9]', '', 'g') AS k,
                regexp_replace(regexp_replace(lower(coalesce(kelurahan_t, '')),
                    '^ *(kelurahan|kel|desa|ds)([ ./]+(desa|kel))?[ ./]+', ''), '[^a-z0-9]', '', 'g') AS kel,
                regexp_replace(regexp_replace(lower(coalesce(kecamatan_t, '')),
                    '^ *(kecamatan|kec)[ .]+', ''), '[^a-z0-9]', '', 'g') AS kec,
                regexp_replace(lower(coalesce(kabupaten_t, '')), '[^a-z0-9]', '', 'g') AS kab
            FROM given)
        SELECT *, (kab <> '' AND kab NOT IN ({own})) OR (length(k) >= 4 AND k[1:4] <> '{code}') AS luar FROM bare"""


def _near(engine: Engine, rulebook: Rulebook) -> None:
    """`_near`: names close to one kelurahan of the named kecamatan, or ('' as parent) of the whole city."""
    engine.table(
        "_candidates",
        """SELECT DISTINCT kecamatan AS parent, kelurahan AS nama, kode FROM _area_keys
        UNION SELECT '', kelurahan, kode FROM _area_keys""",
    )
    engine.table(
        "_given",
        "SELECT kec AS parent, kel AS nama FROM _squeezed UNION SELECT '', kel FROM _squeezed",
    )
    match_names(engine, rulebook, "_near")
