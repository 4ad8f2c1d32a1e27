"""Any text, Excel or Parquet file → `resolve_rows`: the fields of a layout as text, every row kept."""

import re
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analysis.engine import Engine, literal
from analysis.errors import InputFileError
from analysis.policy import ListLayout
from analysis.rosters.cells import Sheet
from analysis.rosters.textfiles import text_sheets
from analysis.rosters.workbooks import workbook_sheets

_TEXTS = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def read_lists(engine: Engine, layout: ListLayout, paths: Sequence[Path]) -> list[str]:
    """Make `resolve_rows` (source, place, record and the layout's fields, prefixed x_, as VARCHAR); fields in no file.

    A field that a file lacks is null there. Raises InputFileError where a file cannot be read, is of no
    known kind, is given twice, or has none of the layout's columns.
    """
    parts, absent = [], set(layout.fields)
    for number, (path, name) in enumerate(zip(paths, _sources(paths), strict=True)):
        sql, missing = _part(engine, layout, path, number, name)
        parts.append(sql)
        absent &= missing
    engine.table("resolve_rows", " UNION ALL ".join(parts))
    return sorted(absent)


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


def _part(
    engine: Engine, layout: ListLayout, path: Path, number: int, source: str
) -> tuple[str, set[str]]:
    """A file's query, and the fields it lacks."""
    name = f"_list_{number}"
    _open(engine, name, path)
    headers = {_plain(header): header for header in reversed(engine.columns(name))}
    found = {field: _headers(headers, (*rule.columns, field)) for field, rule in layout.fields.items()}  # fmt: skip
    missing = {field for field, names in found.items() if not names}
    if len(missing) == len(found):
        raise InputFileError("list_without_columns", file=path.name)
    cells = ", ".join(f"{_joined(n, layout.fields[f].kind)} AS x_{f}" for f, n in found.items())
    record = headers.get(_plain(layout.record)) if layout.record else None
    if layout.record and record is None:
        raise InputFileError("list_without_record", file=path.name, column=layout.record)
    named = _text(record) if record else "CAST(row_number() OVER () AS VARCHAR)"
    query = f"""SELECT {literal(source)} AS source, row_number() OVER () AS place, {named} AS record, {cells}
        FROM {name}"""
    return query, missing


def _headers(headers: dict[str, str], offered: Sequence[str | tuple[str, ...]]) -> list[str]:
    """The file's headers of the first column offered that it has; of columns to be joined, those it has."""
    for one in offered:
        names = (one,) if isinstance(one, str) else one
        held = [headers[_plain(n)] for n in names if _plain(n) in headers]
        if held:
            return held
    return []


def _joined(headers: list[str], kind: str) -> str:
    """The text of one column, or of several as one: a date's parts with a dash, others with a blank."""
    if len(headers) < 2:
        return _text(headers[0] if headers else None)
    between = "-" if kind == "date" else " "
    return f"nullif(concat_ws('{between}', {', '.join(map(_text, headers))}), '')"


def _open(engine: Engine, name: str, path: Path) -> None:
    """Make table `name` of text, headed by the file's first row."""
    if not path.exists():
        raise InputFileError("list_missing", file=path.name)
    kind = path.suffix.lower()
    if kind == ".parquet":
        try:
            engine.table(name, f"SELECT * FROM read_parquet({literal(path)})")
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
    cell = 'trim(CAST("' + header.replace('"', '""') + '" AS VARCHAR))'
    # numbers beside empty cells are often saved as 4011.0
    return f"nullif(regexp_replace({cell}, '^([0-9]+)[.]0$', '\\1'), '')"


def _plain(header: str) -> str:
    return re.sub(r"[\W_]", "", header.lower())
