"""One child process, measured: its peak is its own."""

import os
import subprocess
import sys
import time
from pathlib import Path


def measured(words: list[str], folder: Path) -> dict[str, float]:
    """Wall and CPU seconds and peak MiB of one child process."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *words], cwd=folder)
    _, code, usage = os.wait4(child.pid, 0)
    if code:
        sys.exit(f"{words}: exit {os.waitstatus_to_exitcode(code)}")
    return {
        "wall": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
    }
