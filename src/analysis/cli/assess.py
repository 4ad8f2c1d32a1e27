"""`selaras assess`: the exact results of a set, or of one household survey outside any set."""

from pathlib import Path
from typing import Annotated

import typer

from analysis import launch
from analysis.cli.words import AsJson, Lang, Period, RulesDir, SetName, pipeline_for, say
from analysis.errors import InputFileError, UsageError, message
from analysis.field.survey import Survey
from analysis.measures.survey import line_of
from analysis.notation import number, percent
from analysis.policy import load_rulebook
from analysis.policy.targeting_models import SurveyLine
from analysis.settings import Workspace


def assess(
    survey: Annotated[Path | None, typer.Option(help="Berkas survei rumah tangga dengan konsumsi.")] = None,
    layout: Annotated[str | None, typer.Option(help="Tata letak survei, misalnya alatas_2012.")] = None,
    set_name: SetName = None, period: Period = None, rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Hitung hasil persis suatu set, atau galat sasaran satu survei. Contoh: selaras assess --survey alatas_2012.csv --layout alatas_2012"""
    if survey is None:
        return _set(set_name, period, rules, lang, as_json)
    if layout is None:
        raise UsageError("survey_layout_needed")
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    opened = Survey(survey, layout, rulebook)
    if layout in rulebook.layouts and not opened.is_there:
        raise InputFileError(
            "survey_missing", file=survey.name, layout=rulebook.layouts[layout].label
        )
    errors = opened.errors()
    facts = {
        "survey": survey.name,
        "errors": errors.astype(object).where(errors.notna(), None).to_dict("records"),
    }
    say(as_json, facts, "\n".join(_told(line_of(rulebook, layout), errors, lang)))


def _set(
    set_name: str | None, period: str | None, rules: Path | None, lang: str, as_json: bool
) -> None:
    pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        pipeline.resolve()
        pipeline.assess()
    tables = pipeline.store.names("out")
    say(
        as_json,
        {"tables": tables},
        message("assessed", lang, count=len(tables), set=pipeline.run.set_name),
    )


def _told(line: SurveyLine, errors, lang: str) -> list[str]:
    lines = [
        message("survey_line", lang, line=number(line.rupiah), n=number(int(errors["n"].max())))
    ]
    for row in errors.itertuples():
        span = (
            ""
            if row.low != row.low
            else f" ({number(100 * row.low, 1)}–{number(100 * row.high, 1)})"
        )
        lines.append(
            f"{row.arm} · {message('survey_' + row.measure, lang)}: {percent(row.value)}{span}"
        )
    return lines
