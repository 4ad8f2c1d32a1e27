"""Findings only linkage can tell, told by the row of the file they stand in: leads, never values."""

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters import severities


def build_linked_findings(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Make out_findings: forbidden combinations (C08), not in the register (C15), above the programme's
    desil (C16), priority families on no list (C22, on the register's own row).
    """
    engine.register("_severity", severities(rulebook))
    priority = ", ".join(str(desil) for desil in rulebook.targeting.desil_prioritas)
    engine.table(
        "out_findings",
        f"""
        WITH rows AS (
            SELECT r.source, r.programme, r.peran, r.is_penerima, r.berkas, r.lembar, r.baris, r.record_id,
                p.family_id, p.is_registri
            FROM core_records r JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)),
        told AS (
            SELECT r.*, 'C08' AS check_code, 'program' AS kolom FROM rows r
            JOIN out_overlap o USING (family_id)
            WHERE o.verdict = 'dilarang' AND r.is_penerima AND list_contains(string_split(o.programmes, '+'), r.programme)
            UNION ALL SELECT r.*, 'C15', 'nik' FROM rows r WHERE r.is_penerima AND r.peran = 'penerima' AND NOT r.is_registri
                AND (SELECT bool_or(is_registri) FROM core_persons)
            UNION ALL SELECT r.*, 'C16', 'desil' FROM rows r JOIN out_review v USING (family_id, programme)
            WHERE v.is_di_atas_batas AND r.is_penerima
            UNION ALL SELECT r.*, 'C22', 'program' FROM rows r JOIN core_families f USING (family_id)
            WHERE r.peran = 'registri_keluarga' AND f.desil IN ({priority})
                AND f.family_id NOT IN (SELECT family_id FROM core_enrolments))
        SELECT DISTINCT t.source, t.berkas, t.lembar, t.baris, t.record_id, t.check_code, s.severity, t.kolom,
            'disimpan' AS disposisi, NULL::VARCHAR AS usulan
        FROM told t JOIN _severity s USING (check_code)""",
    )
    engine.drop("_severity")
    return ["out_findings"]
