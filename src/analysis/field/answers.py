"""Reads filled work sheets back: every mistake is named by its row, and nothing is taken in until all are mended."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.errors import InputFileError
from analysis.field.decisions import VERIFICATION, Decision
from analysis.policy import Rulebook
from analysis.rosters import read_sheets

CASE, SHEET = "No. kasus", "Verifikasi"
ANSWERS = {"hasil": "Hasil", "tindak_lanjut": "Tindak lanjut", "tahap": "Tahap"}
FREE = {"tanggal": "Tanggal", "petugas": "Petugas", "catatan": "Catatan"}
_MOST_TOLD = 12


def read_answers(
    path: Path, rulebook: Rulebook, known: set[str], password: str | None = None
) -> list[Decision]:
    """Answers of a workbook that came back; rows without an answer are no answers.

    Raises InputFileError naming every row whose case is unknown, whose words are not on the lists, or
    that says something without a date or an officer.
    """
    lists = {name: _codes(rulebook, name) for name in ANSWERS}
    answers, mistakes, seen = [], [], False
    for sheet in read_sheets(path, password):
        if not sheet.name.startswith(SHEET):
            continue
        seen = True
        for row, cells in _rows(sheet.cells, path.name):
            problem = _problem(cells, lists, known)
            if problem:
                mistakes.append(f"{sheet.name} baris {row}: {problem}")
            elif any(cells.get(header) for header in ANSWERS.values()):
                answers.append(_decision(cells, lists, path.name))
    if not seen:
        raise InputFileError("field_sheet_missing", file=path.name, sheet=SHEET)
    if mistakes:
        told = "; ".join(mistakes[:_MOST_TOLD])
        raise InputFileError("field_answers_wrong", file=path.name, count=len(mistakes), rows=told)
    return answers


def _codes(rulebook: Rulebook, name: str) -> dict[str, str]:
    """Words and codes → code; either may stand in the cell."""
    words: Mapping[str, str] = getattr(rulebook.field.jawaban, name)
    return {text: code for code, text in words.items()} | {code: code for code in words}


def _rows(cells, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows below the header as header → text, with their number in Excel."""
    table = cells.to_pylist()
    heads = next((row for row in table if CASE in row.values()), None)
    if heads is None:
        raise InputFileError("field_sheet_missing", file=file, sheet=CASE)
    names = {column: name for column, name in heads.items() if column != "baris" and name}
    for row in table:
        if row["baris"] > heads["baris"] and any(row[column] for column in names):
            yield (
                row["baris"],
                {name: (row[column] or "").strip() for column, name in names.items()},
            )


def _problem(cells: dict[str, str], lists: dict[str, dict[str, str]], known: set[str]) -> str:
    given = {header: cells.get(header, "") for header in (*ANSWERS.values(), *FREE.values())}
    if not any(given.values()):
        return ""
    if cells.get(CASE, "") not in known:
        return "nomor kasus tidak dikenal"
    foreign = [
        header
        for name, header in ANSWERS.items()
        if given[header] and given[header] not in lists[name]
    ]
    if foreign:
        return f"isi kolom {', '.join(foreign)} tidak ada pada daftar pilihan"
    missing = [header for header in ("Hasil", "Tanggal", "Petugas") if not given[header]]
    return f"kolom {', '.join(missing)} kosong" if missing else ""


def _decision(cells: dict[str, str], lists: dict[str, dict[str, str]], file: str) -> Decision:
    coded = {name: lists[name].get(cells.get(header, ""), "") for name, header in ANSWERS.items()}
    free = {name: cells.get(header, "") for name, header in FREE.items()}
    return Decision(
        cells[CASE],
        coded["tahap"] or VERIFICATION,
        coded["hasil"],
        coded["tindak_lanjut"],
        **free,
        berkas=file,
    )
