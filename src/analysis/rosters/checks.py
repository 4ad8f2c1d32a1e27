"""Findings about rows: which check speaks of which field. A finding never holds a value."""

from collections.abc import Sequence

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.identifiers import implied_birth, implied_sex
from analysis.rosters.peek import SheetNote
from analysis.rosters.rows import SET_ASIDE
from analysis.rosters.spelling import folded

# Check code → (field it speaks of, condition over `_read`). Wording and remedy: rules/checks.toml.
_CONDITIONS = {
    "C01": ("nik", "nik_status NOT IN ('sah', 'kosong', 'disamarkan', 'rusak_excel')"),
    "C01E": ("nik", "nik_status = 'rusak_excel'"),
    "C01K": ("nik", "nik_status = 'kosong' AND peran <> 'registri_keluarga'"),
    "C01M": ("nik", "nik_status = 'disamarkan'"),
    "C02": (
        "tgl_lahir",
        f"nik IS NOT NULL AND tgl_lahir_presisi = 'hari' AND {implied_birth('nik')}"
        " <> strftime(tgl_lahir, '%d%m%y')",
    ),
    "C02J": ("jenis_kelamin", f"nik IS NOT NULL AND jenis_kelamin <> {implied_sex('nik')}"),
    "C03": (
        "nik",
        "peran NOT IN ('log', 'layanan', 'tahapan', 'kebutuhan') AND (source, nik) IN (SELECT (source, nik) FROM _repeated)",
    ),
    "C04": ("nama", "nik IN (SELECT nik FROM _two_names)"),
    "C05": ("nik", "record_id IN (SELECT record_id FROM _two_niks)"),
    "C06": ("no_kk", "no_kk_status NOT IN ('sah', 'kosong', 'disamarkan')"),
    "C06K": ("no_kk", "no_kk_status = 'kosong' AND peran NOT IN ('log', 'layanan')"),
    "C06N": ("no_kk", "nik_is_kk"),
    "C07": ("no_kk", "(programme, no_kk) IN (SELECT (programme, no_kk) FROM _two_in_family)"),
    "C10": ("kode_wilayah", "area_cara = 'luar'"),
    "C12": (
        "no_kk",
        "peran IN ('penerima', 'log') AND no_kk IN (SELECT no_kk FROM _read WHERE nik IN (SELECT nik FROM core_references"
        " WHERE jenis = 'asn')) AND nik NOT IN (SELECT nik FROM core_references WHERE jenis = 'asn' AND nik IS NOT NULL)",
    ),
    "C21": (
        "komponen",
        "is_penerima AND NOT ada_komponen AND berkas IN (SELECT berkas FROM _read WHERE ada_komponen)",
    ),
    "A01": (
        "kode_wilayah",
        "kode_wilayah IS NULL AND (ada_kelurahan OR ada_kode) AND area_cara IS DISTINCT FROM 'luar'",
    ),
    "A02": ("kode_wilayah", "kode_wilayah IS NULL AND NOT ada_kelurahan AND NOT ada_kode"),
    "A03": ("kode_wilayah", "area_cara = 'mirip'"),
    "D01": ("tgl_lahir", "tgl_lahir IS NULL AND ada_tgl_lahir"),
    "D02": ("tgl_peristiwa", "tgl_peristiwa IS NULL AND peran IN ('log', 'layanan')"),
    "D03": ("tgl_lahir", "day(tgl_lahir) = 1 AND month(tgl_lahir) = 1"),
    "N01": ("nama", "nama IS NULL"),
    "P01": ("desil", "desil IS NULL AND ada_desil"),
    "P02": ("desil", "desil IS NULL AND NOT ada_desil AND peran = 'registri_keluarga'"),
    "P03": ("manfaat_rp", "manfaat_rp IS NULL AND ada_manfaat_rp"),
    "P04": (
        "kelompok",
        "kelompok IS NULL AND peran IN ('log', 'kebutuhan') AND (peran = 'log' OR ada_kelompok)",
    ),
    "P05": ("sumber_dana", "sumber_dana IS NULL AND ada_sumber_dana"),
    "P06": ("status_penyaluran", "NOT is_penerima AND peran IN ('penerima', 'log')"),
}


