"""Which cells an area's brief looked at: those alone can make it stale, whatever else its areas' tables hold."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from analysis.briefs.jobs import Job
from analysis.engine.store import swap_text

Look = tuple[
    str, ...
]  # (topic, area, row, column, measure), (topic,) = all its cells, (topic, "?") = whether there are any
EVERYTHING: Look = ()

_looks: ContextVar[set[Look] | None] = ContextVar("looks", default=None)
# A notebook that reaches cells in another way than by its brief may read what is not seen here.
_KNOWN = ("from IPython.display import", "from analysis.briefs import")


@contextmanager
def watched() -> Iterator[set[Look]]:
    """Within it every look at a cell of an area's brief is noted; a kernel of its own is not seen."""
    looks: set[Look] = set()
    token = _looks.set(looks)
    try:
        yield looks
    finally:
        _looks.reset(token)


def look(*at: str) -> None:
    """Note a look, where one is watched."""
    looks = _looks.get()
    if looks is not None:
        looks.add(at)


def recall(store: Path, edition: str, job: Job) -> list[Look] | None:
    """What a brief of an edition looked at when it was made; None where that is not known, or not all of it."""
    try:
        told = json.loads(_place(store, edition, job).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return [tuple(at) for at in told] if _looks_by_cells_alone(job.notebook) else None


def note(store: Path, edition: str, job: Job, looks: Sequence[Look]) -> list[Look] | None:
    """Keep what a brief looked at; returns it as `recall` will."""
    place = _place(store, edition, job)
    if not job.area or not looks or EVERYTHING in looks:
        place.unlink(missing_ok=True)
        return None
    place.parent.mkdir(parents=True, exist_ok=True)
    swap_text(place, json.dumps(sorted(looks)))
    return recall(store, edition, job)


def _place(store: Path, edition: str, job: Job) -> Path:
    return store / "tahap" / "dibaca" / edition / f"{job.stem}.json"


def _looks_by_cells_alone(notebook: Path) -> bool:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [c["source"] for c in cells if c["cell_type"] == "code"]
    lines = [line.strip() for source in code for line in "".join(source).splitlines()]
    imports = [line for line in lines if line.startswith(("import ", "from ")) or "__import__" in line]  # fmt: skip
    return all(line.startswith(_KNOWN) for line in imports)
