"""Read, clean and check the current folder's set in one process, and what the pandas peer takes for as much."""

import shutil
import subprocess
import sys
from pathlib import Path

from measuring import measured, row

HERE = Path(__file__).resolve().parent


def section(office: Path) -> str:
    """Both sides in the same run, each in a process of its own; the office's tables are made again afterwards."""
    shutil.rmtree(office / "data/derived")
    ours = measured([str(HERE / "read_clean.py")], office)
    peer = measured([str(HERE / "peer_reading.py")], office)
    shutil.rmtree(office / "data/derived")
    again = [sys.executable, "-m", "analysis", "run"]
    subprocess.run(again, cwd=office, check=True, capture_output=True)
    lines = [
        "## Read, clean and check against pandas",
        "",
        "Same files, one process each, same run. The peer reads with `pandas.read_excel(engine='openpyxl', dtype=str)` and "
        "`read_csv(dtype=str)`, cleans by pandas string methods of equal scope, makes 14 of the checks row by row and keeps "
        "raw, records and findings as Parquet (`tests/benchmarks/peer_reading.py`).",
        "",
        "| | wall s | CPU s | peak MiB |",
        "|---|---|---|---|",
        row("Selaras", ours),
        row("pandas", peer),
        "",
        f"pandas takes {peer['wall'] / ours['wall']:.1f} times as long ({peer['cpu'] / ours['cpu']:.1f} times the CPU).",
    ]
    return "\n".join(lines)


def main() -> None:
    from analysis import launch
    from analysis.settings import Workspace

    pipeline = launch.prepare(Workspace(Path.cwd()), None, None, None, None, lambda *_: None)
    pipeline.clean(pipeline.read())


if __name__ == "__main__":
    main()
