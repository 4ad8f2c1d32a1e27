"""Which rows of any list are worth comparing: keys from two parts of different fields, or one strong part."""

from dataclasses import dataclass
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


@dataclass(frozen=True, order=True)
class Rule:
    """Rows that agree in the cells (SQL) of any two `ways` are worth comparing; swapped columns meet so."""

    name: str
    ways: tuple[tuple[str, ...], ...]
    fields: tuple[str, ...]

    def query(self, rows: str = "_rows") -> str:
        """Rows (node, rule, key): of every way, where all its cells are told."""
        return " UNION ALL ".join(self._way(cells, rows) for cells in self.ways)

    def _way(self, cells: tuple[str, ...], rows: str) -> str:
        told = " AND ".join(f"({cell}) IS NOT NULL" for cell in cells)
        return f"SELECT node, '{self.name}' AS rule, hash('{self.name}', {', '.join(cells)}) AS key FROM {rows} WHERE {told}"


def keys(fields: tuple[Field, ...]) -> list[Rule]:
    """Single strong parts and every two parts of different fields, by the name of their pools."""
    parts = [(f, pool, sql) for f in fields for pool, sql in atoms(f)]
    ways: dict[str, list[tuple[str, ...]]] = {}
    used: dict[str, set[str]] = {}

    def offer(name: str, cells: tuple[str, ...], *of: Field) -> None:
        ways.setdefault(name, []).append(cells)
        used.setdefault(name, set()).update(f.name for f in of)

    for f, pool, sql in parts:
        strong = f.kind in ("identifier", "contact", "household") or pool in ("d", "n")
        if strong or len(fields) == 1:
            offer(pool, (sql,), f)
    for (f, p, a), (g, q, b) in combinations(parts, 2):
        if f.name == g.name:
            continue
        if p == q:
            offer(f"{p}*{q}", (f"least({a}, {b})", f"greatest({a}, {b})"), f, g)
        else:  # as told first, whichever column it stands in
            (p, a), (q, b) = sorted(((p, a), (q, b)))
            offer(f"{p}+{q}", (a, b), f, g)
    return [Rule(n, tuple(w), tuple(sorted(used[n]))) for n, w in sorted(ways.items())]
