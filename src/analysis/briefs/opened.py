"""What a brief notebook opens: the published cells, the rules, and which edition it is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.briefs.cells import Cells
from analysis.notation import month_year, plain_date
from analysis.policy import Rulebook, load_rulebook


@dataclass(frozen=True)
class Brief:
    """One brief being written; notebooks pass it to the section functions."""

    cells: Cells
    rulebook: Rulebook
    period: str
    on: date
    synthetic: bool
    status: str
    number: int
    lang: str

    @property
    def words(self) -> dict:
        """The fixed texts of briefs.toml."""
        return self.rulebook.briefs["kata"]

    @property
    def month(self) -> str:
        """The period in words."""
        return month_year(self.period, self.lang)

    @property
    def day(self) -> str:
        """The edition's date in words."""
        return plain_date(self.on, self.lang)

    def source(self, topic: str) -> str:
        """The source line under a table or figure."""
        made_up = self.words["sumber_sintetis"] if self.synthetic else self.words["sumber"]
        return made_up.format(month=self.month, topic=topic)


def open_brief(
    store: str,
    period: str,
    edition: str,
    synthetic: bool = False,
    status: str = "DRAFT",
    number: int = 1,
    lang: str = "id",
    rules: tuple[str, ...] = (),
) -> Brief:
    """Open the published cells of a period. `rules` are the overlays the run used."""
    rulebook = load_rulebook([Path(folder) for folder in rules])
    cells = Cells.load(Path(store), rulebook, lang)
    return Brief(
        cells, rulebook, period, date.fromisoformat(edition), synthetic, status, number, lang
    )
