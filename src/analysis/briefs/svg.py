"""Figures as SVG written straight: text stays text, the same bytes every time, a millisecond each.

matplotlib took .08 CPU s a figure and half a second to import in each worker; forty-one briefs of
bars, dots and tiles need neither its axes nor its layout engine.
"""

from html import escape

from analysis.briefs.colours import (
    INK,
    LINE,
    PALE,
)


def _n(value: float) -> str:
    """At most one decimal, no trailing zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Drawing:
    """Shapes on a sheet of `width` × `height` points, y downwards."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, stroke: str = "", line: float = 0.6
    ) -> None:
        """A filled box, outlined where `stroke` is a colour."""
        edge = f' stroke="{stroke}" stroke-width="{_n(line)}"' if stroke else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" fill="{fill}"{edge}/>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: str = LINE,
        width: float = 0.7,
        dash: str = "",
    ) -> None:
        """A straight line; `dash` such as '3 2'."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" stroke-width="{_n(width)}"{dashed}/>'
        )

    def dot(self, x: float, y: float, r: float, fill: str) -> None:
        """A filled circle."""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="{fill}"/>')

    def hatch(self, x: float, y: float, w: float, h: float) -> None:
        """A box that says 'not shown': pale with slanted lines, cut at its edges."""
        self.rect(x, y, w, h, PALE)
        start = x - h
        while start < x + w:
            left, right = max(start, x), min(start + h, x + w)
            if right > left:
                self.line(left, y + h - (left - start), right, y + h - (right - start), LINE, 0.6)
            start += 5

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 9,
        anchor: str = "start",
        fill: str = INK,
        weight: int = 400,
    ) -> None:
        """Words with their baseline at `y`; `anchor` start, middle or end."""
        bold = f' font-weight="{weight}"' if weight != 400 else ""
        place = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"{bold}{place}>{escape(words)}</text>'
        )

    def svg(self) -> str:
        """The sheet as one <svg> element."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}" font-family="Source Sans 3">'
        return head + "".join(self._parts) + "</svg>"
