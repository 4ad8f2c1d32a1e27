"""`selaras demo`: the sample city on disk, its summary, or millions of rows for benchmarks."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis import launch
from analysis.cli.demo_screen import tell_city
from analysis.cli.words import AsJson, Lang, reporter, say
from analysis.errors import UsageError, message
from analysis.notation import number
from analysis.policy import load_rulebook
from analysis.rosters import read_provenance
from analysis.settings import Workspace


def demo(
    set_name: Annotated[str, typer.Option("--set")] = "contoh",
    families: Annotated[int, typer.Option(min=500, help="Banyak keluarga.")] = 122_000,
    seed: int = 1,
    dirtiness: Annotated[
        Literal["biasa", "kotor"], typer.Option(help="Kekotoran daftar.")
    ] = "biasa",
    rows: Annotated[
        int | None,
        typer.Option(
            min=10_000,
            help="Tulis kira-kira sekian baris langsung sebagai Parquet ke data/ukur (untuk pengukuran).",
        ),
    ] = None,
    describe: Annotated[
        bool,
        typer.Option("--describe", help="Ringkas kebenaran dan kalibrasi kota yang sudah ditulis."),
    ] = False,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Tulis kota contoh (data sintetis) ke data/raw. Contoh: selaras demo --families 5000"""
    workspace, rulebook = Workspace(Path.cwd()), load_rulebook()
    if describe:
        return tell_city(workspace.truth(set_name), rulebook, set_name, lang, as_json)
    report = reporter(lang, as_json)
    tell = partial(report, "demo")
    if rows:
        return _write_rows(workspace, rulebook, rows, seed, dirtiness, tell, lang, as_json)
    _refuse_real_set(workspace, set_name)
    with launch.held(workspace, set_name):
        from analysis.synthetic import write_city

        written = write_city(workspace, rulebook, set_name, families, seed, tell, dirtiness)
    _tell_written(workspace, set_name, written, lang, as_json)


def _write_rows(
    workspace: Workspace, rulebook, rows: int, seed: int, dirtiness: str, tell: Callable[[str], None], lang: str, as_json: bool
) -> None:  # fmt: skip
    """Person records alone, for measurements."""
    from analysis.synthetic.parquet import write_records

    made = write_records(workspace.root / "data/ukur", rulebook, rows, seed, dirtiness, tell)
    say(as_json, {"rows": made}, message("demo_rows", lang, rows=number(made, 0, lang)))


def _tell_written(
    workspace: Workspace, set_name: str, written: list[Path], lang: str, as_json: bool
) -> None:
    from analysis.synthetic.offices import PASSWORD

    names = [path.relative_to(workspace.raw(set_name)).as_posix() for path in written]
    said = message("demo_done", lang, count=len(written), set=set_name, password=PASSWORD)
    say(as_json, {"files": names}, said)


def _refuse_real_set(workspace: Workspace, set_name: str) -> None:
    """Never write made-up lists over those somebody sent. Raises UsageError."""
    if not re.fullmatch(r"\w[\w-]*", set_name):
        raise UsageError("set_malformed", set=set_name)
    folder = workspace.raw(set_name)
    months = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    for month in months:
        if any(month.iterdir()) and not read_provenance(month).is_synthetic:
            raise UsageError("demo_over_real", set=set_name, period=month.name)
