"""Work sheets of services: whom to propose, reactivate or visit, a sheet a kelurahan. Personal data: office use."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.field.sheets import WorkSheet, renew_workbook
from analysis.policy import Rulebook

_NOTES = (
    "Setiap baris adalah petunjuk untuk diverifikasi, bukan putusan. Dinas mengusulkan; penetapan mengikuti kewenangan program.",
    "Data pribadi terbatas: hanya untuk petugas yang namanya tercatat menerima lembar ini.",
)
_FACE = (
    ("No. kasus", 21.0),
    ("Nama", 30.0),
    ("NIK", 19.0),
    ("No. KK", 19.0),
    ("Alamat", 34.0),
    ("RT", 6.0),
    ("RW", 6.0),
)
_INPUTS = ("core_records", "core_links", "core_persons")


@dataclass(frozen=True)
class Kind:
    """A work sheet: its table, whom it lists (`who`: a query of person_id, kode_wilayah and the columns named)."""

    file: str
    table: str
    title: str
    columns: tuple[tuple[str, float], ...]
    who: str


KINDS = (
    Kind("sekolah_rakyat_belum_diusulkan", "out_school", "Memenuhi syarat menurut data dan belum diusulkan ke Sekolah Rakyat",
         (("Umur", 8.0), ("Jenjang", 10.0), ("Status sekolah", 18.0), ("Desil", 8.0)),
         """SELECT person_id, kode_wilayah, umur AS a, jenjang AS b, replace(status_sekolah, '_', ' ') AS c, desil AS d
         FROM out_school WHERE is_layak AND NOT is_diusulkan"""),
    Kind("desil_terendah_intervensi", "out_extreme", "Keluarga desil terendah atau tercantum pada daftar P3KE: intervensi yang belum tercatat",
         (("Program tercatat", 10.0), ("Kurangi beban", 14.0), ("Naikkan pendapatan", 14.0), ("Kurangi kantong", 14.0)),
         """SELECT p.person_id, x.kode_wilayah, x.n_programmes AS a, CASE WHEN x.kurangi_beban THEN 'tercatat' ELSE 'belum tercatat' END AS b,
             CASE WHEN x.naikkan_pendapatan THEN 'tercatat' ELSE 'belum tercatat' END AS c,
             CASE WHEN x.kurangi_kantong THEN 'tercatat' ELSE 'belum tercatat' END AS d
         FROM out_extreme x JOIN (SELECT family_id, min(person_id) AS person_id FROM core_persons GROUP BY family_id) p USING (family_id)
         WHERE x.n_programmes = 0 OR NOT (x.kurangi_beban AND x.naikkan_pendapatan AND x.kurangi_kantong)"""),
    Kind("jkn_reaktivasi", "out_jkn", "PBI berhenti pada keluarga berdesil sasaran: peringatan dini dan reaktivasi",
         (("Desil", 8.0), ("Segmen aktif", 22.0), ("Mendesak", 12.0), ("Berkas", 40.0)),
         """SELECT person_id, kode_wilayah, desil AS a, coalesce(nullif(segmen, ''), 'tidak ada') AS b,
             CASE WHEN is_tanpa_segmen THEN 'ya' ELSE 'tidak' END AS c, 'kebutuhan medis, SKTM, SPTJM, KTP dan KK' AS d
         FROM out_jkn WHERE is_reaktivasi"""),
    Kind("jkn_usul_pbi", "out_jkn", "Dibayar Kota dan dapat diusulkan ke PBI APBN",
         (("Desil", 8.0), ("Segmen aktif", 22.0)),
         "SELECT person_id, kode_wilayah, desil AS a, segmen AS b FROM out_jkn WHERE is_usul_pbi"),
    Kind("12_pas_berulang", "out_pas12_repeats", "12 PAS: orang atau keluarga yang terindikasi dilayani lebih dari sekali",
         (("Jenis", 12.0), ("Kunjungan", 10.0), ("Pertama", 12.0), ("Terakhir", 12.0)),
         """SELECT CASE r.jenis WHEN 'orang' THEN r.unit_id ELSE p.person_id END AS person_id, p.kode_wilayah, r.jenis AS a,
             r.n_kunjungan AS b, r.tgl_pertama AS c, r.tgl_terakhir AS d
         FROM out_pas12_repeats r JOIN (
             SELECT family_id, min(person_id) AS person_id, min(kode_wilayah) AS kode_wilayah FROM core_persons GROUP BY family_id) p
         USING (family_id)"""),
)  # fmt: skip


def write_service_sheets(
    store: Store,
    rulebook: Rulebook,
    folder: Path,
    key: str,
    mark: str = "",
    password: str | None = None,
) -> list[Path]:
    """Write a workbook a kind whose table is there, with a sheet a kelurahan; returns the files.

    Every row has a number under the office key, which stays its own in every run and tells nothing of
    whom it is about. `mark` stands above where the data are made up; with a password the workbooks are
    encrypted. A workbook that lay there and differs is kept beside: somebody may have written in it.
    """
    names = {area.kode: area.nama for area in rulebook.areas}
    written = []
    for kind in KINDS:
        if store.path(kind.table).exists():
            with Engine() as engine:
                store.attach(engine, kind.table, *_INPUTS)
                rows = engine.frame(_FACES.format(who=kind.who), key=key, kind=kind.file)
            sheets = _sheets(kind, rows, names, mark)
            written.append(renew_workbook(folder / f"{kind.file}.xlsx", sheets, password))
    return written


def _sheets(kind: Kind, rows: pd.DataFrame, names: dict[str, str], mark: str) -> list[WorkSheet]:
    notes = (*((mark,) if mark else ()), kind.title, *_NOTES)
    columns = (*_FACE, *kind.columns)
    fields = ["nomor", "nama", "nik", "no_kk", "alamat", "rt", "rw", *"abcd"[: len(kind.columns)]]
    sheets = []
    for code, here in rows.groupby("kode_wilayah", sort=True):
        table = here[fields].astype(object).where(here[fields].notna(), "–")
        name = names.get(str(code), "Tanpa kelurahan")
        sheets.append(
            WorkSheet(
                name[:31], notes, columns, [tuple(map(_cell, row)) for row in table.to_numpy()]
            )
        )
    return sheets or [WorkSheet("Kosong", notes, columns, [])]


def _cell(value: object) -> object:
    """Whole numbers stay numbers; a date is its day."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


