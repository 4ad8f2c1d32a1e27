"""`selaras show` and `selaras rules show`: published cells and the rules of a day, on the screen."""

from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from analysis import launch
from analysis.briefs import Cells
from analysis.cli.words import (
    AsJson,
    Lang,
    Period,
    RulesDir,
    SetName,
    parsed_date,
    pipeline_for,
    say,
)
from analysis.errors import UsageError
from analysis.policy import Policy, load_rulebook
from analysis.settings import Workspace

Topic = Annotated[
    str, typer.Argument(help="Nama tabel rilis, misalnya kombinasi, program, kelurahan.")
]


def show(
    topic: Topic,
    set_name: SetName = None,
    period: Period = None,
    rules: RulesDir = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Tampilkan satu tabel yang sudah dilindungi. Contoh: selaras show kombinasi"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, True)
    cells = Cells.load(pipeline.store.folder, pipeline.rulebook, lang)
    if topic not in cells.tables:
        raise UsageError("topic_unknown", topic=topic, known=", ".join(sorted(cells.tables)) or "–")
    rows = [
        (
            row.wilayah,
            row.baris,
            row.kolom,
            row.ukuran,
            cells.shown(row._asdict()),
            row.teks if isinstance(row.teks, str) else "",
        )
        for row in cells.rows(topic).itertuples(index=False)
    ]
    heads = ("wilayah", "baris", "kolom", "ukuran", "nilai", "keterangan")
    if as_json:
        return say(
            True, {"topic": topic, "rows": [dict(zip(heads, row, strict=True)) for row in rows]}, ""
        )
    _print(heads, rows)


def rules_show(
    on: Annotated[str | None, typer.Option(help="Tanggal TTTT-BB-HH; bawaan: hari ini.")] = None,
    unit: Annotated[str, typer.Option(help="keluarga atau jiwa.")] = "keluarga",
    rules: RulesDir = None,
    as_json: AsJson = False,
) -> None:
    """Putusan setiap pasangan program pada satu tanggal. Contoh: selaras rules show --on 2025-12-15"""
    day = parsed_date(on) if on else date.today()
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    policy = Policy(rulebook, day)
    known = sorted(rulebook.programmes_on(day))
    rows = []
    for pair in combinations_with_replacement(known, 2):
        if policy.has_rule(pair, unit):
            ruling = policy.ruling(pair, unit)
            rows.append(
                (pair[0], pair[1], ruling.verdict.value, ", ".join(ruling.rules), ruling.reason)
            )
    heads = ("program", "dengan", "putusan", "aturan", "alasan")
    silent = len(known) * (len(known) + 1) // 2 - len(rows)
    if as_json:
        facts = {
            "on": day.isoformat(),
            "rules": [dict(zip(heads, row, strict=True)) for row in rows],
            "belum_diatur": silent,
        }
        return say(True, facts, "")
    _print(heads, rows)
    typer.echo(f"Pasangan lain: {silent}, belum diatur (bukan izin dan bukan larangan).")


def _print(heads: tuple[str, ...], rows: list[tuple]) -> None:
    table = Table(show_edge=False)
    for head in heads:
        table.add_column(head, justify="right" if head == "nilai" else "left")
    for row in rows:
        table.add_row(*row)
    console = Console(width=None if Console().is_terminal else 140, highlight=False)
    console.print(table)
