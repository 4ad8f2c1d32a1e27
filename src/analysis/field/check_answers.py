"""Answers of a ground check read back from the field sheets that were filled in."""

import re
from pathlib import Path

import pandas as pd

from analysis.errors import InputFileError
from analysis.field.check_sheets import CASE, SHEET
from analysis.policy.targeting_models import GroundCheck, Question
from analysis.rosters import read_sheets

_MOST_TOLD = 12


def read_check_sheets(
    files: list[Path], rules: GroundCheck, known: set[str], password: str | None = None
) -> pd.DataFrame:
    """Answers by case: kasus, a column a question (text or number), berkas; rows without a visit are left out.

    Raises InputFileError naming every row whose case is unknown or answered twice, whose choice is not on the
    list, or whose number is none.
    """
    rows, mistakes = [], []
    for file in files:
        for line, cells in _rows(file, password):
            answers, problems = _answers(cells, rules)
            case = (cells.get(CASE) or "").strip()
            if case not in known:
                problems.append("nomor kasus tidak dikenal")
            if answers.get(rules.pertanyaan[0].kode):
                rows.append({"kasus": case, **answers, "berkas": file.name})
            elif any(answers.values()):
                problems.append(f"“{rules.pertanyaan[0].tanya}” kosong")
            mistakes += [f"{file.name} baris {line}: {problem}" for problem in problems]
    table = pd.DataFrame(rows, columns=["kasus", *(q.kode for q in rules.pertanyaan), "berkas"])
    mistakes += [
        f"{case}: dijawab dua kali"
        for case in table.loc[table["kasus"].duplicated(), "kasus"].unique()
    ]
    if mistakes:
        raise InputFileError(
            "check_answers_wrong", count=len(mistakes), rows="; ".join(mistakes[:_MOST_TOLD])
        )
    return table


def _rows(file: Path, password: str | None) -> list[tuple[int, dict[str, str | None]]]:
    """Rows below the header as header → text, with their number in Excel."""
    sheet = next(
        (sheet for sheet in read_sheets(file, password) if sheet.name.startswith(SHEET)), None
    )
    table = sheet.cells.to_pylist() if sheet else []
    heads = next((row for row in table if CASE in row.values()), None)
    if heads is None:
        raise InputFileError("check_sheet_missing", file=file.name, sheet=SHEET)
    names = {
        column: " ".join(text.split())
        for column, text in heads.items()
        if column != "baris" and text
    }
    below = [row for row in table if row["baris"] > heads["baris"] and row.get(next(iter(names)))]
    return [(row["baris"], {name: row[column] for column, name in names.items()}) for row in below]


def _answers(
    cells: dict[str, str | None], rules: GroundCheck
) -> tuple[dict[str, object], list[str]]:
    found, problems = {}, []
    for question in rules.pertanyaan:
        text = (cells.get(" ".join(question.tanya.split())) or "").strip()
        found[question.kode], wrong = _read(text, question)
        problems += [f"“{question.tanya}”: {wrong}"] if wrong else []
    return found, problems


def _read(text: str, question: Question) -> tuple[object, str]:
    """The answer, and what is wrong with it."""
    if not text:
        return None, ""
    if question.jenis == "teks":
        return re.sub(r"\d{12,}", "•", text), ""  # a NIK written into a note goes no further
    if question.jenis == "pilihan":
        word = next(
            (choice for choice in question.pilihan if choice.casefold() == text.casefold()), None
        )
        return word, "" if word else f"“{text}” bukan pilihan"
    plain = re.sub(r"(?i)^rp\.?|\s", "", text)
    plain = re.sub(r"[.,]0{1,2}$", "", plain)  # 1250000.0 and 1.250.000,00 are whole rupiah
    if not re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d+", plain):
        return None, f"“{text}” bukan bilangan"
    return float(re.sub(r"[.,]", "", plain)), ""
