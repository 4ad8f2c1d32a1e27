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


# (cluster, key_hash): the keys of each cluster of `_clusters`, whose units stand in `_units`; put in groups last, once a key
KEYS = f"""
    SELECT cluster, key[1] || '-' || {in_groups("substr(key, 2)")} AS key_hash FROM (
        SELECT DISTINCT cluster, key FROM (
            SELECT cluster, unnest([{", ".join(_key(kind) for kind in _KINDS)}]) AS key FROM _clusters JOIN _units USING (uid))
        WHERE key IS NOT NULL)"""


def whose(keys: str, period: str) -> str:
    """Query (key_hash, held, person_id): whose the keys of table `keys` are in `period`.

    `held`: as registry_keys says of that period or the last before it; person_id: the same, and the first of later
    periods for keys seen in these only. '' is a key that several persons had: it leads to nobody.
    """
    before, after = f"period <= '{period}' AND period <> ''", f"period > '{period}'"
    return f"""
        SELECT key_hash, arg_max(person_id, period) FILTER ({before}) AS held,
            coalesce(held, arg_min(person_id, period) FILTER ({after})) AS person_id
        FROM registry_keys SEMI JOIN {keys} USING (key_hash) WHERE period <> '' GROUP BY key_hash"""
