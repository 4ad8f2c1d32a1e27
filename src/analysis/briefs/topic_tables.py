"""The annex's tables of one released topic: as wide and as long as a page bears, narrow ones side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.briefs.blocks import Block, Pair, Table
from analysis.briefs.cited import bare
from analysis.briefs.grid_words import GridWords
from analysis.briefs.headed import Numbered
from analysis.briefs.opened import Brief
from analysis.briefs.pivot import Grid, Name, grids

# Of the page, of its first column at most, of others at least, mm.
_WIDTH, _FIRST, _LEAST = 180.0, 58.0, 9.0
_LETTER, _BOLD, _PAD = 1.4, 1.55, 2.6  # of a letter in a dense table and beside its text, mm
_NARROW = 87.0  # two such tables stand side by side
_HIGH = 4  # lines a heading may take
_ROWS = 46  # that a page holds below a heading
_LONG = 24  # rows from which a narrow table is cut in two columns


@dataclass(frozen=True)
class TopicTables:
    """One topic of the annex."""

    brief: Brief
    topic: str

    @cached_property
    def words(self) -> GridWords:
        """The topic in words."""
        return GridWords(self.brief, self.topic)

    def blocks(self, place: Numbered) -> list[Block]:
        """Every cell of the topic once."""
        rows = self.brief.cells.rows(self.topic).to_dict("records")
        found: list[Table] = []
        for grid in grids([row | {"topik": self.topic} for row in rows]):
            found += self._tables(self._in_order(grid), place)
        return _side_by_side(found)

    def _in_order(self, grid: Grid) -> Grid:
        """Kelurahan below their kecamatan, whole numbers by size; the rest as released."""

        def rank(name: Name) -> list[tuple[int, str]]:
            return [
                (0, code) if what == "wilayah" else (int(code) if code.isdigit() else 99, "")
                for what, code in name
            ]

        lines, heads = (tuple(sorted(names, key=rank)) for names in (grid.lines, grid.heads))
        return Grid(lines, heads, grid.cells, grid.common)

    def _tables(self, grid: Grid, place: Numbered) -> list[Table]:
        first = max(len(self.words.line(grid, line)) for line in grid.lines) * _BOLD + _PAD
        first, found = min(_FIRST, max(first, 14.0)), []
        for part in self._parts(grid, _WIDTH - first):
            widths = (first, *(self._needed(part, head) for head in part.heads))
            for lines in _cut(part.lines, sum(widths)):
                table = self._table(part, lines, widths, place.table())
                again = found and found[-1].title.startswith(table.title)
                more = (
                    self.brief.say("lampiran_lanjutan", title=table.title) if again else table.title
                )
                found.append(replace(table, title=more))
        return found

    def _parts(self, grid: Grid, room: float) -> list[Grid]:
        """Columns that stand beside each other on a page."""
        parts: list[list[Name]] = [[]]
        used = 0.0
        for heads in self._bundles(grid, room):
            needed = sum(self._needed(grid, head) for head in heads)
            if parts[-1] and used + needed > room:
                parts.append([])
                used = 0.0
            parts[-1] += heads
            used += needed
        return [grid.part(heads) for heads in parts]

    def _bundles(self, grid: Grid, room: float) -> list[list[Name]]:
        """Columns not to be torn apart: those of one code, such as a programme's measures."""
        bundles: dict[tuple, list[Name]] = {}
        for head in grid.heads:
            bundles.setdefault(head[:1] if len(head) > 1 else head, []).append(head)
        if any(sum(self._needed(grid, h) for h in own) > room for own in bundles.values()):
            return [[head] for head in grid.heads]
        return list(bundles.values())

    def _needed(self, grid: Grid, head: Name) -> float:
        """The width of a column: its longest word or cell, mm."""
        shown = [bare(self.words.shown(grid.cells.get((line, head)))) for line in grid.lines]
        text = self.words.head(grid, head)
        longest = max(len(text) / _HIGH, *map(len, [*text.split(), *shown]))
        return max(_LEAST, longest * _LETTER + _PAD)

    def _table(
        self, grid: Grid, lines: Sequence[Name], widths: Sequence[float], label: str
    ) -> Table:
        rows = tuple(
            (
                self.words.line(grid, line),
                *(self.words.shown(grid.cells.get((line, head))) for head in grid.heads),
            )
            for line in lines
        )
        by_area = lines[0][:1] and lines[0][0][0] == "wilayah"
        first = self.brief.say("lampiran_wilayah" if by_area else "lampiran_baris")
        heads = ((first, "l"), *((self.words.head(grid, head), "r") for head in grid.heads))
        whole = tuple(at for at, line in enumerate(lines) if _is_larger(line))
        whole = whole if len(whole) < len(lines) else ()
        title = self.words.title(grid)
        return Table(
            label, title, self.words.units(grid), heads, rows, "", tuple(widths), whole, dense=True
        )


def _cut(lines: Sequence[Name], width: float) -> list[Sequence[Name]]:
    """All lines, halves to be set side by side, or pages; as even as they come."""
    halves = width <= _NARROW and len(lines) > _LONG
    parts = -(-len(lines) // _ROWS) if not halves else 2 * -(-len(lines) // (2 * _ROWS))
    size = -(-len(lines) // parts)
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _is_larger(line: Name) -> bool:
    """A kecamatan or the city, above the kelurahan that follow."""
    return any(what == "wilayah" and code.count(".") < 3 for what, code in line)


def _side_by_side(tables: list[Table]) -> list[Block]:
    """Narrow tables two and two, the rest one by one."""
    blocks: list[Block] = []
    for table in tables:
        last = blocks[-1] if blocks else None
        if isinstance(last, Table) and max(sum(last.widths), sum(table.widths)) <= _NARROW:
            blocks[-1] = Pair(last, table)
        else:
            blocks.append(table)
    return blocks
