"""`_fields` → core_records: one cleaned record a data row, nothing dropped, nothing guessed."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.areas import resolve_areas
from analysis.rosters.coded_fields import decode, join_codes
from analysis.rosters.dates import read_dates
from analysis.rosters.identifiers import digits, number_status, remnant, zero_share
from analysis.rosters.known_files import NO_RECORDS, take_over_records
from analysis.rosters.names import clean_names
from analysis.rosters.rt_rw import rt_rw
from analysis.settings import Run


def build_records(engine: Engine, rulebook: Rulebook, run: Run) -> None:
    """Make core_records, and `_read` with what could not be read (for the checks)."""
    engine.view(
        "_data",
        f"""SELECT *, kode_wilayah_t AS kode_t FROM _fields
        WHERE jenis = 'data' AND peran NOT IN {NO_RECORDS}""",
    )
    clean_names(engine, rulebook, "_data", "nama_t", "_names")
    latest = f"{run.period}-01"
    read_dates(engine, rulebook, "_data", "tgl_lahir_t", "_births", _month_end(latest))
    read_dates(engine, rulebook, "_data", "tgl_peristiwa_t", "_events", "2099-12-31")
    read_dates(engine, rulebook, "_data", "tgl_selesai_t", "_ends", "2099-12-31")
    resolve_areas(engine, rulebook, "_data", "_areas")
    decode(engine, rulebook)
    _zero_shares(engine, rulebook)
    engine.table("_read", _read_sql(run, rulebook))
    engine.view("core_records", f"""SELECT {", ".join(_RECORD)} FROM _read""")
    take_over_records(engine)
    engine.drop("_names", "_births", "_events", "_ends", "_areas", "_decoded", "_zeros")


_RECORD = (
    "record_id", "source", "peran", "programme", "period", "nik", "nik15", "nik_sisa", "nik_pola", "nik_status", "no_kk",
    "no_kk_status", "nama", "nama_asli", "tgl_lahir", "tgl_lahir_presisi", "jenis_kelamin",
    "hubungan_keluarga", "alamat", "rt", "rw", "kode_wilayah", "desil", "is_penerima", "manfaat_rp",
    "status_penyaluran", "tgl_peristiwa", "kelompok", "sumber_dana", "n_anggota", "komponen", "disabilitas",
    "segmen", "tahap", "tgl_selesai", "hasil", "rekening", "berkas", "file_sha8", "lembar", "baris",
)  # fmt: skip


def _month_end(first: str) -> str:
    return (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date().isoformat()


def _zero_shares(engine: Engine, rulebook: Rulebook) -> None:
    """`_zeros`: per sheet, the share of 16-digit numbers that end in 0; Excel's damage shows only there."""
    engine.table(
        "_zeros",
        f"""SELECT berkas, lembar, {zero_share("nik_t", rulebook)} AS nik_zero, {zero_share("no_kk_t", rulebook)} AS kk_zero
        FROM _data GROUP BY berkas, lembar""",
    )


def _identified(rulebook: Rulebook) -> str:
    """The rows with the digits and the states of their NIK and No KK."""
    return f"""SELECT d.*, {digits("nik_t")} AS nik_d, {digits("no_kk_t")} AS kk_d,
            {number_status("nik_t", "nik_zero", rulebook, is_nik=True)} AS nik_status,
            {number_status("no_kk_t", "kk_zero", rulebook, is_nik=False)} AS no_kk_status
        FROM _data d JOIN _zeros z USING (berkas, lembar)"""


# Fields of which the checks must know whether the row said anything at all.
_TOLD = (
    "tgl_lahir", "kelurahan", "desil", "manfaat_rp", "tgl_peristiwa", "kelompok", "sumber_dana", "komponen",
)  # fmt: skip
_MONEY = """CASE WHEN regexp_full_match({0}, '[0-9]+') THEN {0}
    ELSE regexp_replace(regexp_replace({0}, '[.,][0-9]{{1,2}}$', ''), '[^0-9]', '', 'g') END"""


