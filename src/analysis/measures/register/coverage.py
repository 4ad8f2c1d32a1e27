"""Receipt held against the register's desil: counts behind coverage, exclusion and inclusion."""

from analysis.engine import Engine
from analysis.policy import Rulebook

# A person's desil is that of the family. Who is not in the register is counted apart ('luar'),
# who is in it without a rank too ('tanpa'): an absent desil is neither 0 nor 10.
_UNITS = """
    SELECT g.programme, g.unit, g.desil_maks, f.kode_wilayah, f.desil, f.is_registri,
        e.unit_id IS NOT NULL AS terima, coalesce(e.manfaat_rp, 0) AS rp
    FROM core_families f CROSS JOIN _programme g
    LEFT JOIN core_enrolments e ON e.programme = g.programme AND e.unit_id = f.family_id
    WHERE g.unit = 'keluarga'
    UNION ALL
    SELECT g.programme, g.unit, g.desil_maks, coalesce(p.kode_wilayah, f.kode_wilayah), f.desil,
        p.is_registri, e.unit_id IS NOT NULL, coalesce(e.manfaat_rp, 0)
    FROM core_persons p JOIN core_families f USING (family_id) CROSS JOIN _programme g
    LEFT JOIN core_enrolments e ON e.programme = g.programme AND e.unit_id = p.person_id
    WHERE g.unit = 'jiwa'"""
_LABEL = "CASE WHEN NOT is_registri THEN 'luar' WHEN desil IS NULL THEN 'tanpa' ELSE CAST(desil AS VARCHAR) END"
_LABELS = (
    "SELECT unnest(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'tanpa', 'luar']) AS desil"
)


def build_coverage(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Make out_coverage, and `_counts` by programme, kelurahan and desil for build_targeting.

    The programme 'semua' (any programme, families, the priority desil as target) is in `_counts`.
    """
    known = "CASE WHEN kode_wilayah IN (SELECT kode_wilayah FROM _area) THEN kode_wilayah ELSE 'tanpa' END"
    engine.table(
        "_counts",
        f"""
        WITH units AS (
            SELECT programme, unit, desil <= desil_maks AS sasaran, desil_maks IS NOT NULL AS dinilai,
                kode_wilayah, {_LABEL} AS desil, terima, rp FROM ({_UNITS})
            UNION ALL
            SELECT 'semua', 'keluarga', desil IN (SELECT desil FROM _priority), true,
                kode_wilayah, {_LABEL}, n_programmes > 0, manfaat_rp FROM out_family_programmes)
        SELECT programme, unit, dinilai, {known} AS kode_wilayah, desil,
            coalesce(sasaran, false) AS sasaran, count(*) AS n_units, count(*) FILTER (terima) AS n_penerima,
            CAST(coalesce(sum(rp), 0) AS BIGINT) AS manfaat_rp
        FROM units GROUP BY ALL""",
    )
    engine.table(
        "out_coverage",
        f"""
        SELECT p.programme, d.desil, p.unit, CAST(coalesce(sum(c.n_units), 0) AS BIGINT) AS n_units,
            CAST(coalesce(sum(c.n_penerima), 0) AS BIGINT) AS n_penerima,
            CAST(coalesce(sum(c.manfaat_rp), 0) AS BIGINT) AS manfaat_rp
        FROM _programme p CROSS JOIN ({_LABELS}) d
        LEFT JOIN _counts c ON c.programme = p.programme AND c.desil = d.desil
        GROUP BY p.programme, d.desil, p.unit""",
    )
    return ["out_coverage"]


def build_targeting(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Make out_targeting for the city, each kecamatan and each kelurahan, from `_counts`.

    Programmes that do not choose by desil are not scored by it.
    """
    engine.table(
        "out_targeting",
        """
        WITH placed AS (
            SELECT c.*, $city AS place FROM _counts c
            UNION ALL SELECT c.*, a.kecamatan FROM _counts c JOIN _area a USING (kode_wilayah)
            UNION ALL SELECT c.*, c.kode_wilayah FROM _counts c),
        ranked AS (SELECT *, desil NOT IN ('tanpa', 'luar') AS berdesil FROM placed WHERE dinilai)
        SELECT programme, place AS kode_wilayah, unit,
            CAST(coalesce(sum(n_penerima) FILTER (sasaran AND berdesil), 0) AS BIGINT) AS tp,
            CAST(coalesce(sum(n_units - n_penerima) FILTER (sasaran AND berdesil), 0) AS BIGINT) AS fn,
            CAST(coalesce(sum(n_penerima) FILTER (NOT sasaran AND berdesil), 0) AS BIGINT) AS fp,
            CAST(coalesce(sum(n_units - n_penerima) FILTER (NOT sasaran AND berdesil), 0) AS BIGINT) AS tn,
            CAST(coalesce(sum(n_penerima) FILTER (desil = 'tanpa'), 0) AS BIGINT) AS tanpa_desil_terima,
            CAST(coalesce(sum(n_penerima) FILTER (desil = 'luar'), 0) AS BIGINT) AS luar_registri_terima,
            CAST(sum(manfaat_rp) AS BIGINT) AS manfaat_rp,
            CAST(coalesce(sum(manfaat_rp) FILTER (NOT sasaran AND berdesil), 0) AS BIGINT) AS manfaat_fp_rp
        FROM ranked GROUP BY programme, place, unit""",
        city=rulebook.city().kode,
    )
    return ["out_targeting"]


def build_population(engine: Engine) -> list[str]:
    """Make out_population: families and persons found, by desil of the family."""
    engine.table(
        "out_population",
        f"""
        WITH families AS (SELECT {_LABEL} AS desil, count(*) AS n FROM core_families GROUP BY 1),
        persons AS (
            SELECT desil, count(*) AS n FROM (
                SELECT CASE WHEN NOT p.is_registri THEN 'luar' WHEN f.desil IS NULL THEN 'tanpa'
                    ELSE CAST(f.desil AS VARCHAR) END AS desil
                FROM core_persons p JOIN core_families f USING (family_id)) GROUP BY 1)
        SELECT d.desil, CAST(coalesce(f.n, 0) AS BIGINT) AS keluarga, CAST(coalesce(p.n, 0) AS BIGINT) AS jiwa
        FROM ({_LABELS}) d LEFT JOIN families f USING (desil) LEFT JOIN persons p USING (desil)""",
    )
    return ["out_population"]
