"""From what an analyst typed to a run: which set, which period, which edition, whose rules."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.engine import remembered
from analysis.errors import BusyError, InputFileError, UsageError
from analysis.pipeline import Pipeline
from analysis.policy import Rulebook, load_rulebook
from analysis.rosters import read_provenance
from analysis.settings import Edition, Run, Workspace

_MEMORY = ".ingatan.json"


def prepare(
    workspace: Workspace,
    set_name: str | None,
    period: str | None,
    edition: date | None,
    rules: Path | None,
    progress: Callable[[str, str], None],
    password: Callable[[str], str | None] = lambda _: None,
) -> Pipeline:
    """A pipeline for the set and period meant. Raises UsageError where that is not clear."""
    chosen = chosen_set(workspace, set_name)
    when = period or _latest_period(workspace, chosen)
    if not workspace.raw(chosen, when).is_dir():
        known = ", ".join(_periods(workspace, chosen)) or "–"
        raise InputFileError("period_missing", set=chosen, period=when, known=known)
    provenance = read_provenance(workspace.raw(chosen, when))
    on = edition or provenance.edition or _month_end(when)
    overlays = rule_overlays(workspace, rules, provenance.is_synthetic)
    run = Run(chosen, when, Edition(on), provenance.is_synthetic, overlays)
    earlier = [name for name in _periods(workspace, chosen) if name < when]
    before = (
        prepare(workspace, chosen, earlier[-1], None, rules, progress, password)
        if earlier
        else None
    )
    return Pipeline(workspace, run, load_rulebook(overlays), provenance, progress, password, before)


def chosen_set(workspace: Workspace, set_name: str | None) -> str:
    """The set named, or the only one there is. Raises UsageError where that is not clear."""
    chosen, known = set_name or _only_set(workspace), _sets(workspace)
    if chosen not in known:
        raise UsageError("set_unknown", set=chosen, known=", ".join(known) or "–")
    return chosen


def rule_overlays(workspace: Workspace, rules: Path | None, synthetic: bool) -> tuple[Path, ...]:
    """Folders laid over the kit's rules: the marked fictional ones for made-up data, then the office's.

    The office's folder is the one named, else `aturan/` where there is one.
    """
    overlays = (
        [Path(str(resources.files("analysis").joinpath("rules/contoh")))] if synthetic else []
    )
    if rules:
        if not rules.is_dir():
            raise UsageError("rules_folder_missing", folder=rules.name)
        overlays.append(rules.resolve())
    elif workspace.rules.is_dir():
        overlays.append(workspace.rules.resolve())
    return tuple(overlays)


@contextmanager
def held(workspace: Workspace, set_name: str, believe: bool = True) -> Iterator[None]:
    """Hold the set for one run; the lock dies with its process. Raises BusyError.

    `believe=False`: every file is read, whatever an earlier run remembers of it.
    """
    folder = workspace.derived(set_name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".kunci", timeout=0), remembered(folder / _MEMORY, believe):
            yield
    except Timeout as error:
        raise BusyError("busy", set=set_name) from error


def looked_at(workspace: Workspace, set_name: str) -> AbstractContextManager[None]:
    """Look at a set without holding it; nothing is written."""
    return remembered(workspace.derived(set_name) / _MEMORY, keep=False)


def wanted_briefs(rulebook: Rulebook, words: str) -> list[str]:
    """Names of briefs asked for. Raises UsageError for one that briefs.toml does not know."""
    known = list(rulebook.briefs["naskah"])
    names = known if words == "all" else [word.strip() for word in words.split(",")]
    for name in names:
        if name not in known:
            raise UsageError("brief_unknown", brief=name, known=", ".join(known))
    return names


def handed_out(folder: Path) -> list[Path]:
    """The edition's files but for its manifest: pages and papers of the city first, then the areas."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    return sorted(found, key=lambda path: (len(path.relative_to(folder).parts), path))


def _sets(workspace: Workspace) -> list[str]:
    folder = workspace.root / "data" / "raw"
    return _folders(folder) if folder.is_dir() else []


def _only_set(workspace: Workspace) -> str:
    sets = _sets(workspace)
    if len(sets) > 1:
        raise UsageError("set_several", known=", ".join(sets))
    return sets[0] if sets else "contoh"


def _periods(workspace: Workspace, set_name: str) -> list[str]:
    """Months of a set. Raises InputFileError for a folder that is none: its lists would not be counted."""
    found = _folders(workspace.raw(set_name))
    for name in found:
        if not is_period(name):
            raise InputFileError("period_folder_wrong", set=set_name, folder=name)
    return found


def is_period(text: str) -> bool:
    """A month written TTTT-BB."""
    return bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text))


def _folders(folder: Path) -> list[str]:
    """Names of the folders in a folder but for hidden ones, which JupyterLab and others leave."""
    return sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def _latest_period(workspace: Workspace, set_name: str) -> str:
    periods = _periods(workspace, set_name)
    if not periods:
        raise InputFileError("set_without_period", set=set_name)
    return periods[-1]


def _month_end(period: str) -> date:
    first = date.fromisoformat(period + "-01")
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
