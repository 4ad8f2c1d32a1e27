"""`selaras review`: pairs out to reviewers, answers back, one answer by hand."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.words import PASSWORD, AsJson, Lang, Period, RulesDir, SetName, pipeline_for, say
from analysis.errors import UsageError, message
from analysis.field import LinkReview
from analysis.pipeline import Pipeline

review_app = typer.Typer(
    help="Tinjauan padanan: keluar, kembali, satu jawaban.", no_args_is_help=True
)
Files = Annotated[list[Path], typer.Argument(help="Lembar yang sudah diisi.")]


@review_app.command("export")
def export(
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Tulis lembar tinjauan. Contoh: selaras review export --set contoh"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    path = _review(pipeline).export().relative_to(pipeline.workspace.root).as_posix()
    say(as_json, {"file": path}, message("review_written", lang, file=path))


@review_app.command("import")
def take_in(
    files: Files, set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Ambil jawaban penelaah. Contoh: selaras review import tinjau_padanan.xlsx"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    missing = next((file for file in files if not file.is_file()), None)
    if missing:
        raise UsageError("file_missing", file=missing.name)
    review = _review(pipeline)
    added = sum(review.take_in(file, os.environ.get(PASSWORD)) for file in files)
    say(as_json, {"added": added}, message("review_taken_in", lang, count=added))


@review_app.command("label")
def label(
    pair: Annotated[str, typer.Argument(help="Nomor pasangan, P-…")],
    answer: Annotated[str, typer.Argument(help="sama | beda | ragu | batal")],
    reviewer: Annotated[str, typer.Option(help="Penelaah.")],
    reason: Annotated[str, typer.Option(help="Alasan.")],
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Catat satu jawaban. Contoh: selaras review label P-1a2b3c4d beda --reviewer Rina --reason kembar"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    added = _review(pipeline).label(pair, answer, reviewer, date.today().isoformat(), reason)
    say(as_json, {"added": added}, message("review_taken_in", lang, count=added))


def _review(pipeline: Pipeline) -> LinkReview:
    if not pipeline.store.path("core_review_pairs").exists():
        raise UsageError("review_before_link", set=pipeline.run.set_name)
    mark = pipeline.rulebook.briefs["kata"]["tanda_sintetis"] if pipeline.run.synthetic else ""
    return LinkReview(pipeline.store, pipeline.workspace.decisions(pipeline.run.set_name), mark)
