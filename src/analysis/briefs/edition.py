"""An edition: what is stale is rendered, what is fresh is kept, in a folder that is swapped in at once."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analysis.briefs.contents import Contents
from analysis.briefs.draft import empty_of_strangers, finished, forget_notes, keep
from analysis.briefs.freshness import State, data_of, states
from analysis.briefs.jobs import FORMATS, Job, plan, selected
from analysis.briefs.reading import Look, note
from analysis.engine.stages import stage_key
from analysis.engine.store import sha256_of
from analysis.errors import SelarasError
from analysis.notation import plain_date
from analysis.policy import Rulebook
from analysis.settings import Run


@dataclass(frozen=True)
class Wish:
    """What was asked for: which briefs, in which forms and languages, for which area, run how."""

    briefs: tuple[str, ...]
    formats: tuple[str, ...] = FORMATS
    langs: tuple[str, ...] = ("id",)
    params: tuple[str, ...] = ()
    kernel: str = "lokal"
    forms: bool = True


def day_of(folder: Path) -> str:
    """The day of the edition in a folder, in words."""
    return plain_date(date.fromisoformat(folder.name[-len("2025-12-15") :]))


@dataclass(frozen=True)
class Maker:
    """Everything one edition is made from."""

    run: Run
    rulebook: Rulebook
    store: Path
    notebooks: Path
    target: Path
    wish: Wish

    def jobs(self, held: dict) -> list[Job]:
        """Briefs asked for, and those the edition holds already: an edition is never of two minds."""
        wish, everything = self.wish, tuple(self.rulebook.briefs["naskah"])
        full = self._plan(everything, tuple(dict.fromkeys((*wish.langs, "id", "en"))))
        named = self._plan(wish.briefs, wish.langs)
        asked = {job.stem: job for job in selected(named, wish.params, self.rulebook)}
        for job in full:
            before = held.get(job.stem)
            if before is not None:
                old = {name.rsplit(".", 1)[-1] for name in before["berkas"]}
                wanted = old | set(asked[job.stem].formats if job.stem in asked else ())
                asked[job.stem] = replace(job, formats=tuple(f for f in FORMATS if f in wanted))
        order = {job.stem: place for place, job in enumerate(full)}
        return sorted(asked.values(), key=lambda job: order.get(job.stem, len(order)))

    def _plan(self, names: Sequence[str], langs: Sequence[str]) -> list[Job]:
        return plan(
            self.run, self.rulebook, self.store, self.notebooks, names, self.wish.formats, langs
        )

    def key(self, jobs: Sequence[Job], inputs: dict[str, str], before: str) -> str:
        """One hash over everything the edition depends on."""
        notebooks = sorted({job.notebook for job in jobs})
        parts = [f"{path.name}={sha256_of(path)}" for path in notebooks if path.exists()]
        files = [name for job in jobs for name in job.files]
        contents = [f"{name}={value}" for name, value in sorted(inputs.items())]
        return stage_key(
            "brief", self.run.identity, repr(self.run.edition), self.rulebook.digest, before,
            str(self.wish.forms), *files, *parts, *contents,
        )  # fmt: skip

    def states(self, jobs: Sequence[Job], held: dict, changed: set[str]) -> list[State]:
        """Every brief with the reasons why it is stale."""
        return states(jobs, held, changed, self.rulebook, self.store, self.target)

    def draft(self) -> Path:
        """The folder the edition grows in; what is finished there survives a run that was killed."""
        return self.target.with_name(f".draf-{self.target.name}")

    def render(self, found: Sequence[State], progress: Callable[[str], None]) -> dict:
        """Fill the draft: fresh briefs copied, finished ones kept, the rest rendered.

        Returns stem → note for the manifest. Raises SelarasError where briefs failed, all named; the
        others stay in the draft for the next run.
        """
        from analysis.briefs.batch import render_all

        draft = self.draft()
        draft.mkdir(parents=True, exist_ok=True)
        empty_of_strangers(draft, {state.job.stem for state in found})
        notes, stale = {}, []
        for state in found:
            kept = finished(draft, state) or self._copied(draft, state)
            if kept is None:
                stale.append(state)
            else:
                notes[state.job.stem] = kept
        by_stem, contents = (
            {state.job.stem: state for state in stale},
            Contents(self.store, self.rulebook),
        )

        def done(job: Job, headline: str, looks: Sequence[Look]) -> None:
            state, seen = by_stem[job.stem], note(self.store, self.target.name, job, looks)
            made = replace(state, parts=state.parts | {"data": contents.digest(job.area, seen)})
            notes[job.stem] = keep(draft, made, headline)
            progress(job.stem)

        jobs = [state.job for state in stale]
        _raise_first(render_all(jobs, self.run, draft, self.wish.kernel, done))
        forget_notes(draft)
        if stale:  # asked again, it is known without opening a table
            data_of([state.job for state in found], contents, self.store, self.target.name)
        return {state.job.stem: notes[state.job.stem] for state in found}

    def _copied(self, draft: Path, state: State) -> dict | None:
        if state.reasons:
            return None
        for name in state.job.files:
            place = draft / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.target / name, place)
        headline = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))[
            "naskah"
        ][state.job.stem]["judul"]
        return keep(draft, state, headline)


def _raise_first(failures: Sequence[tuple[Job, Exception]]) -> None:
    """The error of the only brief that failed, or the first of several with their number."""
    if not failures:
        return
    job, error = failures[0]
    if len(failures) == 1:
        raise error
    raise SelarasError("briefs_failed", count=len(failures), first=job.stem, detail=str(error))
