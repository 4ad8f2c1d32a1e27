"""`selaras demo`: the sample city on disk, its summary, or millions of rows for benchmarks."""

import re
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from analysis import launch
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
        return _describe(workspace.truth(set_name), rulebook, set_name, lang, as_json)
    report = reporter(lang, as_json)
    if rows:
        from analysis.synthetic.parquet import write_records

        folder = workspace.root / "data/ukur"
        made = write_records(folder, rulebook, rows, seed, dirtiness, lambda name: report("demo", name))  # fmt: skip
        return say(as_json, {"rows": made}, message("demo_rows", lang, rows=number(made, 0, lang)))
    from analysis.synthetic import write_city
    from analysis.synthetic.offices import PASSWORD

    _refuse_real_set(workspace, set_name)
    with launch.held(workspace, set_name):
        written = write_city(
            workspace,
            rulebook,
            set_name,
            families,
            seed,
            lambda name: report("demo", name),
            dirtiness,
        )
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


def _describe(folder: Path, rulebook, set_name: str, lang: str, as_json: bool) -> None:
    """Counts a planted kind, and the city's figures beside official ones."""
    from analysis.synthetic.calibration import calibration, planted_counts

    if not folder.is_dir():
        raise UsageError("demo_missing", set=set_name)
    lines, assumed = calibration(folder, rulebook)
    counts = planted_counts(folder)
    if as_json:
        facts = [{"label": x.label, "reference": x.reference, "city": round(x.city, 4), "fits": x.fits, "source": x.source} for x in lines]  # fmt: skip
        return say(True, {"calibration": facts, "assumed": assumed, "planted": counts}, "")
    console = Console(width=None if Console().is_terminal else 160, highlight=False)
    table = Table("ukuran", "acuan", "kota contoh", "rentang", "", "sumber", title="Kalibrasi (DATA SINTETIS)")  # fmt: skip
    for x in lines:
        shown = [number(value, _places(x.reference), lang) for value in (x.reference, x.city, x.low, x.high)]  # fmt: skip
        table.add_row(x.label, shown[0], shown[1], f"{shown[2]}–{shown[3]}", "ya" if x.fits else "TIDAK", x.source)  # fmt: skip
    console.print(table)
    console.print(
        "Anggapan (tidak ditemukan angkanya):", *(f"- {text}" for text in assumed), sep="\n"
    )
    planted = Table("yang ditanam", "daftar", "periode", "banyak", title="Kebenaran kota contoh")
    for row in counts:
        planted.add_row(row["kind"], row["source"], row["period"], number(row["n"], 0, lang))
    console.print(planted)


def _places(reference: float) -> int:
    return 0 if reference >= 100 else 2 if reference >= 1 else 3
