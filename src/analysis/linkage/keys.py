"""What a record is compared by: one row a distinct set of identifying fields."""

from analysis.engine import Engine

# Old and new spelling, and sounds that clerks mix up (domain.md §5), as ordered replacements.
_SOUNDS = (
    ("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"), ("CH", "H"), ("KH", "H"),
    ("PH", "F"), ("V", "F"), ("SY", "S"), ("Y", "I"), ("Z", "J"), ("DH", "D"), ("TH", "T"),
)  # fmt: skip


def skeleton(column: str) -> str:
    """SQL for a name's sound: spellings made one, doubled letters single."""
    text = column
    for spelled, sound in _SOUNDS:
        text = f"replace({text}, '{spelled}', '{sound}')"
    for letter in "ABDEFGIKLMNOPRSTU":
        text = f"replace({text}, '{letter}{letter}', '{letter}')"
    return text


def build_units(engine: Engine) -> None:
    """Make `_units` (uid and comparison fields) and `_unit_of` (record_id → uid).

    Exact copies collapse first: a third of all rows repeats another (linkage.md §5).
    A row with neither number nor birth date is nobody's copy: a name alone is shared by many.
    A number that stands as somebody's family card is nobody's NIK.
    """
    engine.table("_cards", "SELECT DISTINCT no_kk FROM core_records WHERE no_kk IS NOT NULL")
    engine.table(
        "_sounds",
        f"""SELECT nama, {skeleton("nama")} AS sound
        FROM (SELECT DISTINCT nama FROM core_records WHERE nama IS NOT NULL)""",
    )
    engine.table(
        "_compared",
        """
        SELECT r.record_id, r.peran = 'registri_individu' AS in_register,
            CASE WHEN c.no_kk IS NULL THEN r.nik END AS nik,
            CASE WHEN c.no_kk IS NULL THEN r.nik15 END AS nik15,
            r.no_kk, s.sound, split_part(s.sound, ' ', 1) AS first,
            nullif(split_part(s.sound, ' ', -1), split_part(s.sound, ' ', 1)) AS last,
            r.tgl_lahir AS born, r.jenis_kelamin AS sex, r.kode_wilayah AS area, r.rt, r.rw,
            CASE WHEN coalesce(r.nik, r.nik15, r.no_kk) IS NULL
                 AND (r.tgl_lahir IS NULL OR strftime(r.tgl_lahir, '%d%m') = '0101') THEN r.record_id END AS alone
        FROM core_records r LEFT JOIN _sounds s USING (nama) LEFT JOIN _cards c ON c.no_kk = r.nik""",
    )
    fields = "in_register, nik, nik15, no_kk, sound, first, last, born, sex, area, rt, rw, alone"
    engine.table(
        "_units",
        f"""
        SELECT row_number() OVER (ORDER BY min(record_id)) - 1 AS uid, {fields}
        FROM _compared GROUP BY {fields}""",
    )
    same = " AND ".join(f"u.{name} IS NOT DISTINCT FROM c.{name}" for name in fields.split(", "))
    engine.table("_unit_of", f"SELECT c.record_id, u.uid FROM _compared c JOIN _units u ON {same}")
    engine.drop("_cards", "_sounds", "_compared")
