"""A hand-made city for tests: tables written as lists of rows, checked against tables.toml."""

from datetime import date

import pandas as pd

from analysis.engine import Engine, table_for
from analysis.settings import Edition, Run

EDITION = Run("uji", "2025-12", Edition(date(2025, 12, 15)), synthetic=True)
A, B = "32.72.02.1001", "32.72.05.1001"

_USUAL = {
    "core_families": {"period": "2025-12", "dasar": "registri", "is_registri": True, "n_anggota": 1, "kode_wilayah": A},
    "core_persons": {"is_registri": True, "n_records": 1, "kode_wilayah": A},
    "core_enrolments": {"period": "2025-12", "n_records": 1, "n_persons": 1, "kepastian": "pasti"},
    "core_records": {
        "source": "pas12", "peran": "log", "programme": "pas12", "period": "2025-12", "nik_status": "sah",
        "no_kk_status": "sah", "is_penerima": True, "berkas": "log.csv", "file_sha8": "00000000",
        "lembar": "csv", "baris": 1,
    },
    "core_links": {"cara": "nik_nama", "kepastian": "pasti"},
    "core_files": {
        "lembar": "csv", "period": "2025-12", "file_sha256": "0", "is_sintetis": True, "has_provenance": True,
    },
    "core_survey": {"weight": 1.0, "arm": "semua", "stratum": "1"},
}  # fmt: skip


def put(engine: Engine, table: str, rows: list[dict]) -> None:
    """Make `table` of rows; absent columns take the usual value or null."""
    columns = table_for(table).columns
    full = [_USUAL.get(table, {}) | row for row in rows]
    texts = {c.name: [_text(row.get(c.name)) for row in full] for c in columns}
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in texts.items()})
    engine.register("_rows", frame)
    casts = ", ".join(f'CAST("{c.name}" AS {c.sql_type}) AS "{c.name}"' for c in columns)
    engine.table(table, f"SELECT {casts} FROM _rows")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def family(name: str, desil: int | None, **more: object) -> dict:
    return {"family_id": name, "desil": desil} | more


def person(name: str, family_id: str, **more: object) -> dict:
    return {"person_id": name, "family_id": family_id} | more


def enrolment(programme: str, unit_id: str, family_id: str, rp: int | None, **more: object) -> dict:
    unit = "jiwa" if programme in {"pbi_jk", "pas12"} else "keluarga"
    return {
        "programme": programme, "unit": unit, "unit_id": unit_id, "family_id": family_id, "manfaat_rp": rp,
        "manfaat_lebih_rp": 0,
    } | more  # fmt: skip


def checked(engine: Engine, names: tuple[str, ...]) -> None:
    """Every table obeys its schema, as the store would enforce."""
    from analysis.engine.schemas import conforming_select

    for name in names:
        conforming_select(engine, name)
