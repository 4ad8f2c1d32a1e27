"""What a brief was made from, part by part, so that a stale one can say why it is stale."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.briefs.jobs import Job
from analysis.briefs.reach import visible_areas
from analysis.engine import Store, recalled, stage_key
from analysis.engine.stages import code_digest
from analysis.policy import Rulebook

PARTS = ("data", "aturan", "program", "notebook", "parameter")
ABSENT, EDITED, DELETED = "belum_ada", "berkas_disunting", "berkas_dihapus"


@dataclass(frozen=True)
class State:
    """A brief and why it must be made again; `reasons` empty means it is fresh."""

    job: Job
    parts: dict[str, str]
    reasons: tuple[str, ...]


def letters(digest: str) -> str:
    """A hash without digits: sixteen digits in a row would look like a NIK.

    >>> letters("09af")
    'ajkp'
    """
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))[:24]


def _hash(*texts: str) -> str:
    return letters(hashlib.sha256("\0".join(texts).encode()).hexdigest())


@cache
def notebook_digest(path: Path, _: int) -> str:
    """Sources and tags alone: opening a notebook in JupyterLab and running it changes nothing."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kept = [(c["cell_type"], "".join(c["source"]), c["metadata"].get("tags", [])) for c in cells]
    return _hash(repr(kept))


class Contents:
    """Hashes of the released cells by topic and area, read only when a brief needs them."""

    def __init__(self, store: Path, rulebook: Rulebook) -> None:
        self._store, self._rulebook = store, rulebook
        self._seen: dict[str, str] = {}

    def digest(self, code: str) -> str:
        """Everything a brief on the area `code` can read ('' = all)."""
        areas = visible_areas(self._rulebook, code) if code else None
        held = self._by_area()
        kept = [
            f"{place}={value}"
            for place, value in held.items()
            if areas is None or place.split("/")[1] in areas
        ]
        return _hash(*sorted(kept))

    def _by_area(self) -> dict[str, str]:
        """topic/area → hash."""
        if not self._seen:
            store = Store(self._store)
            names = [f"{name}={store.content(name)}" for name in store.names("rilis")]
            self._seen = recalled(stage_key("contents", *names), self._hashed)
        return self._seen

    def _hashed(self) -> dict[str, str]:
        from analysis.briefs.cells import Cells

        return {
            f"{topic}/{area}": _hash(rows.to_csv(index=False, float_format="%.6f"))
            for topic, table in Cells.load(self._store, self._rulebook).tables.items()
            for area, rows in table.groupby("wilayah", sort=True)
        }


def states(
    jobs: Sequence[Job],
    known: dict,
    changed: set[str],
    rulebook: Rulebook,
    store: Path,
    folder: Path,
) -> list[State]:
    """Every job with its parts and the reasons why it is stale.

    `known` is the manifest's `naskah` (stem → parts, berkas), `changed` the files that are no longer
    as published in `folder`.
    """
    contents, found = Contents(store, rulebook), []
    for job in jobs:
        parts = _parts(job, contents, rulebook)
        found.append(State(job, parts, _reasons(job, parts, known.get(job.stem), changed, folder)))
    return found


def _parts(job: Job, contents: Contents, rulebook: Rulebook) -> dict[str, str]:
    # where the store and the rules lie on this machine makes no difference to the brief
    kept = {name: value for name, value in job.parameters.items() if name not in ("store", "rules")}
    notebook = job.notebook
    return {
        "data": contents.digest(job.area),
        "aturan": _hash(rulebook.digest),
        "program": _hash(code_digest()),
        "notebook": notebook_digest(notebook, notebook.stat().st_mtime_ns)
        if notebook.exists()
        else "",
        "parameter": _hash(json.dumps(kept, sort_keys=True, default=str), *job.formats),
    }


def _reasons(
    job: Job, parts: dict[str, str], note: dict | None, changed: set[str], folder: Path
) -> tuple[str, ...]:
    if note is None:
        return (ABSENT,)
    reasons = [f"{name}_berubah" for name in PARTS if note["bagian"].get(name) != parts[name]]
    touched = [name for name in job.files if name in changed]
    gone = [
        name for name in job.files if name not in note["berkas"] or not (folder / name).exists()
    ]
    edited = [name for name in touched if name not in gone]
    return (*reasons, *([DELETED] if gone else []), *([EDITED] if edited else []))
