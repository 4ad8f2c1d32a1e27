"""What a table must look like: read from `rules/tables/*.toml`, enforced whenever one is written."""

import tomllib
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
    """A table's columns, key and meaning; `other_columns` admits more columns of that type, `packing` is how its file is compressed."""

    pattern: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    other_columns: str | None = None
    warning: str = ""
    packing: str = "zstd"


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


def conforming_select(engine: Engine, name: str) -> str:
    """The query that writes `name`: schema columns in order, cast and sorted by key.

    Raises SelarasError where a column is missing or unknown, a required cell is null,
    or the key is not unique: a broken table is never written.
    """
    table, present = table_for(name), engine.columns(name)
    wanted = [column.name for column in table.columns]
    extra = [column for column in present if column not in wanted]
    _refuse_shape(name, table, set(wanted) - set(present), extra)
    _refuse_cells(engine, name, table)
    cast = [
        f'CAST("{column.name}" AS {column.sql_type}) AS "{column.name}"' for column in table.columns
    ]
    cast += [f'CAST("{column}" AS {table.other_columns}) AS "{column}"' for column in extra]
    order = ", ".join(f'"{column}"' for column in table.key)
    return f'SELECT {", ".join(cast)} FROM "{name}" ORDER BY {order}'


def _refuse_shape(name: str, table: Table, missing: set[str], extra: list[str]) -> None:
    if missing:
        raise SelarasError("table_columns_missing", table=name, columns=", ".join(sorted(missing)))
    if extra and not table.other_columns:
        raise SelarasError("table_columns_unknown", table=name, columns=", ".join(extra))


def _refuse_cells(engine: Engine, name: str, table: Table) -> None:
    required = [column.name for column in table.columns if not column.nullable]
    counts = ", ".join(
        ["count(*)", *(f'count(*) FILTER ("{column}" IS NULL)' for column in required)]
    )
    keys = ", ".join(f'"{column}"' for column in table.key)
    nulls = engine.rows(f'SELECT {counts} FROM "{name}"')[0][1:]
    empty = [column for column, count in zip(required, nulls, strict=True) if count]
    if empty:
        raise SelarasError("table_nulls", table=name, columns=", ".join(empty))
    twice = engine.one(
        f'SELECT count(*) FROM (SELECT 1 FROM "{name}" GROUP BY {keys} HAVING count(*) > 1)'
    )
    if twice:
        raise SelarasError(
            "table_key_repeated", table=name, count=twice, columns=", ".join(table.key)
        )
