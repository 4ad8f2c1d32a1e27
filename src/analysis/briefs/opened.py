"""What a brief notebook opens: the published cells, the rules, and which edition it is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.briefs.cells import Cells
from analysis.briefs.reach import visible_areas
from analysis.errors import message
from analysis.notation import month_year, plain_date
from analysis.policy import Area, Rulebook, load_rulebook


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
    area: Area | None = None

    @property
    def words(self) -> dict:
        """The fixed texts of briefs.toml, in the brief's language where they have one."""
        words = self.rulebook.briefs["kata"]
        return words | words[self.lang] if self.lang in words else words

    @property
    def month(self) -> str:
        """The period in words."""
        return month_year(self.period, self.lang)

    @property
    def day(self) -> str:
        """The edition's date in words."""
        return plain_date(self.on, self.lang)

    def say(self, key: str, **facts: object) -> str:
        """A sentence of rules/messages/naskah*.toml in the brief's language."""
        return message(f"naskah_{key}", self.lang, **facts)

    def entries(self, name: str) -> list[dict]:
        """A list of briefs.toml; its texts in the brief's language where they are given."""
        found = self.rulebook.briefs[name]
        return [entry | entry.get(self.lang, {}) for entry in found]

    def source(self, topic: str) -> str:
        """The source line under a table or figure; `topic` is a key of naskah_sumber_*."""
        made_up = self.words["sumber_sintetis"] if self.synthetic else self.words["sumber"]
        return made_up.format(month=self.month, topic=self.say(f"sumber_{topic}"))


def open_brief(
    store: str,
    period: str,
    edition: str,
    synthetic: bool = False,
    status: str = "DRAFT",
    number: int = 1,
    lang: str = "id",
    rules: tuple[str, ...] = (),
    wilayah: str = "",
) -> Brief:
    """Open the published cells of a period, for a smaller area only those it may read.

    `rules` are the overlays the run used; `wilayah` an area code of areas.csv, '' = the city.
    """
    rulebook = load_rulebook([Path(folder) for folder in rules])
    cells = Cells.load(Path(store), rulebook, lang)
    area = next((a for a in rulebook.areas if a.kode == wilayah), None)
    cells = cells.within(visible_areas(rulebook, wilayah), wilayah)
    return Brief(
        cells, rulebook, period, date.fromisoformat(edition), synthetic, status, number, lang, area
    )
