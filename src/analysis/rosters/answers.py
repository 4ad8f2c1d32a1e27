"""What the province answered to a request: one row an answer, appended, never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.engine.ledger import append_to_ledger, read_ledger
from analysis.errors import InputFileError
from analysis.policy import Rulebook

if TYPE_CHECKING:
    from analysis.engine import Engine

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
    rows = read_ledger(folder / ANSWERS, _COLUMNS)
    return [_answer(row, place, rulebook) for place, row in enumerate(rows, start=2)]


def _answer(row: list[str], place: int, rulebook: Rulebook) -> Answer:
    text = dict(zip(_COLUMNS, map(str.strip, row), strict=True))
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
    amount = "" if answer.jumlah is None else str(answer.jumlah)
    row = [answer.tanggal.isoformat(), answer.permintaan, answer.jawaban, amount]
    append_to_ledger(folder / ANSWERS, _COLUMNS, [row])


def register_answers(engine: "Engine", answers: Sequence[Answer]) -> None:
    """Make the table `answers`; `urut` is the order of recording."""
    import pandas as pd

    rows = [
        (a.tanggal.isoformat(), a.permintaan, a.jawaban, a.jumlah, n) for n, a in enumerate(answers)
    ]
    frame = pd.DataFrame(rows, columns=["tanggal", "permintaan", "jawaban", "jumlah", "urut"])
    texts = dict.fromkeys(("tanggal", "permintaan", "jawaban"), "str")
    engine.register("_answers", frame.astype(texts | {"jumlah": "Int64", "urut": "int64"}))
    engine.table("answers", "SELECT * REPLACE (CAST(tanggal AS DATE) AS tanggal) FROM _answers")
    engine.drop("_answers")
