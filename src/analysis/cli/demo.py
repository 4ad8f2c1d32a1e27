"""`selaras demo`: the sample city."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.words import AsJson, Lang, reporter, say
from analysis.errors import message
from analysis.policy import load_rulebook
from analysis.settings import Workspace


def demo(
    set_name: Annotated[str, typer.Option("--set")] = "contoh",
    families: Annotated[int, typer.Option(min=500, help="Banyak keluarga.")] = 122_000,
    seed: int = 1,
    dirtiness: Annotated[str, typer.Option(help="Kekotoran daftar: biasa atau kotor.")] = "biasa",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Tulis kota contoh (data sintetis) ke data/raw. Contoh: selaras demo --families 5000"""
    from analysis.synthetic import write_city

    report = reporter(lang, as_json)
    written = write_city(
        Workspace(Path.cwd()),
        load_rulebook(),
        set_name,
        families,
        seed,
        lambda name: report("demo", name),
        dirtiness,
    )
    say(
        as_json,
        {"files": [path.name for path in written]},
        message("demo_done", lang, count=len(written), set=set_name),
    )
