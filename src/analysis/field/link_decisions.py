"""What reviewers said about pairs: appended, never changed; a later word of the same reviewer counts, "batal" undoes."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.engine.ledger import append_to_ledger, read_ledger
from analysis.field.asked_pairs import AskedPair

if TYPE_CHECKING:  # whether anybody decided something new is asked far more often than what
    import pandas as pd

FILE = "pemadanan.csv"
ANSWERS = {"sama": "orang yang sama", "beda": "orang berbeda", "ragu": "belum jelas", "batal": "batalkan jawaban saya"}  # fmt: skip
UNDO = "batal"


@dataclass(frozen=True)
class LinkDecision:
    """One reviewer's answer on one pair; `lapisan` and `bobot` where the pair was drawn at random."""

    kunci_a: str
    kunci_b: str
    jawaban: str
    penelaah: str
    alasan: str
    tanggal: str
    digabung: str = ""
    lapisan: str = ""
    bobot: str = ""

    @classmethod
    def on(
        cls, pair: AskedPair, answer: str, reviewer: str, reason: str, day: str
    ) -> "LinkDecision":
        """An answer (code) on a pair that was asked; `day` in ISO."""
        return cls(
            pair.kunci_a, pair.kunci_b, answer, reviewer, reason, day, pair.digabung, pair.lapisan, pair.bobot
        )  # fmt: skip

    @property
    def whose(self) -> tuple[str, str, str]:
        """The pair and the reviewer: one word of theirs counts."""
        return (self.kunci_a, self.kunci_b, same_reviewer(self.penelaah))


def same_reviewer(name: str) -> str:
    """What tells one reviewer from another: neither capitals nor spaces."""
    return " ".join(name.split()).casefold()


_COLUMNS = [field.name for field in fields(LinkDecision)]


def read_link_decisions(folder: Path) -> list[LinkDecision]:
    """All answers recorded for a set, oldest first."""
    return [LinkDecision(*row) for row in read_ledger(folder / FILE, _COLUMNS)]


def record_link_decisions(folder: Path, answers: Sequence[LinkDecision], anew: bool = False) -> int:
    """Append answers not recorded yet; returns how many were added.

    A sheet read twice says nothing new. `anew`: said by hand, so that a word said before counts again
    where the reviewer said another since.
    """
    told = read_link_decisions(folder)
    known = set(_last_words(told).values()) if anew else set(told)
    fresh = [answer for answer in dict.fromkeys(answers) if answer not in known]
    append_to_ledger(folder / FILE, _COLUMNS, map(astuple, fresh))
    return len(fresh)


def standing(answers: Sequence[LinkDecision]) -> "pd.DataFrame":
    """A row a pair: kunci_a, kunci_b, jawaban, berbeda, n_penelaah, told, digabung, lapisan, bobot.

    Each reviewer's last word counts, by its date. Where reviewers differ, `berbeda` is true and `jawaban` is empty:
    the pair is left to the scores until they agree.
    """
    import pandas as pd

    columns = [
        "kunci_a", "kunci_b", "jawaban", "berbeda", "n_penelaah", "told", "digabung", "lapisan", "bobot",
    ]  # fmt: skip
    return pd.DataFrame(_states(answers), columns=columns)


def _states(answers: Sequence[LinkDecision]) -> list[tuple]:
    pairs: dict[tuple[str, str], list[LinkDecision]] = {}
    for word in _last_words(answers).values():
        pairs.setdefault((word.kunci_a, word.kunci_b), []).append(word)
    found = (_state(pair, own) for pair, own in sorted(pairs.items()))
    return [state for state in found if state]


def _last_words(answers: Sequence[LinkDecision]) -> dict[tuple[str, str, str], LinkDecision]:
    """Each reviewer's last word on each pair: by date, for sheets come back late; on one day the one recorded last."""
    return {word.whose: word for word in sorted(answers, key=lambda word: word.tanggal)}


def _state(pair: tuple[str, str], own: Sequence[LinkDecision]) -> tuple | None:
    words = [answer for answer in own if answer.jawaban != UNDO]
    if not words:
        return None
    firm = {answer.jawaban for answer in words if answer.jawaban in ("sama", "beda")}
    told = "; ".join(f"{a.tanggal} {a.penelaah}: {ANSWERS[a.jawaban]}" for a in words)
    answer = next(iter(firm)) if len(firm) == 1 else ""
    first = words[0]
    return (
        *pair,
        answer,
        len(firm) > 1,
        len(words),
        told,
        first.digabung,
        first.lapisan,
        first.bobot,
    )


def agreed(folder: Path) -> list[tuple[str, str, str]]:
    """What linkage obeys: a pair's two keys and the answer on which its reviewers agree ('' where they do not)."""
    return [state[:3] for state in _states(read_link_decisions(folder))]


def decided_pairs(folder: Path) -> "pd.DataFrame":
    """`agreed` as a table: kunci_a, kunci_b, jawaban."""
    import pandas as pd

    return pd.DataFrame(agreed(folder), columns=["kunci_a", "kunci_b", "jawaban"]).astype("str")
