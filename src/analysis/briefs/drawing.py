"""How every figure is drawn: our fonts, text kept as text, the same bytes every time."""

import io
from contextlib import contextmanager
from functools import cache

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from analysis.briefs.fonts import SANS, font_folder

INK, BASE, ACCENT, SOFT, LINE, PALE = (
    "#1b2a34",
    "#0b4f6c",
    "#b34700",
    "#5a6b76",
    "#c9d3d9",
    "#eef2f4",
)
# One hue from light to dark; what stands apart has the accent's light tint.
LIGHT, MIDDLE, TINT = "#c3d7e0", "#6fa0b6", "#f0c39e"
PROGRAMMES = {"0": TINT, "1": LIGHT, "2": MIDDLE, "3+": BASE}
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
    """A figure of that many inches with one axes; closed afterwards."""
    _fonts()
    with mpl.rc_context(_STYLE):
        figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
        try:
            yield figure, axes
        finally:
            plt.close(figure)


def as_svg(figure: Figure) -> str:
    """The figure as one <svg> element without date, DOCTYPE or XML declaration."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    text = out.getvalue()
    return text[text.index("<svg") :].strip()
