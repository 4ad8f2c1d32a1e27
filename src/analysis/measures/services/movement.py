"""Month against month, roster by roster: who is new, who left and why, who moved, whose payment failed.

Family ids belong to one period, so families are held together by the persons found in both.
"""

from analysis.engine import Engine


def build_movement(engine: Engine) -> list[str]:
    """Make out_movement: a row a unit × programme of either period.

    `jenis`: baru, keluar, tetap. `is_pindah`: another kelurahan than before. `alasan` of one that
    left: a reference list, a SIKS-NG word, the desil, else 'tidak_diketahui'; none is guessed.
    A roster that was not delivered in both months moves nobody.
    """
    engine.table("_now", _units(""))
    engine.table("_then", _units("prev_"))
    engine.table("_kept", _KEPT)
    engine.table("_reason", _reasons("core_references" in engine.names()))
    engine.table("out_movement", _MOVEMENT)
    engine.drop("_now", "_then", "_kept", "_reason")
    return ["out_movement"]


def _units(prefix: str) -> str:
    """Enrolled units of a period with every person they may be known by (two joins by key, one a unit)."""
    return f"""
    WITH known AS (
        SELECT e.programme, e.unit, e.unit_id, e.family_id, e.unit_id AS person_id
        FROM {prefix}core_enrolments e WHERE e.unit = 'jiwa'
        UNION ALL
        SELECT e.programme, e.unit, e.unit_id, e.family_id, p.person_id
        FROM {prefix}core_enrolments e JOIN {prefix}core_persons p USING (family_id) WHERE e.unit = 'keluarga')
    SELECT k.*, coalesce(q.kode_wilayah, f.kode_wilayah) AS kode_wilayah, f.desil, f.is_registri
    FROM known k JOIN {prefix}core_families f USING (family_id) LEFT JOIN {prefix}core_persons q ON q.person_id = k.unit_id"""


# A unit now and a unit then are one where a person is in both; of several the smallest id counts.
_KEPT = """
    SELECT n.programme, n.unit_id AS kini, min(t.unit_id) AS lalu FROM _now n
    JOIN _then t USING (programme, person_id) GROUP BY n.programme, n.unit_id"""


def _reasons(has_references: bool) -> str:
    """Why a unit may have left: first what a reference list says, then the row's own word."""
    listed = """SELECT t.programme, t.unit_id, 1 AS urut, m.jenis AS alasan FROM _then t
        JOIN (SELECT DISTINCT l.person_id, c.jenis FROM core_references c JOIN core_records r ON r.nik = c.nik
              JOIN core_links l USING (record_id) WHERE c.jenis IN ('meninggal', 'pindah', 'nonaktif', 'graduasi')) m
        USING (person_id) UNION ALL """
    return f"""SELECT q.programme, q.unit_id, arg_min(q.alasan, (q.urut, q.alasan)) AS alasan FROM (
        {listed if has_references else ""}
        SELECT t.programme, t.unit_id, 2, coalesce(w.kata, 'status lain') FROM _then t
        JOIN _svc s USING (programme, person_id) LEFT JOIN _status w USING (status_penyaluran)
        WHERE s.peran = 'penerima' AND NOT s.is_penerima
        UNION ALL
        SELECT t.programme, t.unit_id, 3, 'desil di atas batas' FROM _then t JOIN _level g USING (programme)
        JOIN core_persons p USING (person_id) JOIN core_families f ON f.family_id = p.family_id
        WHERE f.desil > g.desil_maks
        UNION ALL
        SELECT t.programme, t.unit_id, 4, 'tidak ada lagi pada daftar dan DTSEN' FROM _then t
        LEFT JOIN core_persons p USING (person_id) GROUP BY t.programme, t.unit_id HAVING count(p.person_id) = 0) q(programme, unit_id, urut, alasan)
        GROUP BY q.programme, q.unit_id"""


_MOVEMENT = """
    WITH now_units AS (
        SELECT programme, unit, unit_id, min(family_id) AS family_id, min(kode_wilayah) AS kode_wilayah FROM _now GROUP BY ALL),
    then_units AS (
        SELECT programme, unit, unit_id, min(kode_wilayah) AS kode_wilayah FROM _then GROUP BY ALL),
    stayed AS (SELECT DISTINCT t.programme, t.unit_id FROM _then t JOIN _now n USING (programme, person_id)),
    failed AS (
        SELECT programme, unit_id, min(kata) AS kata FROM out_usage
        WHERE keadaan IN ('gagal', 'belum_transaksi', 'dikembalikan') GROUP BY ALL),
    both_months AS (
        SELECT DISTINCT programme FROM _then INTERSECT SELECT DISTINCT programme FROM _svc WHERE peran = 'penerima')
    SELECT n.programme, n.unit, n.unit_id, n.family_id, CASE WHEN k.kini IS NULL THEN 'baru' ELSE 'tetap' END AS jenis,
        coalesce(a.kode_wilayah, 'tanpa') AS kode_wilayah,
        k.kini IS NOT NULL AND coalesce(t.kode_wilayah <> n.kode_wilayah, false) AS is_pindah,
        x.unit_id IS NOT NULL AS is_gagal_salur, coalesce(x.kata, '') AS alasan
    FROM now_units n JOIN both_months USING (programme)
    LEFT JOIN _kept k ON k.programme = n.programme AND k.kini = n.unit_id
    LEFT JOIN then_units t ON t.programme = n.programme AND t.unit_id = k.lalu
    LEFT JOIN failed x ON x.programme = n.programme AND x.unit_id = n.unit_id
    LEFT JOIN _area a ON a.kode_wilayah = n.kode_wilayah
    UNION ALL
    SELECT t.programme, t.unit, 'lalu:' || t.unit_id, NULL, 'keluar', coalesce(a.kode_wilayah, 'tanpa'), false, false,
        coalesce(r.alasan, 'tidak_diketahui')
    FROM then_units t JOIN both_months USING (programme) LEFT JOIN stayed s ON s.programme = t.programme AND s.unit_id = t.unit_id
    LEFT JOIN _reason r ON r.programme = t.programme AND r.unit_id = t.unit_id
    LEFT JOIN _area a ON a.kode_wilayah = t.kode_wilayah
    WHERE s.unit_id IS NULL"""
