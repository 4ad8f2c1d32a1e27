"""The families of the city parted by desil, programmes held and verdict: what all tables of families stand on."""

import pandas as pd

from analysis.engine import Engine
from analysis.release.disclosure import Key
from analysis.release.topics import Release

DESIL = [*(str(step) for step in range(1, 11)), "tanpa"]
HELD = ["0", "1", "2", "3+"]
AUTHORITIES = ["kota", "permohonan_provinsi", "usulan_pusat"]
NO_PROGRAMME, OTHER = "tanpa", "lainnya"
UNIT = "keluarga"


def atoms_of(engine: Engine) -> pd.DataFrame:
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


def has_register(atoms: pd.DataFrame) -> bool:
    """Whether any family stands in a register."""
    return bool(atoms.loc[atoms["desil"] != "luar", "n"].sum())


def receives(held: pd.Series, code: str) -> pd.Series:
    """Whether each set of programmes holds this one."""
    return held.map(lambda codes: code in codes)


def combinations_of(release: Release, atoms: pd.DataFrame) -> pd.Series:
    """Programme sets; rare ones together, since a row of its own would tell that somebody is there."""
    families = atoms.groupby("programmes")["n"].transform("sum")
    return atoms["programmes"].where(families >= release.rule.k_minimum, OTHER)


def combination_key(city: str, programmes: str) -> Key:
    """The count of a programme set."""
    return ("kombinasi", city, programmes or NO_PROGRAMME, "", UNIT)
