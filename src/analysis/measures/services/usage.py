"""What became of each payment: decided → disbursed → transacted, not yet, failed, returned."""

from analysis.engine import Engine

# From the list to the pocket; a status no word of the rules fits is 'lainnya', none at all 'tanpa_status'.
STATES = (
    "dikeluarkan", "proses", "gagal", "salur", "belum_transaksi", "transaksi", "dikembalikan", "lainnya", "tanpa_status",
)  # fmt: skip


def build_usage(engine: Engine) -> list[str]:
    """Make out_usage: a row a unit × state of each recipient list, in the programme's own unit.

    Rupiah are those of the rows, so that they add up over states; a unit with rows in two states
    stands in both. A row without an amount takes the programme's usual one (`baris_tanpa_nominal`).
    """
    engine.table("out_usage", _USAGE)
    if "core_references" not in engine.names():
        return ["out_usage"]
    engine.table("out_misuse", _MISUSE)
    return ["out_usage", "out_misuse"]


_USAGE = """
    SELECT s.programme, CASE g.unit WHEN 'keluarga' THEN s.family_id ELSE s.person_id END AS unit_id, g.unit,
        CASE WHEN s.status_penyaluran IS NULL THEN 'tanpa_status' ELSE coalesce(t.keadaan, 'lainnya') END AS keadaan,
        min(s.family_id) AS family_id, min(s.kode_wilayah) AS kode_wilayah, coalesce(min(t.kata), '') AS kata,
        CAST(count(*) AS INTEGER) AS baris,
        CAST(count(*) FILTER (s.manfaat_rp IS NULL) AS INTEGER) AS baris_tanpa_nominal,
        CAST(coalesce(sum(coalesce(s.manfaat_rp, CAST(g.manfaat_rp AS BIGINT))), 0) AS BIGINT) AS manfaat_rp,
        CAST(coalesce(sum(coalesce(s.manfaat_rp, CAST(g.manfaat_rp AS BIGINT)))
            - max(coalesce(s.manfaat_rp, CAST(g.manfaat_rp AS BIGINT))), 0) AS BIGINT) AS manfaat_lebih_rp,
        CAST(count(DISTINCT s.rekening) AS INTEGER) AS n_rekening, min(s.rekening) AS rekening
    FROM _svc s JOIN _level g USING (programme) LEFT JOIN _status t USING (status_penyaluran)
    WHERE s.peran = 'penerima' GROUP BY 1, 2, 3, 4"""

# Only counts, only from a supplied list, only for the city: nobody is named and no area is told.
_MISUSE = """
    SELECT s.programme, CAST(count(DISTINCT s.person_id) AS INTEGER) AS orang,
        CAST(count(DISTINCT s.family_id) AS INTEGER) AS keluarga
    FROM _svc s JOIN core_records r USING (record_id)
    JOIN (SELECT DISTINCT nik FROM core_references WHERE jenis = 'penyalahgunaan' AND nik IS NOT NULL) m ON m.nik = r.nik
    WHERE s.peran = 'penerima' AND s.programme IS NOT NULL GROUP BY s.programme"""
