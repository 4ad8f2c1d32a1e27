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


def _key(kind: str) -> str:
    given, values = _KINDS[kind]
    return f"CASE WHEN {given} THEN '{kind}' || {md5_of(values)} END"


# (cluster, key): the keys of each cluster of `_clusters`, whose units stand in `_units`, as kind and md5
_DISTINCT = f"""
    SELECT DISTINCT cluster, key FROM (
        SELECT cluster, unnest([{", ".join(_key(kind) for kind in _KINDS)}]) AS key FROM _clusters JOIN _units USING (uid))
    WHERE key IS NOT NULL"""


def kept(key: str = "key") -> str:
    """SQL for a key as registry_keys keeps it: its md5 in groups."""
    return f"{key}[1] || '-' || {in_groups(f'substr({key}, 2)')}"


def mark(key: str = "key") -> str:
    """SQL for a key's mark: 64 bits of its md5, its kind folded in. Numbers are read and met in a fifth of the time of texts."""
    return f"xor(CAST('0x' || {key}[2:17] AS UBIGINT), CAST(ascii({key}) AS UBIGINT))"


KEYS = f"SELECT cluster, {kept()} AS key_hash FROM ({_DISTINCT})"
MARKED_KEYS = f"SELECT cluster, key, {mark()} AS mark FROM ({_DISTINCT})"


def marks_of(keys: str) -> str:
    """Query (mark, period, person): the rows of `keys` (as registry_keys) in numbers; person 0 = the key leads to nobody."""
    return f"""
        SELECT {mark("replace(key_hash, '-', '')")} AS mark, coalesce(period, '') AS period,
            CASE WHEN person_id = '' THEN 0 ELSE CAST(person_id[3:] AS INTEGER) END AS person FROM {keys}"""


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
