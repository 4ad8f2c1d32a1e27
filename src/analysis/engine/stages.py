"""What a stage made from what: a stage whose inputs, rules and code are unchanged is not run again."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.engine.store import Store, note_of, swap_text

if TYPE_CHECKING:  # a run that changes nothing needs no DuckDB
    from analysis.engine.engine import Engine


@cache
def code_digest() -> str:
    """One hash over the package's own Python and SQL, templates and styles, and the Python minor version."""
    package = Path(str(resources.files("analysis")))
    total = hashlib.sha256(".".join(platform.python_version_tuple()[:2]).encode())
    for path in sorted(package.rglob("*")):
        if (
            path.suffix in {".py", ".typ", ".j2", ".css", ".mplstyle"}
            and "synthetic" not in path.parts
        ):
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def stage_key(*parts: str) -> str:
    """One hash over everything a stage depends on, the code included."""
    return hashlib.sha256("\0".join((code_digest(), *parts)).encode()).hexdigest()


class StageNotes:
    """Notes beside the store: for each stage its key and the tables it made."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def _path(self, stage: str) -> Path:
        return self.store.folder / "tahap" / f"{stage}.json"

    def key(self, stage: str) -> str:
        """What the stage was made from last time; '' where it was not."""
        return note_of(self._path(stage)).get("key", "")

    def tables(self, stage: str) -> list[str]:
        """What the stage made last time."""
        return note_of(self._path(stage)).get("tables", [])

    def is_fresh(self, stage: str, key: str) -> bool:
        """The stage was last run with this key and its tables are untouched."""
        note = note_of(self._path(stage))
        return note.get("key") == key and self.store.is_fresh(note["tables"], key)

    def keep(self, stage: str, key: str, tables: Iterable[str]) -> None:
        """Note what a stage made, and remove what it made before and no longer does."""
        made = sorted(tables)
        for table in set(self.tables(stage)) - set(made):
            self.store.remove(table)
        self._path(stage).parent.mkdir(parents=True, exist_ok=True)
        swap_text(self._path(stage), json.dumps({"key": key, "tables": made}, indent=1) + "\n")


@dataclass(frozen=True)
class Stages:
    """The stages of one period: each is run where what it rests on has changed, and skipped otherwise.

    `basis`: what every stage rests on besides its tables, such as the run and the rules.
    """

    store: Store
    registry: Store
    basis: tuple[str, ...]
    progress: Callable[[str, str], None]

    def key(self, stage: str, inputs: Sequence[str], *extra: str) -> str:
        """One hash over what the stage would be made from."""
        contents = [f"{name}={self.store.content(name)}" for name in inputs]
        return stage_key(stage, *self.basis, *contents, *extra)

    def is_fresh(self, stage: str, key: str) -> bool:
        """The stage was last run with this key and its tables are untouched."""
        return StageNotes(self.store).is_fresh(stage, key)

    def run(
        self, stage: str, inputs: Sequence[str], make: Callable[["Engine"], Sequence[str]], *extra: str,
        afterwards: Callable[["Engine"], None] = lambda engine: None,
    ) -> None:  # fmt: skip
        """Let `make` read `inputs` and write the tables it names; registry_* belong to all periods.

        `afterwards` may keep more of what `make` left in the engine, under names that follow from the written tables.
        """
        key = self.key(stage, inputs, *extra)
        if self.is_fresh(stage, key):
            return self.progress("skip", stage)
        self.progress(stage, "")
        from analysis.engine.engine import Engine

        with Engine() as engine:
            self.store.attach(engine, *inputs)
            made = make(engine)
            own = [name for name in made if not name.startswith("registry_")]
            for name in made:
                (self.store if name in own else self.registry).write(engine, name, key)
            afterwards(engine)
        StageNotes(self.store).keep(stage, key, own)
