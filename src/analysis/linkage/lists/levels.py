"""How a field of any list is compared: levels from closest on, by kind."""

from collections.abc import Callable

from analysis.linkage.comparisons import Comparison
from analysis.linkage.lists.texts import Field

_LONG = 80  # letters of a text that are compared one by one: the cost grows with their square
SWAPPED = 1  # the level at which two columns' values stand in each other's place


def swappable(field: Field, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Other fields whose values may stand in this one's column: names, and lines of an address."""
    if field.kind not in ("name", "text"):
        return ()
    alike = (f for f in fields if (f.kind, f.whole) == (field.kind, field.whole))
    return tuple(f for f in alike if f.name != field.name)


def comparison(field: Field, fields: tuple[Field, ...]) -> Comparison:
    """The field's comparison, named by its place: agreement on a rare value tells more than on a common one."""
    a, b = f"l.{field.value}", f"r.{field.value}"
    levels = (f"{a} = {b}", *_swapped(field, fields), *_LEVELS[field.kind](field))
    frequency = "" if field.kind == "sex" else field.share
    name = f"k{fields.index(field)}"
    silent = f"{a} IS NULL OR {b} IS NULL"
    if field.whole:
        silent = (
            f"({silent}) AND NOT {_only_word(field)} OR {_left_out(field)} AND NOT {_turned(field)}"
        )
    return Comparison(name, f"({silent})", levels, frequency)


def _swapped(field: Field, fields: tuple[Field, ...]) -> tuple[str, ...]:
    """One value the same, its counterpart alike: a shared word alone (James Thomas, Thomas Garcia) is no swap."""
    same = "like" if field.kind == "name" else "value"
    ways = [_turned(field)] if field.whole and swappable(field, fields) else []
    for other in swappable(field, fields):
        for one, two in ((field, other), (other, field)):
            met = f"l.{getattr(one, same)} = r.{getattr(two, same)}"
            ways.append(f"{met} AND {_alike(f'l.{two.value}', f'r.{one.value}', 2)}")
    return (f"({' OR '.join(ways)})",) if ways else ()


def _turned(field: Field) -> str:
    """The words of two full names in another order: last name first, or any order of the same words.

    Neither the first nor the last word is in its place, and the names are not alike as they stand.
    """
    name, words = f"x_{field.whole}", field.words
    moved = f"(l.{words})[1] <> (r.{words})[1] AND (l.{words})[-1] <> (r.{words})[-1]"
    turned = (_alike(f"{a}.{field.turned}", f"{b}.{name}", 4) for a, b in ("lr", "rl"))
    same = f"least(len(l.{words}), len(r.{words})) > 1 AND {_some_words(field)}"
    near = f"l.{field.initials} = r.{field.initials} AND ({' OR '.join(turned)})"
    other = f"NOT {_alike(f'l.{name}', f'r.{name}', 4)}"
    # conditions of CASE end at the first that fails: most pairs are spared the letters
    return f"CASE WHEN {moved} AND {same} AND {other} THEN true WHEN {moved} AND {near} AND {other} THEN true ELSE false END"


def _alike(a: str, b: str, part: int) -> str:
    """At most one letter in `part` differs; of long texts their beginnings."""
    a, b = f"left({a}, {_LONG})", f"left({b}, {_LONG})"
    return f"levenshtein({a}, {b}) * {part} <= greatest(length({a}), length({b}))"


def _ends(field: Field) -> tuple[str, str, str]:
    a, b = f"l.{field.value}", f"r.{field.value}"
    return a, b, f"levenshtein(left({a}, {_LONG}), left({b}, {_LONG}))"


def _some_words(field: Field) -> str:
    a, b = f"l.{field.words}", f"r.{field.words}"
    return f"(least(len({a}), len({b})) > 0 AND (list_has_all({a}, {b}) OR list_has_all({b}, {a})))"


def _name(field: Field) -> tuple[str, ...]:
    if field.whole:
        return _word(field)
    a, b, edits = _ends(field)
    start = f"(starts_with({a}, {b}) OR starts_with({b}, {a}))"
    return (
        f"(l.{field.like} = r.{field.like} OR {edits} <= 1 AND greatest(length({a}), length({b})) > 3)",
        f"({start} AND least(length({a}), length({b})) >= 3 OR {_some_words(field)})",
        start,
        f"list_has_any(l.{field.words}, r.{field.words})",
        _alike(a, b, 3),
        _alike(a, b, 2),
    )


def _word(field: Field) -> tuple[str, ...]:
    """A word of a full name: it may run together with its neighbour, or be all that the other row has."""
    a, b, edits = _ends(field)
    start = f"(starts_with({a}, {b}) OR starts_with({b}, {a}))"
    packed = " = ".join(f"replace({end}.x_{field.whole}, ' ', '')" for end in "lr")
    return (
        f"(l.{field.like} = r.{field.like} OR {edits} <= 1 AND greatest(length({a}), length({b})) > 3 OR {packed})",
        f"({start} AND least(length({a}), length({b})) >= 3)",
        _only_word(field),
        start,
        _alike(a, b, 3),
        _alike(a, b, 2),
    )


def _only_word(field: Field) -> str:
    """The one word of one row's name is the last of the other's: a family's name, told as such."""
    if not field.is_last:
        return "false"
    first = field.value.replace("x_2_", "x_1_")
    ways = (
        f"{e}.{field.value} IS NULL AND {e}.{first} = {o}.{field.value}" for e, o in ("lr", "rl")
    )
    return f"coalesce({' OR '.join(ways)}, false)"


def _left_out(field: Field) -> str:
    """All words of one full name stand in the other, longer one: its further words tell nothing.

    Taken as agreement, they would tell once more what the words in common tell in their places.
    """
    a, b, w = f"l.{field.value}", f"r.{field.value}", field.words
    elsewhere = f"(list_contains(r.{w}, {a}) OR list_contains(l.{w}, {b}))"
    return f"({a} <> {b} AND len(l.{w}) <> len(r.{w}) AND {elsewhere} AND {_some_words(field)})"


def _date(field: Field) -> tuple[str, ...]:
    a, b, edits = _ends(field)
    turned = f"({a}[1:4] = {b}[1:4] AND {a}[5:6] = {b}[7:8] AND {a}[7:8] = {b}[5:6])"
    digits = f"(l.{field.like} = r.{field.like} AND {edits} <= 2)"
    return (
        f"({edits} <= 1 OR {turned} OR {digits})",
        f"{edits} <= 2",
        f"{a}[5:8] = {b}[5:8]",
        f"{edits} <= 3",
        f"{a}[1:4] = {b}[1:4]",
    )


def _text(field: Field) -> tuple[str, ...]:
    a, b, _ = _ends(field)
    return (
        f"l.{field.like} = r.{field.like}",
        _alike(a, b, 4),
        _some_words(field),
        _alike(a, b, 2),
    )


def _contact(field: Field) -> tuple[str, ...]:
    a, b, edits = _ends(field)
    return (f"({edits} <= 2 OR l.{field.like} = r.{field.like})", _alike(a, b, 3))


def _number(field: Field) -> tuple[str, ...]:
    a, b, edits = _ends(field)
    longest = f"greatest(length({a}), length({b}))"
    return (f"({edits} <= 2 AND {longest} >= 6 OR {edits} <= 1 AND {longest} >= 3)",)


_LEVELS: dict[str, Callable[[Field], tuple[str, ...]]] = {
    "name": _name,
    "date": _date,
    "sex": lambda _: (),
    "text": _text,
    "contact": _contact,
    "code": _number,
    "household": _number,
    "identifier": _number,
}
