"""What measures is run by hand: each script finds what it needs, started as its own first lines say."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
SCRIPTS = [
    *sorted((HERE / "benchmarks").glob("*.py")),
    *sorted(p for p in (HERE / "recovery").glob("*.py") if not p.name.startswith("test_")),
]
LOAD = "import runpy, sys; sys.path[0] = sys.argv[2]; runpy.run_path(sys.argv[1], run_name='loaded')"  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_of_benchmarks_loads_from_its_own_folder(script):
    """As `python tests/benchmarks/…` would: beside it nothing but the kit is on the path."""
    started = [sys.executable, "-c", LOAD, str(script), str(script.parent)]
    done = subprocess.run(started, cwd=HERE.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
