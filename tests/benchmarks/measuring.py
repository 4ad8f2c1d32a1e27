"""One child process, measured: its peak is its own."""

import os
import subprocess
import sys
import time
from pathlib import Path


def measured(
    words: list[str], folder: Path, program: tuple[str, ...] = (sys.executable,)
) -> dict[str, float]:
    """Wall and CPU seconds and peak MiB of one child process with its own children; by default Python's."""
    start = time.perf_counter()
    quiet = None if program else subprocess.DEVNULL  # what others' tools complain of is no result
    child = subprocess.Popen(
        [*program, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=quiet
    )
    _, code, usage = os.wait4(child.pid, 0)
    if code:
        sys.exit(f"{words}: exit {os.waitstatus_to_exitcode(code)}")
    return {
        "wall": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
    }
