"""Tables of topics that other rooms release: described in briefs.toml, shown where the topic exists."""

from analysis.briefs.blocks import Table
from analysis.briefs.headed import Numbered
from analysis.briefs.opened import Brief

_UNKNOWN = "tidak_dapat_dihitung"


def extra_tables(brief: Brief, brief_name: str, place: Numbered) -> list[Table]:
    """The tables of briefs.toml `tambahan` for this brief whose topic holds a cell that can be shown."""
    found = []
    for entry in brief.entries("tambahan"):
        if brief_name not in entry["naskah"] or not brief.cells.has(entry["topik"]):
            continue
        rows = _rows(brief, entry)
        if rows:
            heads = tuple((head, "r" if at else "l") for at, head in enumerate(entry["kolom"]))
            widths = (2.2, *[1.0] * (len(heads) - 1))
            found.append(
                Table(
                    place.table(),
                    entry["judul"],
                    entry.get("anak", ""),
                    heads,
                    rows,
                    entry.get("catatan", ""),
                    widths,
                )
            )
    return found


def _rows(brief: Brief, entry: dict) -> tuple[tuple[str, ...], ...]:
    """One row a line of the entry: its label and one cell a measure; a row without any cell is left out."""
    area = brief.area.kode if brief.area and entry.get("wilayah_sendiri") else None
    rows = []
    for line in entry["baris"]:
        line = line | line.get(brief.lang, {})
        places = [spec.split(":") for spec in line["sel"]]
        topic = line.get("topik", entry["topik"])
        cells = [
            brief.cells.cell(topic, line["kode"], measure, column, area)
            for column, measure in places
        ]
        known = [cell for cell in cells if cell is not None and cell["status"] != _UNKNOWN]
        if known:
            shown = (brief.cells.cited(cell) if cell in known else "–" for cell in cells)
            rows.append((line["label"], *shown))
    return tuple(rows)
