"""The 12 PAS log in dated counts. Chosen on need: never scored by desil."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Programme, Rulebook
from analysis.settings import Run

MADE = [
    "out_pas12", "out_pas12_visits", "out_pas12_weeks", "out_pas12_areas", "out_pas12_repeats", "out_pas12_groups",
]  # fmt: skip


def build_pas12(engine: Engine, rulebook: Rulebook, run: Run) -> list[str]:
    """Make out_pas12 and its tables from log rows dated up to the edition's day, out of `_svc`.

    A person and a family count once, at the first date; rupiah count at their own dates. A row
    without a date stands in no dated count: out_service_identity says how many there are.
    """
    rule = rulebook.services.pas
    usual = _usual(rulebook.programme(rule.program, run.edition.on))
    engine.table("out_pas12_visits", _VISITS, programme=rule.program, usual=usual)
    engine.table("out_pas12", _COUNTS)
    engine.table("out_pas12_weeks", _WEEKS, on=run.edition.on)
    engine.table("out_pas12_areas", _AREAS, target=rule.per_kelurahan)
    engine.table("out_pas12_repeats", _REPEATS)
    _build_groups(engine, rulebook)
    return MADE


def _usual(programme: Programme) -> int:
    """Rupiah of a visit whose row states none: what is given once as a whole; 0 where no rule says."""
    once = [b.rupiah for b in programme.besaran if b.per == "sekali" and not b.komponen]
    return once[0] if once else programme.manfaat_rp or 0


_VISITS = """
    WITH nasional AS (
        SELECT DISTINCT e.family_id FROM core_enrolments e JOIN _level g USING (programme) WHERE g.tingkat = 'pusat')
    SELECT s.record_id, s.person_id, s.family_id, s.tgl_peristiwa, s.kode_wilayah,
        coalesce(s.kelompok, 'tanpa') AS kelompok, coalesce(s.sumber_dana, 'tanpa') AS sumber_dana,
        CAST(coalesce(s.manfaat_rp, $usual) AS BIGINT) AS manfaat_rp, s.identitas, s.is_registri,
        s.is_registri AND coalesce(s.desil IN (SELECT desil FROM _priority), false) AS is_desil12,
        n.family_id IS NOT NULL AS is_nasional,
        row_number() OVER (PARTITION BY s.person_id ORDER BY s.tgl_peristiwa, s.record_id) AS orang_ke,
        row_number() OVER (PARTITION BY s.family_id ORDER BY s.tgl_peristiwa, s.record_id) AS keluarga_ke
    FROM _svc s LEFT JOIN nasional n USING (family_id)
    WHERE s.peran = 'log' AND s.programme = $programme AND s.is_penerima AND s.tgl_peristiwa IS NOT NULL"""

_COUNTS = """
    SELECT tgl_peristiwa, kode_wilayah, kelompok, sumber_dana, CAST(count(*) AS INTEGER) AS titik,
        CAST(count(*) FILTER (orang_ke = 1) AS INTEGER) AS orang,
        CAST(count(*) FILTER (keluarga_ke = 1) AS INTEGER) AS keluarga,
        CAST(count(*) FILTER (orang_ke = 1 AND is_desil12) AS INTEGER) AS orang_desil12,
        CAST(count(*) FILTER (orang_ke = 1 AND is_registri) AS INTEGER) AS orang_registri,
        CAST(count(*) FILTER (orang_ke = 1 AND is_nasional) AS INTEGER) AS orang_nasional,
        CAST(sum(manfaat_rp) AS BIGINT) AS manfaat_rp
    FROM out_pas12_visits GROUP BY ALL"""

_MONDAY = "CAST(date_trunc('week', {0}) AS DATE)"
_WEEKS = f"""
    WITH reach AS (
        SELECT kode_wilayah, {_MONDAY.format("min(tgl_peristiwa)")} AS minggu FROM out_pas12_visits
        WHERE kode_wilayah <> 'tanpa' GROUP BY kode_wilayah),
    weeks AS (
        SELECT CAST(unnest(generate_series({_MONDAY.format("min(tgl_peristiwa)")}, {_MONDAY.format("CAST($on AS DATE)")},
            INTERVAL 7 DAY)) AS DATE) AS minggu FROM out_pas12_visits),
    told AS (
        SELECT w.minggu, count(v.record_id) AS titik, count(*) FILTER (v.orang_ke = 1) AS orang,
            count(*) FILTER (v.keluarga_ke = 1) AS keluarga,
            count(DISTINCT v.kode_wilayah) FILTER (v.kode_wilayah <> 'tanpa') AS kelurahan
        FROM weeks w LEFT JOIN out_pas12_visits v ON {_MONDAY.format("v.tgl_peristiwa")} = w.minggu GROUP BY w.minggu),
    fresh AS (SELECT minggu, count(*) AS baru FROM reach GROUP BY minggu)
    SELECT t.minggu, CAST(t.titik AS INTEGER) AS titik, CAST(t.orang AS INTEGER) AS orang,
        CAST(t.keluarga AS INTEGER) AS keluarga, CAST(t.kelurahan AS INTEGER) AS kelurahan,
        CAST(sum(t.orang) OVER so_far AS INTEGER) AS orang_kumulatif,
        CAST(sum(t.keluarga) OVER so_far AS INTEGER) AS keluarga_kumulatif,
        CAST(sum(coalesce(f.baru, 0)) OVER so_far AS INTEGER) AS kelurahan_kumulatif, t.titik = 0 AS is_kosong
    FROM told t LEFT JOIN fresh f USING (minggu) WINDOW so_far AS (ORDER BY t.minggu)"""

_AREAS = """
    SELECT a.kode_wilayah, CAST(count(v.record_id) AS INTEGER) AS titik,
        CAST(count(*) FILTER (v.orang_ke = 1) AS INTEGER) AS orang,
        CAST(count(*) FILTER (v.keluarga_ke = 1) AS INTEGER) AS keluarga,
        CAST($target AS INTEGER) AS sasaran, min(v.tgl_peristiwa) AS tgl_pertama, max(v.tgl_peristiwa) AS tgl_terakhir
    FROM _area a LEFT JOIN out_pas12_visits v USING (kode_wilayah) GROUP BY a.kode_wilayah"""

# The same person twice, and a family of whom several persons were served: two leads, never one counted twice.
_REPEATS = """
    SELECT 'orang' AS jenis, person_id AS unit_id, min(family_id) AS family_id, CAST(count(*) AS INTEGER) AS n_kunjungan,
        min(tgl_peristiwa) AS tgl_pertama, max(tgl_peristiwa) AS tgl_terakhir,
        CAST(sum(manfaat_rp) - max(manfaat_rp) AS BIGINT) AS manfaat_lebih_rp
    FROM out_pas12_visits GROUP BY person_id HAVING count(*) > 1
    UNION ALL
    SELECT 'keluarga', family_id, family_id, CAST(count(*) AS INTEGER), min(tgl_peristiwa), max(tgl_peristiwa),
        CAST(sum(manfaat_rp) - max(manfaat_rp) AS BIGINT)
    FROM out_pas12_visits WHERE orang_ke = 1 GROUP BY family_id HAVING count(*) > 1"""


def _build_groups(engine: Engine, rulebook: Rulebook) -> None:
    """Make out_pas12_groups. Need comes from the supplied list alone: DTSEN does not tell of most groups.

    A group the list does not name at all has no known need: null, never 0.
    """
    groups = [(group.kode, group.nomor) for group in rulebook.pas12]
    engine.register("_group", pd.DataFrame(groups, columns=["kelompok", "nomor"]))
    engine.table(
        "out_pas12_groups",
        """
        WITH need AS (
            SELECT kelompok, person_id FROM _svc
            WHERE peran = 'kebutuhan' AND source = $source AND kelompok IS NOT NULL GROUP BY ALL),
        told AS (
            SELECT n.kelompok, count(*) AS kebutuhan, count(v.person_id) AS terlayani
            FROM need n LEFT JOIN (SELECT DISTINCT person_id FROM out_pas12_visits) v USING (person_id)
            GROUP BY n.kelompok),
        reached AS (SELECT kelompok, count(*) AS orang FROM out_pas12_visits WHERE orang_ke = 1 GROUP BY kelompok)
        SELECT g.kelompok, CAST(g.nomor AS INTEGER) AS nomor, CAST(coalesce(r.orang, 0) AS INTEGER) AS orang,
            CAST(t.kebutuhan AS INTEGER) AS kebutuhan, CAST(t.terlayani AS INTEGER) AS kebutuhan_terlayani,
            CAST(t.kebutuhan - t.terlayani AS INTEGER) AS kebutuhan_belum
        FROM (SELECT * FROM _group UNION ALL SELECT 'tanpa', 99) g
        LEFT JOIN told t USING (kelompok) LEFT JOIN reached r USING (kelompok)""",
        source=rulebook.services.pas.daftar_kebutuhan,
    )
    engine.drop("_group")
