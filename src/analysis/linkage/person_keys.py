"""What leads a person from one linking to the next: hashed keys of what the rows say, and whose each one was.

registry_keys keeps a key's person by the period from which on it leads there: where `n-…` leads to J-0000012 from
2025-10 on and to J-0000040 (split off) from 2025-12 on, linking 2025-10 again still finds J-0000012.
"""

from analysis.linkage.keys import in_groups, md5_of, said

_KINDS = {
    "n": ("nik IS NOT NULL AND sound IS NOT NULL", "nik, first"),
    "l": ("sound IS NOT NULL AND born IS NOT NULL AND area IS NOT NULL", "sound, born, area"),
    "i": ("alone IS NULL", f"in_register, {said()}"),
    # a row with neither number, card nor birth date: that row of that file, and its words within its list
    "b": ("alone IS NOT NULL", f"alone, {said()}"),
    "w": ("alone IS NOT NULL AND sound IS NOT NULL",
          "split_part(alone, ':', 1), sound, coalesce(area, ''), coalesce(rt, ''), coalesce(rw, ''), coalesce(sex, ''), coalesce(year, 0)"),
    "k": ("no_kk IS NOT NULL AND sound IS NOT NULL", "no_kk, sound"),
}  # fmt: skip
CARD, WORDS = "k", "w"  # kinds that lead to a person only where nothing surer does
SAYS_NO = ("n", "l")  # kinds of which a person has one only: another one contradicts a card


def id_of(number: str) -> str:
    """SQL for a person's id from its number."""
    return f"printf('J-%07d', {number})"


def _if_given(kind: str, hashed: str) -> str:
    given, values = _KINDS[kind]
    return f"CASE WHEN {given} THEN {hashed.format(values)} END"


def _text(kind: str) -> str:
    return _if_given(kind, f"'{kind}' || {md5_of('{0}')}")


def kept(key: str = "key") -> str:
    """SQL for a key as registry_keys keeps it: its md5 in groups."""
    return f"{key}[1] || '-' || {in_groups(f'substr({key}, 2)')}"


# (cluster, key_hash): the keys of each cluster of `_clusters`, whose units stand in `_units`
KEYS = f"""
    SELECT cluster, {kept()} AS key_hash FROM (
        SELECT DISTINCT cluster, key FROM (
            SELECT cluster, unnest([{", ".join(_text(kind) for kind in _KINDS)}]) AS key FROM _clusters JOIN _units USING (uid))
        WHERE key IS NOT NULL)"""


def _turned(half: str) -> str:
    """SQL: 64 bits with their bytes from the last to the first; so DuckDB's md5 as a number has them."""
    return " | ".join(f"((({half} >> {8 * byte}) & 255::UBIGINT) << {56 - 8 * byte})" for byte in range(8))  # fmt: skip


# The same in numbers, read and met in a fifth of the time of texts: (cluster, kind, mark, rest). `mark` is the first half of the
# md5, the kind folded in; `rest` the other half, its bytes from the last to the first.
MARKED_KEYS = f"""
    SELECT cluster, kind, xor({_turned("half")}, CAST(ascii(kind) AS UBIGINT)) AS mark, rest FROM (
        SELECT DISTINCT cluster, kind, CAST(number & 18446744073709551615::UHUGEINT AS UBIGINT) AS half, CAST(number >> 64 AS UBIGINT) AS rest
        FROM (
            SELECT cluster, {", ".join(_if_given(kind, "md5_number(concat_ws('|', {0}))") + f" AS {kind}" for kind in _KINDS)}
            FROM _clusters JOIN _units USING (uid)) UNPIVOT (number FOR kind IN ({", ".join(_KINDS)})))"""


def marks_of(keys: str) -> str:
    """Query (mark, period, person): the rows of `keys` (as registry_keys) in numbers; person 0 = the key leads to nobody."""
    half = "CAST('0x' || key_hash[3:10] || key_hash[12:19] AS UBIGINT)"
    return f"""
        SELECT xor({half}, CAST(ascii(key_hash) AS UBIGINT)) AS mark, coalesce(period, '') AS period,
            CASE WHEN person_id = '' THEN 0 ELSE CAST(person_id[3:] AS INTEGER) END AS person FROM {keys}"""


def keys_of(added: str) -> str:
    """Query (key_hash, period, person_id): the rows of `added` (keys an increment added) as registry_keys has them."""
    half = "xor(mark, CAST(ascii(kind) AS UBIGINT))"
    return f"""
        SELECT {kept()} AS key_hash, period, CASE WHEN person > 0 THEN {id_of("person")} ELSE '' END AS person_id
        FROM (SELECT *, kind || printf('%016x', {half}) || printf('%016x', {_turned("rest")}) AS key FROM {added})"""


def whose(keys: str, period: str, registry: str = "registry_keys", columns: tuple[str, str] = ("key_hash", "person_id")) -> str:  # fmt: skip
    """Query (key, held, person): whose the keys of table `keys` are in `period`; `columns`: key and person in `registry`.

    `held`: as the registry says of that period or the last before it; person: the same, and the first of later
    periods for keys seen in these only. '' (0 of marks) is a key that several persons had: it leads to nobody.
    """
    key, person = columns
    before, after = f"period <= '{period}' AND period <> ''", f"period > '{period}'"
    return f"""
        SELECT {key}, arg_max({person}, period) FILTER ({before}) AS held,
            coalesce(held, arg_min({person}, period) FILTER ({after})) AS {person}
        FROM {registry} SEMI JOIN {keys} USING ({key}) WHERE period <> '' GROUP BY {key}"""


def whose_marked(keys: str, period: str) -> str:
    """`whose` by marks: query (mark, held, person) over `base_marks`."""
    return whose(keys, period, "base_marks", ("mark", "person"))
