"""DTSEN quarter against quarter: from which desil to which, who dropped out, who is new, who jumped."""

from analysis.engine import Engine
from analysis.policy import Rulebook

_CLASS = "CASE WHEN {0}.person_id IS NULL OR NOT {0}.is_registri THEN 'luar' WHEN {0}.desil IS NULL THEN 'tanpa' ELSE CAST({0}.desil AS VARCHAR) END"


def build_transition(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Make out_transition (persons and families by desil then and now) and out_desil_jumps.

    A person is followed by the person id. A family now stands once, for the first of its persons
    who was in the register before (else it is new); a family then of whom nobody is left stands
    once as gone. 'luar': not in the register of that quarter; 'tanpa': in it without a rank.
    """
    for name, prefix in (("_quarter_now", ""), ("_quarter_then", "prev_")):
        engine.table(name, _quarter(prefix))
    engine.table("_moves", _MOVES.format(then=_CLASS.format("t"), now=_CLASS.format("n")))
    engine.table("out_transition", _COUNTS)
    engine.table("out_desil_jumps", _JUMPS, least=rulebook.services.pergerakan.loncatan_desil)
    engine.drop("_quarter_now", "_quarter_then", "_moves")
    return ["out_transition", "out_desil_jumps"]


def _quarter(prefix: str) -> str:
    return f"""
    SELECT p.person_id, p.family_id, p.is_registri, f.desil, coalesce(p.kode_wilayah, f.kode_wilayah) AS kode_wilayah
    FROM {prefix}core_persons p JOIN {prefix}core_families f USING (family_id)"""


_MOVES = """
    WITH met AS (
        SELECT coalesce(n.person_id, t.person_id) AS person_id, n.family_id, t.family_id AS keluarga_lalu,
            {then} AS lalu, {now} AS kini, n.desil AS desil_kini, t.desil AS desil_lalu,
            coalesce(n.kode_wilayah, t.kode_wilayah) AS kode_wilayah, coalesce(n.is_registri, false) AS ada_kini,
            coalesce(t.is_registri, false) AS ada_lalu
        FROM _quarter_now n FULL JOIN _quarter_then t USING (person_id))
    SELECT *, ada_kini AND ada_lalu AS is_dua_triwulan,
        CASE WHEN ada_kini THEN row_number() OVER (
                PARTITION BY family_id, ada_kini ORDER BY NOT ada_lalu, person_id) = 1
             WHEN ada_lalu THEN NOT bool_or(ada_kini AND ada_lalu) OVER (PARTITION BY keluarga_lalu)
                AND row_number() OVER (PARTITION BY keluarga_lalu, ada_kini, ada_lalu ORDER BY person_id) = 1
             ELSE false END AS is_wakil
    FROM met"""

_COUNTS = """
    SELECT lalu, kini, CAST(count(*) AS BIGINT) AS jiwa, CAST(count(*) FILTER (is_wakil) AS BIGINT) AS keluarga
    FROM _moves WHERE NOT (lalu = 'luar' AND kini = 'luar') GROUP BY lalu, kini"""

_JUMPS = """
    SELECT m.family_id, coalesce(a.kode_wilayah, 'tanpa') AS kode_wilayah, m.desil_lalu, m.desil_kini,
        CAST(m.desil_kini - m.desil_lalu AS TINYINT) AS loncatan
    FROM _moves m LEFT JOIN _area a ON a.kode_wilayah = m.kode_wilayah
    WHERE m.is_wakil AND m.is_dua_triwulan AND abs(m.desil_kini - m.desil_lalu) >= $least"""
