"""How a command that cannot be carried out says so: one sentence in the reader's language and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import typer
from typer.exceptions import TyperException

from analysis.errors import LANGUAGES, SelarasError, message, refused_by_machine

INTERRUPTED = 130
LANGUAGE = "SELARAS_BAHASA"
# What was found wrong with the words of a command → the sentence that says so.
_WRONG_WORDS = {
    "MissingParameter": "word_missing",
    "NoSuchOption": "word_unknown_option",
    "BadParameter": "word_bad_value",
}


def heard(words: Sequence[str]) -> tuple[list[str], str]:
    """The words of a command, and the language it is given in.

    `--lang` may stand anywhere, before the command too: it is moved behind it. Help is shown in the language
    and takes no such option.
    """
    rest, asked = list(words), []
    for place, word in enumerate(words):
        if word.partition("=")[0] == "--lang":
            asked = list(words[place : place + (1 if "=" in word else 2)])
            rest = [*words[:place], *words[place + len(asked) :]]
    wants_help = "--help" in rest or not rest
    return rest if wants_help else [*rest, *asked], spoken(words)


def spoken(words: Sequence[str]) -> str:
    """The language that `--lang` asks for, wherever it stands, else SELARAS_BAHASA; Indonesian where none or an unknown one is asked."""
    joined = [part for word in words for part in word.split("=", 1)]
    asked = joined[joined.index("--lang") + 1 :][:1] if "--lang" in joined else []
    first = (asked[0] if asked else os.environ.get(LANGUAGE, "")).split(",")[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def name_files_anywhere() -> None:
    """Start again in Python's UTF-8 mode where a locale such as C names files in another encoding.

    Python itself does so in the C locale unless it was told not to; the engine then fails at any folder with an accent.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"  # for kernels of notebooks
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def speak_anywhere(*streams: TextIO) -> None:
    """Let every sentence be written: UTF-8 into files and pipes, '?' for what a terminal cannot show.

    A log that Windows' task scheduler or cron writes has the encoding of the machine, which may lack '→'.
    """
    for stream in streams:
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


def refused(error: Exception, lang: str) -> tuple[str, int] | None:
    """The sentence and the exit code of an error the reader can mend; None where it is our bug."""
    if isinstance(error, typer.Abort):
        return message("interrupted", lang), INTERRUPTED
    if isinstance(error, TyperException):
        return _wrong_words(error, lang), 2
    known = error if isinstance(error, SelarasError) else refused_by_machine(error)
    return (known.text(lang), known.exit_code) if known else None


def _wrong_words(error: TyperException, lang: str) -> str:
    kind, context = type(error).__name__, getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    offered = getattr(context.command, "commands", None) if context else None
    unknown = "word_unknown_command" if offered else "word_wrong"
    facts = {"called": context.command_path if context else "selaras", "word": _word_meant(error)}
    known = ", ".join(name for name, found in (offered or {}).items() if not found.hidden)
    return message(_WRONG_WORDS.get(kind, unknown), lang, known=known, **facts)


def _word_meant(error: TyperException) -> str:
    """The option or argument as the reader types it."""
    if param := getattr(error, "param", None):
        return max(param.opts, key=len)
    return getattr(error, "option_name", None) or "–"
