"""Rumah singgah and any service log: who came, who stayed each night, what became of them.

A night counts for a guest who arrived on that day or before and had not left by its evening:
arrival ≤ day < leaving. A guest who left on the day of arrival has an arrival and no night.
"""

from datetime import date

from analysis.engine import Engine
from analysis.measures.services.survival import build_survival
from analysis.policy import Rulebook

MADE = ["out_stays", "out_occupancy", "out_stay_survival"]


def build_stays(engine: Engine, rulebook: Rulebook, on: date) -> list[str]:
    """Make out_stays (a row a stay, each row of the log kept), out_occupancy and out_stay_survival."""
    rule = rulebook.services.tinggal
    endings = ", ".join(f"'{code}'" for code in rule.hasil_akhir)
    engine.table("out_stays", _STAYS.format(endings=endings), on=on, nik_issued=rule.hasil_nik)
    engine.table("out_occupancy", _OCCUPANCY.format(places=_places(engine)), on=on)
    build_survival(engine, on)
    return MADE


def _places(engine: Engine) -> str:
    """Capacity by programme: places at work within the city; null where one of them does not state it."""
    if "core_places" not in engine.names():
        return "SELECT NULL::VARCHAR AS programme, NULL::INTEGER AS kapasitas WHERE false"
    return """SELECT programme, CASE WHEN count(*) = count(kapasitas) THEN sum(kapasitas) END AS kapasitas
        FROM core_places WHERE status = 'berjalan' AND (tanggal IS NULL OR tanggal <= CAST($on AS DATE))
        GROUP BY programme"""


# What a stay's row says of a day after the edition is not known yet: the guest is still there.
# A row without identity is linked to an earlier one by review alone; until then it is a person of its own.
_STAYS = """
    WITH known AS (
        SELECT s.*, CASE WHEN s.tgl_selesai <= CAST($on AS DATE) THEN s.tgl_selesai END AS keluar,
            CASE WHEN s.tgl_selesai > CAST($on AS DATE) AND s.hasil IN ({endings}) THEN NULL ELSE s.hasil END AS hasil_kini,
            CASE WHEN s.identitas = 'tanpa' AND s.cara NOT IN ('telaah', 'tinjauan') THEN s.record_id
                 ELSE s.person_id END AS tamu
        FROM _svc s WHERE s.peran = 'layanan'),
    told AS (
        SELECT *, CASE WHEN tgl_peristiwa IS NULL THEN 'tanpa_tanggal_masuk' WHEN keluar < tgl_peristiwa THEN 'tanggal_terbalik'
            WHEN keluar IS NOT NULL THEN 'selesai'
            WHEN tgl_selesai IS NULL AND hasil_kini IN ({endings}) THEN 'selesai_tanpa_tanggal' ELSE 'menginap' END AS status
        FROM known),
    identified AS (
        SELECT person_id, bool_or(nik_status = 'sah') AS punya_nik FROM _svc GROUP BY person_id),
    insured AS (SELECT DISTINCT person_id FROM _svc WHERE peran = 'kepesertaan' OR segmen IS NOT NULL)
    SELECT t.record_id, t.source, coalesce(t.programme, t.source) AS programme, t.person_id, t.tamu,
        t.tgl_peristiwa AS tgl_masuk, t.keluar AS tgl_keluar, t.status,
        CAST(CASE t.status WHEN 'selesai' THEN t.keluar - t.tgl_peristiwa
            WHEN 'menginap' THEN CAST($on AS DATE) - t.tgl_peristiwa END AS INTEGER) AS lama_hari,
        CAST(row_number() OVER (PARTITION BY coalesce(t.programme, t.source), t.tamu
            ORDER BY t.tgl_peristiwa NULLS LAST, t.record_id) AS INTEGER) AS kunjungan_ke,
        t.hasil_kini AS hasil, coalesce(t.kelompok, 'tanpa') AS kelompok, t.kode_wilayah, t.identitas,
        t.nik_status IN ('kosong', 'placeholder') AS is_tanpa_nik,
        (t.nik_status <> 'sah' AND t.tamu = t.person_id AND coalesce(i.punya_nik, false))
            OR coalesce(t.hasil_kini = $nik_issued, false) AS is_nik_terbit,
        t.tamu = t.person_id AND t.is_registri AS is_registri,
        t.tamu = t.person_id AND n.person_id IS NOT NULL AS is_jkn
    FROM told t LEFT JOIN identified i USING (person_id) LEFT JOIN insured n USING (person_id)"""

_OCCUPANCY = """
    WITH span AS (
        SELECT programme, min(tgl_masuk) AS awal FROM out_stays WHERE tgl_masuk IS NOT NULL GROUP BY programme),
    days AS (
        SELECT programme, CAST(unnest(generate_series(awal, CAST($on AS DATE), INTERVAL 1 DAY)) AS DATE) AS tanggal
        FROM span),
    came AS (
        SELECT programme, tgl_masuk AS tanggal, count(*) AS masuk FROM out_stays
        WHERE tgl_masuk IS NOT NULL GROUP BY ALL),
    counted AS (SELECT * FROM out_stays WHERE status IN ('selesai', 'menginap')),
    began AS (SELECT programme, tgl_masuk AS tanggal, count(*) AS n FROM counted GROUP BY ALL),
    went AS (
        SELECT programme, tgl_keluar AS tanggal, count(*) AS keluar FROM counted WHERE tgl_keluar IS NOT NULL GROUP BY ALL),
    capacity AS ({places})
    SELECT d.programme, d.tanggal, CAST(coalesce(c.masuk, 0) AS INTEGER) AS masuk,
        CAST(coalesce(w.keluar, 0) AS INTEGER) AS keluar,
        CAST(sum(coalesce(b.n, 0) - coalesce(w.keluar, 0)) OVER (PARTITION BY d.programme ORDER BY d.tanggal) AS INTEGER)
            AS menginap, CAST(k.kapasitas AS INTEGER) AS kapasitas
    FROM days d LEFT JOIN came c USING (programme, tanggal) LEFT JOIN began b USING (programme, tanggal)
    LEFT JOIN went w USING (programme, tanggal) LEFT JOIN capacity k USING (programme)"""
