"""`selaras show`: published cells on the screen."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from analysis.briefs import Cells
from analysis.cli.words import (
    AsJson,
    Lang,
    Period,
    RulesDir,
    SetName,
    pipeline_for,
    say,
)
from analysis.errors import UsageError

# One word for several release tables that are read together.
TOGETHER = {
    "overlap": ("putusan", "kombinasi", "desil_program"),
    "tumpang_tindih": ("putusan", "kombinasi", "desil_program"),
}
Topic = Annotated[
    str,
    typer.Argument(
        help="Nama tabel rilis, misalnya kombinasi, program, kelurahan; overlap = ketiga tabel tumpang tindih."
    ),
]


def show(
    topic: Topic,
    set_name: SetName = None,
    period: Period = None,
    rules: RulesDir = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Tampilkan tabel yang sudah dilindungi. Contoh: selaras show kombinasi · selaras show overlap"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, True)
    cells = Cells.load(pipeline.store.folder, pipeline.rulebook, lang)
    topics = TOGETHER.get(topic, (topic,))
    missing = [name for name in topics if name not in cells.tables]
    if missing:
        known = ", ".join(sorted(cells.tables)) or "–"
        raise UsageError("topic_unknown", topic=", ".join(missing), known=known)
    rows = [(name, *cells_) for name in topics for cells_ in _rows(cells, name)]
    heads = ("tabel", "wilayah", "baris", "kolom", "ukuran", "nilai", "keterangan")
    if as_json:
        told = [dict(zip(heads, row, strict=True)) for row in rows]
        return say(True, {"topic": topic, "rows": told}, "")
    print_table(heads, rows) if topic in TOGETHER else print_table(heads[1:], [r[1:] for r in rows])


def _rows(cells: Cells, topic: str) -> list[tuple]:
    return [
        (
            row.wilayah, row.baris, row.kolom, row.ukuran, cells.shown(row._asdict()),
            row.teks if isinstance(row.teks, str) else "",
        )
        for row in cells.rows(topic).itertuples(index=False)
    ]  # fmt: skip


def print_table(heads: tuple[str, ...], rows: list[tuple]) -> None:
    """A table of texts, as wide as the terminal; 140 columns where there is none."""
    table = Table(show_edge=False)
    for head in heads:
        table.add_column(head, justify="right" if head == "nilai" else "left")
    for row in rows:
        table.add_row(*row)
    console = Console(width=None if Console().is_terminal else 140, highlight=False)
    console.print(table)
