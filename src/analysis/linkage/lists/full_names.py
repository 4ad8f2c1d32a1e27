"""A column of full names → its first, last and middle words as names of their own.

Compared as one text, members of a family look alike and a slip in each word parts one person's rows:
first and last names in columns of their own were linked far better (tests/benchmarks/ANY_LISTS.md).
"""

from dataclasses import replace

from analysis.engine import Engine
from analysis.linkage.lists.texts import Field

# Word lists are never empty: a name that says nothing is null.
_WORDS = (
    ("1", "({w})[1]"),
    ("2", "CASE WHEN len({w}) > 1 THEN ({w})[-1] END"),
    ("3", "CASE WHEN len({w}) > 2 THEN array_to_string(({w})[2:-2], ' ') END"),
)


def split_names(engine: Engine, fields: tuple[Field, ...], least: float) -> tuple[Field, ...]:
    """`fields` with words in place of every name that mostly holds several; `_clean` gains their columns.

    `least`: share of a column's names with two words or more from which it is one of full names, and
    share of rows with a middle word from which that is compared.
    """
    found = []
    for field in fields:
        parts = _parts(engine, field, least) if field.kind == "name" else ()
        if parts:
            cells = ", ".join(f"{sql} AS {part.value}" for part, sql in parts)
            engine.table("_clean", f"SELECT *, {cells} FROM _clean")
        found.extend(part for part, _ in parts) if parts else found.append(field)
    return tuple(found)


def _parts(engine: Engine, field: Field, least: float) -> tuple[tuple[Field, str], ...]:
    words = f"string_split({field.value}, ' ')"
    n, two, three = engine.rows(
        f"""SELECT count({field.value}), count(*) FILTER (WHERE len({words}) > 1),
            count(*) FILTER (WHERE len({words}) > 2) FROM _clean"""
    )[0]
    if two < max(least * n, 1):
        return ()
    kept = _WORDS if three >= 0.1 * least * n and three else _WORDS[:2]
    return tuple(
        (replace(field, name=f"{place}_{field.name}", whole=field.name), sql.format(w=words))
        for place, sql in kept
    )
