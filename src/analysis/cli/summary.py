"""The summary of a run for whoever started it unattended: `--notify FILE`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.cli.refusals import INTERRUPTED, refused, spoken
from analysis.engine.store import swap_text
from analysis.errors import UsageError, message, refused_by_machine


@contextmanager
def summarised(path: Path | None, lang: str) -> Iterator[dict]:
    """Keep a summary as JSON in `path`: `hasil` is berjalan, then selesai or gagal; `kode` the exit code.

    What is put into the dictionary given stands beside. It begins before the work, so that a place that
    cannot be written to is refused at once, and a run that was killed does not leave the last one's word.
    """
    told: dict = {}
    try:
        _keep(path, {"hasil": "berjalan"})
    except OSError as error:
        raise refused_by_machine(error) or UsageError("not_a_place", name=path.name) from error
    try:
        yield told
    except (Exception, KeyboardInterrupt) as error:
        reason, code = _failure(error, spoken(["--lang", lang]))
        _keep(path, {"hasil": "gagal", "sebab": reason, "kode": code})
        raise
    _keep(path, {"hasil": "selesai", "kode": 0} | told)


def _failure(error: BaseException, lang: str) -> tuple[str, int]:
    """What stopped the run; of our own bug its kind alone, for its words may quote a list."""
    if isinstance(error, KeyboardInterrupt):
        return message("interrupted", lang), INTERRUPTED
    return refused(error, lang) or (type(error).__name__, 1)


def _keep(path: Path | None, facts: dict) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        swap_text(path, json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
