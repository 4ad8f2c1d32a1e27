"""`resolve_rows` → `_rows`: cleaned, numbered in an order that the order of rows cannot change."""

from analysis.engine import Engine
from analysis.linkage.comparisons import Comparison
from analysis.linkage.lists.dates import dates
from analysis.linkage.lists.full_names import split_names
from analysis.linkage.lists.levels import comparison
from analysis.linkage.lists.texts import Field, cleaned, derived
from analysis.policy import ListLayout, Rulebook

SAME_FILE = Comparison("same_file", "false", ("l.source = r.source",))


def prepare(engine: Engine, layout: ListLayout, rulebook: Rulebook) -> tuple[Field, ...]:
    """Make `_rows` (node, source, place, record, a field's columns); returns fields that say something."""
    given = tuple(Field(name, rule.kind) for name, rule in layout.fields.items())
    _clean(engine, given, _titles(layout, rulebook))
    told = engine.rows(
        f"SELECT count(*), {', '.join(f'count(DISTINCT {f.value})' for f in given)} FROM _clean"
    )
    rows, *values = told[0]
    # one value on all of a long list says nothing; in a short one nobody can tell
    least = 1 if 1 < rows < rulebook.linkage.lain.baris_awal else 2
    fields = tuple(f for f, several in zip(given, values, strict=True) if several >= least)
    order = ", ".join((*(f.value for f in fields), "source", "record", "place"))
    fields = split_names(engine, fields, rulebook.linkage.lain.nama_penuh)
    engine.table(
        "_numbered", f"SELECT row_number() OVER (ORDER BY {order}) - 1 AS node, * FROM _clean"
    )
    more = {name: sql for f in fields for name, sql in derived(f, layout.profile).items()}
    few = rulebook.linkage.lain
    more |= {
        f.share: _share(f.value, few.jenis[f.kind].kebetulan, few.baris_awal)
        for f in fields
        if f.kind != "sex"
    }
    extra = "".join(f", {sql} AS {name}" for name, sql in more.items())
    engine.table("_rows", f"SELECT *{extra} FROM _numbered ORDER BY node")
    engine.drop("_clean", "_numbered")
    return fields


def _titles(layout: ListLayout, rulebook: Rulebook) -> list[str]:
    if layout.profile == "id":
        return rulebook.codes["nama"]["gelar"]
    return list(rulebook.linkage.lain.gelar)


def _clean(engine: Engine, given: tuple[Field, ...], titles: list[str]) -> None:
    dated = [f for f in given if f.kind == "date"]
    for f in dated:
        engine.table(f"_date_{f.name}", dates("resolve_rows", f.value))
    cells = ", ".join(
        f"_date_{f.name}.{f.value}" if f in dated else f"{cleaned(f, titles)} AS {f.value}"
        for f in given
    )
    joins = " ".join(f"JOIN _date_{f.name} USING (source, place)" for f in dated)
    engine.table("_clean", f"SELECT source, place, record, {cells} FROM resolve_rows {joins}")
    engine.drop(*(f"_date_{f.name}" for f in dated))


def _share(column: str, usual: float, rows: int) -> str:
    """Share of other rows that hold the value; `rows` rows of general knowledge keep a short list from calling all common."""
    others = f"count(*) OVER (PARTITION BY {column}) - 1"
    return f"({others} + {usual * rows}) / (count({column}) OVER () - 1 + {rows})"


def comparisons(fields: tuple[Field, ...]) -> tuple[Comparison, ...]:
    """One comparison a field, and whether both rows stand in one file: lists rarely name a person twice."""
    return (*(comparison(f, fields) for f in fields), SAME_FILE)
