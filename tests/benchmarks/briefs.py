"""Forty-one briefs from finished tables: Selaras against `papermill` + `jupyter nbconvert` a brief.

`python tests/benchmarks/briefs.py [FOLDER]` measures in a folder after `selaras demo` and `selaras run` and renews its
section of RESULTS.md. The peer makes the same three briefs (city, kecamatan, kelurahan) by hand: papermill's
command with the real kernel, nbconvert's command to HTML, and Chromium printing that HTML, as nbconvert's webpdf
does. Ours is measured again beside each of the three, so that a machine that slows down slows both.
"""

import hashlib
import json
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import measured

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
TITLE = "## Briefs from finished tables"
BIN = Path(sys.executable).parent
BRIEFS = ("audiensi", "kecamatan", "kelurahan")
COUNTS = {"audiensi": 1, "kecamatan": 7, "kelurahan": 33}
# No library asks a CDN in vain for half a minute: the machine is offline, and says so at once.
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND")


def section(folder: Path) -> str:
    """Markdown with what was measured in `folder`, a finished city."""
    ours, by_hand, prints = [], {}, set()
    for name in BRIEFS:
        seconds, digest = rendered(folder)
        ours.append(seconds)
        prints.add(digest)
        by_hand[name] = peer(folder, name)
    shutil.rmtree(folder / "reports", ignore_errors=True)
    brief = ["-m", "analysis", "brief"]
    edition = measured([*brief, ",".join(BRIEFS)], folder)
    everything = measured([*brief, "all"], folder)
    nothing = [measured(["-m", "analysis", "run"], folder) for _ in range(4)][1:]
    status = [measured(["-m", "analysis", "status"], folder) for _ in range(3)]
    rows = {
        "41 briefs, HTML and PDF (median of 3)": middle(ours),
        "the whole edition of 41: forms, index, leak gate and swap too": edition,
        "the annex added: one brief made, 41 kept": everything,
        "`selaras run`, nothing changed (median of 3)": middle(nothing),
        "`selaras status` (median of 3)": middle(status),
        **{f"by hand: {name}": row for name, row in by_hand.items()},
    }
    hand = {
        key: sum(COUNTS[name] * by_hand[name][key] for name in BRIEFS) for key in ("wall", "cpu")
    }
    ratio = {key: hand[key] / rows["41 briefs, HTML and PDF (median of 3)"][key] for key in hand}
    same = "the same bytes" if len(prints) == 1 else "DIFFERENT BYTES"
    return "\n".join(
        [
            TITLE, "",
            "By hand: `papermill` with the real kernel, `jupyter nbconvert --to html`, Chromium printing the page (the way of "
            "`webpdf`), on the same notebooks and parameters; three measured, each counted as often as its kind occurs.",
            "", "| | wall s | CPU s | peak MiB |", "|---|---|---|---|",
            *(f"| {name} | {r['wall']:.2f} | {r['cpu']:.2f} | {r['peak']:.0f} |" for name, r in rows.items()),
            f"| by hand: all 41 | {hand['wall']:.0f} | {hand['cpu']:.0f} | |", "",
            f"By hand takes {ratio['wall']:.0f} times as long ({ratio['cpu']:.0f} times the CPU). "
            f"Three renderings gave {same}.", "",
        ]
    )  # fmt: skip


def middle(rows: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def rendered(folder: Path) -> tuple[dict[str, float], str]:
    """Seconds of the 41 briefs into an empty folder, and a hash over all they came to."""
    with tempfile.TemporaryDirectory() as name:
        seconds = measured([str(Path(__file__)), "render", name], folder)
        total = hashlib.sha256()
        for path in sorted(Path(name).rglob("*.*")):
            total.update(path.relative_to(name).as_posix().encode() + path.read_bytes())
    return seconds, total.hexdigest()


def jobs_of(folder: Path):
    """The pipeline of the folder and the 41 jobs."""
    from analysis import launch
    from analysis.briefs.edition import Wish
    from analysis.settings import Workspace

    pipeline = launch.prepare(Workspace(folder), None, None, None, None, lambda *_: None)
    return pipeline, pipeline.publication.edition(Wish(BRIEFS)).jobs({})


def render(target: Path) -> None:
    """The 41 briefs, HTML and PDF, and nothing else, for measuring."""
    from analysis.briefs.batch import render_all

    pipeline, jobs = jobs_of(Path.cwd())
    failed = render_all(jobs, pipeline.run, target, "lokal", lambda *_: None)
    made = sum(path.is_file() for path in target.rglob("*"))
    if failed or len(jobs) != 41 or made != 82:
        sys.exit(f"{len(jobs)} jobs, {made} files, {len(failed)} failed")


def peer(folder: Path, name: str) -> dict[str, float]:
    """One brief by hand: three commands one after the other."""
    job = next(job for job in jobs_of(folder)[1] if job.name == name)
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("chromium is not installed: no PDF by hand")
    with tempfile.TemporaryDirectory() as place:
        executed, page = Path(place, "brief.ipynb"), Path(place, "brief.html")
        commands = (
            [BIN / "papermill", "-y", json.dumps(job.parameters), job.notebook, executed],
            [BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", "--output", page, executed],
            [browser, *CHROMIUM, f"--print-to-pdf={place}/brief.pdf", page.as_uri()],
        )  # fmt: skip
        rows = [
            measured([str(word) for word in words], Path(place), program=()) for words in commands
        ]
        if not Path(place, "brief.pdf").stat().st_size:
            sys.exit(f"{name}: no PDF by hand")
    return {
        "wall": sum(row["wall"] for row in rows),
        "cpu": sum(row["cpu"] for row in rows),
        "peak": max(row["peak"] for row in rows),
    }


def main() -> None:
    """Measure and renew the section of RESULTS.md."""
    found = section(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
    print(found)
    held = RESULTS.read_text(encoding="utf-8")
    rest = re.sub(rf"{re.escape(TITLE)}\n.*?(?=\n## |\Z)", "", held, flags=re.S).rstrip()
    RESULTS.write_text(f"{rest}\n\n{found}", encoding="utf-8")


if __name__ == "__main__":
    render(Path(sys.argv[2])) if sys.argv[1:2] == ["render"] else main()
