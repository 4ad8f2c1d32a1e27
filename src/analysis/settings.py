"""Where things lie on this machine, and which run is meant. Nothing here opens a file."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """The project's folders under one root (by default the current folder)."""

    root: Path

    @property
    def reports(self) -> Path:
        """Editions, one folder each."""
        return self.root / "reports"

    @property
    def notebooks(self) -> Path:
        """The notebooks."""
        return self.root / "notebooks"

    @property
    def rules(self) -> Path:
        """The office's own rules, laid over the kit's."""
        return self.root / "aturan"

    def raw(self, set_name: str, period: str = "") -> Path:
        """Files as delivered."""
        return self.root / "data" / "raw" / set_name / period

    def derived(self, set_name: str, period: str = "") -> Path:
        """The store; never leaves the office."""
        return self.root / "data" / "derived" / set_name / period

    def surveys(self, set_name: str) -> Path:
        """Household surveys beside the rosters: for analysts, part of no run."""
        return self.root / "data" / "survei" / set_name

    def truth(self, set_name: str) -> Path:
        """The sample city's truth."""
        return self.root / "data" / "truth" / set_name

    def decisions(self, set_name: str) -> Path:
        """What people decided; append-only."""
        return self.root / "data" / "keputusan" / set_name


@dataclass(frozen=True)
class Edition:
    """One published issue of the briefs: nothing known later than `on` may appear in it."""

    on: date
    status: str = "DRAFT"
    number: int = 1


@dataclass(frozen=True)
class Run:
    """Which set and period is worked on, for which edition.

    `synthetic` is read from the set's `sumber.toml`; it marks every page "DATA SINTETIS".
    """

    set_name: str
    period: str
    edition: Edition
    synthetic: bool = False
    overlays: tuple[Path, ...] = field(default_factory=tuple)

    @property
    def identity(self) -> str:
        """What tells this run from another, without any path of the machine."""
        return repr(
            (self.set_name, self.period, self.edition.on, self.edition.number, self.synthetic)
        )

    @property
    def edition_name(self) -> str:
        """The folder of this edition below `reports/`, such as `contoh-2025-12-15`."""
        return f"{self.set_name}-{self.edition.on.isoformat()}"
