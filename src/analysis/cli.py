"""The command line: four verbs are enough for an analyst; each has an Indonesian and an English name."""

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from analysis import launch
from analysis.errors import SelarasError, UsageError, message, refused_by_machine
from analysis.pipeline import Pipeline
from analysis.policy import load_rulebook
from analysis.settings import Workspace

app = typer.Typer(
    help="Selaras: daftar bansos → satu orang, satu keluarga → tumpang tindih dan sasaran → naskah ringkas.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Aturan yang berlaku.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

SetName = Annotated[str | None, typer.Option("--set", help="Nama set di data/raw.")]
Period = Annotated[str | None, typer.Option(help="Periode TTTT-BB; bawaan: yang terbaru.")]
EditionDate = Annotated[str | None, typer.Option("--edition", help="Tanggal edisi TTTT-BB-HH.")]
RulesDir = Annotated[
    Path | None, typer.Option("--rules", envvar="SELARAS_RULES", help="Folder aturan kantor.")
]
Briefs = Annotated[str, typer.Option(help="Naskah, dipisah koma; 'all' = semua yang datanya ada.")]
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON satu baris.")]
Lang = Annotated[str, typer.Option(help="Bahasa keluaran: id atau en.")]


def reporter(lang: str, quiet: bool) -> Callable[[str, str], None]:
    """A line a step on stderr; on a terminal the running step is shown while it runs."""
    console = Console(stderr=True, highlight=False)
    status = console.status("") if console.is_terminal and not quiet else None

    def report(step: str, detail: str) -> None:
        text = message(f"step_{step}", lang, detail=detail).strip()
        if quiet:
            return
        if status is None:
            console.print(text, markup=False)
        elif step != "skip":
            status.update(text)
            status.start()

    return report


@app.command("demo")
def demo(
    set_name: Annotated[str, typer.Option("--set")] = "contoh",
    families: Annotated[int, typer.Option(min=500, help="Banyak keluarga.")] = 122_000,
    seed: int = 1,
    period: str = "2025-12",
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
        period,
        lambda name: report("demo", name),
    )
    _say(
        as_json,
        {"files": [path.name for path in written]},
        message("demo_done", lang, count=len(written), set=set_name),
    )


@app.command("run")
@app.command("jalankan", hidden=True)
def run(
    set_name: SetName = None,
    period: Period = None,
    edition: EditionDate = None,
    briefs: Briefs = "all",
    rules: RulesDir = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Jalankan semuanya; yang tidak berubah dilewati. Contoh: selaras run --set contoh --period 2025-12"""
    pipeline = _pipeline(set_name, period, edition, rules, lang, as_json)
    wanted = launch.wanted_briefs(pipeline.rulebook, briefs)
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        folder = pipeline.execute(wanted)
    _finish(pipeline, folder, lang, as_json)


@app.command("status")
def status(
    set_name: SetName = None, period: Period = None, lang: Lang = "id", as_json: AsJson = False
) -> None:
    """Apa yang ada dan apa yang basi. Contoh: selaras status --set contoh"""
    pipeline = _pipeline(set_name, period, None, None, lang, True)
    tables = {layer: len(pipeline.store.names(layer)) for layer in ("raw", "core", "out", "rilis")}
    state = {"set": pipeline.run.set_name, "period": pipeline.run.period, "tables": tables}
    _say(
        as_json,
        state,
        message("status_line", lang, set=state["set"], period=state["period"], **tables),
    )


@rules_app.command("check")
def rules_check(rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False) -> None:
    """Periksa semua berkas aturan sekaligus. Contoh: selaras rules check"""
    rulebook = load_rulebook(launch.rule_overlays(rules, synthetic=False))
    counts = {
        "programmes": len(rulebook.programmes),
        "overlap": len(rulebook.overlap),
        "layouts": len(rulebook.layouts),
    }
    _say(as_json, counts, message("rules_fine", lang, **counts))


def _pipeline(
    set_name: str | None,
    period: str | None,
    edition: str | None,
    rules: Path | None,
    lang: str,
    quiet: bool,
) -> Pipeline:
    on = _date(edition) if edition else None
    if period and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period):
        raise UsageError("period_malformed", period=period)
    return launch.prepare(Workspace(Path.cwd()), set_name, period, on, rules, reporter(lang, quiet))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("date_malformed", date=text) from error


def _finish(pipeline: Pipeline, folder: Path, lang: str, as_json: bool) -> None:
    files = [
        path.relative_to(pipeline.workspace.root).as_posix() for path in launch.handed_out(folder)
    ]
    headlines = launch.headlines(pipeline.store, pipeline.rulebook, lang)
    _say(as_json, {"files": files, "headlines": headlines}, "\n".join([*files, *headlines]))


def _say(as_json: bool, facts: dict, text: str) -> None:
    typer.echo(json.dumps(facts, ensure_ascii=False) if as_json else text)


def main() -> None:
    """Run the command; a user's error is one sentence and its exit code, ours shows a traceback."""
    lang = (
        "en"
        if "--lang" in sys.argv and "en" in sys.argv[sys.argv.index("--lang") + 1 :][:1]
        else "id"
    )
    try:
        app()
    except SelarasError as error:
        typer.echo(error.text(lang), err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        refusal = refused_by_machine(error)
        if refusal is None:
            raise
        typer.echo(refusal.text(lang), err=True)
        sys.exit(refusal.exit_code)
    except KeyboardInterrupt:
        typer.echo(message("interrupted", lang), err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
