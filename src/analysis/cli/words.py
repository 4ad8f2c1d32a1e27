"""What the commands share: option words, progress, the pipeline meant, the way to answer."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from analysis import launch
from analysis.cli.refusals import LANGUAGE
from analysis.errors import UsageError, message
from analysis.pipeline import Pipeline
from analysis.settings import Workspace

SetName = Annotated[str | None, typer.Option("--set", help="Nama set di data/raw.")]
Period = Annotated[str | None, typer.Option(help="Periode TTTT-BB; bawaan: yang terbaru.")]
EditionDate = Annotated[str | None, typer.Option("--edition", help="Tanggal edisi TTTT-BB-HH.")]
RulesDir = Annotated[
    Path | None,
    typer.Option("--rules", envvar="SELARAS_RULES", help="Folder aturan kantor; bawaan: aturan/."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON satu baris.")]
Lang = Annotated[Literal["id", "en"], typer.Option(envvar=LANGUAGE, help="Bahasa keluaran.")]

PASSWORD = "SELARAS_SANDI"
Key = Annotated[
    Path | None,
    typer.Option("--key", help="Berkas kunci kantor; bawaan: SELARAS_KUNCI atau ~/.selaras/kunci."),
]
Encrypt = Annotated[
    bool,
    typer.Option("--encrypt", help=f"Kunci berkas dengan kata sandi ({PASSWORD} atau ditanyakan)."),
]


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


def password_for(lang: str) -> Callable[[str], str | None]:
    """How the password of a locked file is had: from the environment, else asked for; never stored."""

    def ask(file: str) -> str | None:
        if PASSWORD in os.environ:
            return os.environ[PASSWORD]
        if not sys.stdin.isatty():
            return None
        return getpass(message("password_prompt", lang, file=file)) or None

    return ask


def new_password(lang: str) -> str:
    """From the environment, else asked for twice; kept nowhere."""
    asked = message("field_password", lang)
    return os.environ.get(PASSWORD) or typer.prompt(
        asked, hide_input=True, confirmation_prompt=True
    )


@contextmanager
def held_pipeline(
    set_name: str | None, period: str | None, rules: Path | None, lang: str, quiet: bool
) -> Iterator[Pipeline]:
    """The pipeline meant, with its set held: what is read or recorded is not half of another run's. Raises BusyError."""
    pipeline = pipeline_for(set_name, period, None, rules, lang, quiet)
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        yield pipeline


def pipeline_for(
    set_name: str | None,
    period: str | None,
    edition: str | None,
    rules: Path | None,
    lang: str,
    quiet: bool,
) -> Pipeline:
    """The pipeline of the set, period and edition meant. Raises UsageError where a word is malformed."""
    on = parsed_date(edition) if edition else None
    if period and not launch.is_period(period):
        raise UsageError("period_malformed", period=period)
    return launch.prepare(
        Workspace(Path.cwd()),
        set_name,
        period,
        on,
        rules,
        reporter(lang, quiet),
        password_for(lang),
    )


def parsed_date(text: str) -> date:
    """A day written TTTT-BB-HH. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("date_malformed", date=text) from error


def say(as_json: bool, facts: dict, text: str) -> None:
    """Facts for a machine or sentences for a person."""
    typer.echo(json.dumps(facts, ensure_ascii=False) if as_json else text)
