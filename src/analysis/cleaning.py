"""A period's raw tables cleaned: all files, or only those that are not as they were."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis import engine as tables
from analysis import rosters
from analysis.engine import StageNotes, Stages, stage_key
from analysis.policy import Rulebook
from analysis.settings import Run, Workspace


@dataclass(frozen=True)
class Cleaning:
    """Raw tables → records, findings and row accounts, the same by either way.

    `wants_increment`: what the store holds of known files is taken over, where rules, code, sender's letter and
    exceptions are those it was made by.
    """

    workspace: Workspace
    run: Run
    rulebook: Rulebook
    provenance: "rosters.Provenance"
    stages: Stages
    wants_increment: bool

    def make(self, hashes: dict[str, str]) -> None:
        """Clean where anything changed; `hashes`: file name → SHA-256."""

        def make(engine: "tables.Engine") -> Sequence[str]:
            known = self._known(engine, hashes)
            notes = [
                note for path in files if path.name not in known for note in rosters.peek(path)
            ]
            return rosters.clean(
                engine, self.rulebook, self.run, self.provenance, raw, hashes, notes, self._exceptions, known
            )  # fmt: skip

        raw = self.stages.store.names("raw")
        files = rosters.input_files(self.workspace.raw(self.run.set_name, self.run.period))
        self.stages.run("clean", raw, make, *self._basis)
        self._note_ground()

    @property
    def _exceptions(self) -> list["rosters.GateException"]:
        return rosters.read_exceptions(self.workspace.decisions(self.run.set_name))

    @property
    def _basis(self) -> tuple[str, str]:
        return repr(self.provenance), repr(self._exceptions)

    def _known(self, engine: "tables.Engine", hashes: dict[str, str]) -> set[str]:
        """Files of which is taken over what the store holds."""
        notes = StageNotes(self.stages.store)
        made_from = notes.key("clean")
        if not (
            self.wants_increment
            and notes.is_fresh("clean_dasar", self._ground(made_from))
            and notes.is_fresh("clean", made_from)
        ):
            return set()
        engine.run("SET threads = 1")  # for many small statements, as Engine.on_one_thread
        for name in rosters.TAKEN_OVER:
            engine.attach(f"base_{name}", self.stages.store.path(name))
        return rosters.known_files(engine, self.rulebook, hashes)

    def _note_ground(self) -> None:
        """By what the records in the store were made, beside the files: another run's are not taken over."""
        notes = StageNotes(self.stages.store)
        ground = self._ground(notes.key("clean"))
        if not notes.is_fresh("clean_dasar", ground):
            notes.keep("clean_dasar", ground, [])

    def _ground(self, made_from: str) -> str:
        return stage_key("clean_dasar", *self.stages.basis, *self._basis, made_from)
