"""Every command written in the cli room can be called."""

import pytest
import typer

from analysis.cli import app

ROOM = app.COMMANDS


def test_every_group_of_commands_is_offered():
    from importlib import import_module
    from pathlib import Path

    offered = {id(app._load(place)) for place in ROOM.values()}
    for path in Path(app.__file__).parent.glob("*.py"):
        module = import_module(f"analysis.cli.{path.stem}")
        groups = [value for value in vars(module).values() if isinstance(value, typer.Typer)]
        assert {id(group) for group in groups} <= offered, path.name


def test_indonesian_names_lead_to_commands():
    assert set(app.NAMES.values()) <= set(ROOM)
    assert all(app._load(ROOM[command]) for command in app.NAMES.values())


@pytest.mark.parametrize("words", [("--reason", " ", "--by", "Kabid"), ("--reason", "uji", "--by", "")])  # fmt: skip
def test_an_exception_without_a_reason_or_a_name_is_refused_when_it_is_given(monkeypatch, tmp_path, capsys, words):  # fmt: skip
    """Recorded, it would stop the next run at a file nobody wrote by hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["selaras", "except", "nik", "pkh.xlsx", *words])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 2
    assert "Perbaikan: isi --reason dan --by." in capsys.readouterr().err
    assert not (tmp_path / "data").exists()
