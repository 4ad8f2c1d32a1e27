"""Which pairs reviewers were asked about: a sheet that comes back late, or a word taken back, still finds its pair."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from analysis.engine.ledger import append_to_ledger, read_ledger

FILE = "pasangan_ditanyakan.csv"


@dataclass(frozen=True)
class AskedPair:
    """A pair's number, its two content keys, whether it was joined when asked; stratum and weight where drawn at random."""

    nomor: str
    kunci_a: str
    kunci_b: str
    digabung: str
    lapisan: str
    bobot: str


_COLUMNS = [field.name for field in fields(AskedPair)]


def number_sql(of: str = "") -> str:
    """SQL for a pair's number from its keys (`of`: "p." or ""): the same in every period."""
    return f"'P-' || left(md5({of}kunci_a || {of}kunci_b), 8)"


def read_asked(folder: Path) -> list[AskedPair]:
    """Every pair any export of the set asked about, oldest first."""
    return [AskedPair(*row) for row in read_ledger(folder / FILE, _COLUMNS)]


def record_asked(folder: Path, pairs: Sequence[AskedPair]) -> None:
    """Append what was not asked like this before."""
    known = set(read_asked(folder))
    fresh = [pair for pair in pairs if pair not in known]
    if fresh:
        append_to_ledger(folder / FILE, _COLUMNS, map(astuple, fresh))
