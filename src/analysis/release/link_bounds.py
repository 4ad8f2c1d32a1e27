"""How far missed and false links may move a printed share.

Worked out from printed counts and from rates of the whole list alone, so that an interval tells an outsider
nothing that the counts do not: a count is taken as far as its rounding reaches, and all false links may lie
on one side.
"""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.engine import Engine
from analysis.release.guards import Guarded

Span = tuple[float, float]
Doubt = Callable[[float, float], Span]  # least and greatest share as counted → as it may truly be
ALL_LISTS = "semua"


@dataclass(frozen=True)
class LinkBounds:
    """95 % bounds of recall r and precision q of the links between a list and the register."""

    recall_low: float
    recall_high: float
    precision_low: float

    def reached(self, low: float, high: float) -> Span:
        """Share of a target that is on the list: from s·q/r, every false link in the target, to s/r, none there.

        >>> LinkBounds(0.5, 1.0, 0.75).reached(0.25, 0.25)
        (0.1875, 0.5)
        """
        least = low * self.precision_low / max(self.recall_high, low * self.precision_low)
        return least, high / max(self.recall_low, high)

    def missed(self, low: float, high: float) -> Span:
        """Share of a target that is on no list: what `reached` leaves over."""
        least, most = self.reached(1 - high, 1 - low)
        return 1 - most, 1 - least

    def beside(self, low: float, high: float) -> Span:
        """Share of a list outside the target: (s − (1−q))/q to s/q; recall is the same inside and outside.

        >>> LinkBounds(0.5, 1.0, 0.5).beside(0.75, 0.75)
        (0.5, 1.0)
        """
        least = max(low - (1 - self.precision_low), 0) / self.precision_low
        return least, high / max(self.precision_low, high)


def moved_share(part: Guarded, whole: Guarded, rest: bool, doubt: Doubt) -> Span:
    """A share as far as rounding and linkage may move it; what the printed counts allow lies inside."""
    least = min(part.low / max(whole.high, 1), 1)
    most = min(part.high / max(whole.low, part.high, 1), 1)
    least, most = (1 - most, 1 - least) if rest else (least, most)
    low, high = doubt(least, most)
    return round(min(low, least), 6), round(max(high, most), 6)


def read_link_bounds(engine: Engine) -> dict[str, LinkBounds]:
    """Bounds by programme; 'semua' for any list. Empty where linkage error was not measured."""
    if "out_link_bounds" not in engine.names():
        return {}
    rows = engine.rows(
        """SELECT programme, recall_low, recall_high, precision_low FROM out_link_bounds
        WHERE recall_high > 0 AND precision_low > 0"""
    )
    return {programme: LinkBounds(*bounds) for programme, *bounds in rows}
