"""2,000 damaged files: no traceback, no hang, bounded memory, nothing written beside, nothing evaluated."""

import json
import subprocess
import sys
from pathlib import Path


def test_two_thousand_damaged_files():
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("child.py"), "2000"],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["left"] == []
    assert told["peak_mib"] < 2048
    assert sum(told["ends"].values()) == 2000
    assert told["ends"]["dibaca"] > 100
    assert told["ends"]["workbook_damaged"] > 500
