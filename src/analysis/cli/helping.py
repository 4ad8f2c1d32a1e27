"""`--help` in the reader's language: the commands' own texts and the framework's words."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from analysis.errors import message

# The framework's words, as `rich_utils` and the command classes hold them → message.
_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "help_arguments",
    "OPTIONS_PANEL_TITLE": "help_options",
    "COMMANDS_PANEL_TITLE": "help_commands",
    "DEFAULT_STRING": "help_default",
    "ENVVAR_STRING": "help_variable",
    "REQUIRED_LONG_STRING": "help_required",
}


def put_into_words(command, lang: str) -> None:
    """Let a command, what stands below it, and its options explain themselves in `lang`."""
    command.help, command.short_help = said(command.help, lang), said(command.short_help, lang)
    command.epilog = said(command.epilog, lang)
    command.options_metavar = message("help_some_options", lang)
    command.get_usage = _in_frame(command.get_usage, lang)
    command.get_help_option = _helped(command.get_help_option, lang)
    if hasattr(command, "commands"):
        command.subcommand_metavar = message("help_some_command", lang)
    for option in command.params:
        option.help = said(getattr(option, "help", None), lang)
    for below in getattr(command, "commands", {}).values():
        put_into_words(below, lang)


def said(text: str | None, lang: str) -> str | None:
    """An Indonesian help text in `lang`; as it is where there is no other."""
    return _english().get(text, text) if lang == "en" else text


@cache
def _english() -> dict[str, str]:
    return tomllib.loads(
        resources.files("analysis.rules").joinpath("help_en.toml").read_text("utf-8")
    )


def _in_frame(usage: Callable, lang: str) -> Callable:
    """The line of use; it is the first thing a help page asks for, when the module that draws the page is there."""

    def get_usage(context) -> str:
        from typer import rich_utils

        for name, key in _TITLES.items():
            setattr(rich_utils, name, message(key, lang, value="{}"))
        return usage(context).replace("Usage:", message("help_usage", lang), 1)

    return get_usage


def _helped(option: Callable, lang: str) -> Callable:
    def get_help_option(context):
        found = option(context)
        if found is not None:
            found.help = message("help_help", lang)
        return found

    return get_help_option
