"""List → decision (SK) → disbursement (SP2D) → transaction, to the rupiah, differences explained."""

from datetime import date

from analysis.engine import Engine

MADE = ["out_ladder", "out_reconciliation", "out_double_payment"]


def build_reconciliation(engine: Engine, on: date) -> list[str]:
    """Make out_ladder, out_reconciliation and out_double_payment from out_usage and core_payments.

    A programme with no letter has no SK or SP2D: the steps that need one are absent, not 0.
    In every step `awal` less all causes is `akhir`, to the rupiah; what no row of the list
    explains stands as 'belum_dijelaskan'.
    """
    engine.table("_letters", _LETTERS if "core_payments" in engine.names() else _NO_LETTERS, on=on)
    engine.table("_listed", _LISTED)
    engine.table("out_ladder", _LADDER)
    engine.table("out_reconciliation", _RECONCILIATION)
    engine.table("out_double_payment", _DOUBLE)
    engine.drop("_letters", "_listed")
    return MADE


_LETTERS = """
    SELECT programme, tahap, CAST(sum(n_penerima) AS BIGINT) AS n, CAST(sum(rupiah) AS BIGINT) AS rp
    FROM core_payments WHERE tanggal IS NULL OR tanggal <= CAST($on AS DATE) GROUP BY programme, tahap"""
_NO_LETTERS = """SELECT NULL::VARCHAR AS programme, NULL::VARCHAR AS tahap, NULL::BIGINT AS n, NULL::BIGINT AS rp
    WHERE CAST($on AS DATE) IS NULL"""

_LISTED = """
    SELECT programme, keadaan, count(DISTINCT unit_id) AS n, sum(manfaat_rp) AS rp, sum(baris) AS baris,
        sum(manfaat_rp - manfaat_lebih_rp) AS rp_sekali
    FROM out_usage GROUP BY programme, keadaan"""

_LADDER = """
    WITH steps AS (
        SELECT programme, 'sk' AS langkah, n, rp, 'surat' AS asal FROM _letters WHERE tahap = 'sk'
        UNION ALL SELECT programme, 'sp2d', n, rp, 'surat' FROM _letters WHERE tahap = 'sp2d'
        UNION ALL SELECT programme, 'daftar', count(DISTINCT unit_id), sum(manfaat_rp), 'daftar' FROM out_usage GROUP BY programme
        UNION ALL SELECT programme, keadaan, n, rp, 'daftar' FROM _listed)
    SELECT s.programme, s.langkah, g.unit, s.asal, CAST(s.n AS BIGINT) AS n, CAST(s.rp AS BIGINT) AS manfaat_rp
    FROM steps s JOIN _level g USING (programme)"""

# Letters may pay a repeated row or not, and do not say which: the reading that leaves less unexplained is taken, and
# 'ganda' stands as a cause where they do not. The list's own words explain the rest of a difference.
_RECONCILIATION = """
    WITH book AS (
        SELECT programme, max(n) FILTER (tahap = 'sk') AS sk_n, max(rp) FILTER (tahap = 'sk') AS sk_rp,
            max(n) FILTER (tahap = 'sp2d') AS sp2d_n, max(rp) FILTER (tahap = 'sp2d') AS sp2d_rp
        FROM _letters GROUP BY programme),
    whole_list AS (
        SELECT programme, sum(baris) AS n, sum(rp) AS rp, sum(n) AS n_sekali, sum(rp_sekali) AS rp_sekali
        FROM _listed GROUP BY programme),
    reading AS (
        SELECT l.*, coalesce(abs(l.rp_sekali - b.sk_rp) < abs(l.rp - b.sk_rp), false) AS sekali
        FROM whole_list l JOIN book b USING (programme)),
    counted AS (
        SELECT s.programme, s.keadaan, CASE WHEN r.sekali THEN s.n ELSE s.baris END AS n,
            CASE WHEN r.sekali THEN s.rp_sekali ELSE s.rp END AS rp
        FROM _listed s JOIN reading r USING (programme)),
    used AS (SELECT programme, n, rp FROM counted WHERE keadaan = 'transaksi'),
    told AS (
        SELECT programme, 'daftar_sk' AS langkah, 0 AS urut, 'awal' AS sebab, n, rp FROM reading
        UNION ALL SELECT programme, 'daftar_sk', 1, 'ganda', n - n_sekali, rp - rp_sekali FROM reading WHERE sekali
        UNION ALL SELECT programme, 'daftar_sk', 9, 'akhir', sk_n, sk_rp FROM book JOIN reading USING (programme)
        UNION ALL SELECT programme, 'sk_sp2d', 0, 'awal', sk_n, sk_rp FROM book
        UNION ALL SELECT programme, 'sk_sp2d', 1, keadaan, n, rp FROM counted
            WHERE keadaan IN ('dikeluarkan', 'proses', 'gagal')
        UNION ALL SELECT programme, 'sk_sp2d', 9, 'akhir', sp2d_n, sp2d_rp FROM book
        UNION ALL SELECT programme, 'sp2d_transaksi', 0, 'awal', sp2d_n, sp2d_rp FROM book JOIN used USING (programme)
        UNION ALL SELECT l.programme, 'sp2d_transaksi', 1, l.keadaan, l.n, l.rp FROM counted l
            JOIN used USING (programme)
            WHERE l.keadaan IN ('salur', 'belum_transaksi', 'dikembalikan', 'lainnya', 'tanpa_status')
        UNION ALL SELECT programme, 'sp2d_transaksi', 9, 'akhir', used.n, used.rp FROM book JOIN used USING (programme)),
    whole AS (
        SELECT programme, langkah FROM told WHERE sebab IN ('awal', 'akhir') AND rp IS NOT NULL
        GROUP BY ALL HAVING count(*) = 2),
    rest AS (
        SELECT programme, langkah, 8 AS urut, 'belum_dijelaskan' AS sebab,
            sum(CASE urut WHEN 0 THEN n ELSE -n END) AS n, sum(CASE urut WHEN 0 THEN rp ELSE -rp END) AS rp
        FROM told JOIN whole USING (programme, langkah) GROUP BY programme, langkah)
    SELECT t.programme, t.langkah, t.sebab, CAST(t.urut AS INTEGER) AS urut, CAST(t.n AS BIGINT) AS n, CAST(t.rp AS BIGINT) AS manfaat_rp
    FROM (SELECT told.* FROM told JOIN whole USING (programme, langkah) UNION ALL SELECT * FROM rest) t"""

# Two kinds: one unit paid on several rows, and one account that pays several families of a programme.
_DOUBLE = """
    WITH paid AS (
        SELECT * FROM out_usage WHERE keadaan NOT IN ('dikeluarkan', 'proses', 'gagal', 'dikembalikan'))
    SELECT programme, 'unit_sama' AS jenis, unit_id AS kunci, min(family_id) AS family_id,
        CAST(sum(baris) AS INTEGER) AS baris, CAST(sum(manfaat_rp) - max(manfaat_rp // baris) AS BIGINT) AS manfaat_lebih_rp
    FROM paid GROUP BY programme, unit_id HAVING sum(baris) > 1
    UNION ALL
    SELECT programme, 'rekening_sama', md5(programme || rekening), min(family_id), CAST(sum(baris) AS INTEGER),
        CAST(sum(manfaat_rp) - max(manfaat_rp) AS BIGINT)
    FROM paid WHERE rekening IS NOT NULL AND n_rekening = 1 AND regexp_full_match(rekening, '[0-9 .-]{6,}')
    GROUP BY programme, rekening HAVING count(DISTINCT family_id) > 1"""