# How an officer finds them: the register's row before a list's.
_FACES = """
    WITH who AS ({who}),
    seen AS (
        SELECT l.person_id, r.*, NOT r.peran LIKE 'registri%' AS listed FROM core_records r JOIN core_links l USING (record_id)
        WHERE l.person_id IN (SELECT person_id FROM who)),
    faces AS (
        SELECT person_id, arg_min(nama_asli, (listed, record_id)) FILTER (nama_asli IS NOT NULL) AS nama,
            arg_min(nik, (listed, record_id)) FILTER (nik IS NOT NULL) AS nik,
            arg_min(no_kk, (listed, record_id)) FILTER (no_kk IS NOT NULL) AS no_kk,
            arg_min(alamat, (listed, record_id)) FILTER (alamat IS NOT NULL) AS alamat,
            arg_min(rt, (listed, record_id)) FILTER (rt IS NOT NULL) AS rt,
            arg_min(rw, (listed, record_id)) FILTER (rw IS NOT NULL) AS rw
        FROM seen GROUP BY person_id),
    numbered AS (
        SELECT *, sha256($key || sha256($key || concat_ws('|', $kind, person_id, nth))) AS h
        FROM (SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY COLUMNS('^[abcd]$')) AS nth FROM who))
    SELECT w.* EXCLUDE (h, nth), concat('L-', w.h[1:8], '-', w.h[9:16]) AS nomor, f.* EXCLUDE (person_id)
    FROM numbered w LEFT JOIN faces f USING (person_id)
    ORDER BY w.kode_wilayah, f.rw, f.rt, f.alamat, w.person_id, w.nth"""
