"""Fields of any list by kind → prepared columns, comparisons and blocking keys. No country assumed.

Kinds: name, date, sex, text (an address line, a place), code (postcode, house number), contact
(e-mail, telephone), household (a number a family shares), identifier (a number of one person).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.linkage.comparisons import Comparison
from analysis.linkage.keys import skeleton

KINDS = ("name", "date", "sex", "text", "code", "contact", "household", "identifier")


@dataclass(frozen=True)
class Field:
    """One field of the layout: its name and kind."""

    name: str
    kind: str


# Sounds that spellings of many languages mix up; longest first (NYSIIS and Metaphone agree on these).
_SOUNDS = (
    ("sch", "s"), ("ph", "f"), ("ck", "k"), ("gh", "g"), ("kn", "n"), ("wr", "r"), ("th", "t"), ("dj", "j"),
    ("tj", "c"), ("oe", "u"), ("ie", "i"), ("ee", "i"), ("ey", "y"), ("kh", "k"), ("sh", "s"), ("ch", "c"),
    ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("y", "i"), ("w", "u"), ("c", "k"), ("h", ""),
)  # fmt: skip


def sound(column: str, profile: str = "generic") -> str:
    """SQL for a name's sound: spellings made one, doubled letters single, vowels after the first gone.

    Profile "id" keeps the vowels, which tell Indonesian names apart, and knows their old spelling.
    """
    if profile == "id":
        return f"nullif({skeleton(f'upper({column})')}, '')"
    text = column
    for spelled, heard in _SOUNDS:
        text = f"replace({text}, '{spelled}', '{heard}')"
    bare = f"({text})[1:1] || regexp_replace(({text})[2:], '[aeiou ]', '', 'g')"
    for letter in "bdfgklmnprst":
        bare = f"replace({bare}, '{letter}{letter}', '{letter}')"
    return f"nullif({bare}, '')"


def cleaned(field: Field, titles: Sequence[str] = ()) -> str:
    """SQL for a field's comparable text; null where it says nothing. `titles` are no part of a name."""
    column = f'CAST("{field.name}" AS VARCHAR)'
    plain = f"lower(strip_accents(trim({column})))"
    if field.kind == "date":
        digits = f"regexp_replace({plain}, '[^0-9]', '', 'g')"
        day_first = f"regexp_matches({plain}, '^[0-9]{{1,2}}[^0-9]+[0-9]{{1,2}}[^0-9]+[0-9]{{4}}')"
        part = "lpad(regexp_extract({p}, '^([0-9]{{1,2}})[^0-9]+([0-9]{{1,2}})[^0-9]+([0-9]{{4}})', {n}), {w}, '0')"
        turned = " || ".join(part.format(p=plain, n=n, w=w) for n, w in ((3, 4), (2, 2), (1, 2)))
        return f"nullif(left(CASE WHEN {day_first} THEN {turned} ELSE {digits} END, 8), '')"
    if field.kind == "contact":
        return f"nullif(regexp_replace({plain}, '[^a-z0-9@.]', '', 'g'), '')"
    if field.kind in ("code", "identifier", "household", "sex"):
        return f"nullif(regexp_replace({plain}, '[^a-z0-9]', '', 'g'), '')"
    words = f"trim(regexp_replace({plain}, '[^\\p{{L}}0-9]+', ' ', 'g'))"
    if field.kind == "name" and titles:
        any_title = "|".join(title.lower() for title in titles)
        words = f"trim(regexp_replace({words}, '\\b({any_title})\\b ?', '', 'g'))"
    return f"nullif({words}, '')"


def derived(field: Field, profile: str = "generic") -> dict[str, str]:
    """Further columns of a field, SQL over its cleaned column: sound, spelled order, local part."""
    name = field.name
    if field.kind == "name":
        return {f"{name}_s": sound(name, profile)}
    if field.kind == "text":
        packed = f"replace({name}, ' ', '')"
        return {
            f"{name}_s": f"nullif(array_to_string(list_sort(string_split({packed}, '')), ''), '')"
        }
    if field.kind == "contact":
        return {f"{name}_s": f"split_part({name}, '@', 1)"}
    return {}


