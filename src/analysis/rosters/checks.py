"""Findings about rows: which check speaks of which field. A finding never holds a value."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.identifiers import implied_birth, implied_sex
from analysis.rosters.rows import SET_ASIDE

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
    "C06": ("no_kk", "no_kk_status NOT IN ('sah', 'kosong', 'disamarkan')"),
    "C06K": ("no_kk", "no_kk_status = 'kosong' AND peran <> 'log'"),
    "C06N": ("no_kk", "length(nik_d) = 16 AND nik_d = kk_d"),
    "A01": ("kode_wilayah", "kode_wilayah IS NULL AND coalesce(kelurahan_t, kode_t) IS NOT NULL"),
    "A02": ("kode_wilayah", "kode_wilayah IS NULL AND coalesce(kelurahan_t, kode_t) IS NULL"),
    "D01": ("tgl_lahir", "tgl_lahir IS NULL AND tgl_lahir_t IS NOT NULL"),
    "D02": ("tgl_peristiwa", "tgl_peristiwa IS NULL AND peran = 'log'"),
    "D03": ("tgl_lahir", "day(tgl_lahir) = 1 AND month(tgl_lahir) = 1"),
    "N01": ("nama", "nama IS NULL"),
    "P01": ("desil", "desil IS NULL AND desil_t IS NOT NULL"),
    "P02": ("desil", "desil IS NULL AND desil_t IS NULL AND peran = 'registri_keluarga'"),
    "P03": ("manfaat_rp", "manfaat_rp IS NULL AND manfaat_rp_t IS NOT NULL"),
    "P04": ("kelompok", "kelompok IS NULL AND peran = 'log'"),
    "P05": ("sumber_dana", "sumber_dana IS NULL AND sumber_dana_t IS NOT NULL"),
    "P06": ("status_penyaluran", "NOT is_penerima AND peran IN ('penerima', 'log')"),
}


def build_findings(engine: Engine, rulebook: Rulebook) -> None:
    """Make core_findings from `_fields` (rows set aside) and `_read` (fields of records)."""
    severities = [(check.kode, check.tingkat) for check in rulebook.checks.values()]
    engine.register("_checks", pd.DataFrame(severities, columns=["check_code", "severity"]))
    parts = [_set_aside(), *[_about(code, *what) for code, what in _CONDITIONS.items()]]
    engine.table(
        "core_findings",
        f"""
        SELECT f.source, f.berkas, f.lembar, f.baris, f.record_id, f.check_code, c.severity,
            f.kolom, f.disposisi
        FROM ({" UNION ALL ".join(parts)}) f JOIN _checks c USING (check_code)""",
    )
    engine.drop("_checks")


def _set_aside() -> str:
    codes = " ".join(f"WHEN '{kind}' THEN '{code}'" for kind, code in SET_ASIDE.items())
    return f"""SELECT source, berkas, lembar, baris, NULL::VARCHAR AS record_id,
        CASE jenis {codes} END AS check_code, '' AS kolom, 'dikeluarkan' AS disposisi
        FROM _fields WHERE jenis <> 'data'"""


def _about(code: str, field: str, condition: str) -> str:
    return f"""SELECT source, berkas, lembar, baris, record_id, '{code}' AS check_code,
        '{field}' AS kolom, 'disimpan' AS disposisi FROM _read WHERE {condition}"""
