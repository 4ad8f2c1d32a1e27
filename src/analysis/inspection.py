"""`selaras check`: what a file holds, what was repaired, what must go back, before anything is counted."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.engine import Engine
from analysis.errors import InputFileError, UsageError
from analysis.field import Quality, write_findings
from analysis.pipeline import Pipeline
from analysis.policy import Rulebook
from analysis.rosters import (
    Proposal,
    SeriesFinding,
    as_toml,
    check_series,
    propose,
    read_provenance,
    read_sheets,
    series_table,
)
from analysis.settings import Edition, Run, Workspace

_UNKNOWN = {"header_not_found", "programme_not_named"}


@dataclass(frozen=True)
class FileView:
    """What one file turned out to be: a known list (`quality`), a table of years (`series`), or unknown."""

    quality: Quality | None = None
    series: tuple[SeriesFinding, ...] | None = None
    proposals: tuple[Proposal, ...] = ()


def inspect_set(pipeline: Pipeline) -> tuple[Quality, list[Path]]:
    """Read and clean a set; write a work sheet of findings for every file's owner."""
    pipeline.clean(pipeline.read())
    quality = Quality(pipeline.store, pipeline.rulebook, pipeline.is_assessed)
    return quality, write_findings(quality, pipeline.store.folder / "lembar", pipeline.mark)


@contextmanager
def inspected_file(
    path: Path, rulebook: Rulebook, password: str | None = None
) -> Iterator[FileView]:
    """Look at one file, wherever it lies; nothing of it is kept. Raises InputFileError where it cannot be read."""
    if path.is_dir():
        raise UsageError("file_is_folder", file=path.resolve().name)
    if not path.is_file():
        raise UsageError("file_missing", file=path.name)
    sheets = read_sheets(path, password)
    for sheet in sheets:
        table = series_table(sheet.cells, rulebook)
        if table is not None:
            yield FileView(series=tuple(check_series(table, rulebook.reading.deret)))
            return
    with tempfile.TemporaryDirectory(prefix="selaras-periksa-") as name:
        pipeline = _alone(Workspace(Path(name)), path, rulebook, password)
        try:
            pipeline.clean(pipeline.read())
            view = FileView(quality=Quality(pipeline.store, rulebook, linked=False))
        except InputFileError as error:
            if error.key not in _UNKNOWN:
                raise
            view = FileView(proposals=_proposals(path, rulebook, sheets))
            if not view.proposals:
                raise
        yield view


def _alone(workspace: Workspace, path: Path, rulebook: Rulebook, password: str | None) -> Pipeline:
    """A pipeline over one file in a folder of its own."""
    today = date.today()
    period = f"{today:%Y-%m}"
    folder = workspace.raw("periksa", period)
    folder.mkdir(parents=True)
    shutil.copy(path, folder / path.name)
    run = Run("periksa", period, Edition(today))
    alone = read_provenance(folder)
    return Pipeline(workspace, run, rulebook, alone, lambda *_: None, lambda _: password)


def _proposals(path: Path, rulebook: Rulebook, sheets: list) -> tuple[Proposal, ...]:
    with Engine() as engine:
        made = [
            propose(engine, rulebook, path.name, sheet.name, sheet.cells)
            for sheet in sheets
            if sheet.cells.num_rows > 1
        ]
    return tuple(proposal for proposal in made if proposal is not None)


def accept(
    proposal: Proposal,
    rules: Path,
    code: str,
    programme: str | None,
    role: str,
    words: list[str],
    rulebook: Rulebook,
) -> Path:
    """Write a confirmed proposal as a layout of the office. Raises UsageError where it could not be used."""
    if not proposal.fields & {"nik", "nama", "no_kk"}:
        raise UsageError("proposal_unusable", file=proposal.file)
    if programme and programme not in {known.kode for known in rulebook.programmes}:
        raise UsageError(
            "programme_not_known",
            programme=programme,
            known=", ".join(sorted({p.kode for p in rulebook.programmes})),
        )
    if role == "penerima" and not programme:
        raise UsageError("programme_needed", file=proposal.file)
    target = rules / "layouts" / f"{code}.toml"
    if target.exists() or code in rulebook.layouts:
        raise UsageError("layout_exists", code=code)
    target.parent.mkdir(parents=True, exist_ok=True)
    label = code.replace("_", " ").capitalize()
    target.write_text(
        as_toml(proposal, code, programme, role, label, words), encoding="utf-8", newline="\n"
    )
    return target
