"""`selaras run`, `brief` and `status`: briefs made again where stale, and why they are."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from analysis import launch
from analysis.briefs.edition import Wish
from analysis.briefs.jobs import FORMATS
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
from analysis.engine.store import swap_text
from analysis.errors import LANGUAGES, UsageError, message
from analysis.pipeline import Pipeline

KERNELS = ("lokal", "nbclient")
Briefs = Annotated[str, typer.Option(help="Naskah, dipisah koma; 'all' = semua yang datanya ada.")]
Param = Annotated[list[str] | None, typer.Option(help="nama=nilai, misalnya wilayah=32.72.03.")]
Format = Annotated[str, typer.Option("--format", help="html, pdf, atau html,pdf.")]
Kernel = Annotated[
    str, typer.Option(help="lokal (satu proses, cepat) atau nbclient (kernel asli).")
]
Final = Annotated[
    bool, typer.Option("--final", help="Status FINAL; ditolak tanpa sumber.toml lengkap.")
]
Number = Annotated[int, typer.Option(min=1, help="Nomor edisi.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Sebutkan yang akan dibuat; tidak menulis apa pun.")
]
Notify = Annotated[Path | None, typer.Option(help="Berkas ringkasan JSON untuk penjadwal.")]
BriefLang = Annotated[
    str, typer.Option("--lang", help="Bahasa keluaran dan naskah: id, en, atau id,en.")
]


def run(
    set_name: SetName = None,
    period: Period = None,
    edition: EditionDate = None,
    briefs: Briefs = "all",
    format_: Format = "html,pdf",
    kernel: Kernel = "lokal",
    final: Final = False,
    number: Number = 1,
    dry_run: DryRun = False,
    notify: Notify = None,
    rules: RulesDir = None,
    lang: BriefLang = "id",
    as_json: AsJson = False,
) -> None:
    """Jalankan semuanya; yang tidak berubah dilewati. Contoh: selaras run --set contoh --period 2025-12"""
    pipeline = _opened(set_name, period, edition, rules, lang, as_json, final, number)
    wish = _wish(pipeline, briefs, format_, kernel, lang, ())
    if dry_run:
        return _tell(pipeline, wish, lang, as_json)
    _publish(pipeline, wish, lang, as_json, notify, pipeline.execute)


def brief(
    briefs: Annotated[str, typer.Argument(help="Naskah, dipisah koma.")] = "all",
    set_name: SetName = None,
    period: Period = None,
    edition: EditionDate = None,
    param: Param = None,
    format_: Format = "html,pdf",
    kernel: Kernel = "lokal",
    final: Final = False,
    number: Number = 1,
    dry_run: DryRun = False,
    notify: Notify = None,
    rules: RulesDir = None,
    lang: BriefLang = "id",
    as_json: AsJson = False,
) -> None:
    """Terbitkan naskah dari tabel rilis yang ada. Contoh: selaras brief --param wilayah=32.72.03 --format pdf"""
    pipeline = _opened(set_name, period, edition, rules, lang, as_json, final, number)
    wish = _wish(pipeline, briefs, format_, kernel, lang, tuple(param or ()))
    if dry_run:
        return _tell(pipeline, wish, lang, as_json)
    _publish(pipeline, wish, lang, as_json, notify, pipeline.brief)


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


def _opened(
    set_name, period, edition, rules, lang: str, as_json: bool, final: bool, number: int
) -> Pipeline:
    pipeline = pipeline_for(set_name, period, edition, rules, lang.split(",")[0], as_json)
    issue = replace(pipeline.run.edition, status="FINAL" if final else "DRAFT", number=number)
    return replace(pipeline, run=replace(pipeline.run, edition=issue))


def _wish(
    pipeline: Pipeline, briefs: str, formats: str, kernel: str, lang: str, params: tuple[str, ...]
) -> Wish:
    """What was asked for. Raises UsageError for a word that is no format, language or kernel."""
    chosen = tuple(word.strip() for word in formats.split(","))
    langs = tuple(word.strip() for word in lang.split(","))
    for words, known, option in (
        (chosen, FORMATS, "--format"),
        (langs, LANGUAGES, "--lang"),
        ((kernel,), KERNELS, "--kernel"),
    ):
        if wrong := [word for word in words if word not in known]:
            raise UsageError("option_unknown", option=option, word=wrong[0], known=", ".join(known))
    wanted = launch.wanted_briefs(pipeline.rulebook, briefs)
    return Wish(tuple(wanted), tuple(f for f in FORMATS if f in chosen), langs, params, kernel)


def _publish(
    pipeline: Pipeline, wish: Wish, lang: str, as_json: bool, notify: Path | None, act
) -> None:
    before = _manifest(pipeline)
    try:
        with launch.held(pipeline.workspace, pipeline.run.set_name):
            folder = act(wish)
    except Exception as error:
        _notify(
            notify, {"hasil": "gagal", "sebab": str(error), "kode": getattr(error, "exit_code", 1)}
        )
        raise
    root = pipeline.workspace.root
    files = [path.relative_to(root).as_posix() for path in launch.handed_out(folder)]
    headlines = launch.headlines(pipeline.store, pipeline.rulebook, lang.split(",")[0])
    facts = {"files": files, "headlines": headlines}
    changed = sorted(
        name for name, value in _manifest(pipeline).items() if before.get(name) != value
    )
    _notify(
        notify, {"hasil": "selesai", "kode": 0, "edisi": folder.name, "berubah": changed} | facts
    )
    say(as_json, facts, "\n".join([*files, *headlines]))


def _manifest(pipeline: Pipeline) -> dict[str, str]:
    """File → hash of the edition as it stands."""
    path = pipeline.workspace.reports / pipeline.run.edition_name / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))["berkas"] if path.exists() else {}


def _notify(path: Path | None, facts: dict) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        swap_text(path, json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _tell(pipeline: Pipeline, wish: Wish, lang: str, as_json: bool) -> None:
    """Tables there are, and each stale brief with its reasons; nothing is written."""
    lang = lang.split(",")[0]
    tables = {layer: len(pipeline.store.names(layer)) for layer in ("raw", "core", "out", "rilis")}
    found = pipeline.brief_states(wish) if tables["rilis"] else []
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
