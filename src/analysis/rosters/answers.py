"""What the province answered to a request: one row an answer, appended, never overwritten."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.errors import InputFileError
from analysis.policy import Rulebook

ANSWERS = "permohonan.csv"
_COLUMNS = ("tanggal", "permintaan", "jawaban", "jumlah")


@dataclass(frozen=True)
class Answer:
    """An answer of a day to a request of rules/services.toml; `jumlah` is what was granted, where said."""

    tanggal: date
    permintaan: str
    jawaban: str
    jumlah: int | None = None


def read_answers(folder: Path, rulebook: Rulebook) -> list[Answer]:
    """Answers recorded for a set. Raises InputFileError naming the row that cannot be used."""
    path = folder / ANSWERS
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            _answer(row, place, rulebook)
            for place, row in enumerate(csv.DictReader(stream), start=2)
        ]


def _answer(row: dict, place: int, rulebook: Rulebook) -> Answer:
    text = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    try:
        day, amount = (
            date.fromisoformat(text["tanggal"]),
            int(text["jumlah"]) if text["jumlah"] else None,
        )
    except ValueError as error:
        raise InputFileError("answer_unusable", file=ANSWERS, row=place) from error
    answer = Answer(day, text["permintaan"], text["jawaban"], amount)
    if not is_known(answer, rulebook):
        raise InputFileError("answer_unusable", file=ANSWERS, row=place)
    return answer


def is_known(answer: Answer, rulebook: Rulebook) -> bool:
    """The rules name the request and the word of the answer."""
    rule = rulebook.services
    asked, words = (
        {entry.kode for entry in entries} for entries in (rule.permintaan, rule.jawaban)
    )
    return answer.permintaan in asked and answer.jawaban in words


def record_answer(folder: Path, answer: Answer) -> None:
    """Append one answer; earlier ones stay."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ANSWERS
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if fresh:
            writer.writerow(_COLUMNS)
        amount = "" if answer.jumlah is None else answer.jumlah
        writer.writerow([answer.tanggal.isoformat(), answer.permintaan, answer.jawaban, amount])


def register_answers(engine: Engine, answers: Sequence[Answer]) -> None:
    """Make the table `answers`; `urut` is the order of recording."""
    rows = [
        (a.tanggal.isoformat(), a.permintaan, a.jawaban, a.jumlah, n) for n, a in enumerate(answers)
    ]
    frame = pd.DataFrame(rows, columns=["tanggal", "permintaan", "jawaban", "jumlah", "urut"])
    texts = dict.fromkeys(("tanggal", "permintaan", "jawaban"), "str")
    engine.register("_answers", frame.astype(texts | {"jumlah": "Int64", "urut": "int64"}))
    engine.table("answers", "SELECT * REPLACE (CAST(tanggal AS DATE) AS tanggal) FROM _answers")
    engine.drop("_answers")
