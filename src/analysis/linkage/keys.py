"""What a record is compared by: one row a distinct set of identifying fields."""

import re
from collections.abc import Callable

from analysis.engine import Engine
from analysis.linkage.card_numbers import ALL_ROWS, Owners, find_cards
from analysis.linkage.relatives_numbers import find_relatives
from analysis.linkage.sounds import skeleton

FIELDS = "in_register, nik, nik15, digits, no_kk, sound, born, year, sex, area, rt, rw, alone, mute"
_SAID = FIELDS.replace("alone, ", "")
_TEXTS = ("sound", "area")


def number(column: str) -> str:
    """SQL for a number of digits as an integer: DuckDB 2.0 hashes some texts of 16 digits alike (one in 450 NIK)."""
    return f"CAST({column} AS BIGINT)"


def exact(names: str, texts: tuple[str, ...], text: str) -> str:
    """Columns as they are hashed: numbers as integers, those of `texts` as `text` has it."""
    numbers = {name: number(name) for name in ("nik", "nik15", "no_kk")}
    numbers |= {name: f"try_cast({name} AS BIGINT)" for name in ("digits", "nik_sisa")}
    return ", ".join(
        numbers.get(n) or (text.format(n) if n in texts else n) for n in names.split(", ")
    )


def said(rows: str = "") -> str:
    """SQL list of what a unit says of a person, an empty text where it says nothing."""
    prefix = f"{rows}." if rows else ""
    told = (f"coalesce(CAST({prefix}{name} AS VARCHAR), '')" for name in _CONTENT)
    # nothing where the NIK is whole: what such a row says is hashed as it always was
    return ", ".join((*told, f"CASE WHEN {prefix}nik15 IS NULL THEN {prefix}digits END"))


_CONTENT = [
    name for name in FIELDS.split(", ") if name not in ("in_register", "digits", "alone", "mute")
]


def md5_of(values: str) -> str:
    """SQL for the md5 of a list of values."""
    return f"md5(concat_ws('|', {values}))"


def in_groups(md5: str) -> str:
    """SQL for an md5 in groups of 8, so that no run of digits can be taken for a NIK."""
    return f"concat_ws('-', {', '.join(f'substr({md5}, {start}, 8)' for start in (1, 9, 17, 25))})"


# What clerks write where only the year is known: it tells no more than the year.
FIRST_OF_JANUARY = "(day(tgl_lahir) = 1 AND month(tgl_lahir) = 1)"
# Neither number nor a birth date that tells: such a row is nobody's copy (over core_records).
ALONE = (
    f"coalesce(nik, nik15, nik_sisa, no_kk) IS NULL AND (tgl_lahir IS NULL OR {FIRST_OF_JANUARY})"
)


def tell_numbers(engine: Engine, records: str, owners: Owners = ALL_ROWS) -> None:
    """Make `_cards` (record_id, card): rows of `records` whose NIK tells their family, not the person."""
    find_cards(engine, records, owners)
    find_relatives(engine, records, owners)


