"""Protected cells → an edition's folder, swapped in only after the leak gate has passed it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis import release
from analysis.briefs.draft import swap
from analysis.briefs.edition import Maker, Wish
from analysis.briefs.finishing import before, finish, refuse_final
from analysis.briefs.freshness import State
from analysis.engine import Store
from analysis.errors import ReleaseRefused, UsageError
from analysis.policy import Rulebook
from analysis.release import manifest
from analysis.rosters import Provenance
from analysis.settings import Run, Workspace


@dataclass(frozen=True)
class Publication:
    """The edition of one run; what stands in its folder stays until a new one is whole."""

    workspace: Workspace
    run: Run
    rulebook: Rulebook
    provenance: Provenance
    store: Store
    progress: Callable[[str, str], None]

    def make(self, wish: Wish) -> Path:
        """The edition's folder, made again where it is stale. Raises ReleaseRefused, UsageError."""
        edition = self.edition(wish)
        target, held = edition.target, manifest.briefs(edition.target)
        jobs = edition.jobs(held)
        key = edition.key(jobs, self._inputs(), before(target))
        if manifest.is_fresh(target, key):
            self.progress("skip", "brief")
            return target
        self.progress("brief", "")
        refuse_final(self.run, self.provenance)
        states = edition.states(jobs, held, manifest.changed(target))
        notes = edition.render(states, lambda name: self.progress("brief", name))
        folder = edition.draft()
        finish(edition, folder, notes, states)
        self._gate(folder)
        manifest.write(folder, self.run, self.rulebook, key, self._inputs(), notes)
        try:
            swap(folder, target)
        except PermissionError as error:
            raise UsageError("report_open", folder=target.name) from error
        return target

    def states(self, wish: Wish) -> list[State]:
        """Every brief of the edition and why it would be made again; nothing is written."""
        edition = self.edition(wish)
        held = manifest.briefs(edition.target)
        return edition.states(edition.jobs(held), held, manifest.changed(edition.target))

    def edition(self, wish: Wish) -> Maker:
        """What the edition is made from, for what was asked."""
        target, notebooks = self.workspace.reports / self.run.edition_name, self.workspace.notebooks
        return Maker(self.run, self.rulebook, self.store.folder, notebooks, target, wish)

    def _inputs(self) -> dict[str, str]:
        return {name: self.store.content(name) for name in self.store.names("rilis")}

    def _gate(self, folder: Path) -> None:
        self.progress("gate", "")
        names, days = self.store.frame("core_names"), release.leak_gate.report_days(self.run)
        leaks = release.leak_gate.inspect(folder, names, self.rulebook, days)
        for one in leaks[:1]:
            facts = {"file": one.file, "kind": one.kind, "place": one.place, "count": len(leaks)}
            raise ReleaseRefused("leak_found", **facts)
