"""Which rows of any list are worth comparing: keys from two parts of different fields, or one strong part."""

from itertools import combinations

from analysis.linkage.lists.texts import Field


def atoms(field: Field) -> tuple[tuple[str, str], ...]:
    """(pool, SQL) of a field's parts that blocking combines; swapped columns meet in one pool."""
    value, words = field.value, field.words
    if field.kind == "name" and field.whole:
        some = (("n", field.like), ("m", f"{value}[1:3]"), ("e", f"{value}[-4:]"))
        return some[:1] if field.name.startswith("3") else some
    if field.kind == "name":
        several = f"CASE WHEN contains({value}, ' ') THEN {{}} END"
        return (
            ("n", field.like), ("m", f"{value}[1:3]"), ("e", f"{value}[-4:]"),
            ("w", several.format(f"{words}[1]")), ("v", several.format(f"{words}[-1]")),
        )  # fmt: skip
    if field.kind == "date":
        return (("d", value), ("dm", f"{value}[1:6]"), ("dd", f"{value}[5:8]"), ("dy", f"{value}[1:4]"))  # fmt: skip
    if field.kind == "text":
        packed = f"replace({value}, ' ', '')"
        return (("t", f"{packed}[1:6]"), ("u", f"{packed}[-5:]"))
    if field.kind == "contact":
        return ((f"c{value}", f"{field.like}[1:5]"), (f"f{value}", value))
    if field.kind == "sex":
        return ()
    return ((f"k{value}", value),)


def keys(fields: tuple[Field, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """(rule, SQL parts): single strong parts and every two parts of different fields."""
    parts = [(f, pool, sql) for f in fields for pool, sql in atoms(f)]
    single = [
        (f"{pool}", (sql,)) for f, pool, sql in parts
        if f.kind in ("identifier", "contact", "household") or pool in ("d", "n") or len(fields) == 1
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
