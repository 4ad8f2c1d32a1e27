"""The 12 PAS log in dated counts. Chosen on need: never scored by desil."""

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.settings import Run

PAS = "pas12"


def build_pas12(engine: Engine, rulebook: Rulebook, run: Run) -> list[str]:
    """Make out_pas12 from log rows dated up to the edition's day.

    A person counts once, at the first date; rupiah count at their own dates.
    """
    usual = rulebook.programme(PAS, run.edition.on).manfaat_rp or 0
    engine.table(
        "out_pas12",
        """
        WITH visits AS (
            SELECT r.tgl_peristiwa, coalesce(a.kode_wilayah, 'tanpa') AS kode_wilayah,
                coalesce(r.kelompok, 'tanpa') AS kelompok, coalesce(r.sumber_dana, 'tanpa') AS sumber_dana,
                coalesce(r.manfaat_rp, $usual) AS rp, p.is_registri,
                p.is_registri AND f.desil IN (SELECT desil FROM _priority) AS desil12,
                row_number() OVER (PARTITION BY l.person_id ORDER BY r.tgl_peristiwa, r.record_id) = 1 AS pertama
            FROM core_records r JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)
            JOIN core_families f USING (family_id)
            LEFT JOIN _area a ON a.kode_wilayah = coalesce(r.kode_wilayah, p.kode_wilayah, f.kode_wilayah)
            WHERE r.peran = 'log' AND r.programme = $programme AND r.is_penerima
                AND r.tgl_peristiwa <= CAST($on AS DATE))
        SELECT tgl_peristiwa, kode_wilayah, kelompok, sumber_dana,
            CAST(count(*) FILTER (pertama) AS INTEGER) AS orang,
            CAST(count(*) FILTER (pertama AND desil12) AS INTEGER) AS orang_desil12,
            CAST(count(*) FILTER (pertama AND is_registri) AS INTEGER) AS orang_registri,
            CAST(sum(rp) AS BIGINT) AS manfaat_rp
        FROM visits GROUP BY ALL""",
        usual=usual,
        programme=PAS,
        on=run.edition.on,
    )
    return ["out_pas12"]
