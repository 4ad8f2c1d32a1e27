"""The room's table of contents: a folder of files → raw tables → core tables."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa

from analysis.engine import Engine
from analysis.errors import InputFileError
from analysis.policy import Rulebook
from analysis.rosters.accounting import account, count_kept
from analysis.rosters.books import TABLES as BOOKS
from analysis.rosters.books import build_books
from analysis.rosters.checks import build_checks, build_findings
from analysis.rosters.folder import raw_table_name
from analysis.rosters.gates import GateException, refuse_broken_files
from analysis.rosters.known_files import take_over
from analysis.rosters.peek import SheetNote
from analysis.rosters.provenance import Provenance
from analysis.rosters.reading import read_sheets
from analysis.rosters.recognition import place
from analysis.rosters.records import build_records
from analysis.rosters.repairs import build_repairs
from analysis.rosters.rows import PlacedSheet, gather_rows
from analysis.rosters.survey import build_survey
from analysis.settings import Run


def take_in(engine: Engine, path: Path, sha256: str, password: str | None = None) -> str:
    """Read one file into its raw table: every row of every sheet, as text. Returns the table's name."""
    parts = []
    for sheet in read_sheets(path, password):
        count = sheet.cells.num_rows
        marks = {"file_sha8": sha256[:8], "berkas": path.name, "lembar": sheet.name}
        columns = {name: pa.array([value] * count, pa.string()) for name, value in marks.items()}
        parts.append(
            pa.table(
                columns | dict(zip(sheet.cells.column_names, sheet.cells.columns, strict=True))
            )
        )
    whole = pa.concat_tables(parts, promote_options="default")
    if whole.num_rows == 0:
        raise InputFileError(
            "file_empty", file=path.name, sheet=parts[0]["lembar"] if parts else "–"
        )
    engine.borrow(raw_table_name(path), whole)
    return raw_table_name(path)


def clean(
    engine: Engine,
    rulebook: Rulebook,
    run: Run,
    provenance: Provenance,
    raw_tables: Sequence[str],
    hashes: dict[str, str],
    notes: Sequence[SheetNote] = (),
    exceptions: Sequence[GateException] = (),
    known: Collection[str] = (),
) -> tuple[str, ...]:
    """Raw tables (attached under their names) → core tables of records and findings.

    `notes` tell what a workbook hides, `exceptions` which gates somebody answers for; of the files `known`
    (known_files.py) what was made before is taken over, and they need no note.
    """
    seen = {raw_table_name(Path(name)) for name in known}
    sheets = [
        sheet
        for raw in raw_tables
        if raw not in seen
        for sheet in placed_sheets(engine, rulebook, provenance, raw)
    ]
    gather_rows(engine, rulebook, sheets)
    build_records(engine, rulebook, run)
    build_books(engine, rulebook, run)
    build_findings(engine, rulebook, notes)
    build_checks(engine, rulebook)
    build_repairs(engine)
    surveys = [
        sheet for sheet in sheets if sheet.placement and sheet.placement.layout.peran == "survei"
    ]
    kept = ["core_records", "core_references", *BOOKS]
    if surveys:
        build_survey(engine, surveys)
        kept.append("_survey")
    count_kept(engine, *kept)
    account(engine, run, provenance, hashes)
    refuse_broken_files(engine, rulebook, exceptions)
    _note_columns(engine, sheets)
    _note_names(engine)
    survey = ("core_survey", "core_survey_features") if surveys else ()
    return (
        "core_records", "core_findings", "core_checks", "core_repairs", "core_references", "core_files", "core_columns",
        "core_names", *BOOKS, *survey,
    )  # fmt: skip


def _note_names(engine: Engine) -> None:
    """Make core_names; where no file is gone those of known files are known."""
    added = "_known" in engine.names() and not engine.one("SELECT count(*) FROM _lost")
    names = _NAMES.format(records="_late" if added else "core_records")
    engine.table("core_names", f"{names} UNION FROM base_core_names" if added else names)


_NAMES = """
    SELECT 'nama' AS jenis, nama AS teks FROM {records} WHERE nama IS NOT NULL
    UNION SELECT 'nama', regexp_replace(upper(trim(teks)), ' +', ' ', 'g')
        FROM (SELECT DISTINCT nama_asli AS teks FROM {records} WHERE nama_asli IS NOT NULL)
    UNION SELECT 'alamat', regexp_replace(upper(trim(teks)), ' +', ' ', 'g')
        FROM (SELECT DISTINCT alamat AS teks FROM {records} WHERE length(trim(alamat)) > 0)"""


def placed_sheets(
    engine: Engine, rulebook: Rulebook, provenance: Provenance, raw: str
) -> list[PlacedSheet]:
    """Sheets of a raw table with what each was read as. Raises InputFileError where none holds a known list."""
    columns = [name for name in engine.columns(raw) if re.fullmatch(r"c\d{3,}", name)]
    sheets = engine.rows(
        f"SELECT berkas, lembar FROM {raw} GROUP BY ALL ORDER BY min(baris), lembar"
    )
    placed = []
    for file, sheet in sorted(sheets):
        top = engine.rows(
            f"SELECT baris, {', '.join(columns)} FROM {raw} WHERE lembar = $sheet AND baris <= $top ORDER BY baris",
            sheet=sheet,
            top=rulebook.reading.baris_kepala_maks,
        )
        texts = [(row[0], [cell or "" for cell in row[1:]]) for row in top]
        named = provenance.layout_of(file)
        if named and named not in rulebook.layouts:
            raise InputFileError(
                "layout_unknown", file=file, layout=named, known=", ".join(rulebook.layouts)
            )
        fit = place(file, sheet, texts, rulebook, named)
        placed.append(PlacedSheet(raw, file, sheet, tuple(columns), fit))
    if not any(sheet.placement for sheet in placed):
        raise InputFileError("header_not_found", file=placed[0].file, sheet=placed[0].sheet)
    return placed


def _note_columns(engine: Engine, sheets: Sequence[PlacedSheet]) -> None:
    rows = [
        (sheet.file, sheet.sheet, column, header, field)
        for sheet in sheets
        if sheet.placement
        for column, (header, field) in sheet.placement.columns.items()
        if header
    ]
    columns = {
        name: pa.array(list(values), pa.string())
        for name, values in zip(
            ("berkas", "lembar", "kolom", "judul", "medan"), zip(*rows, strict=True), strict=True
        )
    }
    engine.register("core_columns", pa.table(columns))
    take_over(engine, "core_columns")
