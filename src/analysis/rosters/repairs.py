"""Repairs: how many rows of each file were read otherwise than they were written."""

from analysis.engine import Engine
from analysis.rosters.known_files import take_over

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
    take_over(engine, "core_repairs")
