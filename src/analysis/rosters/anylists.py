"""Any CSV or Parquet file → `resolve_rows`: the fields of a layout as text, every row kept."""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from analysis.engine import Engine
from analysis.errors import InputFileError
from analysis.policy import ListLayout


def read_lists(engine: Engine, layout: ListLayout, paths: Sequence[Path]) -> None:
    """Make `resolve_rows` (source, place, record and the layout's fields, prefixed x_, as VARCHAR).

    A field that a file lacks is null there. Raises InputFileError where a file cannot be read, is no
    CSV or Parquet, or has none of the layout's columns.
    """
    parts = [_part(engine, layout, path, number) for number, path in enumerate(paths)]
    engine.table("resolve_rows", " UNION ALL ".join(parts))


def _part(engine: Engine, layout: ListLayout, path: Path, number: int) -> str:
    name = f"_list_{number}"
    _open(engine, name, path)
    headers = {_plain(header): header for header in engine.columns(name)}
    cells, met = [], 0
    for field, rule in layout.fields.items():
        header = next(
            (headers[_plain(h)] for h in (*rule.columns, field) if _plain(h) in headers), None
        )
        met += header is not None
        cells.append(f"{_text(header)} AS x_{field}")
    if not met:
        raise InputFileError("list_without_columns", file=path.name)
    record = headers.get(_plain(layout.record)) if layout.record else None
    if layout.record and record is None:
        raise InputFileError("list_without_record", file=path.name, column=layout.record)
    named = _text(record) if record else "CAST(row_number() OVER () AS VARCHAR)"
    source = path.name.replace("'", "''")
    return f"""SELECT '{source}' AS source, row_number() OVER () AS place, {named} AS record, {", ".join(cells)}
        FROM {name}"""


def _open(engine: Engine, name: str, path: Path) -> None:
    if not path.exists():
        raise InputFileError("list_missing", file=path.name)
    quoted = str(path).replace("'", "''")
    reader = {
        ".parquet": f"read_parquet('{quoted}')",
        ".csv": f"read_csv('{quoted}', all_varchar = true, header = true, nullstr = '')",
    }.get(path.suffix.lower())
    if reader is None:
        raise InputFileError("list_kind_unknown", file=path.name)
    try:
        engine.table(name, f"SELECT * FROM {reader}")
    except duckdb.Error:  # its message quotes cells, which must not reach a log
        raise InputFileError("list_unreadable", file=path.name) from None


def _text(header: str | None) -> str:
    if header is None:
        return "CAST(NULL AS VARCHAR)"
    return 'nullif(trim(CAST("' + header.replace('"', '""') + "\" AS VARCHAR)), '')"


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", header.lower())