def build_findings(engine: Engine, rulebook: Rulebook, notes: Sequence[SheetNote] = ()) -> None:
    """Make core_findings from `_fields` (rows set aside), `_read` (fields of records) and notes on sheets."""
    engine.register("_checks", severities(rulebook))
    _build_references(engine)
    _build_groups(engine, rulebook)
    about = {**_CONDITIONS, **_with_references(rulebook), "C20": _not_collected(rulebook)}
    parts = [
        _set_aside(),
        _loose_references(),
        *[_about(code, *what) for code, what in about.items()],
    ]
    engine.register("_notes", _note_frame(notes))
    parts.append(
        """SELECT f.source, n.berkas, n.lembar, n.baris, NULL, n.check_code, n.kolom, 'disimpan', NULL
        FROM _notes n JOIN (SELECT DISTINCT source, berkas, lembar FROM _fields) f USING (berkas, lembar)"""
    )
    engine.table(
        "core_findings",
        f"""
        SELECT f.source, f.berkas, f.lembar, f.baris, f.record_id, f.check_code, c.severity,
            f.kolom, f.disposisi, f.usulan
        FROM ({" UNION ALL ".join(parts)}) f JOIN _checks c USING (check_code)""",
    )
    engine.drop("_checks", "_repeated", "_two_names", "_two_niks", "_two_in_family", "_notes")


def severities(rulebook: Rulebook) -> pd.DataFrame:
    """(check_code, severity) of every check."""
    rows = [(check.kode, check.tingkat) for check in rulebook.checks.values()]
    return pd.DataFrame(rows, columns=["check_code", "severity"])


def build_checks(engine: Engine, rulebook: Rulebook) -> None:
    """Make core_checks: what was checked, what could not be for want of a list, what linkage will tell."""
    held = {kind for (kind,) in engine.rows("SELECT DISTINCT jenis FROM core_references")}
    counts = dict(engine.rows("SELECT check_code, count(*) FROM core_findings GROUP BY check_code"))
    rows = []
    for check in rulebook.checks.values():
        if check.tahap == "padan":
            rows.append((check.kode, "setelah_pemadanan", None, None))
        elif check.rujukan and check.rujukan not in held:
            rows.append(
                (check.kode, "tidak_dapat_diperiksa", f"tidak ada daftar {check.rujukan}", None)
            )
        else:
            rows.append((check.kode, "diperiksa", None, counts.get(check.kode, 0)))
    columns = ["check_code", "status", "alasan", "n_baris"]
    frame = pd.DataFrame(rows, columns=columns).astype({"alasan": "str", "n_baris": "Int64"})
    engine.register("core_checks", frame)


# Kind of repair → condition over `_read`.
_REPAIRS = {
    "nik_dibersihkan": "nik IS NOT NULL AND nik_dirapikan",
    "nik_15_angka": "nik IS NULL AND nik15 IS NOT NULL",
    "nama_dirapikan": "nama <> upper(trim(nama_asli))",
    "tanggal_dibaca": "tgl_lahir IS NOT NULL AND tgl_lahir_dirapikan",
    "wilayah_mirip": "area_cara = 'mirip'",
    "nominal_dibaca": "manfaat_rp IS NOT NULL AND nominal_dirapikan",
}


def build_repairs(engine: Engine) -> None:
    """Make core_repairs: how many rows of each file were read otherwise than they were written."""
    parts = [
        f"SELECT berkas, '{kind}' AS jenis, count(*) AS n_baris FROM _read WHERE {condition} GROUP BY berkas"
        for kind, condition in _REPAIRS.items()
    ]
    engine.table("core_repairs", " UNION ALL ".join(parts))


def _build_references(engine: Engine) -> None:
    """core_references: whom the lists of the deceased, moved, employed … name, by sound NIK."""
    engine.table(
        "core_references",
        """SELECT replace(source, 'rujukan_', '') AS jenis, berkas, lembar, baris,
            CASE WHEN regexp_full_match(n, '[0-9]{16}') THEN n END AS nik
        FROM (SELECT *, regexp_replace(nik_t, '[^0-9]', '', 'g') AS n FROM _fields
              WHERE jenis = 'data' AND peran = 'rujukan')""",
    )


