"""A notebook's parameters, names and values, checked before anything runs.

papermill only warns of a name it does not know and believes every value: `wilaya="32.72.03"` would
quietly publish the default area.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path

from analysis.errors import LANGUAGES, UsageError
from analysis.policy import load_rulebook

STATUSES = ("DRAFT", "FINAL")


def check_parameters(notebook: Path, parameters: dict) -> None:
    """Raises UsageError where the notebook is missing, does not know a name, or a value is none it can take."""
    if not notebook.exists():
        raise UsageError("notebook_missing", file=notebook.name)
    known = _known(notebook, notebook.stat().st_mtime_ns)
    if unknown := set(parameters) - known:
        raise UsageError("parameter_unknown", file=notebook.name, names=", ".join(sorted(unknown)))
    for name, value in parameters.items():
        if not _is_possible(name, value, parameters):
            raise UsageError("parameter_value", file=notebook.name, name=name)


@cache
def _known(notebook: Path, _: int) -> frozenset[str]:
    import papermill

    return frozenset(papermill.inspect_notebook(str(notebook)))


def _is_possible(name: str, value: object, parameters: dict) -> bool:
    if name == "period":
        return bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(value)))
    if name == "edition":
        return _is_date(str(value))
    if name == "lang":
        return value in LANGUAGES
    if name == "status":
        return value in STATUSES
    if name == "number":
        return isinstance(value, int) and value > 0
    if name == "synthetic":
        return isinstance(value, bool)
    if name == "wilayah":
        rulebook = load_rulebook([Path(folder) for folder in parameters.get("rules", [])])
        return value in {area.kode for area in rulebook.areas}
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
