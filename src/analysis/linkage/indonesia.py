"""Profile "id": how persons of Indonesian rosters are compared and which rows meet.

KK and address are one comparison, because they move together; a NIK holds the birth date, so its
evidence is weighed apart from the rest (labelled.py).
"""

from zlib import crc32

from analysis.engine import Engine
from analysis.linkage.comparisons import RARITIES, Comparison, cells_of
from analysis.linkage.keys import given, told
from analysis.linkage.sounds import alike

_EDITS = "levenshtein(l.sound, r.sound)"
_PART = """(starts_with(l.sound, r.sound || ' ') OR starts_with(r.sound, l.sound || ' ')
    OR ends_with(l.sound, ' ' || r.sound) OR ends_with(r.sound, ' ' || l.sound))"""
_TURNED = "(l.first = r.last AND l.last = r.first)"
_INITIAL = """(l.first = r.first AND (length(l.last) = 1 OR length(r.last) = 1)
    AND left(l.last, 1) = left(r.last, 1))"""
_CARD = "(l.no_kk = r.no_kk OR l.kk2 = r.no_kk OR l.no_kk = r.kk2)"
_AREA = "(l.area = r.area OR l.area2 = r.area OR l.area = r.area2)"
_DOOR = f"({_AREA} AND l.rt = r.rt AND l.rw = r.rw)"
_SILENT = "(l.no_kk IS NULL OR r.no_kk IS NULL)"
_DAY_TURNED = "(l.day[1:4] = r.day[1:4] AND l.day[5:6] = r.day[7:8] AND l.day[7:8] = r.day[5:6])"
_DAY_EDITS = "levenshtein(l.day, r.day)"
# what is written for the NIK: whole, without its last digit, or with a digit lost, doubled or mistyped
_DIGITS_L, _DIGITS_R = (f"coalesce({s}.nik, {s}.nik15, {s}.digits)" for s in "lr")
_BROKEN = "(l.nik15 IS NULL OR r.nik15 IS NULL)"
_DIGIT_EDITS = f"levenshtein({_DIGITS_L}, {_DIGITS_R})"
# cases, because DuckDB reckons both sides of an AND: digits are compared one by one where no equality can tell
_PARTLY = f"""(CASE WHEN l.nik IS NOT NULL AND r.nik IS NOT NULL THEN false
    WHEN {_BROKEN} THEN {_DIGIT_EDITS} <= 1 ELSE l.nik15 = r.nik15 END)"""
_TWICE = "(bit_count(l.lists) > 1 AND bit_count(r.lists) > 1)"

# Serials of the registry office follow each other where twins are entered together; of slips of the hand one in
# seventy looks so (the last of 16 digits, by one).
_TWINS = """coalesce(l.nik[1:12] = r.nik[1:12] AND l.sound <> r.sound
    AND abs(try_cast(l.nik[13:16] AS INTEGER) - try_cast(r.nik[13:16] AS INTEGER)) <= 2, false)"""

NAMA = Comparison(
    "nama",
    "(l.sound IS NULL OR r.sound IS NULL)",
    (
        "l.sound = r.sound",
        f"({_PART} OR {_TURNED})",
        f"(length(l.sound) > 4 AND abs(length(l.sound) - length(r.sound)) <= 1 AND {_EDITS} <= 1)",
        f"({_INITIAL} OR {alike('l', 'r', 1)})",
        "(l.first = r.first OR l.last = r.last OR l.first = r.last OR l.last = r.first)",
        alike("l", "r", 2),
    ),
    "sound_f",
)
LAHIR = Comparison(
    "lahir",
    "(l.year IS NULL OR r.year IS NULL)",
    (
        "l.born = r.born",
        f"({_DAY_TURNED} OR {_DAY_EDITS} <= 1)",
        f"{_DAY_EDITS} <= 2",
        "(l.year = r.year OR l.day[5:8] = r.day[5:8])",
    ),
    "born_f",
)
RUMAH = Comparison(
    "rumah",
    f"({_SILENT} AND (l.area IS NULL OR r.area IS NULL))",
    (
        f"({_CARD} AND {_AREA})",
        _CARD,
        f"({_SILENT} AND {_DOOR})",
        f"({_SILENT} AND {_AREA})",
        _SILENT,
        _DOOR,
        _AREA,
    ),
)
KELAMIN = Comparison("kelamin", "(l.sex IS NULL OR r.sex IS NULL)", ("l.sex = r.sex",))
DAFTAR = Comparison(
    "daftar", "false", ("l.lists & r.lists = 0", "NOT (l.in_register AND r.in_register)")
)
# A NIK that two lists tell has no slip in it: two of them that differ are two persons'. A broken one speaks for a person whose
# NIK it nearly is, never against another: clerks fill it up with zeros, or write what is no NIK at all.
NIK = Comparison(
    "nik",
    f"(l.digits IS NULL OR r.digits IS NULL OR ({_BROKEN} AND {_DIGIT_EDITS} > 2))",
    (
        "l.nik = r.nik",
        _PARTLY,
        f"(NOT {_TWICE} AND {_DIGIT_EDITS} <= 2 AND NOT {_TWINS})",
        f"(NOT {_TWICE} AND NOT {_TWINS})",
        f"NOT {_TWINS}",
    ),
)
# a pattern's first comparison says whether the names are equal: cells of exact agreement, a rarity each
SAME_NAME = f"pattern % {cells_of(NAMA)} BETWEEN 1 AND {RARITIES}"
EQUAL, PARTIAL, NEAR, OTHER, TWICE, TWINS = range(NIK.size)
EVIDENCE = (NAMA, LAHIR, RUMAH, KELAMIN, DAFTAR)
ALL = (*EVIDENCE, NIK)

