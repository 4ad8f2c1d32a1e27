"""`make bench`: CPU seconds and peak memory a stage at full city size, and ratios against a peer.

Every stage runs in a process of its own, so that its peak is its own. The peer of linkage is what
offices do today: the same 16 digits in both lists. Writes tests/benchmarks/RESULTS.md.
"""

import argparse
import os
import platform
import tempfile
from pathlib import Path

import briefs
import growth
import linkage_incremental
import linkage_million
import linkage_quality
import overlap
import read_clean
import targeting_speed
from measuring import measured, row

HERE = Path(__file__).resolve().parent
STAGES = ("read", "clean", "link", "assess", "release", "brief")
# The parts after the stages, in the report's order: `section(office)` measures in a finished office and returns Markdown.
SECTIONS = (
    read_clean.section,
    growth.section,
    linkage_quality.section,
    lambda _: linkage_million.section(),
    linkage_incremental.section,
    overlap.section,
    targeting_speed.section,
    briefs.section,
)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--families", type=int, default=122_000)
    families = words.parse_args().families
    with tempfile.TemporaryDirectory() as name:
        office = Path(name)
        (office / "notebooks").symlink_to(HERE.parents[1] / "notebooks")
        parts = [stages(office, families), *(section(office) for section in SECTIONS)]
    report = "\n\n".join(part.strip() for part in parts) + "\n"
    (HERE / "RESULTS.md").write_text(report, encoding="utf-8")
    print(report)


def stages(office: Path, families: int) -> str:
    """Every stage once, and the run after which nothing has changed; leaves the office finished."""
    used = {"demo": measured(["-m", "analysis", "demo", "--families", str(families)], office)}
    for stage in STAGES:
        used[stage] = measured([str(HERE / "stage.py"), stage], office)
    work = list(used.values())
    used["second run"] = measured(["-m", "analysis", "run"], office)
    total = {key: sum(each[key] for each in work) for key in ("wall", "cpu")}
    lines = [
        "# Measured speed and quality",
        "",
        f"`make bench` on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"sample city of {families:,} families (DATA SINTETIS). The machine's speed wanders; "
        "compare ratios, not seconds of different runs.",
        "",
        "| stage | wall s | CPU s | peak MiB |",
        "|---|---|---|---|",
        *(row(name, each) for name, each in used.items()),
        row("**all but the second run**", total | {"peak": max(each["peak"] for each in work)}),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
