"""What the guide tells an office to schedule is run word for word, with the bare environment a scheduler gives."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workspace import ROOT

GUIDE = (ROOT / "docs/PANDUAN.md").read_text(encoding="utf-8")
HOME = "/srv/selaras"


@pytest.fixture(scope="module")
def scheduled(finished, tmp_path_factory):
    """An office's folder as the guide has it: its own .venv, and a folder for the log."""
    office = type(finished).furnished(tmp_path_factory.mktemp("jadwal"))
    for name in ("data", "reports"):
        shutil.copytree(finished.root / name, office.root / name)
    (office.root / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    (office.root / "log").mkdir()
    return office


def at_night(office, words: list[str]) -> subprocess.CompletedProcess:
    """Run as cron and systemd do: no terminal, hardly any environment."""
    bare = {
        "HOME": str(office.root),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT / "src"),
        "LANG": "C",
    }
    return subprocess.run(
        words, cwd=office.root, env=bare, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )  # fmt: skip


def told(office) -> dict:
    path = office.root / "log/ringkas.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return found


def test_the_line_for_cron(scheduled):
    line = re.search(r"^30 5 \* \* 1-5  (.+)$", GUIDE, re.M).group(1)
    ran = at_night(scheduled, ["/bin/sh", "-c", line.replace(HOME, str(scheduled.root))])
    log = (scheduled.root / "log/selaras.log").read_text(encoding="utf-8")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ""), log
    assert "index.html" in log
    summary = told(scheduled)
    assert (summary["hasil"], summary["kode"], summary["berubah"]) == ("selesai", 0, [])
    assert any(name.endswith("audiensi.pdf") for name in summary["files"])


def test_the_unit_for_systemd(scheduled):
    line = re.search(r"^ExecStart=(.+)$", GUIDE, re.M).group(1)
    ran = at_night(scheduled, shlex.split(line.replace(HOME, str(scheduled.root))))
    assert ran.returncode == 0, ran.stderr
    assert told(scheduled)["hasil"] == "selesai"


def test_systemd_understands_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for block in re.findall(r"```ini\n# /etc/systemd/system/(\S+)\n(.*?)```", GUIDE, re.S):
        text = re.sub(rf"{HOME}/\S+/selaras", "/bin/true", block[1]).replace("User=selaras\n", "")
        (tmp_path / block[0]).write_text(text, encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 2
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert not [line for line in done.stderr.splitlines() if "selaras" in line], done.stderr


def test_the_task_for_windows_calls_the_same_command():
    task = re.search(r'/TR "cmd /c cd /d C:\\selaras && (.+?) >> ', GUIDE).group(1)
    assert Path(task.split()[0].replace("\\", "/")).name == "selaras"
    assert task.split()[1:] == ["run", "--notify", "log\\ringkas.json"]


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--set", "tidak_ada"], 2), (["--period", "1999-01"], 3), (["--format", "docx"], 2)],
)
def test_a_run_that_never_began_is_told_too(scheduled, words, code):
    said = scheduled.selaras("run", *words, "--notify", "log/ringkas.json")
    assert said.code == code
    summary = told(scheduled)
    assert (summary["hasil"], summary["kode"]) == ("gagal", code)
    assert summary["sebab"]
