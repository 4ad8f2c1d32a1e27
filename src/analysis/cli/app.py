"""The command line: four verbs are enough for an analyst; each has an Indonesian and an English name."""

import sys
from collections.abc import Callable
from importlib import import_module

import typer

from analysis.cli.helping import put_into_words
from analysis.cli.refusals import INTERRUPTED, heard, name_files_anywhere, refused, speak_anywhere
from analysis.errors import message

# Command → module and function (or Typer group) in this room; the Indonesian names are not listed twice in --help.
# A module is loaded when its command is called: asking whether anything changed must not load pandas.
COMMANDS = {
    "demo": "demo:demo",
    "check": "check:check",
    "except": "check:except_gate",
    "link": "link:link",
    "run": "publish:run",
    "brief": "publish:brief",
    "status": "publish:status",
    "review": "review:review_app",
    "field": "field:field_app",
    "rules": "rules:rules_app",
    "show": "show:show",
    "resolve": "resolve:resolve_lists",
    "assess": "assess:assess",
    "verify": "verify:verify_app",
    "answer": "services:answer",
    "worksheets": "services:worksheets",
}
NAMES = {
    "periksa": "check",
    "kecualikan": "except",
    "padankan": "link",
    "jalankan": "run",
    "terbitkan": "brief",
    "tinjau": "review",
    "lapangan": "field",
}


def build(wanted: str = "") -> typer.Typer:
    """The application with the one command that is called, or with all where none is."""
    app = typer.Typer(
        help="Selaras: daftar bansos → satu orang, satu keluarga → tumpang tindih dan sasaran → naskah ringkas.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        epilog="Nama Indonesia: "
        + ", ".join(f"{own} = {name}" for own, name in NAMES.items())
        + ".",
    )
    app.callback()(lambda: None)  # so that one command alone is still called by its name
    known = wanted in COMMANDS or wanted in NAMES
    for name in [wanted] if known else [*COMMANDS, *NAMES]:
        found = _load(COMMANDS[NAMES.get(name, name)])
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, hidden=name in NAMES)
        else:
            app.command(name, hidden=name in NAMES)(found)
    return app


def _load(place: str) -> typer.Typer | Callable:
    module, name = place.split(":")
    return getattr(import_module(f"analysis.cli.{module}"), name)


def main() -> None:
    """Run the command; a user's error is one sentence and its exit code, ours shows a traceback."""
    name_files_anywhere()
    words, lang = heard(sys.argv[1:])
    speak_anywhere(sys.stdout, sys.stderr)
    try:
        command = typer.main.get_command(build(words[0] if words else ""))
        put_into_words(command, lang)
        code = command.main(words, prog_name="selaras", standalone_mode=False)
    except Exception as error:
        refusal = refused(error, lang)
        if refusal is None:
            raise
        text, code = refusal
        typer.echo(text, err=True)
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        typer.echo(message("interrupted", lang), err=True)
    sys.exit(code or 0)