def _build_groups(engine: Engine, rulebook: Rulebook) -> None:
    """Numbers that stand more than once: in one list, with two names, with one birth, in one family card."""
    engine.table(
        "_repeated",
        "SELECT source, nik FROM _read WHERE nik IS NOT NULL GROUP BY ALL HAVING count(*) > 1",
    )
    engine.table(
        "_two_names",
        f"""SELECT nik FROM (SELECT nik, min(nama) AS a, max(nama) AS b FROM _read
            WHERE nik IS NOT NULL GROUP BY nik)
        WHERE a <> b AND jaro_winkler_similarity(a, b) < {rulebook.reading.nama_berbeda_maks}""",
    )
    engine.table(
        "_two_niks",
        f"""SELECT record_id FROM (
            SELECT record_id, min(nik) OVER person AS a, max(nik) OVER person AS b FROM (
                SELECT record_id, source, nik, tgl_lahir, kode_wilayah, rt, {folded("nama")} AS sound FROM _read
                JOIN (SELECT source, tgl_lahir, kode_wilayah, left(nama, 1) AS first FROM _read
                    WHERE nik IS NOT NULL AND tgl_lahir IS NOT NULL AND nama IS NOT NULL AND kode_wilayah IS NOT NULL
                    GROUP BY ALL HAVING min(nik) <> max(nik)) near USING (source, tgl_lahir, kode_wilayah)
                WHERE nik IS NOT NULL AND left(nama, 1) = near.first)
            WINDOW person AS (PARTITION BY source, tgl_lahir, kode_wilayah, rt, sound))
        WHERE a <> b""",
    )
    families = ", ".join(
        f"'{code}'"
        for code in sorted({p.kode for p in rulebook.programmes if p.satuan == "keluarga"})
    )
    engine.table(
        "_two_in_family",
        f"""SELECT programme, no_kk FROM _read
        WHERE peran = 'penerima' AND is_penerima AND no_kk IS NOT NULL AND programme IN ({families or "''"})
        GROUP BY programme, no_kk HAVING count(DISTINCT coalesce(nik, nama)) > 1""",
    )


def _with_references(rulebook: Rulebook) -> dict[str, tuple[str, str]]:
    """Checks that only ask whether a list names the NIK."""
    return {
        check.kode: (
            "nik",
            f"peran IN ('penerima', 'log') AND nik IN (SELECT nik FROM core_references WHERE jenis = '{check.rujukan}')",
        )
        for check in rulebook.checks.values()
        if check.rujukan and check.kode not in _CONDITIONS
    }


def _not_collected(rulebook: Rulebook) -> tuple[str, str]:
    words = "|".join(rulebook.codes["status_penyaluran"]["tidak_transaksi"])
    return "status_penyaluran", f"regexp_matches(lower(status_penyaluran), '^({words})')"


def _note_frame(notes: Sequence[SheetNote]) -> pd.DataFrame:
    columns = ["berkas", "lembar", "baris", "check_code", "kolom"]
    rows = [(n.file, n.sheet, n.row, n.check_code, n.column) for n in notes]
    return pd.DataFrame(rows, columns=columns).astype(
        {"baris": "int32"} | dict.fromkeys(("berkas", "lembar", "check_code", "kolom"), "str")
    )


def _set_aside() -> str:
    codes = " ".join(f"WHEN '{kind}' THEN '{code}'" for kind, code in SET_ASIDE.items())
    return f"""SELECT source, berkas, lembar, baris, NULL::VARCHAR AS record_id,
        CASE jenis {codes} END AS check_code, '' AS kolom, 'dikeluarkan' AS disposisi, NULL::VARCHAR AS usulan
        FROM _fields WHERE jenis <> 'data'"""


def _loose_references() -> str:
    return """SELECT 'rujukan_' || jenis, berkas, lembar, baris, NULL, 'R01', 'nik', 'disimpan', NULL
        FROM core_references WHERE nik IS NULL"""


def _about(code: str, field: str, condition: str) -> str:
    proposal = "usulan" if field == "kode_wilayah" else "NULL"
    return f"""SELECT source, berkas, lembar, baris, record_id, '{code}', '{field}', 'disimpan', {proposal}
        FROM _read WHERE {condition}"""
