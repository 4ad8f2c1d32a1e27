"""`make bench`: CPU seconds and peak memory a stage at full city size, and ratios against a peer.

Every stage runs in a process of its own, so that its peak is its own. The peer of linkage is what
offices do today: the same 16 digits in both lists. Writes tests/benchmarks/RESULTS.md.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import briefs
import overlap
import targeting_speed
from measuring import measured

HERE = Path(__file__).resolve().parent
STAGES = ("read", "clean", "link", "assess", "release", "brief")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--families", type=int, default=122_000)
    families = words.parse_args().families
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notebooks").symlink_to(HERE.parents[1] / "notebooks")
        rows = {"demo": measured(["-m", "analysis", "demo", "--families", str(families)], folder)}
        for stage in STAGES:
            rows[stage] = measured([str(HERE / "stage.py"), stage], folder)
        rows["second run"] = measured(["-m", "analysis", "run"], folder)
        shutil.rmtree(folder / "data/derived")
        ours = measured([str(HERE / "read_clean.py")], folder)
        peer = measured([str(HERE / "peer_reading.py")], folder)
        shutil.rmtree(folder / "data/derived/peer")
        subprocess.run(
            [sys.executable, "-m", "analysis", "run"], cwd=folder, check=True, capture_output=True
        )
        growth = subprocess.run(
            [sys.executable, str(HERE / "growth.py")],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        quality = subprocess.run(
            [sys.executable, str(HERE / "linkage_quality.py")],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        targeting = targeting_speed.section(folder)
        speed = briefs.section(folder)
    (HERE / "RESULTS.md").write_text(
        report(families, rows, ours, peer, growth, quality)
        + "\n"
        + overlap.section()
        + "\n\n"
        + targeting
        + "\n"
        + speed,
        encoding="utf-8",
    )
    print((HERE / "RESULTS.md").read_text(encoding="utf-8"))


def report(
    families: int, rows: dict[str, dict], ours: dict, peer: dict, growth: str, quality: str
) -> str:
    lines = [
        "# Measured speed and quality",
        "",
        f"`make bench` on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"sample city of {families:,} families (DATA SINTETIS). The machine's speed wanders; "
        "compare ratios, not seconds of different runs.",
        "",
        "| stage | wall s | CPU s | peak MiB |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {n} | {r['wall']:.1f} | {r['cpu']:.1f} | {r['peak']:.0f} |" for n, r in rows.items()
    ]
    work = [row for name, row in rows.items() if name != "second run"]
    lines += [
        f"| **all but the second run** | {sum(r['wall'] for r in work):.1f} | "
        f"{sum(r['cpu'] for r in work):.1f} | {max(r['peak'] for r in work):.0f} |",
        "",
        "## Read, clean and check against pandas",
        "",
        "Same files, one process each, same run. The peer reads with `pandas.read_excel(engine='openpyxl', dtype=str)` and "
        "`read_csv(dtype=str)`, cleans by pandas string methods of equal scope, makes 14 of the checks row by row and keeps "
        "raw, records and findings as Parquet (`tests/benchmarks/peer_reading.py`).",
        "",
        "| | wall s | CPU s | peak MiB |",
        "|---|---|---|---|",
        *(
            f"| {name} | {r['wall']:.1f} | {r['cpu']:.1f} | {r['peak']:.0f} |"
            for name, r in (("Selaras", ours), ("pandas", peer))
        ),
        "",
        f"pandas takes {peer['wall'] / ours['wall']:.1f} times as long ({peer['cpu'] / ours['cpu']:.1f} times the CPU).",
        "",
        "### Growth of read, clean and check",
        "",
        "| rows | CPU s |",
        "|---|---|",
        growth.strip(),
        "",
        "## Linkage against exact NIK",
        "",
        quality.strip(),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
