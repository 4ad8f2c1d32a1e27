"""Which files of a period's folder are rosters, and what their raw tables are called."""

import hashlib
import re
from pathlib import Path

from analysis.errors import InputFileError
from analysis.rosters.provenance import FILE_NAME

_NOT_ROSTERS = {FILE_NAME, "README.md", "desktop.ini", "Thumbs.db"}


def input_files(folder: Path) -> list[Path]:
    """The rosters in a period's folder, by name; hidden files and Excel's lock files (~$…) are none.

    Raises InputFileError where a folder lies among them: what is in it would not be counted.
    """
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    seen = [path for path in found if path.name[0] != "." and path.name[:2] != "~$"]
    for inner in seen:
        if inner.is_dir():
            raise InputFileError("folder_in_period", folder=inner.name, period=folder.name)
    return [path for path in seen if path.name not in _NOT_ROSTERS]


def once_each(hashes: dict[str, str]) -> dict[str, str]:
    """File name → SHA-256 of its bytes, as given. Raises InputFileError naming both files where a list lies there twice.

    Everybody in it would be counted twice.
    """
    first: dict[str, str] = {}
    for name, sha256 in sorted(hashes.items()):
        if (other := first.setdefault(sha256, name)) != name:
            raise InputFileError("file_twice", file=name, other=other)
    return hashes


def in_groups(sha256: str) -> str:
    """A hash as core_files states it, in groups of eight digits."""
    return "-".join(sha256[place : place + 8] for place in range(0, 64, 8))


def raw_table_name(path: Path) -> str:
    """The raw table of a file: its name in lower case, with '_' for the rest, and a mark of the name as it is.

    Without the mark `PKH 1.csv` and `PKH_1.csv` would be one table, and one of the lists lost.
    """
    readable = re.sub(r"[^a-z0-9]+", "_", path.name.lower()).strip("_")[:80]
    mark = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return "_".join(filter(None, ("raw", readable, mark)))
