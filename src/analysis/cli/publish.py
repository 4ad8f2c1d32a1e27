"""`selaras run`, `brief` and `status`: briefs made again where stale, and why they are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from analysis import launch
from analysis.briefs.edition import Wish
from analysis.briefs.headlines import headlines
from analysis.briefs.jobs import FORMATS
from analysis.cli.asked import Asked, AskedBrief, command
from analysis.cli.summary import summarised
from analysis.cli.words import (
    AsJson,
    EditionDate,
    Lang,
    Period,
    RulesDir,
    SetName,
    pipeline_for,
    say,
)
from analysis.engine.store import note_of
from analysis.errors import LANGUAGES, UsageError, message
from analysis.pipeline import Pipeline

KERNELS = ("lokal", "nbclient")


@command(Asked)
def run(asked: Asked) -> None:
    """Jalankan semuanya; yang tidak berubah dilewati. Contoh: selaras run --set contoh --period 2025-12"""
    _publish(asked, Pipeline.execute)


@command(AskedBrief)
def brief(asked: AskedBrief) -> None:
    """Terbitkan naskah dari tabel rilis yang ada. Contoh: selaras brief --param wilayah=32.72.03 --format pdf"""
    _publish(asked, Pipeline.brief, tuple(asked.param or ()))


def status(
    set_name: SetName = None,
    period: Period = None,
    edition: EditionDate = None,
    rules: RulesDir = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Apa yang ada, apa yang basi, dan sebabnya. Contoh: selaras status --set contoh"""
    pipeline = pipeline_for(set_name, period, edition, rules, lang, True)
    _tell(pipeline, Wish(tuple(pipeline.rulebook.briefs["naskah"])), lang, as_json)


def _opened(asked: Asked) -> Pipeline:
    pipeline = pipeline_for(
        asked.set_name, asked.period, asked.edition, asked.rules, asked.langs[0], asked.as_json
    )
    status = "FINAL" if asked.final else "DRAFT"
    issue = replace(pipeline.run.edition, status=status, number=asked.number)
    return replace(pipeline, run=replace(pipeline.run, edition=issue))


def _wish(pipeline: Pipeline, asked: Asked, params: tuple[str, ...]) -> Wish:
    """What was asked for. Raises UsageError for a word that is no format, language or kernel."""
    chosen = tuple(word.strip() for word in asked.format_.split(","))
    for words, known, option in (
        (chosen, FORMATS, "--format"),
        (asked.langs, LANGUAGES, "--lang"),
        ((asked.kernel,), KERNELS, "--kernel"),
    ):
        if wrong := [word for word in words if word not in known]:
            raise UsageError("option_unknown", option=option, word=wrong[0], known=", ".join(known))
    wanted = tuple(launch.wanted_briefs(pipeline.rulebook, asked.briefs))
    return Wish(wanted, tuple(f for f in FORMATS if f in chosen), asked.langs, params, asked.kernel)


def _publish(
    asked: Asked, act: Callable[[Pipeline, Wish], Path], params: tuple[str, ...] = ()
) -> None:
    with summarised(None if asked.dry_run else asked.notify, asked.lang) as told:
        pipeline = _opened(asked)
        wish = _wish(pipeline, asked, params)
        if asked.dry_run:
            return _tell(pipeline, wish, asked.langs[0], asked.as_json)
        # what leaves as FINAL rests on files read now, not on what is remembered of them
        with launch.held(pipeline.workspace, pipeline.run.set_name, believe=not asked.final):
            before = _manifest(pipeline)
            facts = _facts(pipeline, act(pipeline, wish), asked.langs[0])
        after = _manifest(pipeline)
        changed = sorted(name for name, value in after.items() if before.get(name) != value)
        told |= {"edisi": pipeline.run.edition_name, "berubah": changed} | facts
    say(asked.as_json, facts, "\n".join([*facts["files"], *facts["headlines"]]))


def _facts(pipeline: Pipeline, folder: Path, lang: str) -> dict[str, list[str]]:
    """The edition's files and its three figures."""
    root = pipeline.workspace.root
    files = [path.relative_to(root).as_posix() for path in launch.handed_out(folder)]
    return {
        "files": files,
        "headlines": headlines(pipeline.store, pipeline.rulebook, lang),
    }


def _manifest(pipeline: Pipeline) -> dict[str, str]:
    """File → hash of the edition as it stands."""
    path = pipeline.workspace.reports / pipeline.run.edition_name / "manifest.json"
    return note_of(path).get("berkas", {})


def _tell(pipeline: Pipeline, wish: Wish, lang: str, as_json: bool) -> None:
    """Tables there are, and each stale brief with its reasons; nothing is written."""
    tables = {layer: len(pipeline.store.names(layer)) for layer in ("raw", "core", "out", "rilis")}
    with launch.looked_at(pipeline.workspace, pipeline.run.set_name):
        found = pipeline.publication.states(wish) if tables["rilis"] else []
    stale = {state.job.stem: list(state.reasons) for state in found if state.reasons}
    run = pipeline.run
    facts = {
        "set": run.set_name, "period": run.period, "edition": run.edition_name, "tables": tables,
        "fresh": len(found) - len(stale), "stale": stale,
    }  # fmt: skip
    lines = [message("status_line", lang, set=run.set_name, period=run.period, **tables)]
    lines.append(
        message(
            "status_briefs", lang, edition=run.edition_name, fresh=facts["fresh"], stale=len(stale)
        )
    )
    for stem, reasons in stale.items():
        lines.append(
            f"  {stem}: {', '.join(message(f'stale_{reason}', lang) for reason in reasons)}"
        )
    say(as_json, facts, "\n".join(lines))
