"""Any text, Excel or Parquet file → `resolve_rows`: the fields of a layout as text, every row kept."""

import re
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analysis.engine import Engine
from analysis.errors import InputFileError
from analysis.policy import ListLayout
from analysis.rosters.cells import Sheet
from analysis.rosters.textfiles import text_sheets
from analysis.rosters.workbooks import workbook_sheets

_TEXTS = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def read_lists(engine: Engine, layout: ListLayout, paths: Sequence[Path]) -> None:
    """Make `resolve_rows` (source, place, record and the layout's fields, prefixed x_, as VARCHAR).

    A field that a file lacks is null there. Raises InputFileError where a file cannot be read, is of no
    known kind, is given twice, or has none of the layout's columns.
    """
    parts = [
        _part(engine, layout, path, number, name)
        for number, (path, name) in enumerate(zip(paths, _sources(paths), strict=True))
    ]
    engine.table("resolve_rows", " UNION ALL ".join(parts))


def _sources(paths: Sequence[Path]) -> list[str]:
    """A name a file: as much of its path's end as tells it from the others. Raises where a file is given twice."""
    whole = [path.resolve() for path in paths]
    for path in whole:
        if whole.count(path) > 1:
            raise InputFileError("list_twice", file=path.name)
    length = 1
    while len({path.parts[-length:] for path in whole}) < len(whole):
        length += 1
    return ["/".join(path.parts[-length:]) for path in whole]


def _part(engine: Engine, layout: ListLayout, path: Path, number: int, source: str) -> str:
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
    source = source.replace("'", "''")
    return f"""SELECT '{source}' AS source, row_number() OVER () AS place, {named} AS record, {", ".join(cells)}
        FROM {name}"""


def _open(engine: Engine, name: str, path: Path) -> None:
    """Make table `name` of text, headed by the file's first row."""
    if not path.exists():
        raise InputFileError("list_missing", file=path.name)
    kind = path.suffix.lower()
    if kind == ".parquet":
        quoted = str(path).replace("'", "''")
        try:
            engine.table(name, f"SELECT * FROM read_parquet('{quoted}')")
        except duckdb.Error:  # its message quotes cells, which must not reach a log
            raise InputFileError("list_unreadable", file=path.name) from None
    elif kind in _TEXTS:
        engine.borrow(name, _headed(text_sheets(path.read_bytes(), path.name)))
    elif kind in _WORKBOOKS:
        engine.borrow(name, _headed(workbook_sheets(path.read_bytes(), path.name, None)))
    else:
        raise InputFileError("list_kind_unknown", file=path.name)


def _headed(sheets: list[Sheet]) -> pa.Table:
    """The first visible sheet that holds anything: its first row names the columns; blank rows are no rows."""
    full = [s.cells for s in sheets if not s.is_hidden and s.cells.num_rows]
    if not full:
        return pa.table({"": pa.array([], pa.string())})
    cells = full[0].drop_columns(["baris"])
    names: list[str] = []
    for place, column in enumerate(cells.columns):
        name = str(column[0].as_py() or f"c{place + 1:03d}")
        names.append(name if name not in names else f"{name} {place + 1}")
    rows = cells.slice(1).rename_columns(names)
    told = [pc.is_valid(column) for column in rows.columns]
    return rows.filter(reduce(pc.or_, told))


def _text(header: str | None) -> str:
    if header is None:
        return "CAST(NULL AS VARCHAR)"
    return 'nullif(trim(CAST("' + header.replace('"', '""') + "\" AS VARCHAR)), '')"


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", header.lower())
