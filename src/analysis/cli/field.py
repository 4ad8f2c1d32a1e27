"""`selaras field`: work sheets out to the kelurahan, answers back, and how far the cases have come."""

import os
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.words import (
    PASSWORD,
    AsJson,
    Encrypt,
    Key,
    Lang,
    Period,
    RulesDir,
    SetName,
    held_pipeline,
    new_password,
    pipeline_for,
    say,
)
from analysis.errors import UsageError, message
from analysis.field import Casework, office_key
from analysis.pipeline import Pipeline

field_app = typer.Typer(
    help="Lembar kerja lapangan: keluar, kembali, kemajuan.", no_args_is_help=True
)
Files = Annotated[list[Path], typer.Argument(help="Berkas jawaban, satu atau lebih.")]


@field_app.command("export")
def export(
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, key: Key = None,
    encrypt: Encrypt = False, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Tulis lembar kerja tiap kelurahan. Contoh: selaras field export --set contoh --encrypt"""
    password = new_password(lang) if encrypt else None
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        files = [
            path.relative_to(pipeline.workspace.root).as_posix()
            for path in _casework(pipeline, key).export(password)
        ]
    folder = files[0].rsplit("/", 1)[0] if files else "–"
    say(as_json, {"files": files}, message("field_written", lang, count=len(files), folder=folder))


@field_app.command("import")
def take_in(
    files: Files, set_name: SetName = None, period: Period = None, rules: RulesDir = None, key: Key = None,
    lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Ambil jawaban dari lembar yang kembali. Contoh: selaras field import 32.72.02.1001_Cikole.xlsx"""
    for file in files:
        if not file.is_file():
            raise UsageError("file_missing", file=file.name)
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        added = _casework(pipeline, key).take_in(files, os.environ.get(PASSWORD))
    name = pipeline.run.set_name
    say(as_json, {"added": added}, message("field_taken_in", lang, count=added, set=name))


@field_app.command("status")
def status(
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, key: Key = None,
    lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Kasus menurut jenis dan tahap: indikasi, verifikasi, final. Contoh: selaras field status"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    table = _casework(pipeline, key).progress()
    lines = [message("field_line", lang, **row) for row in table.to_dict("records")]
    say(as_json, {"cases": table.to_dict("records")}, "\n".join(lines))


def _casework(pipeline: Pipeline, key: Path | None) -> Casework:
    decisions = pipeline.workspace.decisions(pipeline.run.set_name)
    return Casework(pipeline.store, pipeline.rulebook, decisions, office_key(key), pipeline.mark)
