"""Which layout a sheet follows, where its header stands, and which column is which field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.errors import InputFileError
from analysis.policy import Layout, Rulebook

_LONG_NUMBER = re.compile(r"[0-9]{10}")


@dataclass(frozen=True)
class Placement:
    """A sheet read by a layout: `columns` maps c001, c002, … to (header, field or None)."""

    layout: Layout
    file: str
    sheet: str
    header_row: int
    columns: dict[str, tuple[str, str | None]]

    def column_of(self, field: str) -> str | None:
        """The column read as `field`, or None."""
        return next((name for name, (_, read_as) in self.columns.items() if read_as == field), None)


@cache
def squeezed(text: str) -> str:
    """A header or title without case, space and punctuation: 'No. KK' → 'nokk'."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def place(
    file: str,
    sheet: str,
    top: list[tuple[int, list[str]]],
    rulebook: Rulebook,
    named_layout: str | None = None,
) -> Placement | None:
    """The placement of a sheet, or None where it holds no known header.

    Raises InputFileError where required columns are missing, where the header is known but
    nothing says which programme the list belongs to, or where two layouts fit equally.
    """
    layouts = [rulebook.layouts[named_layout]] if named_layout else rulebook.layouts.values()
    tried = [_fit(file, sheet, top, layout, rulebook, bool(named_layout)) for layout in layouts]
    fits = [fit for fit in tried if fit]
    whole = [fit for fit in fits if not _missing(fit)]
    titled = [fit for fit in whole if named_layout or _titled(fit, top)]
    if len(titled) > 1 and len({fit.layout.peran == "rujukan" for fit in titled}) == 1:
        best = max(_matched(fit) for fit in titled)
        titled = [fit for fit in titled if _matched(fit) == best]
    if len(titled) == 1:
        return titled[0]
    if titled:
        names = ", ".join(fit.layout.label for fit in titled)
        raise InputFileError("layout_ambiguous", file=file, sheet=sheet, layouts=names)
    _explain(file, sheet, top, fits, whole, bool(named_layout))
    return None


def _fit(
    file: str, sheet: str, top: list, layout: Layout, rulebook: Rulebook, named: bool
) -> Placement | None:
    """The row of the top, or two rows read as one, that matches most of the layout's headers, if enough."""
    wanted = {squeezed(alias): field for field, names in layout.kolom.items() for alias in names}
    rows = top[: rulebook.reading.baris_kepala_maks]
    rows = [*rows, *_doubled(rows, wanted)] if named else _promising(rows, wanted)
    placed = [Placement(layout, file, sheet, row, _columns(texts, wanted)) for row, texts in rows]
    best = max(placed, key=_matched, default=None)  # of equals the first: the higher, single row
    enough = best and _matched(best) >= rulebook.reading.kepala_cocok_minimum
    return best if enough or (named and best) else None


def _promising(
    rows: list[tuple[int, list[str]]], wanted: dict[str, str]
) -> list[tuple[int, list[str]]]:
    """Rows that hold an accepted header; rows read as two only where neither holds a long number."""
    single = [row for row in rows if any(text and squeezed(text) in wanted for text in row[1])]
    plain = [row for row in rows if not any(_LONG_NUMBER.search(text) for text in row[1] if text)]
    return [*single, *_doubled(plain, wanted)]


def _doubled(
    rows: list[tuple[int, list[str]]], wanted: dict[str, str]
) -> list[tuple[int, list[str]]]:
    """Two-row headers: a head merged over several columns, and what stands under it in the next row."""
    return [
        (below, _joined(upper, lower, wanted))
        for (above, upper), (below, lower) in pairwise(rows)
        if below == above + 1
    ]


def _joined(upper: list[str], lower: list[str], wanted: dict[str, str]) -> list[str]:
    texts, head = [], ""
    for over, under in zip(upper, lower, strict=True):
        head = over or (head if under else "")
        both = f"{head} {under}".strip() if under else head
        texts.append(
            under if under and squeezed(both) not in wanted and squeezed(under) in wanted else both
        )
    return texts


def _columns(texts: Iterable[str], wanted: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    columns: dict[str, tuple[str, str | None]] = {}
    taken: set[str] = set()
    for place_no, text in enumerate(texts, start=1):
        field = wanted.get(squeezed(text)) if text else None
        if field in taken:
            field = None
        taken |= {field} if field else set()
        columns[f"c{place_no:03d}"] = (text, field)
    return columns


def _matched(fit: Placement) -> int:
    return sum(field is not None for _, field in fit.columns.values())


def _missing(fit: Placement) -> list[str]:
    return [field for field in fit.layout.wajib if fit.column_of(field) is None]


def _titled(fit: Placement, top: list[tuple[int, list[str]]]) -> bool:
    """The layout's words stand in the file name, the sheet name or above the header."""
    if not fit.layout.kenali_judul:
        return True
    above = " ".join(text for row, texts in top if row < fit.header_row for text in texts)
    title = squeezed(" ".join((fit.file, fit.sheet, above)))
    return any(squeezed(word) in title for word in fit.layout.kenali_judul)


def _explain(
    file: str, sheet: str, top: list, fits: list[Placement], whole: list[Placement], named: bool
) -> None:
    """A sheet that is nearly a roster must be mended by its sender, never skipped."""
    nearly = [fit for fit in fits if _missing(fit) and (named or _titled(fit, top))]
    nearly = [fit for fit in nearly if fit.layout.kenali_judul or named]
    if nearly:
        fit = max(nearly, key=_matched)
        missing = ", ".join(fit.layout.kolom[field][0] for field in _missing(fit))
        facts = {"file": file, "sheet": sheet, "row": fit.header_row, "columns": missing}
        raise InputFileError("column_missing", layout=fit.layout.label, **facts)
    if whole:
        raise InputFileError("programme_not_named", file=file, sheet=sheet)
