"""What is to be looked into: families with a lead, and the rupiah in question, each once."""

from analysis.engine import Engine

_GRAVE = ("bersyarat", "perlu_klarifikasi", "dilarang")


def build_review(engine: Engine) -> list[str]:
    """Make out_review: a row a family × programme with at least one lead.

    Leads: repeated on the programme's list; part of a combination that is conditional, unclear or
    forbidden; received above the programme's highest desil, of the register's version in force when
    the list was decided. The whole amount counts for the last
    two, the amount beyond the first row for the first; never both.
    """
    verdicts = ", ".join(f"'{verdict}'" for verdict in _GRAVE)
    engine.table(
        "out_review",
        f"""
        WITH repeated AS (
            SELECT family_id, programme, sum(coalesce(manfaat_lebih_rp, 0)) AS lebih_rp
            FROM out_duplicates GROUP BY family_id, programme),
        combined AS (
            SELECT family_id, programme FROM out_overlap JOIN _matter USING (family_id)
            WHERE verdict IN ({verdicts})),
        above AS (
            SELECT e.family_id, e.programme, sum(coalesce(e.manfaat_rp, 0)) AS rp
            FROM core_enrolments e JOIN _programme g USING (programme)
            JOIN _desil_at_decision f USING (family_id, programme)
            LEFT JOIN core_persons p ON p.person_id = e.unit_id
            WHERE f.desil > g.desil_maks AND coalesce(p.is_registri, f.is_registri)
            GROUP BY e.family_id, e.programme)
        SELECT p.family_id, p.programme, f.kode_wilayah, r.family_id IS NOT NULL AS is_ganda,
            c.family_id IS NOT NULL AS is_kombinasi, a.family_id IS NOT NULL AS is_di_atas_batas,
            d.desil AS desil_sk, d.versi AS versi_desil,
            CAST(CASE WHEN c.family_id IS NOT NULL THEN p.manfaat_rp
                 ELSE greatest(coalesce(a.rp, 0), coalesce(r.lebih_rp, 0)) END AS BIGINT) AS manfaat_telaah_rp
        FROM _family_programme p JOIN core_families f USING (family_id)
        JOIN _desil_at_decision d USING (family_id, programme)
        LEFT JOIN repeated r USING (family_id, programme) LEFT JOIN combined c USING (family_id, programme)
        LEFT JOIN above a USING (family_id, programme)
        WHERE r.family_id IS NOT NULL OR c.family_id IS NOT NULL OR a.family_id IS NOT NULL""",
    )
    return ["out_review"]
