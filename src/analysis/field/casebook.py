"""lapangan/<kelurahan>.xlsx: the cases of a kelurahan, its proposals and its objections. Never leaves the office."""

from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.field.answers import ANSWERS, CASE, FREE, SHEET
from analysis.field.sheets import WorkSheet, renew_workbook
from analysis.policy import Rulebook

_CASE_COLUMNS = (
    (CASE, 21.0), ("Status", 12.0), ("RW", 5.0), ("RT", 5.0), ("Nama", 26.0), ("Alamat", 30.0), ("NIK (4 akhir)", 9.0),
    ("Jenis", 24.0), ("Program", 24.0), ("Petunjuk", 34.0), ("Kepastian padanan", 11.0), ("Aturan dan dasar", 46.0),
    ("Yang diperiksa", 40.0), ("Rp yang perlu ditelaah", 14.0), ("Hasil", 26.0), ("Tindak lanjut", 24.0), ("Tahap", 12.0),
    ("Tanggal", 12.0), ("Petugas", 18.0), ("Catatan", 30.0), ("Jawaban sebelumnya", 40.0),
)  # fmt: skip
_NOTES = (
    "LEMBAR KERJA TERBATAS: memuat data pribadi; tidak untuk disebarkan. Setiap baris terindikasi – perlu diverifikasi, bukan putusan.",
    "Isi kolom Hasil sampai Catatan, lalu kembalikan berkas ini; nomor kasus jangan diubah. Dua jawaban yang berbeda disimpan keduanya.",
)
_PROPOSAL_NOTES = (
    "Terdaftar tetapi belum tercatat menerima pada daftar yang dipadankan. Bahan musyawarah kelurahan; kota mengusulkan, Kemensos menetapkan.",
    "Urutan kolom mengikuti nama medan SIKS-NG pada sumber terbuka; cocokkan dengan templat unggah yang berlaku.",
)
_OBJECTION_NOTES = (
    "Hanya kasus yang sudah diverifikasi dengan hasil tidak sesuai dan tindak lanjut sanggah. Keputusan ada pada pemilik program.",
    "Urutan kolom mengikuti nama medan SIKS-NG pada sumber terbuka; cocokkan dengan templat unggah yang berlaku.",
)


def write_casebooks(
    engine: Engine,
    rulebook: Rulebook,
    states: pd.DataFrame,
    folder: Path,
    mark: str = "",
    password: str | None = None,
) -> list[Path]:
    """Write a workbook a kelurahan from `_case`, `_face` and `_proposal`; returns the files.

    `states`: what was answered (`case_states`); `mark` is printed above where the data are made up; with a
    password the workbooks are encrypted.
    """
    engine.register("_state", states.astype("str"))
    cases = _cases(engine, rulebook)
    objections = _siks_rows(engine, rulebook, _OBJECTIONS)
    proposals = _siks_rows(engine, rulebook, _PROPOSALS)
    areas = {area.kode: area.nama for area in rulebook.kelurahan()}
    codes = sorted(set(cases["kode"]) | set(proposals["kode"]) | set(objections["kode"]))
    head = (mark,) if mark else ()
    written = []
    for code in codes:
        name = f"{code}_{areas[code].replace(' ', '_')}" if code in areas else "tanpa_kelurahan"
        sheets = [
            WorkSheet(SHEET, head + _NOTES, _CASE_COLUMNS, _of(cases, code), _choices(rulebook)),
            WorkSheet(
                "Usulan",
                head + _PROPOSAL_NOTES,
                _siks_columns(rulebook, "usulan"),
                _of(proposals, code),
            ),
            WorkSheet(
                "Sanggah",
                head + _OBJECTION_NOTES,
                _siks_columns(rulebook, "sanggah"),
                _of(objections, code),
            ),
        ]
        written.append(renew_workbook(folder / f"{name}.xlsx", sheets, password))
    return written


def _choices(rulebook: Rulebook) -> dict[str, list[str]]:
    return {
        header: list(getattr(rulebook.field.jawaban, name).values())
        for name, header in ANSWERS.items()
    }


def _of(rows: pd.DataFrame, code: str) -> list[tuple]:
    own = rows[rows["kode"] == code].drop(columns="kode")
    return list(own.itertuples(index=False, name=None))


