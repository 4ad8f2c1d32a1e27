"""`selaras resolve`: one person across any lists."""

import os
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.words import AsJson, Lang, RulesDir, say
from analysis.engine import Engine, literal
from analysis.errors import message
from analysis.launch import rule_overlays
from analysis.linkage import resolve
from analysis.policy import load_list_layout, load_rulebook
from analysis.rosters import read_lists
from analysis.settings import Workspace

_COUNTS = "SELECT count(*), count(DISTINCT person_id) FROM resolved"


def resolve_lists(
    files: Annotated[list[Path], typer.Argument(help="Daftar: .csv, .xlsx, .ods atau .parquet.")],
    layout: Annotated[Path, typer.Option(help="Tata letak TOML: identifier, profile, fields.")],
    out: Annotated[Path, typer.Option(help="Berkas Parquet hasil: record → person_id, peluang.")],
    rules: RulesDir = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Padankan daftar apa pun menjadi orang. Contoh: selaras resolve --layout l.toml a.csv b.parquet --out orang.parquet"""
    rulebook = load_rulebook(rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    told = load_list_layout(layout, lang)
    with Engine() as engine:
        absent = read_lists(engine, told, files)
        resolve(engine, rulebook, told)
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary = out.with_name(out.name + ".tmp")
        engine.run(f"COPY resolved TO {literal(temporary)} (FORMAT parquet, COMPRESSION zstd)")
        os.replace(temporary, out)
        rows, persons = engine.rows(_COUNTS)[0]
    counts = {"rows": rows, "persons": persons, "file": out.name}
    said = message("resolve_done", lang, **counts)
    if absent:
        said += " " + message("resolve_absent", lang, fields=", ".join(absent))
    say(as_json, counts | {"absent": absent}, said)