def comparison(field: Field, fields: tuple[Field, ...]) -> Comparison:
    """How the field is compared; names and text lines also crosswise, for columns get swapped."""
    a, b = f"l.{field.name}", f"r.{field.name}"
    others = [f.name for f in fields if f.kind == field.kind and f.name != field.name]
    cross = " OR ".join(f"{a} = r.{o} OR l.{o} = {b}" for o in others)
    crosswise = (f"({cross})",) if cross and field.kind in ("name", "text") else ()
    edits = f"levenshtein({a}, {b})"
    longest = f"greatest(length({a}), length({b}))"
    levels: tuple[str, ...]
    if field.kind == "name":
        near = f"({a}_s_ = {b}_s_ OR {edits} <= 1 AND {longest} > 3)".replace("_s_", "_s")
        start = f"(starts_with({a}, {b}) OR starts_with({b}, {a}))"
        levels = (
            f"{a} = {b}",
            *crosswise,
            near,
            start,
            f"{edits} * 3 <= {longest}",
            f"{edits} * 2 <= {longest}",
        )
    elif field.kind == "date":
        turned = f"({a}[1:4] = {b}[1:4] AND {a}[5:6] = {b}[7:8] AND {a}[7:8] = {b}[5:6])"
        part = f"({a}[1:4] = {b}[1:4] OR {a}[5:8] = {b}[5:8])"
        levels = (
            f"{a} = {b}",
            f"({edits} <= 1 OR {turned})",
            f"{edits} <= 2",
            f"{edits} <= 3",
            part,
        )
    elif field.kind == "text":
        levels = (
            f"{a} = {b}",
            *crosswise,
            f"({a}_s = {b}_s)",
            f"{edits} * 4 <= {longest}",
            f"{edits} * 2 <= {longest}",
        )
    elif field.kind == "contact":
        levels = (f"{a} = {b}", f"({edits} <= 2 OR {a}_s = {b}_s)", f"{edits} * 3 <= {longest}")
    elif field.kind == "sex":
        levels = (f"{a} = {b}",)
    else:
        levels = (
            f"{a} = {b}",
            f"({edits} <= 2 AND {longest} >= 6 OR {edits} <= 1 AND {longest} >= 3)",
        )
    frequency = "" if field.kind == "sex" else f"{field.name}_f"
    return Comparison(field.name, f"({a} IS NULL OR {b} IS NULL)", levels, frequency)


def atoms(field: Field) -> tuple[tuple[str, str], ...]:
    """(pool, SQL) of a field's parts that blocking combines; swapped columns meet in one pool."""
    name = field.name
    if field.kind == "name":
        return (("n", f"{name}_s"), ("m", f"{name}[1:3]"), ("e", f"{name}[-4:]"))
    if field.kind == "date":
        return (
            ("d", f"{name}"),
            ("dm", f"{name}[1:6]"),
            ("dd", f"{name}[5:8]"),
            ("dy", f"{name}[1:4]"),
        )
    if field.kind == "text":
        return (("t", f"replace({name}, ' ', '')[1:6]"), ("u", f"replace({name}, ' ', '')[-5:]"))
    if field.kind == "contact":
        return ((f"c{name}", f"{name}_s[1:5]"), (f"f{name}", name))
    if field.kind == "sex":
        return ()
    return ((f"k{name}", name),)


def keys(fields: tuple[Field, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """(rule, SQL parts): single strong parts and every two parts of different fields."""
    parts = [(f, pool, sql) for f in fields for pool, sql in atoms(f)]
    single = [
        (f"{pool}", (sql,)) for f, pool, sql in parts
        if f.kind in ("identifier", "contact", "household") or pool == "d"
    ]  # fmt: skip
    double = []
    for (f, p, a), (g, q, b) in combinations(parts, 2):
        if f.name == g.name:
            continue
        double.append(
            (f"{p}+{q}", (a, b))
            if (p != q)
            else (f"{p}*{q}", (f"least({a}, {b})", f"greatest({a}, {b})"))
        )
    return single + double