def _cases(engine: Engine, rulebook: Rulebook) -> pd.DataFrame:
    """Cases in walking order: RW, RT, name."""
    kinds = pd.DataFrame(
        [(code, kind.label, kind.periksa) for code, kind in rulebook.field.jenis.items()],
        columns=["jenis", "label", "periksa"], dtype="str",
    )  # fmt: skip
    engine.register("_kind", kinds)
    blank = ", ".join(f"'' AS \"{header}\"" for header in (*ANSWERS.values(), *FREE.values()))
    return engine.frame(f"""
        SELECT coalesce(c.kode_wilayah, '') AS kode, c.case_id, coalesce(s.status, 'indikasi') AS status,
            coalesce(f.rw, '') AS rw, coalesce(f.rt, '') AS rt, coalesce(f.nama, '') AS nama,
            coalesce(f.alamat, '') AS alamat, coalesce(right(f.nik, 4), '') AS nik4, k.label, c.program, c.bukti,
            c.kepastian, CASE WHEN c.dasar = '' THEN '–' ELSE c.dasar END AS dasar, k.periksa,
            CAST(c.rupiah AS BIGINT) AS rupiah, {blank}, coalesce(s.jawaban, '') AS jawaban
        FROM _case c JOIN _kind k USING (jenis) LEFT JOIN _state s USING (case_id)
        LEFT JOIN _face f ON f.family_id = c.family_id AND f.person_id IS NOT DISTINCT FROM c.person_id
        ORDER BY kode, rw, rt, nama, c.case_id""")


_PROPOSALS = """
    SELECT p.family_id, concat('Desil ', p.desil, '; belum tercatat menerima pada ', p.lists, ' daftar') AS keterangan, '' AS case_id
    FROM _proposal p"""
_OBJECTIONS = """
    SELECT c.family_id, concat(c.program, ': ', c.bukti) AS keterangan, c.case_id FROM _case c JOIN _state s USING (case_id)
    WHERE s.hasil = 'tidak_sesuai' AND s.tindak_lanjut = 'sanggah'"""
_SIKS = {
    "provinsi": "$province", "kabupaten": "$city", "kecamatan": "coalesce(a.kecamatan, '')",
    "desa_kelurahan": "coalesce(a.kelurahan, '')", "NOKK": "coalesce(k.no_kk, '')", "NIK": "coalesce(f.nik, '')",
    "Nama": "coalesce(f.nama, '')", "hubungan": "coalesce(f.hubungan_keluarga, '')",
    "jenis_kelamin": "coalesce(f.jenis_kelamin, '')", "tgl_lahir": "coalesce(CAST(f.tgl_lahir AS VARCHAR), '')",
    "Alamat": "coalesce(f.alamat, '')", "RT": "coalesce(f.rt, '')", "RW": "coalesce(f.rw, '')",
}  # fmt: skip


def _siks_columns(rulebook: Rulebook, kind: str) -> tuple[tuple[str, float], ...]:
    own = ("Usulan program", "Keterangan") if kind == "usulan" else (CASE, "Alasan sanggah")
    wide = {"Nama": 26.0, "Alamat": 32.0, "NIK": 19.0, "NOKK": 19.0}
    return tuple((name, wide.get(name, 14.0)) for name in rulebook.field.urutan_siks) + tuple(
        (name, 30.0) for name in own
    )


def _siks_rows(engine: Engine, rulebook: Rulebook, listed: str) -> pd.DataFrame:
    names = {area.kode: area.nama for area in rulebook.areas}
    places = [(a.kode, a.nama, names.get(a.induk, "")) for a in rulebook.kelurahan()]
    frame = pd.DataFrame(places, columns=["kode_wilayah", "kelurahan", "kecamatan"], dtype="str")
    engine.register("_place", frame)
    columns = ", ".join(f'{_SIKS[name]} AS "{name}"' for name in rulebook.field.urutan_siks)
    sql = f"""
        SELECT coalesce(k.kode_wilayah, '') AS kode, {columns}, l.case_id, l.keterangan
        FROM ({listed}) l JOIN core_families k USING (family_id) LEFT JOIN _place a USING (kode_wilayah)
        LEFT JOIN _face f ON f.family_id = l.family_id AND f.person_id IS NULL
        ORDER BY kode, coalesce(f.rw, ''), coalesce(f.rt, ''), coalesce(f.nama, ''), l.family_id, l.case_id"""
    return engine.frame(sql, **_given(sql, rulebook))


def _given(sql: str, rulebook: Rulebook) -> dict[str, str]:
    known = {"province": rulebook.field.provinsi, "city": rulebook.city().nama}
    return {name: value for name, value in known.items() if f"${name}" in sql}
