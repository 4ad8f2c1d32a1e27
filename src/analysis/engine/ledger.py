"""An append-only CSV of what people decided: nothing in it is ever changed."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def read_ledger(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """The rows in the order they were written, by column name; an absent cell is ''."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [[row.get(name) or "" for name in columns] for row in csv.DictReader(stream)]


def append_to_ledger(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Add rows at the end; a new file begins with its header."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if is_new:
            writer.writerow(columns)
        writer.writerows(rows)
