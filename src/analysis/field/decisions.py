"""What people found in the field: appended, never changed; two answers on one case are kept and shown."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.engine.ledger import append_to_ledger, read_ledger

if TYPE_CHECKING:  # whether anything came back is asked far more often than what
    import pandas as pd

FILE = "jawaban_lapangan.csv"
INDICATION, VERIFICATION, FINAL = "indikasi", "verifikasi", "final"


@dataclass(frozen=True)
class Decision:
    """One answer on one case: what was found, what follows, how far it settles the case, who and when."""

    case_id: str
    tahap: str
    hasil: str
    tindak_lanjut: str
    tanggal: str
    petugas: str
    catatan: str
    berkas: str


_COLUMNS = [field.name for field in fields(Decision)]


def read_decisions(folder: Path) -> list[Decision]:
    """All answers recorded for a set, oldest first."""
    return [Decision(*row) for row in read_ledger(folder / FILE, _COLUMNS)]


def known_answers(folder: Path, on: date) -> list[Decision]:
    """Answers that an edition of that date may know; one without a readable date was taken in before it."""
    return [answer for answer in read_decisions(folder) if _day(answer.tanggal, on) <= on]


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return otherwise


def record_decisions(folder: Path, answers: Sequence[Decision]) -> int:
    """Append answers not recorded yet; a sheet read twice adds nothing. Returns how many were added."""
    known = {astuple(answer)[:-1] for answer in read_decisions(folder)}
    fresh = [answer for answer in answers if astuple(answer)[:-1] not in known]
    append_to_ledger(folder / FILE, _COLUMNS, map(astuple, fresh))
    return len(fresh)


def case_states(answers: Sequence[Decision]) -> "pd.DataFrame":
    """A row an answered case: status, hasil, tindak_lanjut, n_jawaban, berbeda, jawaban (all, in words).

    A case is final where its final answers agree with each other; an answer that came later does not
    take an earlier one away. `berbeda`: the answers that count do not say the same, so that nobody may
    take the case as settled.
    """
    import pandas as pd

    columns = ["case_id", "status", "hasil", "tindak_lanjut", "n_jawaban", "berbeda", "jawaban"]
    frame = pd.DataFrame([astuple(answer) for answer in answers], columns=_COLUMNS)
    rows = [_state(str(case), own) for case, own in frame.groupby("case_id", sort=True)]
    return pd.DataFrame(rows, columns=columns)


def _state(case: str, own: "pd.DataFrame") -> tuple:
    final = own[own["tahap"] == FINAL]
    counted = final if len(final) else own
    found = list(dict.fromkeys(counted["hasil"]))
    agreed = len(found) == 1
    status = FINAL if len(final) and agreed else VERIFICATION
    told = "; ".join(f"{a.tanggal} {a.petugas}: {a.hasil} ({a.tahap})" for a in own.itertuples())
    last = counted.iloc[-1]["tindak_lanjut"] if agreed else ""
    return case, status, found[0] if agreed else "", last, len(own), not agreed, told
