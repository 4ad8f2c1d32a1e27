"""How every figure is drawn: our fonts, text kept as text, the same bytes every time."""

import io
from contextlib import contextmanager
from functools import cache

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from analysis.briefs.colours import INK, LINE, PALE, SOFT
from analysis.briefs.fonts import SANS, font_folder

_STYLE = {
    "font.family": SANS,
    "font.size": 8.5,
    "svg.fonttype": "none",
    "svg.hashsalt": "selaras",
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.6,
}


@cache
def _fonts() -> None:
    for path in sorted(font_folder().glob("*.ttf")):
        font_manager.fontManager.addfont(path)


@contextmanager
def canvas(width: float, height: float):
    """A figure of that many inches with one axes; without pyplot, whose backend is everybody's."""
    _fonts()
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots()


def as_svg(figure: Figure) -> str:
    """The figure as one <svg> element without date, DOCTYPE or XML declaration."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    text = out.getvalue()
    return text[text.index("<svg") :].strip()


def word_at(
    axes, words: str, at: tuple[float, float], apart: tuple[float, float], **look: object
) -> None:
    """Words beside a point of the data, `apart` points to the right and up of it."""
    axes.annotate(words, at, apart, textcoords="offset points", **look)


def without_scale(axes) -> None:
    """Bars that bear their numbers need no scale below."""
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def behind(axes, axis: str = "x") -> None:
    """A grid behind what is drawn."""
    axes.grid(axis=axis, color=PALE)
    axes.set_axisbelow(True)
