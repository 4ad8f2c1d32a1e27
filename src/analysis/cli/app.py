"""The command line: four verbs are enough for an analyst; each has an Indonesian and an English name."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis import launch
from analysis.briefs.edition import Wish
from analysis.cli.check import check, except_gate
from analysis.cli.field import field_app
from analysis.cli.resolve import resolve_lists
from analysis.cli.services import answer, worksheets
from analysis.cli.show import rules_show, show
from analysis.cli.verify import verify_app
from analysis.cli.words import (
    AsJson,
    EditionDate,
    Lang,
    Period,
    RulesDir,
    SetName,
    pipeline_for,
    reporter,
    say,
)
from analysis.errors import SelarasError, message, refused_by_machine
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
app.add_typer(field_app, name="field")
app.add_typer(field_app, name="lapangan", hidden=True)
app.add_typer(verify_app, name="verify")
rules_app.command("show")(rules_show)
for name, command in (
    ("check", check),
    ("except", except_gate),
    ("show", show),
    ("resolve", resolve_lists),
):
    app.command(name)(command)
for name, command in (("periksa", check), ("kecualikan", except_gate)):
    app.command(name, hidden=True)(command)

for name, command in (("answer", answer), ("worksheets", worksheets)):
    app.command(name)(command)

Briefs = Annotated[str, typer.Option(help="Naskah, dipisah koma; 'all' = semua yang datanya ada.")]


@app.command("demo")
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
    pipeline = pipeline_for(set_name, period, edition, rules, lang, as_json)
    wanted = launch.wanted_briefs(pipeline.rulebook, briefs)
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        folder = pipeline.execute(Wish(tuple(wanted)))
    _finish(pipeline, folder, lang, as_json)


@app.command("status")
def status(
    set_name: SetName = None, period: Period = None, lang: Lang = "id", as_json: AsJson = False
) -> None:
    """Apa yang ada dan apa yang basi. Contoh: selaras status --set contoh"""
    pipeline = pipeline_for(set_name, period, None, None, lang, True)
    tables = {layer: len(pipeline.store.names(layer)) for layer in ("raw", "core", "out", "rilis")}
    state = {"set": pipeline.run.set_name, "period": pipeline.run.period, "tables": tables}
    say(
        as_json,
        state,
        message("status_line", lang, set=state["set"], period=state["period"], **tables),
    )


@rules_app.command("check")
def rules_check(rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False) -> None:
    """Periksa semua berkas aturan sekaligus. Contoh: selaras rules check"""
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    counts = {
        "programmes": len(rulebook.programmes),
        "overlap": len(rulebook.overlap),
        "layouts": len(rulebook.layouts),
    }
    say(as_json, counts, message("rules_fine", lang, **counts))


def _finish(pipeline: Pipeline, folder: Path, lang: str, as_json: bool) -> None:
    files = [
        path.relative_to(pipeline.workspace.root).as_posix() for path in launch.handed_out(folder)
    ]
    headlines = launch.headlines(pipeline.store, pipeline.rulebook, lang)
    say(as_json, {"files": files, "headlines": headlines}, "\n".join([*files, *headlines]))


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
