"""What surrounds the briefs of an edition: index, changes since the last, forms; and when FINAL is refused."""

from collections.abc import Sequence
from pathlib import Path

from analysis.briefs.edition import Maker
from analysis.briefs.freshness import State
from analysis.errors import ReleaseRefused
from analysis.rosters import Provenance
from analysis.settings import Run


def refuse_final(run: Run, provenance: Provenance) -> None:
    """Raises ReleaseRefused where figures without provenance would be called FINAL."""
    if run.edition.status == "FINAL" and not provenance.is_complete:
        raise ReleaseRefused("final_without_provenance", set=run.set_name, period=run.period)


def previous_edition(target: Path) -> Path | None:
    """The newest edition of the same set before this one."""
    name, length = target.name, len("2025-12-15")
    stem = name[:-length]
    found = sorted(
        path
        for path in target.parent.glob(f"{stem}*")
        if path.is_dir() and len(path.name) == len(name) and path.name < name
    )
    return found[-1] if found else None


def before(target: Path) -> str:
    """What the edition before this one held, for the edition's key; '' where there is none."""
    from analysis.engine.store import sha256_of

    old = previous_edition(target)
    path = old / "manifest.json" if old else None
    return sha256_of(path) if path and path.exists() else ""


def finish(maker: Maker, folder: Path, notes: dict, states: Sequence[State]) -> None:
    """Write everything of the edition that is no brief: forms, figures for the next comparison, changes, index."""
    from analysis.briefs.changes import write_changes, write_figures
    from analysis.briefs.index import write_index

    if maker.wish.forms:
        from analysis.briefs.forms import write_forms

        write_forms(maker.run, maker.store, folder)
    old = previous_edition(maker.target)
    write_figures(maker, folder)
    write_changes(maker, folder, old)
    write_index(maker, folder, notes, states, old)
