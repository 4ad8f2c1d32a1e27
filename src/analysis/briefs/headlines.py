"""The three figures of page 1 as plain lines, for a terminal and a scheduler."""

from dataclasses import dataclass

from analysis.engine import Store, recalled, stage_key
from analysis.errors import message
from analysis.notation import number, plain_date, rupiah_short
from analysis.policy import Rulebook


def headlines(store: Store, rulebook: Rulebook, lang: str) -> list[str]:
    """The three figures of page 1 as plain lines; none where the set has no register."""
    if "rilis_utama" not in store.names("rilis"):
        return []
    key = stage_key("headlines", rulebook.digest, store.content("rilis_utama"), lang)
    return recalled(key, lambda: _headlines(store, rulebook, lang))


def _headlines(store: Store, rulebook: Rulebook, lang: str) -> list[str]:
    cells = {(row.baris, row.ukuran): row for row in store.frame("rilis_utama").itertuples()}
    page = _Page(cells, rulebook.disclosure.k_minimum, lang)
    lines = {
        ("pas12", "orang"): message(
            "headline_pas12", lang, people=page.shown("pas12", "orang"), areas=page.shown("pas12", "kelurahan"),
            all=len(rulebook.kelurahan()), day=page.day("pas12", "orang"),
        ),
        ("desil_prioritas", "tanpa_program"): message(
            "headline_missed", lang, missed=page.shown("desil_prioritas", "tanpa_program"),
            all=page.shown("desil_prioritas", "keluarga"), lists=page.shown("daftar", "program"),
        ),
        ("telaah", "keluarga"): message(
            "headline_review", lang, families=page.shown("telaah", "keluarga"), money=page.shown("telaah", "rupiah", True)
        ),
    }  # fmt: skip
    return [line for key, line in lines.items() if page.is_counted(*key)]


@dataclass(frozen=True)
class _Page:
    """Cells of page 1 by row and measure, as plain words; `least`: the threshold below which none is shown."""

    cells: dict
    least: int
    lang: str

    def is_counted(self, row: str, measure: str) -> bool:
        """Whether the set could tell."""
        cell = self.cells.get((row, measure))
        return cell is not None and cell.status != "tidak_dapat_dihitung"

    def shown(self, row: str, measure: str, money: bool = False) -> str:
        """The value, that it is small, or that it cannot be computed."""
        if not self.is_counted(row, measure):
            return message("not_computable", self.lang)
        cell = self.cells[row, measure]
        if cell.status != "terbit":
            return f"<{self.least}"
        return rupiah_short(cell.nilai, self.lang) if money else number(cell.nilai, 0, self.lang)

    def day(self, row: str, measure: str) -> str:
        """The day of a cell; a dash where it has none."""
        cell = self.cells.get((row, measure))
        return plain_date(cell.tanggal, self.lang) if cell is not None and cell.tanggal else "–"
