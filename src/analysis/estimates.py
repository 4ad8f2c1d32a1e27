"""A number with its denominator, its unit and its doubt."""

from dataclasses import dataclass

from analysis.notation import number, percent

REGISTER_CENSUS = "sensus register; galat pemadanan belum dihitung"
REGISTER_LINKED = "sensus register; selang 95% memuat galat pemadanan dan pembulatan"
PERSONS_LINKED = "orang terhitung pada semua daftar; selang 95% memuat galat pemadanan"


@dataclass(frozen=True)
class Estimate:
    """A share, mean or total, never without what it stands on.

    `low`/`high` are a 95 % interval, or None where none was computed: none is ever invented.
    `numerator`/`denominator` count `unit` ("keluarga", "jiwa", "rumah tangga", "rupiah").
    `method` names how value and interval arose, in words a reader can look up.
    """

    value: float
    numerator: float | None
    denominator: float | None
    unit: str
    method: str
    low: float | None = None
    high: float | None = None
    se: float | None = None
    df: float | None = None
    n: int | None = None
    kind: str = "share"

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        """
        >>> str(Estimate(0.374, 374, 1000, "keluarga", "survei", low=0.351, high=0.398))
        '37,4% (35,1–39,8)'
        """
        shown = percent(self.value) if self.kind == "share" else number(self.value, 2)
        if self.low is None or self.high is None:
            return shown
        scale, digits = (100, 1) if self.kind == "share" else (1, 2)
        low, high = (number(bound * scale, digits) for bound in (self.low, self.high))
        return f"{shown} ({low}–{high})"
