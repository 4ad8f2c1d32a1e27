"""Every combination that occurs, counted: by unit, kelurahan and desil, and the rupiah to look into by who decides."""

from analysis.engine import Engine

_LABEL = """CASE WHEN NOT {r}.is_registri THEN 'luar' WHEN f.desil IS NULL THEN 'tanpa'
    ELSE CAST(f.desil AS VARCHAR) END"""


def build_combinations(engine: Engine) -> list[str]:
    """Make out_combinations: families by their programmes and members', persons by their own.

    Who holds none stands under ''; a family or person registered without a programme is counted so.
    """
    engine.table(
        "out_combinations",
        f"""
        WITH own AS (
            SELECT unit_id AS person_id, string_agg(programme, '+' ORDER BY programme) AS programmes,
                count(*) AS n, sum(coalesce(manfaat_rp, 0)) AS rp
            FROM core_enrolments WHERE unit = 'jiwa' GROUP BY unit_id),
        units AS (
            SELECT 'keluarga' AS unit, f.kode_wilayah, {_LABEL.format(r="f")} AS desil, f.programmes,
                f.n_programmes AS n, f.manfaat_rp AS rp FROM out_family_programmes f
            UNION ALL
            SELECT 'jiwa', coalesce(p.kode_wilayah, f.kode_wilayah), {_LABEL.format(r="p")},
                coalesce(o.programmes, ''), coalesce(o.n, 0), coalesce(o.rp, 0)
            FROM core_persons p JOIN core_families f USING (family_id) LEFT JOIN own o USING (person_id))
        SELECT unit, coalesce(kode_wilayah, 'tanpa') AS kode_wilayah, desil, programmes,
            CAST(any_value(n) AS INTEGER) AS n_programmes, count(*) AS jumlah, CAST(sum(rp) AS BIGINT) AS manfaat_rp
        FROM units GROUP BY unit, coalesce(kode_wilayah, 'tanpa'), desil, programmes""",
    )
    return ["out_combinations"]


def build_amounts(engine: Engine) -> list[str]:
    """Make out_telaah: rupiah to look into by verdict and programme, with who decides and whose money.

    Each family × programme counts once; zakat and other money outside the public budgets stands in
    rows of its own and is never added to them.
    """
    engine.table(
        "out_telaah",
        """
        SELECT o.verdict, m.programme, g.kewenangan, g.tingkat, g.sumber_dana,
            count(*) AS keluarga, CAST(sum(m.manfaat_rp) AS BIGINT) AS manfaat_rp
        FROM out_overlap o JOIN _matter m USING (family_id) JOIN _programme g ON g.programme = m.programme
        GROUP BY ALL""",
    )
    return ["out_telaah"]