def build_units(
    engine: Engine, records: str = "core_records", lists: str = "", few: bool = False,
    cards: Callable[[Engine, str], None] = tell_numbers,
) -> None:  # fmt: skip
    """Make `_units` (uid and comparison fields) and `_unit_of` (record_id → uid) of the rows in `records`.

    Exact copies collapse first: a third of all rows repeats another (linkage.md §5).
    A row with neither number nor birth date is nobody's copy (`alone`): a name is shared by many.
    Where it lacks a name or a kelurahan too it is `mute`: counted as a person of its own, joined by
    people only, never by the model. A NIK that is the family's card, or a relative's, tells the
    family and not the person: `cards` makes `_cards` of these rows.
    `lists` has a bit for each source a unit stands in: by the table `lists` (source, place) where it is
    named, so that bits mean the same as in the registry; else in order of name. `few`: rows that fit in memory.
    The register's units come first, then by a hash of what they say: the order of rows and the names of
    records change nothing.
    """
    placed = (
        lists
        or "(SELECT source, row_number() OVER (ORDER BY source) - 1 AS place FROM (SELECT DISTINCT source FROM core_records))"
    )
    engine.table(
        "_sounds",
        f"""SELECT nama, {skeleton("nama")} AS sound
        FROM (SELECT DISTINCT nama FROM {records} WHERE nama IS NOT NULL)""",
    )
    cards(engine, records)
    engine.table(
        "_lists",
        f"""SELECT source, CAST(1 AS BIGINT) << CAST(least(place, 62) AS INTEGER) AS bit FROM {placed}""",
    )
    # read twice: kept whole, millions of wide rows would crowd out all that follows
    (engine.table if few else engine.view)("_compared", _compared_sql(_told_rows(engine, records)))
    # two 64-bit hashes stand for the fields, one of them reading texts backwards: no two rows meet by chance
    engine.table(
        "_hashed",
        f"""SELECT record_id, in_register, bit, hash({exact(_SAID, _TEXTS, "{0}")}) AS key, hash({exact(FIELDS, _TEXTS, "reverse({0})")}) AS key2
        FROM _compared""",
    )
    engine.table(
        "_numbered",
        """SELECT row_number() OVER (ORDER BY NOT in_register, key, key2) - 1 AS uid, * FROM (
            SELECT in_register, key, key2, min(record_id) AS first_record, bit_or(bit) AS lists
            FROM _hashed GROUP BY in_register, key, key2)""",
    )
    engine.table("_unit_of", "SELECT record_id, uid FROM _hashed JOIN _numbered USING (key, key2)")
    engine.drop("_hashed")
    engine.table(
        "_units",
        f"""SELECT uid, key, lists, {", ".join(f"c.{name}" for name in FIELDS.split(", "))},
            split_part(sound, ' ', 1) AS first,
            nullif(split_part(sound, ' ', -1), split_part(sound, ' ', 1)) AS last
        FROM _compared c JOIN _numbered n ON c.record_id = n.first_record""",
    )
    engine.drop("_compared", "_cards", "_sounds", "_lists", "_numbered")


def _told_rows(engine: Engine, records: str) -> str:
    """The rows of `records`; lists made elsewhere need not tell what is left of a broken NIK."""
    if "nik_sisa" in engine.columns(records):
        return records
    return f"(SELECT *, CAST(NULL AS VARCHAR) AS nik_sisa FROM {records})"


def _compared_sql(records: str) -> str:
    return f"""
        SELECT r.record_id, b.bit, r.peran = 'registri_individu' AS in_register,
            CASE WHEN c.card IS NULL THEN r.nik END AS nik,
            CASE WHEN c.card IS NULL THEN r.nik15 END AS nik15,
            CASE WHEN c.card IS NULL THEN coalesce(r.nik, r.nik15 || '_', r.nik_sisa) END AS digits,
            coalesce(r.no_kk, c.card) AS no_kk, s.sound, CASE WHEN r.tgl_lahir_presisi = 'hari' AND NOT {FIRST_OF_JANUARY} THEN r.tgl_lahir END AS born,
            CAST(year(r.tgl_lahir) AS SMALLINT) AS year, r.jenis_kelamin AS sex, r.kode_wilayah AS area, r.rt, r.rw,
            CASE WHEN is_alone THEN r.record_id END AS alone,
            is_alone AND (r.kode_wilayah IS NULL OR s.sound IS NULL) AS mute
        FROM (SELECT *, {ALONE} AS is_alone FROM {records}) r
        JOIN _lists b USING (source) LEFT JOIN _sounds s USING (nama)
        LEFT JOIN _cards c USING (record_id)"""


_KEYED_BY = (
    "nik",
    "nik15",
    "digits",
    "no_kk",
    "sound",
    "first",
    "last",
    "born",
    "year",
    "area",
    "rt",
    "rw",
)


def given(key: str) -> str:
    """SQL: every column a key's expressions speak of is there."""
    bare = re.sub(r"coalesce\([^()]*\)|\byear\(", "(", key)
    words = set(re.findall(r"\w+", bare))
    return " AND ".join(f"{name} IS NOT NULL" for name in _KEYED_BY if name in words)


def told(key: str) -> str:
    """SQL: every column a key's expressions speak of says what is known of the person already (columns `same_…`)."""
    words = set(re.findall(r"\w+", re.sub(r"\byear\(", "(", key)))
    return " AND ".join(f"same_{name}" for name in (*_KEYED_BY, "sex") if name in words)
