"""Texts in SQL: a folder, a sheet or a list may bear a name with a quote in it."""

from pathlib import Path


def literal(text: str | Path) -> str:
    """SQL for a text as it stands.

    >>> literal("Data Jum'at.csv")
    "'Data Jum''at.csv'"
    """
    return "'" + str(text).replace("'", "''") + "'"
