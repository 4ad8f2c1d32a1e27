"""A hand-made city for tests: tables written as lists of rows, checked against rules/tables."""

from datetime import date

import pandas as pd

from analysis.engine import Engine, table_for
from analysis.settings import Edition, Run

PERSONAL = {
    "pbi_jk",
    "pas12",
    "pip",
    "bsu",
    "dbhcht",
    "atensi_yapi",
    "permakanan",
    "sekolah_rakyat",
    "prakerja",
}
EDITION = Run("uji", "2025-12", Edition(date(2025, 12, 15)), synthetic=True)
A, B = "32.72.02.1001", "32.72.05.1001"

_USUAL = {
    "core_families": {"period": "2025-12", "dasar": "registri", "is_registri": True, "n_anggota": 1, "kode_wilayah": A},
    "core_persons": {"dasar_keluarga": "registri", "is_registri": True, "n_records": 1, "kode_wilayah": A},
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
    """Make `table` of rows; absent columns take the usual value or null. `prev_` = the earlier period's."""
    columns = table_for(table.removeprefix("prev_")).columns
    full = [_USUAL.get(table.removeprefix("prev_"), {}) | row for row in rows]
    texts = {c.name: [_text(row.get(c.name)) for row in full] for c in columns}
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in texts.items()})
    engine.register("_rows", frame)
    casts = ", ".join(f'CAST("{c.name}" AS {c.sql_type}) AS "{c.name}"' for c in columns)
    engine.table(table, f"SELECT {casts} FROM _rows")


def complete(engine: Engine, table: str) -> None:
    """Add what a hand-made table lacks of its schema, as nulls."""
    for column in table_for(table).columns:
        if column.name not in engine.columns(table):
            engine.run(f'ALTER TABLE "{table}" ADD COLUMN "{column.name}" {column.sql_type}')


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def family(name: str, desil: int | None, **more: object) -> dict:
    return {"family_id": name, "desil": desil} | more


def person(name: str, family_id: str, **more: object) -> dict:
    return {"person_id": name, "family_id": family_id} | more


def enrolment(programme: str, unit_id: str, family_id: str, rp: int | None, **more: object) -> dict:
    unit = "jiwa" if programme in PERSONAL else "keluarga"
    return {
        "programme": programme, "unit": unit, "unit_id": unit_id, "family_id": family_id, "manfaat_rp": rp,
        "manfaat_lebih_rp": 0,
    } | more  # fmt: skip


def checked(engine: Engine, names: tuple[str, ...]) -> None:
    """Every table obeys its schema, as the store would enforce."""
    from analysis.engine.schemas import conforming_select

    for name in names:
        conforming_select(engine, name)


_CHANCE = """CASE WHEN desil <= 2 THEN 0.5 WHEN desil <= 4 THEN 0.25 WHEN desil = 5 THEN 0.1
    WHEN desil <= 8 THEN 0.02 ELSE 0.005 END"""


def _draw(seed: str, column: str) -> str:
    """A number in [0, 1) that depends on the row alone."""
    return f"(('0x' || md5('{seed}' || {column})[1:7])::BIGINT / 268435456.0)"


