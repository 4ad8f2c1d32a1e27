"""Conditions of the checks of rows: which check speaks of which field, and what it asks of a record."""

from analysis.policy import Rulebook
from analysis.rosters.identifiers import implied_birth, implied_sex

# Wording and remedy: rules/checks.toml.
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
        "peran IN ('penerima', 'log') AND no_kk IN (SELECT no_kk FROM core_records WHERE nik IN (SELECT nik FROM core_references"
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


def told_by_others(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Check codes that what other rows say can change, by which rows: of the same list or programme, of the same NIK, of lists of reference, of any file.

    They are asked of core_records, by its columns alone.
    """
    references = tuple(_with_references(rulebook))
    return {"list": ("C03", "C05", "C07"), "number": ("C04",), "reference": references, "row": ("C12",)}  # fmt: skip


def conditions(rulebook: Rulebook) -> dict[str, tuple[str, str]]:
    """Check code → (field it speaks of, condition over `_read`, or over core_records: `told_by_others`)."""
    return {**_CONDITIONS, **_with_references(rulebook), "C20": _not_collected(rulebook)}


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
