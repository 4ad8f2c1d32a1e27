"""A period linked by increments: against its own earlier links where it has any, else against the period before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis import engine as tables
from analysis import field, linkage, rosters
from analysis.engine import StageNotes, Store, stage_key
from analysis.policy import Rulebook
from analysis.registry import Registry
from analysis.settings import Run

_BASE = ("links", "maybe_links", "linkage_error", "linkage_groups", "review_pairs")


@dataclass(frozen=True)
class Increment:
    """Linking in `store` against what is known; `earlier` holds the period before, `decisions` what reviewers said."""

    store: Store
    registry: Registry
    run: Run
    earlier: Store | None
    decisions: Path
    progress: Callable[[str, str], None]

    @property
    def _agreed(self) -> str:
        """What reviewers agree on, as it enters a key."""
        return repr(field.agreed(self.decisions))

    def before(self) -> tuple[str, ...]:
        """What the earlier period's linkage came to, for its ids are kept; and what reviewers decided."""
        earlier = self.earlier.content("core_links") if self.earlier else ""
        return (earlier, self._agreed)

    def make_whole(self, engine: "tables.Engine") -> tuple[str, ...]:
        """Link all rows of core_records."""
        self._bring(engine)
        return linkage.link(engine, self.rulebook, self.run)

    def _bring(self, engine: "tables.Engine") -> None:
        """What every linking reads beside the records: ids kept, decisions, and the period before."""
        self.registry.attach(engine)
        engine.register("linkage_decisions", field.decided_pairs(self.decisions))
        engine.register("linkage_exceptions", rosters.excused_files(self.decisions))
        if self.earlier:
            for name in ("core_links", "core_records"):
                engine.attach(f"prev_{name}", self.earlier.path(name))

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return self.registry.rulebook

    def is_made(self, key: str) -> bool:
        """The links in the store were made from what `key` stands for, all at once or by increments."""
        notes = StageNotes(self.store)
        return notes.is_fresh("link", key) or notes.is_fresh("link", _by_increments(key))

    def base(self) -> Store | None:
        """What new rows are linked against: links of this period under the rules, code and decisions of now, or the period before."""
        if self.store.content("core_links") and StageNotes(self.store).is_fresh(
            "link_dasar", self._ground()
        ):
            return self.store
        return self.earlier if self.earlier and self.earlier.content("core_links") else None

    def make(self, key: str) -> bool:
        """Link; False, with the reason told, where all rows must be linked again."""
        base = self.base()
        if base is None:
            self.progress("whole_no_base", "")
            return False
        own = base.folder == self.store.folder
        with tables.Engine(threads=1) as engine:  # as Engine.on_one_thread
            self._attach(engine, base, own)
            chain = self.registry.make_ready(base, lambda: self.progress("registry", ""))
            self.registry.attach_part(engine, chain)
            self.registry.attach_marks(engine)
            try:
                linkage.recognise(engine, self.rulebook.linkage)
                self.progress("increment", self.run.period if own else base.folder.name)
                made = linkage.link_increment(engine, self.rulebook, self.run)
            except linkage.WholeNeeded as needed:
                self.progress(needed.reason, "")
                return False
            for name in made:
                (self.registry.store if name.startswith("registry_") else self.store).write(
                    engine, name, _by_increments(key)
                )
            part = linkage.part_of(self.store)
            if part != chain[-1]:  # nothing new leaves the same links, and the same part
                self.registry.keep(engine, part, chain[-1], linkage.ADDED_PART)
        StageNotes(self.store).keep(
            "link", _by_increments(key), [n for n in made if n.startswith("core_")]
        )
        self._note_ground()
        return True

    def keep_part(self, engine: "tables.Engine") -> None:
        """After a full run, with what it left in `engine`: the part the next increment stands on."""
        if "part_nodes" in engine.names():
            part = linkage.part_of(self.store)
            self.registry.keep(engine, part, "", linkage.WHOLE_PART)

    def note_whole(self) -> None:
        """After a full run: registry_keys holds what keys increments added, and the next increment finds them in numbers."""
        self.registry.forget_added_keys()
        self._note_ground()
        if self.store.content("core_links"):
            self.registry.mark_keys()

    def _note_ground(self) -> None:
        StageNotes(self.store).keep("link_dasar", self._ground(), [])

    def _attach(self, engine: "tables.Engine", base: Store, own: bool) -> None:
        self.store.attach(engine, "core_records")
        self._bring(engine)
        for name in _BASE:
            engine.attach(f"base_{name}", base.path(f"core_{name}"))
        if not own:
            engine.attach("base_records", base.path("core_records"))

    def _ground(self) -> str:
        return stage_key("link_dasar", self.rulebook.digest, self.run.identity, self._agreed)


def _by_increments(key: str) -> str:
    return stage_key("bertahap", key)
