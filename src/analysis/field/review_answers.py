"""Reviewers' answers out of a sheet that came back: columns found by header, every wrong row named, nothing kept till all are right."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.errors import InputFileError, message
from analysis.field.asked_pairs import AskedPair
from analysis.field.link_decisions import ANSWERS, UNDO, LinkDecision, same_reviewer
from analysis.field.review_sheet import FILLED, PAIR, SHEET
from analysis.policy import Rulebook
from analysis.rosters import read_dates, read_sheets

_CODES = {word.casefold(): code for code, text in ANSWERS.items() for word in (code, text)}
_MOST_TOLD = 12
_NO_CHOICE = "review_no_choice"

Row = tuple[str, int, dict[str, str]]  # sheet and row where it stands, and its cells by header


def read_review(
    path: Path, known: Mapping[str, AskedPair], spoken: Container[tuple[str, str, str]], today: date, rulebook: Rulebook,
    password: str | None = None, lang: str = "id",
) -> list[LinkDecision]:  # fmt: skip
    """The answers of a workbook; rows without one are not looked at yet. Raises InputFileError naming every wrong row in words of `lang`.

    The sheet is known by its header, so that it may be renamed, sorted, shortened and widened. `spoken`: whose
    words (LinkDecision.whose) were recorded before, and may be taken back.
    """
    rows = [row for sheet in read_sheets(path, password) for row in _rows(sheet, path.name)]
    if not rows:
        raise InputFileError("review_sheet_missing", file=path.name, column=PAIR, sheet=SHEET)
    days = _days({cells["Tanggal"] for *_, cells in rows}, today, rulebook)
    answers, mistakes, words = [], [], {}
    for sheet, line, cells in rows:
        problem = (
            _problem(cells, known, days)
            or _contradicts(cells, words)
            or _undoes_nothing(cells, known, spoken)
        )
        if problem:
            mistakes.append((problem, {"sheet": sheet, "line": line, "columns": _empty(cells)}))
        elif cells["Jawaban"]:
            code, day = _CODES[cells["Jawaban"].casefold()], days[cells["Tanggal"]]
            answers.append(LinkDecision.on(known[cells[PAIR]], code, cells["Penelaah"], cells["Alasan"], day))  # fmt: skip
    if mistakes:
        told = "; ".join(_told(key, where, lang) for key, where in mistakes[:_MOST_TOLD])
        if any(key == _NO_CHOICE for key, _ in mistakes):
            told += message("review_choices", lang, choices=", ".join(ANSWERS.values()))
        raise InputFileError("field_answers_wrong", file=path.name, count=len(mistakes), rows=told)
    return answers


def _rows(sheet, file: str) -> Iterator[Row]:
    """Filled rows below the header; a sheet without one has none. Raises InputFileError where a column is gone."""
    table = sheet.cells.to_pylist()
    heads = next((row for row in table if PAIR in row.values()), None)
    if heads is None:
        return
    names = {text: column for column, text in heads.items() if column != "baris" and text}
    gone = [head for head in FILLED if head not in names]
    if gone:
        raise InputFileError("review_columns_missing", file=file, columns=", ".join(gone))
    for row in table:
        cells = {head: " ".join((row[names[head]] or "").split()) for head in (PAIR, *FILLED)}
        if row["baris"] > heads["baris"] and any(row[column] for column in names.values()):
            yield sheet.name, row["baris"], cells


def _days(texts: set[str], today: date, rulebook: Rulebook) -> dict[str, str]:
    """Typed date → ISO; what cannot be read, or lies after today, is not there."""
    with Engine(threads=1) as engine:
        engine.register("_typed", pd.DataFrame({"teks": sorted(texts)}, dtype="str"))
        read_dates(engine, rulebook, "_typed", "teks", "_days", today.isoformat())
        rows = engine.rows("SELECT teks, CAST(tanggal AS VARCHAR) FROM _days WHERE presisi = 'hari' AND tanggal IS NOT NULL")  # fmt: skip
    return dict(rows)


def _told(problem: str, where: dict[str, object], lang: str) -> str:
    return message("review_at", lang, problem=message(problem, lang, **where), **where)


def _problem(cells: dict[str, str], known: Mapping[str, AskedPair], days: Mapping[str, str]) -> str:
    """The key of what is wrong with a row; '' where nothing is."""
    if not cells["Jawaban"]:
        return "review_reason_alone" if cells["Alasan"] else ""
    if cells[PAIR] not in known:
        return "review_pair_unknown" if cells[PAIR] else "review_pair_empty"
    if cells["Jawaban"].casefold() not in _CODES:
        return _NO_CHOICE
    if _empty(cells):
        return "review_columns_empty"
    return "" if cells["Tanggal"] in days else "review_day_unread"


def _empty(cells: dict[str, str]) -> str:
    """The columns to be filled that are not."""
    return ", ".join(head for head in FILLED if not cells[head])


def _contradicts(cells: dict[str, str], words: dict[tuple[str, str], str]) -> str:
    """A reviewer has one word a pair in a sheet; `words` holds those read so far."""
    whose, said = (cells[PAIR], same_reviewer(cells["Penelaah"])), cells["Jawaban"].casefold()
    if not said or words.setdefault(whose, said) == said:
        return ""
    return "review_twice"


def _undoes_nothing(
    cells: dict[str, str], known: Mapping[str, AskedPair], spoken: Container[tuple[str, str, str]]
) -> str:
    """Only who answered a pair can take that answer back."""
    if _CODES.get(cells["Jawaban"].casefold()) != UNDO:
        return ""
    pair = known[cells[PAIR]]
    whose = (pair.kunci_a, pair.kunci_b, same_reviewer(cells["Penelaah"]))
    return "" if whose in spoken else "review_undoes_nothing"
