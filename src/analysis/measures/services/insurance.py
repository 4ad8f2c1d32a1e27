"""JKN: every segment; who might be proposed to PBI APBN, whose PBI is off, who is paid for twice.

Desil 1–5 without PBI is not without insurance: a person may be in another segment.
"""

from datetime import date

from analysis.engine import Engine
from analysis.measures.services.rows import PLAIN
from analysis.policy import Rulebook


def build_insurance(engine: Engine, rulebook: Rulebook, on: date, previous: bool) -> list[str]:
    """Make out_jkn: a row a person in any segment now, or in PBI before.

    `previous`: the earlier period's tables are there; PBI that ended since is then seen too.
    """
    rule = rulebook.services.jkn
    engine.table(
        "_membership", _MEMBERSHIP.format(off=_off(rule.status_nonaktif)), pbi=rule.segmen_pusat
    )
    engine.table(
        "out_jkn",
        _PERSONS.format(before=_BEFORE if previous else _NOTHING_BEFORE),
        pbi=rule.segmen_pusat, city=rule.segmen_kota,
        highest=rulebook.programme(rule.program, on).desil_maks,
    )  # fmt: skip
    engine.drop("_membership")
    return ["out_jkn"]


def _off(words: tuple[str, ...]) -> str:
    plain = PLAIN.format("s.status_penyaluran")
    return " OR ".join(f"starts_with({plain}, '{word}')" for word in words)


# The list of PBI recipients is one of the segments where the list of members does not hold it.
_MEMBERSHIP = """
    SELECT s.person_id, coalesce(s.segmen, CASE WHEN s.peran = 'penerima' THEN $pbi ELSE 'tidak_disebut' END) AS segmen,
        bool_or(NOT coalesce({off}, false) AND (s.peran = 'kepesertaan' OR s.is_penerima)) AS is_aktif
    FROM _svc s WHERE s.peran = 'kepesertaan' OR (s.peran = 'penerima' AND s.programme = 'pbi_jk')
    GROUP BY 1, 2"""

_NOTHING_BEFORE = "SELECT NULL::VARCHAR AS person_id WHERE false"
_BEFORE = """SELECT unit_id AS person_id FROM prev_core_enrolments WHERE programme = 'pbi_jk'"""

_PERSONS = """
    WITH before AS ({before}),
    told AS (
        SELECT coalesce(m.person_id, b.person_id) AS person_id,
            count(m.segmen) FILTER (m.is_aktif) AS n_segmen,
            coalesce(string_agg(m.segmen, '+' ORDER BY m.segmen) FILTER (m.is_aktif), '') AS segmen,
            coalesce(bool_or(m.segmen = $pbi AND m.is_aktif), false) AS is_pbi,
            coalesce(bool_or(m.segmen = $city AND m.is_aktif), false) AS is_kota,
            coalesce(bool_or(m.segmen = $pbi AND NOT m.is_aktif), false) OR count(b.person_id) > 0 AS pernah_pbi
        FROM _membership m FULL JOIN before b USING (person_id) GROUP BY 1)
    SELECT t.person_id, p.family_id, coalesce(a.kode_wilayah, 'tanpa') AS kode_wilayah,
        CASE WHEN p.is_registri THEN f.desil END AS desil, p.is_registri, CAST(t.n_segmen AS INTEGER) AS n_segmen, t.segmen,
        t.is_kota AND NOT t.is_pbi AND p.is_registri AND coalesce(f.desil <= $highest, false) AS is_usul_pbi,
        t.pernah_pbi AND NOT t.is_pbi AS is_pbi_putus,
        t.pernah_pbi AND NOT t.is_pbi AND p.is_registri AND coalesce(f.desil <= $highest, false) AS is_reaktivasi,
        t.pernah_pbi AND NOT t.is_pbi AND t.n_segmen = 0 AS is_tanpa_segmen,
        t.n_segmen > 1 AND (t.is_pbi OR t.is_kota) AS is_ganda
    FROM told t JOIN core_persons p USING (person_id) JOIN core_families f USING (family_id)
    LEFT JOIN _area a ON a.kode_wilayah = coalesce(p.kode_wilayah, f.kode_wilayah)"""
