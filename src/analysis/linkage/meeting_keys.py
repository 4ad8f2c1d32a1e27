"""Profile "id": which rows of Indonesian rosters meet, to be compared: rows that share a hashed key of a rule."""

from zlib import crc32

from analysis.engine import Engine
from analysis.linkage.keys import given, told

# (rule, key, lacks): nodes that share a whole key are compared where one of them lacks what would
# let both meet by a sharper key ("true": always). First 8 characters of the area code: kecamatan.
_HALF = "node_born IS NULL OR node_kk IS NULL"
# one at most of number, card and birth date: who has two meets by these, and doors and namesakes found nobody more
_BARE = "(node_born IS NULL)::INT + (node_kk IS NULL)::INT + (node_nik15 IS NULL)::INT > 1"
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
    ("depan_rt", "left(first, 3), area, rt, rw", _BARE),
    ("akhir_rt", "last, area, rt, rw", _BARE),
    ("lahir_kelurahan", "born, area", "node_kk IS NULL"),
    ("nama_kelurahan", "sound, area", "node_born IS NULL"),
    ("nama_tahun", "sound, area, year", _HALF),
    ("nama", "sound", "node_area IS NULL"),
    ("depan_tahun", "left(sound, 4), area, year", _BARE),
    ("akhir_tahun", "last, area, year", _BARE),
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
