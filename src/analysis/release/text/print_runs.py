"""Runs of glyphs as they are drawn: labels set letter by letter joined, columns of figures parted."""

import re

_FIGURE = re.compile(r"[\d.,%\u2013\u2212]+")
_DIGIT, _POINT, _APART = 0.5, 0.25, 0.6  # widths of a figure's signs and a column's least gap, em


class Beside(str):
    """Told but not printed, such as the language of a bold word: it parts no number."""


class Lines:
    """Runs of glyphs, those of a drawing's label joined: a chart sets each letter by itself."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._run: list[str] = []
        self._size, self._here, self._before = 1.0, (1.0, 0.0, 0.0), None
        self._figure_ends: tuple[float, float] | None = None

    def place(self, scale: bytes, x: bytes, y: bytes) -> None:
        """Where the next run begins."""
        self._here = (abs(float(scale)), float(x), float(y))

    def size(self, points: bytes) -> None:
        """The size of its letters."""
        self._size = float(points)

    def add(self, text: str) -> None:
        """Text of the run."""
        self._run.append(text)

    def apart(self, texts: list[str]) -> None:
        """Text that belongs to no run."""
        self.done += texts
        self._before = self._before if not texts else None

    def end(self) -> None:
        """The run is whole."""
        text, self._run = "".join(self._run), []
        scale, x, y = self._here
        before, self._before = self._before, (x, y) if len(text) == 1 else None
        self._part_columns(text)
        if (
            before
            and len(text) == 1
            and y == before[1]
            and 0 < x - before[0] < 1.3 * scale * self._size
        ):
            self.done[-1] += text
        else:
            self.done.append(text)

    def _part_columns(self, text: str) -> None:
        """Between two figures a column's width apart stands a tab: the cells of a row are not one number."""
        scale, x, y = self._here
        em, ended = scale * self._size, self._figure_ends
        if ended and ended[1] == y and x - ended[0] > _APART * em and text[:1].isdigit():
            self.done.append("\t")
        wide = sum(_POINT if sign in ".," else _DIGIT for sign in text) * em
        self._figure_ends = (x + wide, y) if _FIGURE.fullmatch(text.strip()) else None