# (rule, key, lacks): nodes that share a whole key are compared where one of them lacks what would
# let both meet by a sharper key ("true": always). First 8 characters of the area code: kecamatan.
_HALF = "node_born IS NULL OR node_kk IS NULL"
_NUMBERLESS = "(node_nik15 IS NULL AND node_kk IS NULL)"  # who moved meets by nothing else
_NUMBER_KEYS = (
    ("nik", "nik", "true"),
    ("nik15", "nik15", "node_nik IS NULL"),
    ("nik_awal", "digits[1:12], left(first, 3)", "true"),
    ("nik_akhir", "digits[-8:], left(first, 3)", _HALF),
    ("nik_ujung", "digits[1:8] || digits[-4:]", "node_nik15 IS NULL"),
    ("nik_tepi", "digits[1:8] || digits[-4:-2], sound", "true"),
)
_OTHER_KEYS = (
    ("nama_lahir", "sound, born", "true"),
    ("akhir_lahir", "last, born, left(area, 8)", "true"),
    ("awal_lahir", "left(sound, 3), born, left(area, 8)", "true"),
    ("awal_hari", "left(sound, 3), born", f"node_area IS NULL OR {_NUMBERLESS}"),
    ("kk_akhir", "no_kk, last", "node_nik15 IS NULL OR node_born IS NULL"),
    ("kk_awal", "no_kk, left(sound, 3)", "true"),
    ("kk_lahir", "no_kk, born", "true"),
    ("depan_rt", "left(first, 3), area, rt, rw", _HALF),
    ("akhir_rt", "last, area, rt, rw", _HALF),
    ("lahir_kelurahan", "born, area", "node_kk IS NULL"),
    ("nama_kelurahan", "sound, area", "node_born IS NULL"),
    ("nama_tahun", "sound, area, year", _HALF),
    ("nama", "sound", "node_area IS NULL"),
    ("depan_tahun", "left(sound, 4), area, year", _HALF),
    ("akhir_tahun", "last, area, year", _HALF),
)


_OF_NODE = "g.nik AS node_nik, g.nik15 AS node_nik15, g.no_kk AS node_kk, g.born AS node_born, g.area AS node_area"
_UNITS = "(SELECT * FROM _units JOIN _node_of USING (uid))"


def build_hash_keys(
    engine: Engine, target: str, units: str = _UNITS, nodes: str = "_nodes"
) -> None:
    """Make `target` (uid, node, a hash a rule, whether the node lacks what the rule asks) of `units` and `nodes`.

    32 bits are enough: two keys that meet by chance cost a comparison, and half the memory is saved.
    """
    cells = ", ".join(
        f"CASE WHEN {given(key)} THEN {_hashed(key)} END AS {rule}, {lacks} AS lacks_{rule}"
        for rule, key, lacks in (*_NUMBER_KEYS, *_OTHER_KEYS)
    )
    engine.table(
        target,
        f"""SELECT uid, node, {cells} FROM (
            SELECT u.*, {_OF_NODE}
            FROM {units} u JOIN {nodes} g USING (node) WHERE NOT u.mute)""",
    )


def node_keys(table: str) -> list[str]:
    """Queries (node, key, lacks) on a table of build_hash_keys, one a rule."""
    return [
        f"SELECT node, {rule} AS key, lacks_{rule} AS lacks FROM {table} WHERE {rule} IS NOT NULL"
        for rule, _, _ in (*_NUMBER_KEYS, *_OTHER_KEYS)
    ]


def meets(a: str, b: str) -> str:
    """SQL: rows `a` and `b` of a table of build_hash_keys share a key that one of them is let meet by."""
    return " OR ".join(
        f"({a}.{rule} = {b}.{rule} AND ({a}.lacks_{rule} OR {b}.lacks_{rule}))"
        for rule, _, _ in (*_NUMBER_KEYS, *_OTHER_KEYS)
    )


_LOCAL_KEYS = tuple(rule for rule in _OTHER_KEYS if "node_area" not in rule[2])
# What the model learns from: what meets without its number; without namesakes among it c cannot be told from doubt.
UNNUMBERED = tuple(rule for rule, _, _ in _OTHER_KEYS)


_INDEXED = (*_NUMBER_KEYS, *_LOCAL_KEYS)


def index_of(table: str) -> str:
    """The query (node, key, lacks) of the blocking keys of all rules but those that only rows without a kelurahan need.

    `table` is one of build_hash_keys; each node has a key once (but where two rules' keys meet by chance).
    """
    return " UNION ALL ".join(
        f"SELECT DISTINCT node, {_with_rule(rule, rule)} AS key, lacks_{rule} AS lacks FROM {table} WHERE {rule} IS NOT NULL"
        for rule, _, _ in _INDEXED
    )


def index_keys(rows: str) -> str:
    """The same of `rows` that tell themselves what their golden record has (`node_…`), but for what is known of their person."""
    return " UNION ALL ".join(
        f"""SELECT node, {_with_rule(rule, _hashed(key))} AS key, {lacks} AS lacks FROM {rows}
        WHERE {given(key)} AND NOT mute AND NOT ({told(key)})"""
        for rule, key, lacks in _INDEXED
    )


def _hashed(key: str) -> str:
    return f"CAST(hash({key}) >> 32 AS UINTEGER)"


def _with_rule(rule: str, key: str) -> str:
    """SQL: a hashed key with its rule folded in, so that one index holds the keys of all."""
    return f"xor({key}, {crc32(rule.encode())}::UINTEGER)"
