"""What a table must look like: read from `rules/tables/*.toml`, enforced whenever one is written."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path

from analysis.engine.engine import Engine
from analysis.errors import SelarasError


@dataclass(frozen=True)
class Column:
    """One column: SQL type, whether it may be null, and what it means."""

    name: str
    sql_type: str
    nullable: bool
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table's columns, key and meaning; `other_columns` admits more columns of that type, `packing` is how its file is compressed.

    A table that `may_repeat` is sorted by its key, though the key may stand there twice; it comes in no order of its own.
    """

    pattern: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    other_columns: str | None = None
    warning: str = ""
    packing: str = "zstd"
    may_repeat: bool = False


@cache
def load_tables() -> dict[str, Table]:
    """All schemas of `rules/tables/*.toml`, by name or pattern."""
    folder = Path(str(resources.files("analysis").joinpath("rules/tables")))
    return {
        pattern: _table(pattern, entry)
        for path in sorted(folder.glob("*.toml"))
        for pattern, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def _table(pattern: str, entry: dict) -> Table:
    columns = tuple(
        Column(name, cell[0], cell[1] == "boleh", cell[2])
        for name, cell in entry["columns"].items()
    )
    return Table(
        pattern,
        entry["meaning"],
        tuple(entry["key"]),
        columns,
        entry.get("other_columns"),
        entry.get("warning", ""),
        entry.get("packing", "zstd"),
        entry.get("may_repeat", False),
    )


def table_for(name: str) -> Table:
    """The schema of table `name`, by its own entry or a pattern's. Raises where there is none."""
    tables = load_tables()
    if name in tables:
        return tables[name]
    for pattern, table in tables.items():
        if fnmatchcase(name, pattern):
            return table
    raise SelarasError("table_unknown", table=name)


def conforming_select(engine: Engine, name: str) -> tuple[str, str]:
    """The query that writes `name`, schema columns in order and cast; and its ORDER BY the key, '' where rows come in that order.

    Raises SelarasError where a column is missing or unknown, a required cell is null,
    or the key is not unique: a broken table is never written.
    """
    table, present = table_for(name), engine.columns(name)
    wanted = [column.name for column in table.columns]
    extra = [column for column in present if column not in wanted]
    _refuse_shape(name, table, set(wanted) - set(present), extra)
    _refuse_nulls(engine, name, table)
    types = {column.name: column.sql_type for column in table.columns}
    cast = ", ".join(
        f'CAST("{column}" AS {kind}) AS "{column}"'
        for column, kind in (types | dict.fromkeys(extra, table.other_columns)).items()
    )
    select = f'SELECT {cast} FROM "{name}"'
    if table.may_repeat:
        return select, in_order(table)
    if is_ascending(engine, table, f"({select})"):
        return select, ""
    _refuse_repeated_keys(engine, name, table)
    return select, in_order(table)


def in_order(table: Table) -> str:
    """ORDER BY the key."""
    return f" ORDER BY {_listed(table.key)}"


def is_ascending(engine: Engine, table: Table, rows: str) -> bool:
    """Each of the `rows` (SQL) bears a greater key than the one before: sorted, and no key twice."""
    last = ", ".join(f'lag("{column}") OVER ()' for column in table.key)
    rises = f"SELECT ({last}) < ({_listed(table.key)}) AS rises FROM {rows}"
    # nothing comes before the first row; a null is nowhere in an order
    return engine.one(f"SELECT count(*) FILTER (rises IS NOT true) FROM ({rises})") <= 1


def _refuse_shape(name: str, table: Table, missing: set[str], extra: list[str]) -> None:
    if missing:
        raise SelarasError("table_columns_missing", table=name, columns=", ".join(sorted(missing)))
    if extra and not table.other_columns:
        raise SelarasError("table_columns_unknown", table=name, columns=", ".join(extra))


def _refuse_nulls(engine: Engine, name: str, table: Table) -> None:
    required = [column.name for column in table.columns if not column.nullable]
    counts = ", ".join(
        ["count(*)", *(f'count(*) FILTER ("{column}" IS NULL)' for column in required)]
    )
    nulls = engine.rows(f'SELECT {counts} FROM "{name}"')[0][1:]
    empty = [column for column, count in zip(required, nulls, strict=True) if count]
    if empty:
        raise SelarasError("table_nulls", table=name, columns=", ".join(empty))


def _refuse_repeated_keys(engine: Engine, name: str, table: Table) -> None:
    keys = _listed(table.key)
    twice = engine.one(
        f'SELECT count(*) FROM (SELECT 1 FROM "{name}" GROUP BY {keys} HAVING count(*) > 1)'
    )
    if twice:
        raise SelarasError(
            "table_key_repeated", table=name, count=twice, columns=", ".join(table.key)
        )


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
