"""What is to be looked into: families with a lead, and the rupiah in question, each once."""

from analysis.engine import Engine

_GRAVE = ("bersyarat", "perlu_klarifikasi", "dilarang")


def build_review(engine: Engine) -> list[str]:
    """Make out_review: a row a family × programme with at least one lead.

    Leads: repeated on the programme's list; part of a combination that is conditional, unclear or
    forbidden; received above the programme's highest desil. The whole amount counts for the last
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
            SELECT o.family_id, m.programme FROM out_overlap o JOIN _ruling_matter m USING (programmes)
            WHERE o.verdict IN ({verdicts})),
        above AS (
            SELECT e.family_id, e.programme, sum(coalesce(e.manfaat_rp, 0)) AS rp
            FROM core_enrolments e JOIN _programme g USING (programme)
            JOIN core_families f USING (family_id) LEFT JOIN core_persons p ON p.person_id = e.unit_id
            WHERE f.desil > g.desil_maks AND coalesce(p.is_registri, f.is_registri)
            GROUP BY e.family_id, e.programme)
        SELECT p.family_id, p.programme, f.kode_wilayah, r.family_id IS NOT NULL AS is_ganda,
            c.family_id IS NOT NULL AS is_kombinasi, a.family_id IS NOT NULL AS is_di_atas_batas,
            CAST(CASE WHEN c.family_id IS NOT NULL THEN p.manfaat_rp
                 ELSE greatest(coalesce(a.rp, 0), coalesce(r.lebih_rp, 0)) END AS BIGINT) AS manfaat_telaah_rp
        FROM _family_programme p JOIN core_families f USING (family_id)
        LEFT JOIN repeated r USING (family_id, programme) LEFT JOIN combined c USING (family_id, programme)
        LEFT JOIN above a USING (family_id, programme)
        WHERE r.family_id IS NOT NULL OR c.family_id IS NOT NULL OR a.family_id IS NOT NULL""",
    )
    return ["out_review"]
