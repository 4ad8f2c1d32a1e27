"""The folder an edition grows in: notes of what is finished, so that a killed run goes on, and the swap at the end."""

import json
import os
import shutil
from pathlib import Path

from analysis.briefs.freshness import State
from analysis.engine.store import sha256_of, swap_text

_NOTE = ".selesai"


def empty_of_strangers(draft: Path, stems: set[str]) -> None:
    """What is not a brief of this edition (indexes and forms of a broken run) is made anew."""
    for path in sorted(draft.rglob("*"), reverse=True):
        name = path.relative_to(draft).as_posix()
        if path.is_file() and name.rsplit(".", 1)[0] not in stems:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def forget_notes(draft: Path) -> None:
    """Every brief is finished: the notes are no part of the edition."""
    for path in draft.rglob(f"*{_NOTE}"):
        path.unlink()


def keep(draft: Path, state: State, headline: str) -> dict:
    """Note that a brief is finished in the draft; its note for the manifest."""
    note = {
        "bagian": state.parts,
        "judul": headline,
        "berkas": {name: sha256_of(draft / name) for name in state.job.files},
    }
    swap_text(draft / f"{state.job.stem}{_NOTE}", json.dumps(note))
    return _published(note)


def finished(draft: Path, state: State) -> dict | None:
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
