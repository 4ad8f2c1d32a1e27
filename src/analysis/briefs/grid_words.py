"""A released table in words: its title, lines, heads, units and cells, each thing said once."""

from dataclasses import dataclass
from functools import cached_property

from analysis.briefs.intervals import count_span, has_interval, is_linked, span
from analysis.briefs.labels import Labels
from analysis.briefs.opened import Brief
from analysis.briefs.pivot import Cell, Grid, Name
from analysis.notation import sentence

SHARE = "bagian"
_SELF_EVIDENT = {SHARE, "rupiah"}  # units a figure shows itself


@dataclass(frozen=True)
class GridWords:
    """The words of one topic's tables."""

    brief: Brief
    topic: str

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.brief.rulebook, self.brief.lang)

    def title(self, grid: Grid) -> str:
        """The topic, and what all its figures are of unless the unit says it."""
        units = {cell["satuan"] for cell in grid.cells.values()}
        told = tuple(
            (what, code) for what, code in grid.common if code not in {*units, "nilai", "jumlah"}
        )
        title, words = self._labels.topic(self.topic), self._words(told)
        return f"{title} – {words}" if words else title

    def _told(self, name: Name) -> str:
        """A line or a column in words."""
        return sentence(self._words(name))

    def _words(self, name: Name) -> str:
        labels = self._labels
        return ": ".join(
            labels.area(code) if what == "wilayah" else labels.code(self.topic, code, what)
            for what, code in name
        )

    def _unit(self, unit: str) -> str:
        """A unit in the brief's language; units are written in Indonesian."""
        return unit if not unit or self.brief.lang == "id" else self._labels.code(self.topic, unit)

    def line(self, grid: Grid, line: Name) -> str:
        """A line in words, with its unit where lines differ in it."""
        told = self._told(line) or self.brief.say("lampiran_seluruhnya")
        unit = self._unit(next(iter(grid.line_units[line] - _SELF_EVIDENT), ""))
        return (
            f"{told} ({unit})"
            if _differ_by_line(grid) and unit and not told.lower().endswith(unit)
            else told
        )

    def head(self, grid: Grid, head: Name) -> str:
        """A column in words, with its unit where columns differ in it."""
        text, units = self._told(head), grid.head_units[head] - _SELF_EVIDENT
        unit = (
            self._unit(next(iter(units))) if len(units) == 1 and not _differ_by_line(grid) else ""
        )
        if not text:
            return sentence(unit) or self.brief.say("lampiran_nilai")
        several = len(_counted(grid)) > 1 and unit not in ("", text.lower())
        return f"{text} ({unit})" if several else text

    def units(self, grid: Grid) -> str:
        """The unit of all figures but shares, where they have one; and what stands in brackets."""
        units, cells = _counted(grid), grid.cells.values()
        unit = (
            self.brief.say("lampiran_satuan", unit=self._unit(next(iter(units))))
            if len(units) == 1
            else ""
        )
        if any(map(is_linked, cells)):
            return "; ".join(part for part in (unit, self.brief.words["dalam_kurung"]) if part)
        doubted = self.brief.say("lampiran_selang") * any(map(has_interval, cells))
        return "; ".join(part for part in (unit, doubted) if part)

    def shown(self, cell: Cell | None) -> str:
        """A cell, with its interval in brackets where it has one."""
        if cell is None or cell["status"] == "tidak_dapat_dihitung":
            return "–"
        text = self.brief.cells.cited(cell)
        if cell["status"] != "terbit" or not has_interval(cell):
            return text
        if cell["satuan"] == SHARE:
            return f"{text} ({span(self.brief, cell)})"
        return f"{text} ({count_span(self.brief, cell)})"


def _counted(grid: Grid) -> set[str]:
    """Units of a grid that its figures do not show themselves."""
    return set().union(*grid.line_units.values()) - _SELF_EVIDENT


def _differ_by_line(grid: Grid) -> bool:
    """Each line has a unit of its own, such as a programme of families and one of persons."""
    by_line = [grid.line_units[line] - _SELF_EVIDENT for line in grid.lines]
    by_head = [grid.head_units[head] - _SELF_EVIDENT for head in grid.heads]
    return max(map(len, by_line)) == 1 and max(map(len, by_head)) > 1
