"""`--help` speaks one language: the commands' own texts and the framework's words alike."""

import re
import tomllib
from importlib import resources

import pytest
import typer

from analysis.cli import app
from analysis.cli.helping import put_into_words
from analysis.cli.refusals import heard


def commands(command, path=()):
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        if not below.hidden:
            yield from commands(below, (*path, name))


def texts(command):
    found = [command.help, command.epilog, *(getattr(p, "help", None) for p in command.params)]
    return {text for text in found if text}


WHOLE = typer.main.get_command(app.build())
ENGLISH = tomllib.loads(resources.files("analysis.rules").joinpath("help_en.toml").read_text("utf-8"))  # fmt: skip


def test_every_text_of_every_command_has_its_english_and_none_is_left_over():
    assert set().union(*(texts(command) for _, command in commands(WHOLE))) == set(ENGLISH)


def page(capsys, monkeypatch, *words):
    monkeypatch.setattr("sys.argv", ["selaras", *words])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 0
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", capsys.readouterr().out).split())


FRAME = {"id": ("Pemakaian:", "Pilihan", "Isian", "[wajib]", "[bawaan: id]", "Tampilkan bantuan ini."),
         "en": ("Usage:", "Options", "Arguments", "[required]", "[default: id]", "Show this message and exit.")}  # fmt: skip


@pytest.mark.parametrize(("words", "lang"), [
    (("review", "label", "--help"), "id"),
    (("review", "label", "--help", "--lang", "en"), "en"),
    (("--lang=en", "review", "label", "--help"), "en"),
])  # fmt: skip
def test_a_page_is_wholly_in_the_language_asked_for(capsys, monkeypatch, words, lang):
    told = page(capsys, monkeypatch, *words)
    other = {"id": "en", "en": "id"}[lang]
    assert all(word in told for word in FRAME[lang])
    assert not [word for word in FRAME[other] if word in told]
    own = ("Nama set di data/raw.", "Name of the set in data/raw.")
    assert [text in told for text in own] == [lang == "id", lang == "en"]


def test_the_variable_speaks_where_no_option_does(capsys, monkeypatch):
    monkeypatch.setenv("SELARAS_BAHASA", "en")
    assert "Usage: selaras" in page(capsys, monkeypatch, "--help")
    assert "Pemakaian: selaras" in page(capsys, monkeypatch, "--lang", "id", "--help")


@pytest.mark.parametrize(("words", "rest"), [
    (["--lang", "en", "status"], ["status", "--lang", "en"]),
    (["review", "--lang=en", "export"], ["review", "export", "--lang=en"]),
    (["run", "--lang", "id,en", "--json"], ["run", "--json", "--lang", "id,en"]),
    (["run", "--lang"], ["run", "--lang"]),
    (["--lang", "en"], []),
])  # fmt: skip
def test_the_language_may_stand_before_the_command(words, rest):
    assert heard(words)[0] == rest


def test_words_of_a_page_do_not_outlive_it():
    """A page in English after one in Indonesian says nothing Indonesian."""
    for lang, usage in (("id", "Pemakaian:"), ("en", "Usage:")):
        command = typer.main.get_command(app.build("status"))
        put_into_words(command, lang)
        assert command.get_usage(typer.Context(command)).startswith(usage)
