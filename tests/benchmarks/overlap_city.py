"""A full city's core tables for the overlap benchmark: 122,000 families, 370,000 persons, thirteen programmes."""

import sys
from pathlib import Path

from analysis.engine import Engine
from analysis.policy import load_rulebook

# programme, unit, share of desil 1–5, share of the others; nobody's real figures
PROGRAMMES = (
    ("pkh", "keluarga", 0.15, 0.01), ("sembako", "keluarga", 0.3, 0.02), ("blts", "keluarga", 0.45, 0.03),
    ("rutilahu", "keluarga", 0.003, 0.0005), ("pena", "keluarga", 0.004, 0.0005), ("rst", "keluarga", 0.001, 0.0001),
    ("pbi_jk", "jiwa", 0.6, 0.05), ("pip", "jiwa", 0.09, 0.01), ("bsu", "jiwa", 0.04, 0.05),
    ("dbhcht", "jiwa", 0.003, 0.001), ("atensi_yapi", "jiwa", 0.004, 0.001), ("permakanan", "jiwa", 0.002, 0.0005),
    ("pas12", "jiwa", 0.001, 0.0001),
)  # fmt: skip
FAMILIES, PERSONS = 122_000, 370_000


def _draw(seed: str, column: str) -> str:
    return f"(('0x' || md5('{seed}' || {column})[1:7])::BIGINT / 268435456.0)"


def make(folder: Path) -> None:
    """Write core_families, core_persons and core_enrolments as Parquet."""
    codes = [area.kode for area in load_rulebook().kelurahan()]
    places = ", ".join(f"'{code}'" for code in codes)
    with Engine() as engine:
        engine.table(
            "core_families",
            f"""
            SELECT printf('K-%06d', i) AS family_id, '2025-12' AS period, NULL::VARCHAR AS no_kk, 'registri' AS dasar, true AS is_registri,
                [{places}][1 + CAST(floor({len(codes)} * {_draw("a", "i")}) AS INTEGER)] AS kode_wilayah,
                CASE WHEN {_draw("n", "i")} > 0.02 THEN CAST(1 + floor(10 * {_draw("d", "i")}) AS TINYINT) END AS desil, 3 AS n_anggota
            FROM range({FAMILIES}) t(i)""",
        )
        engine.table(
            "core_persons",
            f"""
            SELECT printf('J-%07d', i) AS person_id, family_id, true AS is_registri, 'L' AS jenis_kelamin,
                DATE '1980-01-01' AS tgl_lahir, kode_wilayah, 1 AS n_records
            FROM range({PERSONS}) t(i) JOIN core_families ON family_id = printf('K-%06d', i % {FAMILIES})""",
        )
        engine.table("core_enrolments", " UNION ALL ".join(_enrolled(*each) for each in PROGRAMMES))
        for name in ("core_families", "core_persons", "core_enrolments"):
            engine.run(
                f"COPY (SELECT * FROM {name} ORDER BY ALL) TO '{folder / name}.parquet' (FORMAT parquet)"
            )


def _enrolled(code: str, unit: str, poor: float, other: float) -> str:
    source = (
        "core_families"
        if unit == "keluarga"
        else "core_persons p JOIN core_families USING (family_id)"
    )
    one = "family_id" if unit == "keluarga" else "p.person_id"
    chance = f"CASE WHEN desil <= 5 THEN {poor} ELSE {other} END"
    return f"""
        SELECT '{code}' AS programme, '2025-12' AS period, '{unit}' AS unit, {one} AS unit_id, family_id, 1 AS n_records,
            1 AS n_persons, 100000 AS manfaat_rp, 0 AS manfaat_lebih_rp, NULL::DATE AS tgl_pertama, 'pasti' AS kepastian
        FROM {source} WHERE {_draw(code, one)} < {chance}"""


if __name__ == "__main__":
    make(Path(sys.argv[1]))
