"""One household survey, outside any set: file and layout → core_survey and its features."""

from pathlib import Path

from analysis.engine import Engine, sha256_of
from analysis.errors import InputFileError, UsageError
from analysis.policy import Rulebook
from analysis.rosters.intake import placed_sheets, take_in
from analysis.rosters.provenance import Provenance
from analysis.rosters.rows import gather_rows
from analysis.rosters.survey import build_survey


def read_survey(engine: Engine, rulebook: Rulebook, path: Path, layout: str) -> None:
    """Make core_survey and core_survey_features of a survey file read by `layout`.

    Raises UsageError where the layout is none of a survey, InputFileError where the file cannot be read by it.
    """
    surveys = sorted(kode for kode, entry in rulebook.layouts.items() if entry.peran == "survei")
    if layout not in surveys:
        raise UsageError("survey_layout_unknown", layout=layout, known=", ".join(surveys))
    if not path.is_file():
        raise InputFileError(
            "survey_missing", file=path.name, layout=rulebook.layouts[layout].label
        )
    raw = take_in(engine, path, sha256_of(path))
    stated = Provenance(is_complete=False, is_synthetic=False, layouts={path.name: layout})
    sheets = [s for s in placed_sheets(engine, rulebook, stated, raw) if s.placement]
    gather_rows(engine, rulebook, sheets)
    build_survey(engine, sheets)
