"""An edition: what is stale is rendered, what is fresh is kept, and the whole folder is swapped in at once."""

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analysis.briefs.freshness import ABSENT, State, states
from analysis.briefs.jobs import FORMATS, Job, plan, selected
from analysis.engine.stages import stage_key
from analysis.engine.store import sha256_of, swap_text
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
        _empty_of_strangers(draft, {state.job.stem for state in found})
        notes, stale = {}, []
        for state in found:
            note = _finished(draft, state) or self._copied(draft, state)
            if note is None:
                stale.append(state)
            else:
                notes[state.job.stem] = note
        by_stem = {state.job.stem: state for state in stale}

        def done(job: Job, headline: str) -> None:
            notes[job.stem] = _keep(draft, by_stem[job.stem], headline)
            progress(job.stem)

        failures = render_all(
            [state.job for state in stale], self.run, draft, self.wish.kernel, done
        )
        if failures:
            job, error = failures[0]
            raise (
                error
                if len(failures) == 1
                else SelarasError(
                    "briefs_failed", count=len(failures), first=job.stem, detail=str(error)
                )
            )
        for path in draft.rglob(f"*{_NOTE}"):
            path.unlink()
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
        return _keep(draft, state, headline)


_NOTE = ".selesai"


def _empty_of_strangers(draft: Path, stems: set[str]) -> None:
    """What is not a brief of this edition (indexes and forms of a broken run) is made anew."""
    for path in sorted(draft.rglob("*"), reverse=True):
        name = path.relative_to(draft).as_posix()
        if path.is_file() and name.rsplit(".", 1)[0] not in stems:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _keep(draft: Path, state: State, headline: str) -> dict:
    note = {
        "bagian": state.parts,
        "judul": headline,
        "berkas": {name: sha256_of(draft / name) for name in state.job.files},
    }
    swap_text(draft / f"{state.job.stem}{_NOTE}", json.dumps(note))
    return _published(note)


def _finished(draft: Path, state: State) -> dict | None:
    """The note of a brief that a killed run had finished from the same parts."""
    path = draft / f"{state.job.stem}{_NOTE}"
    if not path.exists():
        return None
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        whole = all(sha256_of(draft / name) == note["berkas"].get(name) for name in state.job.files)
    except (OSError, ValueError, KeyError):
        return None
    return _published(note) if whole and note["bagian"] == state.parts else None


def _published(note: dict) -> dict:
    """What the manifest keeps: file hashes stand there once already."""
    return note | {"berkas": sorted(note["berkas"])}


def swap(folder: Path, target: Path) -> None:
    """Put the new edition in the old one's place. Raises PermissionError where a file is open (Windows)."""
    old = target.with_name(target.name + ".lama")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if target.exists():
            target.rename(old)
        folder.rename(target)
    except PermissionError:
        if old.exists() and not target.exists():
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["ABSENT", "Maker", "Wish", "swap"]