def random_city(engine: Engine, areas: list[str], n_families: int) -> None:
    """Core tables of a city of three persons a family; the same every time."""
    engine.register("_places", pd.DataFrame({"kode": areas, "place": range(len(areas))}))
    engine.table(
        "core_families",
        f"""
        SELECT printf('K-%06d', t.i) AS family_id, '2025-12' AS period, NULL::VARCHAR AS no_kk, 'registri' AS dasar,
            {_draw("r", "t.i")} > 0.01 AS is_registri, a.kode AS kode_wilayah,
            CASE WHEN {_draw("r", "t.i")} > 0.03 THEN 1 + floor(10 * {_draw("d", "t.i")}) END::TINYINT AS desil,
            3 AS n_anggota
        FROM range({n_families}) t(i) JOIN _places a ON a.place = floor({len(areas)} * {_draw("a", "t.i")})""",
    )
    engine.table(
        "core_persons",
        """SELECT family_id || '-' || j AS person_id, family_id, is_registri,
        'L' AS jenis_kelamin, DATE '1980-01-01' AS tgl_lahir, kode_wilayah, 1 AS n_records
        FROM core_families, range(3) t(j)""",
    )
    families = " UNION ALL ".join(
        f"""SELECT '{code}' AS programme, 'keluarga' AS unit, family_id AS unit_id, family_id,
            CASE WHEN {_draw("g" + code, "family_id")} < 0.05 THEN 2 ELSE 1 END AS n_records, {rupiah} AS rp,
            NULL::DATE AS tgl_pertama
        FROM core_families WHERE {_draw(code, "family_id")} < {share} * coalesce({_CHANCE}, 0.1)"""
        for code, rupiah, share in (("pkh", 750000, 0.6), ("sembako", 600000, 1))
    )
    engine.table(
        "core_enrolments",
        f"""
        WITH rows AS ({families}
            UNION ALL SELECT 'pbi_jk', 'jiwa', person_id, p.family_id, 1, 42000, NULL FROM core_persons p
            JOIN core_families f USING (family_id) WHERE {_draw("pbi", "p.family_id")} < 1.2 * coalesce({_CHANCE}, 0.1)
            UNION ALL SELECT 'pas12', 'jiwa', person_id, p.family_id, 1, 1000000,
                DATE '2025-09-14' + CAST(80 * {_draw("t", "person_id")} AS INTEGER)
            FROM core_persons p JOIN core_families f USING (family_id)
            WHERE desil <= 3 AND {_draw("pas", "person_id")} < 330.0 / {n_families})
        SELECT programme, '2025-12' AS period, unit, unit_id, family_id, n_records, 1 AS n_persons,
            n_records * rp AS manfaat_rp, (n_records - 1) * rp AS manfaat_lebih_rp, tgl_pertama, 'pasti' AS kepastian
        FROM rows""",
    )
    engine.table(
        "core_records",
        f"""SELECT 'r' || unit_id AS record_id, 'pas12' AS source, 'log' AS peran,
        'pas12' AS programme, tgl_pertama AS tgl_peristiwa, kode_wilayah, 'zakat' AS sumber_dana, true AS is_penerima,
        (['lansia', 'anak', 'disabilitas', 'warga_binaan', 'napza_hiv', 'fakir_miskin', 'kode_asing'])
            [1 + CAST(floor(7 * {_draw("k", "unit_id")}) AS INTEGER)] AS kelompok, 'sah' AS nik_status,
        NULL::VARCHAR AS hubungan_keluarga, NULL::VARCHAR AS komponen, 1000000::BIGINT AS manfaat_rp, unit_id, 'log.csv' AS berkas, 'csv' AS lembar, row_number() OVER () AS baris
        FROM core_enrolments JOIN core_families USING (family_id) WHERE programme = 'pas12'""",
    )
    engine.table("core_links", "SELECT record_id, unit_id AS person_id FROM core_records")
    complete(engine, "core_records")
    complete(engine, "core_links")
    put(engine, "core_files", [{"berkas": "log.csv", "source": "pas12", "baris_dibaca": 120, "baris_disimpan": 110,
                                "baris_dikeluarkan": 10}])  # fmt: skip


def with_a_month_before(engine: Engine) -> None:
    """The same city a month ago: some recipients had not come yet, others have left since."""
    for name in [name for name in engine.names() if name.startswith("core_")]:
        engine.table(f"prev_{name}", f"SELECT * FROM {name}")
    engine.table(
        "prev_core_enrolments",
        f"""SELECT * REPLACE ('2025-11' AS period) FROM core_enrolments
            WHERE programme IN ('pkh', 'sembako') AND {_draw("datang", "programme || unit_id")} > 0.1
        UNION ALL SELECT e.* REPLACE ('2025-11' AS period, f.family_id AS unit_id, f.family_id AS family_id)
        FROM core_families f JOIN (SELECT DISTINCT ON (programme) * FROM core_enrolments
            WHERE programme IN ('pkh', 'sembako') ORDER BY programme, unit_id) e
            ON {_draw("pergi", "e.programme || f.family_id")} < 0.05
        WHERE NOT EXISTS (SELECT 1 FROM core_enrolments o WHERE o.programme = e.programme AND o.unit_id = f.family_id)""",
    )
