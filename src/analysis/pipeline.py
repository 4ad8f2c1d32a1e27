"""The whole run as a table of contents: files → raw → core → out → rilis → briefs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import engine as tables
from analysis import measures, release, rosters
from analysis.briefs.edition import Wish
from analysis.cleaning import Cleaning
from analysis.delivery import Delivery
from analysis.engine import Stages, Store
from analysis.feedback import Feedback
from analysis.increment import Increment
from analysis.policy import Rulebook
from analysis.publication import Publication
from analysis.registry import Registry
from analysis.settings import Run, Workspace

Progress = Callable[[str, str], None]


@dataclass(frozen=True)
class Pipeline:
    """One run of a set and period; every step is skipped while what it was made from is unchanged."""

    workspace: Workspace
    run: Run
    rulebook: Rulebook
    provenance: "rosters.Provenance"
    progress: Progress
    password: Callable[[str], str | None] = lambda _: None
    previous: "Pipeline | None" = None
    wants_increment: bool = False

    @property
    def store(self) -> Store:
        """Tables of this set and period."""
        return Store(self.workspace.derived(self.run.set_name, self.run.period))

    @property
    def registry(self) -> Store:
        """Person ids of the set, over all periods."""
        return Store(self.workspace.derived(self.run.set_name))

    @property
    def mark(self) -> str:
        """What stands above work sheets of made-up data; '' where the data are real."""
        return self.rulebook.briefs["kata"]["tanda_sintetis"] if self.run.synthetic else ""

    @property
    def _stages(self) -> Stages:
        basis = (self.run.identity, self.rulebook.digest)
        return Stages(self.store, self.registry, basis, self.progress)

    def execute(self, wish: Wish) -> Path:
        """Run every stage that is stale; returns the edition's folder."""
        self.resolve()
        self.assess()
        self.release()
        return self.brief(wish)

    def resolve(self) -> None:
        """Files → persons and families, earlier periods of the set first: ids and movement rest on them."""
        if self.previous:
            self.previous.resolve()
        self.clean(self.read())
        self.link()

    def read(self) -> dict[str, str]:
        """Files as delivered → raw tables. Returns file name → SHA-256."""
        return Delivery(
            self.workspace, self.run, self.provenance, self.store, self.progress, self.password
        ).read()

    def clean(self, hashes: dict[str, str]) -> None:
        """Raw tables → records, findings and row accounts; by increments where that is wished and can be done."""
        Cleaning(
            self.workspace, self.run, self.rulebook, self.provenance, self._stages, self.wants_increment
        ).make(hashes)  # fmt: skip

    def link(self) -> None:
        """Records → persons, families and enrolments; by increments where that is wished and can be done."""
        way = self.increment
        key = self._stages.key("link", ["core_records"], *way.before())
        if way.is_made(key):
            return self.progress("skip", "link")
        if not (self.wants_increment and way.make(key)):
            self._stages.run(
                "link", ["core_records"], way.make_whole, *way.before(), afterwards=way.keep_part
            )
            way.note_whole()

    @property
    def increment(self) -> Increment:
        """Linking against what the registry holds."""
        decisions = self.workspace.decisions(self.run.set_name)
        registry = Registry(self.registry, self.rulebook, decisions)
        earlier = self.previous.store if self.previous else None
        return Increment(self.store, registry, self.run, earlier, decisions, self.progress)

    @property
    def is_linked(self) -> bool:
        """Persons and families are there and were made from the records as they are now."""
        way = self.increment
        return way.is_made(self._stages.key("link", ["core_records"], *way.before()))

    def assess(self) -> None:
        """Persons and enrolments → exact results."""

        def make(engine: "tables.Engine") -> Sequence[str]:
            if self.previous:
                self._attach_previous(engine)
            rosters.register_answers(engine, answers)
            return measures.assess(engine, self.rulebook, self.run)

        answers = self._answers()
        self._stages.run("assess", self._core(), make, *self._earlier_core(), repr(answers))

    def _answers(self) -> list["rosters.Answer"]:
        return rosters.read_answers(self.workspace.decisions(self.run.set_name), self.rulebook)

    def _core(self) -> list[str]:
        return [name for name in self.store.names("core") if name != "core_names"]

    def _earlier_core(self) -> tuple[str, ...]:
        if not self.previous:
            return ()
        return tuple(
            f"{name}={self.previous.store.content(name)}" for name in self.previous._core()
        )

    def _attach_previous(self, engine: "tables.Engine") -> None:
        """The earlier period's core tables, readable as prev_core_*."""
        for name in self.previous._core():
            engine.attach(f"prev_{name}", self.previous.store.path(name))

    def release(self) -> None:
        """Exact results → protected cells."""

        def make(engine: "tables.Engine") -> Sequence[str]:
            self.registry.attach(engine, *self.registry.names("registry"))
            feedback.register(engine, self.rulebook)
            return (*release.release_tables(engine, self.rulebook, self.run), release.RECORD)

        feedback = Feedback.known(self.workspace, self.run, self.previous and self.previous.store)
        basis = (*release.basis(self.registry, self.run), feedback.basis())
        self._stages.run("release", self.store.names("out"), make, *basis)
        # what this edition added to the record is no basis of its own: noted at once
        release.basis(self.registry, self.run)

    @property
    def is_assessed(self) -> bool:
        """Exact results are there and were made from the records as they are now."""
        key = self._stages.key("assess", self._core(), *self._earlier_core(), repr(self._answers()))
        return self.is_linked and self._stages.is_fresh("assess", key)

    @property
    def publication(self) -> Publication:
        """The edition of this run."""
        return Publication(
            self.workspace, self.run, self.rulebook, self.provenance, self.store, self.progress
        )

    def brief(self, wish: Wish) -> Path:
        """Protected cells → an edition's folder."""
        return self.publication.make(wish)
