"""`selaras verify`: a ground check designed and read back."""

import os
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.words import (
    PASSWORD,
    AsJson,
    Encrypt,
    Lang,
    Period,
    RulesDir,
    SetName,
    held_pipeline,
    new_password,
    say,
)
from analysis.errors import message
from analysis.field.ground_check import TRUTHS, GroundCheck, open_check
from analysis.field.ground_findings import findings_table
from analysis.measures.ground_check import Findings
from analysis.notation import number, percent, rupiah_short
from analysis.pipeline import Pipeline

verify_app = typer.Typer(
    help="Cek lapangan: seberapa tepat angka yang hanya dari register.", no_args_is_help=True
)
ProgrammeName = Annotated[
    str, typer.Option("--program", help="Program yang memilih menurut desil.")
]
CheckName = Annotated[str | None, typer.Option("--name", help="Nama cek; bawaan: program-periode.")]


@verify_app.command("sample")
@verify_app.command("sampel", hidden=True)
def sample(
    programme: ProgrammeName, margin: Annotated[float | None, typer.Option(min=0.005, max=0.5, help="Setengah lebar selang 95% salah eksklusi.")] = None,
    seed: int = 1, name: CheckName = None, encrypt: Encrypt = False, set_name: SetName = None, period: Period = None,
    rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Rancang sampel dan tulis lembar lapangan. Contoh: selaras verify sample --program sembako --encrypt"""
    password = new_password(lang) if encrypt else None
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        check = _check(pipeline, programme, name)
        plan, files = check.sample(seed, margin, password)
    folder = check.sheets.relative_to(pipeline.workspace.root).as_posix()
    facts = {
        "name": check.folder.name, "visits": plan.visits, "kelurahan": len(files), "margin": round(plan.margin, 4),
        "rupiah": plan.rupiah, "strata": len(plan.strata), "seed": seed, "folder": folder,
    }  # fmt: skip
    said = message(
        "check_sampled", lang, visits=number(plan.visits), strata=len(plan.strata), kelurahan=len(files),
        margin=number(100 * plan.margin, 1), rupiah=rupiah_short(plan.rupiah, lang), folder=folder,
    )  # fmt: skip
    say(as_json, facts, said)


@verify_app.command("estimate")
@verify_app.command("hitung", hidden=True)
def estimate(
    programme: ProgrammeName, answers: Annotated[Path | None, typer.Option(help="Folder lembar terisi; bawaan: tempat lembar ditulis.")] = None,
    truth: Annotated[str, typer.Option(help=f"Ukuran miskin: {' atau '.join(TRUTHS)}.")] = TRUTHS[0],
    name: CheckName = None, set_name: SetName = None, period: Period = None, rules: RulesDir = None,
    lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Baca lembar terisi dan hitung galat sasaran. Contoh: selaras verify estimate --program sembako"""
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        check = _check(pipeline, programme, name)
        check.take_in(answers, os.environ.get(PASSWORD))
        found = check.findings(truth)
    table = findings_table(found)
    facts = {
        "name": check.folder.name, "truth": truth, "interviews": found.interviews, "visits": found.visits, "joined": found.joined,
        "errors": table.astype(object).where(table.notna(), None).to_dict("records"),
        "terms": {key: round(float(value), 6) for key, value in found.terms.items()},
    }  # fmt: skip
    say(as_json, facts, "\n".join(_told(check, found, truth, lang)))


def _check(pipeline: Pipeline, programme: str, name: str | None) -> GroundCheck:
    decisions = pipeline.workspace.decisions(pipeline.run.set_name)
    mark = "DATA SINTETIS · " if pipeline.run.synthetic else ""
    return open_check(
        pipeline.store,
        pipeline.rulebook,
        decisions,
        programme,
        name or f"{programme}-{pipeline.run.period}",
        mark,
    )


def _told(check: GroundCheck, found: Findings, truth: str, lang: str) -> list[str]:
    line = check.line()
    answered = {"interviews": number(found.interviews), "visits": number(found.visits), "joined": found.joined}  # fmt: skip
    against = {"line": number(line.nilai), "label": line.label, "source": line.sumber}
    low, high = (percent(bound) for bound in found.bounds)
    return [
        message("check_answered", lang, **answered),
        message(f"check_truth_{truth}", lang, **against),
        *(_error(found, name, lang) for name in found.errors),
        message("check_terms", lang, terms=_terms(found, lang)),
        message("check_bounds", lang, low=low, high=high),
    ]


def _error(found: Findings, name: str, lang: str) -> str:
    """One error, beside what the register alone says where it says anything."""
    label, estimate = message(f"measure_{name}", lang), found.errors[name]
    if name not in found.register:
        return f"{label}: {estimate}"
    register, bias = percent(found.register[name]), number(100 * found.bias[name].value, 1)
    return message("check_line", lang, label=label, found=str(estimate), register=register, bias=bias)  # fmt: skip


def _terms(found: Findings, lang: str) -> str:
    return ", ".join(
        f"{message('term_' + key, lang)} {number(100 * found.terms[key], 1)}"
        for key in ("conditions", "quota", "ranking", "implementation")
    )
