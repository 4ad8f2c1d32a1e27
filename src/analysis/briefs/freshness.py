"""What a brief was made from, part by part, so that a stale one can say why it is stale."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.briefs.contents import Contents, hashed
from analysis.briefs.jobs import Job
from analysis.briefs.reading import recall
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


@cache
def notebook_digest(path: Path, _: int) -> str:
    """Sources and tags alone: opening a notebook in JupyterLab and running it changes nothing."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kept = [(c["cell_type"], "".join(c["source"]), c["metadata"].get("tags", [])) for c in cells]
    return hashed(repr(kept))


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
    data, found = data_of(jobs, Contents(store, rulebook), store, folder.name), []
    for job in jobs:
        parts = _parts(job, data[job.stem], rulebook)
        found.append(State(job, parts, _reasons(job, parts, known.get(job.stem), changed, folder)))
    return found


def data_of(jobs: Sequence[Job], contents: Contents, store: Path, edition: str) -> dict[str, str]:
    """Stem → hash of the cells a brief is made from, by what it looked at when it was made last."""
    return contents.digests({job.stem: (job.area, recall(store, edition, job)) for job in jobs})


def _parts(job: Job, data: str, rulebook: Rulebook) -> dict[str, str]:
    # where the store and the rules lie on this machine makes no difference to the brief
    kept = {name: value for name, value in job.parameters.items() if name not in ("store", "rules")}
    notebook = job.notebook
    return {
        "data": data,
        "aturan": hashed(rulebook.digest),
        "program": hashed(code_digest()),
        "notebook": notebook_digest(notebook, notebook.stat().st_mtime_ns)
        if notebook.exists()
        else "",
        "parameter": hashed(json.dumps(kept, sort_keys=True, default=str), *job.formats),
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
