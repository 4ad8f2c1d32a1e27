"""Forty-one briefs from finished tables: Selaras against `papermill` + `jupyter nbconvert` a brief.

Run in a folder after `selaras demo` and `selaras run`. The peer runs the same three notebooks (city, kecamatan,
kelurahan) as an analyst would by hand: papermill's command with the real kernel, nbconvert's command to HTML, and
Chromium printing that HTML to PDF; three are measured and the rest counted as the like. Prints Markdown.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
BRIEFS = "audiensi,kecamatan,kelurahan"
COUNTS = {"brief_audiensi": 1, "brief_kecamatan": 7, "brief_kelurahan": 33}


def measured(words: list[str], folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of a command and all its children."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return time.perf_counter() - start, cpu


def ours(folder: Path, stage: str) -> tuple[float, float]:
    """`rendering` alone: HTML and PDF of 41; `edition`: also forms, index, leak gate, swap; `nothing`: unchanged."""
    if stage == "rendering":
        shutil.rmtree(folder / "reports", ignore_errors=True)
        return measured([sys.executable, str(Path(__file__)), "render"], folder)
    if stage == "edition":
        shutil.rmtree(folder / "reports", ignore_errors=True)
    return measured([sys.executable, "-m", "analysis", "brief", BRIEFS], folder)


def render_only() -> None:
    """The 41 briefs, HTML and PDF, into an empty folder."""
    from analysis import launch
    from analysis.briefs.batch import render_all
    from analysis.briefs.edition import Wish
    from analysis.settings import Workspace

    pipeline = launch.prepare(Workspace(Path.cwd()), None, None, None, None, lambda *_: None)
    jobs = pipeline.edition(Wish(tuple(BRIEFS.split(",")))).jobs({})
    with tempfile.TemporaryDirectory() as name:
        failed = render_all(jobs, pipeline.run, Path(name), "lokal", lambda *_: None)
        made = sum(path.is_file() for path in Path(name).rglob("*"))
    if failed or len(jobs) != 41 or made != 82:
        sys.exit(f"{len(jobs)} jobs, {made} files, {len(failed)} failed")


def peer(folder: Path, store: Path) -> tuple[float, float]:
    """Three briefs by hand, weighted to 41."""
    total = [0.0, 0.0]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    for name, count in COUNTS.items():
        executed, page = folder / f"{name}.out.ipynb", folder / f"{name}.html"
        commands = [
            [
                BIN / "papermill",
                "-p",
                "store",
                store,
                folder / "notebooks" / f"{name}.ipynb",
                executed,
            ],
            [
                BIN / "jupyter",
                "nbconvert",
                "--to",
                "html",
                "--no-input",
                "--output",
                page,
                executed,
            ],
            [
                chromium,
                "--headless",
                "--no-sandbox",
                f"--print-to-pdf={folder / name}.pdf",
                page.as_uri(),
            ],
        ]
        for words in commands:
            wall, cpu = measured(list(map(str, words)), folder)
            total[0] += wall * count
            total[1] += cpu * count
    return total[0], total[1]


def main() -> None:
    folder = Path.cwd()
    store = sorted((folder / "data/derived/contoh").glob("20*"))[-1]
    rows = {name: ours(folder, name) for name in ("rendering", "edition", "nothing")}
    by_hand = peer(folder, store)
    labels = {"rendering": "41 briefs, HTML and PDF", "edition": "the whole edition: and forms, index, leak gate, swap",
              "nothing": "nothing changed"}  # fmt: skip
    print("| | wall s | CPU s |\n|---|---|---|")
    for name, (wall, cpu) in rows.items():
        print(f"| {labels[name]} | {wall:.1f} | {cpu:.1f} |")
    print(
        f"| papermill + jupyter nbconvert + Chromium, 41 of three measured | {by_hand[0]:.0f} | {by_hand[1]:.0f} |\n"
    )
    wall, cpu = rows["rendering"]
    print(
        f"By hand takes {by_hand[0] / wall:.0f} times as long ({by_hand[1] / cpu:.0f} times the CPU)."
    )


if __name__ == "__main__":
    render_only() if sys.argv[1:] == ["render"] else main()
