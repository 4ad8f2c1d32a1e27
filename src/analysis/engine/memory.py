"""What was found out on an earlier run and still holds, so that asking whether anything changed opens next to nothing.

Content hashes of files: a file is believed to be as it was while its size, both its times, its inode and its
device are. What was written so shortly before it was read that a later write could bear the same time is not
remembered. And answers that follow from their key alone, such as what a table of known content comes to.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_TICK_NS = 50_000_000  # coarser than any kernel's clock
_COARSE_NS = (
    2_000_000_000  # a disk that counts in whole hundredths of a second may be FAT: two seconds
)
_MOST = {"files": 5_000, "told": 12}  # of each kind; the longest unused are forgotten first


@dataclass
class _Memory:
    files: dict[str, list] = field(default_factory=dict)  # device:inode → size, times, hash
    told: dict[str, object] = field(default_factory=dict)  # key → answer
    fresh: set[Path] = field(default_factory=set)  # read too shortly after they were written
    learnt: bool = False


_memory: _Memory | None = None  # None: outside `remembered`, nothing is


def sha256_of(path: Path) -> str:
    """Content hash of a file, as hex."""
    if _memory is None:
        return _read(path)
    now, facts = time.time_ns(), path.stat()
    place = f"{facts.st_dev}:{facts.st_ino}"
    seen = [facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns]
    known = _memory.files.pop(place, None)
    if known is not None and known[:3] == seen:
        _memory.files[place] = known
        return known[3]
    _memory.learnt, digest = True, _read(path)
    if now - max(seen[1:]) <= _resolution_ns(seen[1]):
        _memory.fresh.add(path)
    elif facts.st_ino:  # some network folders number no files
        _memory.files[place] = [*seen, digest]
    return digest


def recalled(key: str, make: Callable[[], T]) -> T:
    """What `make` told when this key was last asked: plain data that follow from the key and nothing else."""
    if _memory is None:
        return make()
    if key not in _memory.told:
        _memory.learnt = True
    _memory.told[key] = told = _memory.told.pop(key) if key in _memory.told else make()
    return told


@contextmanager
def remembered(place: Path, believe: bool = True, keep: bool = True) -> Iterator[None]:
    """Within it hashes and answers are remembered in the file `place`, from this run and from earlier ones.

    `believe=False` finds everything out anew; `keep=False` writes nothing.
    """
    global _memory
    outer, _memory = _memory, _load(place) if believe else _Memory()
    try:
        yield
    finally:
        if keep:
            _settle()
            _save(place, _memory)
        _memory = outer


def _read(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _resolution_ns(mtime_ns: int) -> int:
    return _TICK_NS if mtime_ns % 10_000_000 else _COARSE_NS


def _settle() -> None:
    """What was written during this run is read once more, now that its times can be relied on."""
    for path in sorted(_memory.fresh):
        with suppress(OSError):  # of a draft that has been swapped in since
            sha256_of(path)


def _load(place: Path) -> _Memory:
    try:
        held = json.loads(place.read_text(encoding="utf-8"))
        files = {where: note for where, note in held["files"].items() if len(note) == 4}
        return _Memory(files, dict(held["told"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _Memory()  # nothing is believed


def _save(place: Path, memory: _Memory) -> None:
    if not memory.learnt:
        return
    kept = {kind: dict(list(getattr(memory, kind).items())[-most:]) for kind, most in _MOST.items()}
    temporary = place.with_name(place.name + ".tmp")
    with suppress(OSError):  # a memory that cannot be kept costs time, not truth
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(kept, separators=(",", ":")), encoding="utf-8")
        os.replace(temporary, place)
