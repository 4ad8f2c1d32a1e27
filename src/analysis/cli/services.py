"""`selaras answer` and `selaras worksheets`: the province's answers, and whom to propose or visit."""

from typing import Annotated

import typer

from analysis import launch
from analysis.cli.words import (
    AsJson,
    Encrypt,
    Key,
    Lang,
    Period,
    RulesDir,
    SetName,
    new_password,
    parsed_date,
    pipeline_for,
    say,
)
from analysis.errors import UsageError, message
from analysis.field import office_key
from analysis.field.services import write_service_sheets
from analysis.rosters import Answer, is_known, record_answer

Request = Annotated[str, typer.Argument(help="Kode permintaan menurut rules/services.toml.")]
Word = Annotated[str, typer.Argument(help="disetujui, sebagian, dibahas, atau ditolak.")]
Day = Annotated[str, typer.Option("--date", help="Tanggal jawaban TTTT-BB-HH.")]
Amount = Annotated[int | None, typer.Option("--amount", min=0, help="Jumlah yang dipenuhi.")]


def answer(
    request: Request, word: Word, day: Day, amount: Amount = None, set_name: SetName = None, rules: RulesDir = None,
    lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Catat jawaban Provinsi. Contoh: selaras answer panti_provinsi sebagian --date 2025-12-18 --amount 4"""
    pipeline = pipeline_for(set_name, None, None, rules, lang, True)
    told, rule = Answer(parsed_date(day), request, word, amount), pipeline.rulebook.services
    if not is_known(told, pipeline.rulebook):
        asked, words = (
            ", ".join(e.kode for e in entries) for entries in (rule.permintaan, rule.jawaban)
        )
        raise UsageError("answer_unknown", asked=asked, words=words)
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        record_answer(pipeline.workspace.decisions(pipeline.run.set_name), told)
    facts = {"request": request, "word": word, "day": day}
    say(as_json, facts, message("answer_recorded", lang, **facts))


def worksheets(
    set_name: SetName = None,
    period: Period = None,
    rules: RulesDir = None,
    key: Key = None,
    encrypt: Encrypt = False,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Tulis lembar kerja layanan (Sekolah Rakyat, JKN, desil terendah, 12 PAS). Contoh: selaras worksheets --encrypt"""
    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    if not pipeline.is_assessed:
        raise UsageError("sheets_not_assessed")
    folder = pipeline.store.folder / "lembar"
    password = new_password(lang) if encrypt else None
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        files = write_service_sheets(
            pipeline.store, pipeline.rulebook, folder, office_key(key), pipeline.mark, password
        )
    shown = folder.relative_to(pipeline.workspace.root).as_posix()
    say(
        as_json,
        {"files": [file.name for file in files]},
        message("sheets_written", lang, count=len(files), folder=shown),
    )
