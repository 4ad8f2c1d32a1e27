"""What the field answered on the cases of the period before: the release of this period tells it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import field
from analysis.engine import Store
from analysis.policy import Rulebook
from analysis.settings import Run, Workspace

if TYPE_CHECKING:
    from analysis.engine import Engine


@dataclass(frozen=True)
class Feedback:
    """Answers in `folder` that an edition of `on` may know, to the cases of the period in `earlier`."""

    folder: Path
    on: date
    earlier: Store | None

    @classmethod
    def known(cls, workspace: Workspace, run: Run, earlier: Store | None) -> "Feedback":
        """Of a run, whose period before lies in `earlier`."""
        return cls(workspace.decisions(run.set_name), run.edition.on, earlier)

    @cached_property
    def answers(self) -> list:
        """None where there is no period before: nobody was sent out."""
        return field.known_answers(self.folder, self.on) if self.earlier else []

    def basis(self) -> str:
        """What it all follows from; '' where nothing was answered."""
        if not self.answers:
            return ""
        names = [*self.earlier.names("core"), *self.earlier.names("out")]
        return repr((self.answers, [self.earlier.content(name) for name in names]))

    def register(self, engine: "Engine", rulebook: Rulebook) -> None:
        """Make `out_checks` where cases were answered."""
        if self.answers:
            key = field.office_key()
            field.register_checks(engine, self.earlier, rulebook, self.answers, key)
