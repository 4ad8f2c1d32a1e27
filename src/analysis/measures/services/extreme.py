"""Families of desil 1 and of the P3KE list: how many programmes, and which classes of intervention are missing.

Desil 1 is a rank of DTSEN and P3KE an older list: neither is the BPS measure of extreme poverty.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook


def build_extreme(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Make out_extreme: a row a family of the desil, or with a member on the supplied list."""
    rule = rulebook.services.ekstrem
    pairs = [(code, name) for name, codes in rule.intervensi.items() for code in codes]
    engine.register("_class", pd.DataFrame(pairs, columns=["programme", "kelas"], dtype="str"))
    held = ", ".join(
        f"coalesce(bool_or(c.kelas = '{name}'), false) AS {name}" for name in rule.intervensi
    )
    engine.table(
        "out_extreme",
        f"""
        WITH listed AS (SELECT DISTINCT family_id FROM _svc WHERE peran = 'kebutuhan' AND source = $source),
        families AS (
            SELECT f.family_id, coalesce(a.kode_wilayah, 'tanpa') AS kode_wilayah, f.desil, f.n_anggota,
                f.is_registri AND coalesce(f.desil = $desil, false) AS is_desil, l.family_id IS NOT NULL AS is_daftar
            FROM core_families f LEFT JOIN listed l USING (family_id) LEFT JOIN _area a ON a.kode_wilayah = f.kode_wilayah),
        held AS (
            SELECT f.family_id, count(DISTINCT e.programme) AS n_programmes, {held}
            FROM families f LEFT JOIN core_enrolments e USING (family_id) LEFT JOIN _class c USING (programme)
            WHERE f.is_desil OR f.is_daftar GROUP BY f.family_id)
        SELECT f.*, CAST(h.n_programmes AS INTEGER) AS n_programmes, {", ".join(f"h.{name}" for name in rule.intervensi)}
        FROM families f JOIN held h USING (family_id)""",
        source=rule.daftar,
        desil=rule.desil,
    )
    engine.drop("_class")
    return ["out_extreme"]
