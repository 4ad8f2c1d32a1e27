"""Which files of a period's folder are rosters, and what their raw tables are called."""

import re
from pathlib import Path

from analysis.rosters.provenance import FILE_NAME

_NOT_ROSTERS = {FILE_NAME, "README.md", ".DS_Store", "desktop.ini", "Thumbs.db"}


def input_files(folder: Path) -> list[Path]:
    """The rosters in a period's folder, by name; Excel's lock files (~$…) are none."""
    found = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return sorted(path for path in found if path.name not in _NOT_ROSTERS and path.name[:2] != "~$")


def raw_table_name(path: Path) -> str:
    """The raw table of a file: its name in lower case, with '_' for the rest."""
    return "raw_" + re.sub(r"[^a-z0-9]+", "_", path.name.lower()).strip("_")
