"""`selaras review`: pairs out to reviewers, answers back, one answer by hand."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.words import (
    PASSWORD,
    AsJson,
    Lang,
    Period,
    RulesDir,
    SetName,
    held_pipeline,
    pipeline_for,
    say,
)
from analysis.errors import UsageError, message
from analysis.field import LinkReview, explain, explanation_path
from analysis.pipeline import Pipeline

review_app = typer.Typer(
    help="Tinjauan padanan: keluar, kembali, satu jawaban.", no_args_is_help=True
)
_MOST_SHOWN = 12
Files = Annotated[list[Path], typer.Argument(help="Lembar yang sudah diisi.")]


@review_app.command("export")
def export(
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Tulis lembar tinjauan. Contoh: selaras review export --set contoh"""
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        path = _review(pipeline).export().relative_to(pipeline.workspace.root).as_posix()
    say(as_json, {"file": path}, message("review_written", lang, file=path))


@review_app.command("import")
def take_in(
    files: Files, set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Ambil jawaban penelaah. Contoh: selaras review import tinjau_padanan.xlsx"""
    missing = next((file for file in files if not file.is_file()), None)
    if missing:
        raise UsageError("file_missing", file=missing.name)
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        review = _review(pipeline)
        added = sum(review.take_in(file, os.environ.get(PASSWORD), lang) for file in files)
        _tell(review, added, lang, as_json)


@review_app.command("label")
def label(
    pair: Annotated[str, typer.Argument(help="Nomor pasangan, P-…")],
    answer: Annotated[str, typer.Argument(help="sama | beda | ragu | batal")],
    reviewer: Annotated[str, typer.Option(help="Penelaah.")],
    reason: Annotated[str, typer.Option(help="Alasan.")],
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Catat satu jawaban. Contoh: selaras review label P-1a2b3c4d beda --reviewer Rina --reason kembar"""
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        review = _review(pipeline)
        added = review.label(pair, answer, reviewer, date.today().isoformat(), reason)
        _tell(review, added, lang, as_json)


@review_app.command("explain")
def explain_pair(
    pair: Annotated[str, typer.Argument(help="Nomor pasangan, P-…")],
    out: Annotated[Path | None, typer.Option(help="Berkas HTML di bawah data/; bawaan: folder tinjau periode.")] = None,
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Mengapa kedua baris dianggap (bukan) satu orang. Contoh: selaras review explain P-1a2b3c4d"""
    from analysis.briefs.link_page import evidence_page
    from analysis.briefs.pictures.evidence import signed
    from analysis.engine.store import swap_text

    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    review = _review(pipeline)
    target = explanation_path(pipeline.workspace.root, pipeline.store, pair, out)
    told = explain(review, pipeline.registry, pipeline.rulebook, pair, lang)
    target.parent.mkdir(parents=True, exist_ok=True)
    swap_text(target, evidence_page(pair, told.evidence, told.rows, review.mark, lang))
    file = target.relative_to(pipeline.workspace.root.resolve()).as_posix()
    steps = told.evidence.steps
    facts = {
        "file": file, "chance": told.evidence.chance, "start": round(told.evidence.start, 3), "joined": told.joined,
        "steps": [{"name": s.nama, "evidence": s.kata, "weight": round(s.sumbangan, 3)} for s in steps.itertuples()],
    }  # fmt: skip
    lines = [f"{s.judul:<26} {signed(s.sumbangan, lang):>6}  {s.kata}" for s in steps.itertuples()]
    say(
        as_json,
        facts,
        "\n".join([told.sentence(lang), *lines, message("explain_written", lang, file=file)]),
    )


def _tell(review: LinkReview, added: int, lang: str, as_json: bool) -> None:
    """How many answers are new, and on which pairs reviewers differ: those decide nothing."""
    differ = review.disputed()
    lines = [message("review_taken_in", lang, count=added)]
    if differ:
        shown = ", ".join(differ[:_MOST_SHOWN]) + (" …" if len(differ) > _MOST_SHOWN else "")
        lines.append(message("review_disputed", lang, count=len(differ), pairs=shown))
    say(as_json, {"added": added, "disputed": differ}, "\n".join(lines))


def _review(pipeline: Pipeline) -> LinkReview:
    if not pipeline.store.path("core_review_pairs").exists():
        raise UsageError("review_before_link", set=pipeline.run.set_name)
    decisions = pipeline.workspace.decisions(pipeline.run.set_name)
    return LinkReview(pipeline.store, decisions, pipeline.rulebook, pipeline.mark)
