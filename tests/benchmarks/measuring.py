"""One child process, measured: its peak is its own."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path


def printed(script: str, folder: Path, *words: str) -> str:
    """What a script of this folder prints, run in a process of its own in `folder`; exits with it where it fails."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *words]
    done = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{script}: exit {done.returncode}")
    return done.stdout.strip()


def row(name: str, used: dict[str, float]) -> str:
    """A line of a table: wall and CPU seconds, peak MiB."""
    return f"| {name} | {used['wall']:.1f} | {used['cpu']:.1f} | {used['peak']:.0f} |"


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


@contextmanager
def timed(folder: Path, side: str):
    """Write the CPU seconds of the work inside, without the start-up of the process, to `<side>.txt`."""
    start = time.process_time()
    yield
    (folder / f"{side}.txt").write_text(str(time.process_time() - start), encoding="ascii")