def _read_sql(run: Run, rulebook: Rulebook) -> str:
    money = _MONEY.format("d.manfaat_rp_t")
    desil = (
        "try_cast(regexp_extract(d.desil_t, '^(?:desil )?0?([0-9]{1,2})(?:[.]0)?$', 1) AS TINYINT)"
    )
    return f"""SELECT
        concat_ws(':', d.source, '{run.period}', d.file_sha8, d.lembar, d.baris) AS record_id,
        d.source, d.peran, d.programme, '{run.period}' AS period,
        CASE WHEN d.nik_status = 'sah' THEN d.nik_d END AS nik,
        CASE WHEN d.nik_status = 'sah' OR (d.nik_status = 'rusak_excel' AND length(d.nik_d) IN (15, 16))
             THEN d.nik_d[1:15] END AS nik15,
        {remnant("d.nik_status", "d.nik_d")} AS nik_sisa,
        CASE WHEN d.nik_status = 'disamarkan' THEN regexp_replace(d.nik_t, '[^0-9]', '_', 'g') END AS nik_pola,
        d.nik_status,
        CASE WHEN d.no_kk_status = 'sah' AND d.kk_d IS DISTINCT FROM d.nik_d THEN d.kk_d END AS no_kk,
        d.no_kk_status, x.nama, d.nama_t AS nama_asli,
        b.tanggal AS tgl_lahir, CASE WHEN b.tanggal IS NOT NULL THEN b.presisi END AS tgl_lahir_presisi,
        kelamin.kode AS jenis_kelamin, hubungan.kode AS hubungan_keluarga,
        d.alamat_t AS alamat, {rt_rw("rt_t", 1)} AS rt, {rt_rw("rw_t", 2)} AS rw,
        a.kode AS kode_wilayah,
        CASE WHEN {desil} BETWEEN 1 AND 10 THEN {desil} END AS desil,
        (d.peran IN ('penerima', 'log') OR (d.peran = 'tahapan' AND tahap.kode = 'diterima'))
            AND NOT coalesce({_not_receiving(rulebook)}, false) AS is_penerima,
        try_cast(nullif({money}, '') AS BIGINT) AS manfaat_rp,
        d.status_penyaluran_t AS status_penyaluran, e.tanggal AS tgl_peristiwa,
        kelompok.kode AS kelompok, dana.kode AS sumber_dana,
        try_cast(regexp_extract(d.n_anggota_t, '^[0-9]+') AS SMALLINT) AS n_anggota,
        d.komponen_t AS komponen, disabilitas.kode AS disabilitas, segmen.kode AS segmen, tahap.kode AS tahap, f.tanggal AS tgl_selesai,
        hasil.kode AS hasil, d.rekening_t AS rekening,
        d.berkas, d.file_sha8, d.lembar, d.baris,
        {", ".join(f"d.{name}_t IS NOT NULL AS ada_{name}" for name in _TOLD)},
        d.kode_t IS NOT NULL AS ada_kode, length(d.nik_d) = 16 AND d.nik_d = d.kk_d AS nik_is_kk,
        d.nik_t <> d.nik_d AS nik_dirapikan, d.tgl_lahir_t <> CAST(b.tanggal AS VARCHAR) AS tgl_lahir_dirapikan,
        NOT regexp_full_match(d.manfaat_rp_t, '[0-9]+') AS nominal_dirapikan, a.cara AS area_cara, a.usulan
        FROM ({_identified(rulebook)}) d
        LEFT JOIN _names x ON x.teks = d.nama_t
        LEFT JOIN _births b ON b.teks = d.tgl_lahir_t
        LEFT JOIN _events e ON e.teks = d.tgl_peristiwa_t
        LEFT JOIN _ends f ON f.teks = d.tgl_selesai_t
        LEFT JOIN _areas a ON a.kode_t IS NOT DISTINCT FROM d.kode_t
            AND a.kelurahan_t IS NOT DISTINCT FROM d.kelurahan_t
            AND a.kecamatan_t IS NOT DISTINCT FROM d.kecamatan_t
            AND a.kabupaten_t IS NOT DISTINCT FROM d.kabupaten_t
        {join_codes()}"""


def _not_receiving(rulebook: Rulebook) -> str:
    words = "|".join(rulebook.codes["status_penyaluran"]["bukan_penerima"])
    return f"regexp_matches(lower(d.status_penyaluran_t), '^({words})')"
