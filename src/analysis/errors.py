"""Errors a user can mend, each with its exit code; everything else is our bug and shows a traceback."""

import errno
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from string import Formatter

LANGUAGES = ("id", "en")


class SelarasError(Exception):
    """One sentence for the reader, found by `key` in `rules/messages/*.toml` and filled with `facts`.

    Facts name files, sheets, rows, columns and remedies, never a value from a roster.
    """

    exit_code = 1

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts

    def text(self, lang: str = "id") -> str:
        """The sentence in Indonesian or English."""
        return message(self.key, lang, **self.facts)

    def __str__(self) -> str:
        return self.text()


class UsageError(SelarasError):
    """A wrong word on the command line."""

    exit_code = 2


class InputFileError(SelarasError):
    """A file that cannot be read or lacks what its layout needs."""

    exit_code = 3


class RulesError(SelarasError):
    """A rule file that contradicts itself or does not parse."""

    exit_code = 4


class QualityGateError(SelarasError):
    """The data are broken as a file, not as a finding: stop before anyone reads a figure."""

    exit_code = 5


class ReleaseRefused(SelarasError):
    """Something personal, or a cell too small, was about to leave the office."""

    exit_code = 6


class LinkageGateError(SelarasError):
    """Linkage produced clusters no person can be."""

    exit_code = 7


class BusyError(SelarasError):
    """Another run holds the same set."""

    exit_code = 8


_NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
_NO_PLACE = {errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP}
_NO_SPACE = (
    "No space left on device",
    "os error 28",
    "not enough space on the disk",
    "os error 112",
)
_ENGINE = ("_duckdb", "duckdb")  # told by name: saying no must not load the engine


def refused_by_machine(error: Exception) -> SelarasError | None:
    """What the machine refused, as a sentence; None where it is our bug.

    Libraries tell a full disk by words alone, and the engine tells everything so.
    """
    number = error.errno if isinstance(error, OSError) else None
    of_engine = type(error).__module__ in _ENGINE
    if number == errno.ENOSPC or any(words in str(error) for words in _NO_SPACE):
        return UsageError("disk_full")
    if isinstance(error, MemoryError) or (of_engine and "OutOfMemory" in type(error).__name__):
        return UsageError("out_of_memory")
    if number in _NOT_OURS:
        return UsageError("no_write_permission", folder=_named(error))
    if number in _NO_PLACE:
        return UsageError("not_a_place", name=_named(error))
    return None


def _named(error: OSError) -> str:
    """The file with the folder it lies in: enough to find it, no path of the machine."""
    return "/".join(Path(str(error.filename or "–")).parts[-2:])


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    folder = Path(str(resources.files("analysis").joinpath("rules/messages")))
    return {
        key: sentence
        for path in sorted(folder.glob("*.toml"))
        for key, sentence in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def is_known(key: str) -> bool:
    """There is a sentence of that key."""
    return key in _catalogue()


def message(key: str, lang: str = "id", **facts: object) -> str:
    """The sentence `key` in Indonesian or English.

    >>> message("file_empty", "en", file="pkh.xlsx", sheet="Cikole")
    'File pkh.xlsx, sheet Cikole: no data row was found below the header. Remedy: ask the sender for a complete file.'
    """
    template = _catalogue()[key][lang]
    needed = [name for _, name, _, _ in Formatter().parse(template) if name]
    return template.format(**{name: facts.get(name, "–") for name in needed})
