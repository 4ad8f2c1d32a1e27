"""Pictures of linkage, drawn from counts; (svg, alt text)."""

import pandas as pd

from analysis.briefs.drawing import ACCENT, BASE, SOFT, as_svg, canvas
from analysis.notation import number


def threshold_curve(curve: pd.DataFrame, cut: float) -> tuple[str, str]:
    """Links kept (line) and expected false links (line) against the threshold, with the threshold in use.

    `curve`: ambang, digabung, diduga_salah.
    """
    with canvas(6.4, 2.8) as (figure, axes):
        axes.plot(curve["ambang"], curve["digabung"], color=BASE, linewidth=1.6)
        axes.set_ylabel("Tautan", color=BASE)
        axes.set_xlabel("Ambang peluang")
        axes.xaxis.set_major_formatter(lambda value, _: number(value, 1))
        axes.yaxis.set_major_formatter(lambda value, _: number(value))
        axes.margins(y=0.25)
        other = axes.twinx()
        other.plot(curve["ambang"], curve["diduga_salah"], color=ACCENT, linewidth=1.6)
        other.set_ylabel("Diduga salah", color=ACCENT)
        other.set_ylim(0)
        axes.axvline(cut, color=SOFT, linewidth=1, linestyle="--")
        axes.annotate("ambang kit", (cut, 0.97), (4, 0), xycoords=("data", "axes fraction"), textcoords="offset points",
                      va="top", color=SOFT)  # fmt: skip
        svg = as_svg(figure)
    used = curve[curve["ambang"] >= cut].iloc[0]
    return svg, (
        f"Pada ambang {number(cut, 1)}: {number(int(used['digabung']))} tautan, diduga salah {number(used['diduga_salah'], 1)}."
    )
