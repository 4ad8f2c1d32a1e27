"""Pictures of what speaks for and against a link: of one pair, and on average; (svg, alt text)."""

from textwrap import fill

import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, INK, SOFT
from analysis.briefs.pictures.drawing import as_svg, behind, canvas, word_at
from analysis.errors import message
from analysis.linkage import Evidence
from analysis.notation import number, sentence


def evidence_waterfall(evidence: Evidence, lang: str = "id") -> tuple[str, str]:
    """A pair's log-odds from nothing told to all told, a bar a comparison; names only comparisons, no values."""
    steps = evidence.steps
    start, total = (message(f"explain_{end}", lang).split("|")[0] for end in ("start", "total"))
    labels = [start, *(sentence(s.kata) for s in steps.itertuples()), total]
    with canvas(6.8, 0.9 + 0.42 * len(labels)) as (figure, axes):
        ends = _fall(axes, evidence)
        level, before = ends[-1], [0, *ends[:-1]]
        for place, value in enumerate([evidence.start, *steps["sumbangan"], level]):
            at = max(
                before[place] if 0 < place <= len(steps) else 0, ends[min(place, len(steps))], 0
            )
            word_at(axes, signed(value, lang), (at, place), (4, 0), va="center", fontsize=8)
        axes.set_yticks(range(len(labels)), [fill(text, 44) for text in labels])
        axes.set_ylim(len(labels) - 0.4, -0.6)
        room = 0.14 * (max(0, *ends) - min(0, *ends))
        axes.set_xlim(min(0, *ends) - room / 3, max(0, *ends) + room)
        axes.set_xlabel(message("explain_axis", lang))
        axes.xaxis.set_major_formatter(lambda value, _: number(value, 0, lang))
        behind(axes)
        svg = as_svg(figure)
    told = "; ".join(f"{s.judul} {signed(s.sumbangan, lang)}" for s in steps.itertuples())
    ends = (signed(value, lang) for value in (evidence.start, level))
    return svg, message("explain_alt", lang, start=next(ends), steps=told, total=next(ends))


def _fall(axes, evidence: Evidence) -> list[float]:
    """The bars, each from where the one before ended, and their sum; where each of them ends."""
    ends, added = [evidence.start], evidence.steps["sumbangan"]
    axes.barh(0, evidence.start, color=SOFT, height=0.55)
    for place, value in enumerate(added, 1):
        level, colour = ends[-1], BASE if value >= 0 else ACCENT
        axes.barh(place, value, left=level, color=colour, height=0.55)
        axes.plot([level, level], [place - 1, place], color=SOFT, linewidth=0.7)
        ends.append(level + value)
    axes.barh(len(ends), ends[-1], color=INK, height=0.55)
    axes.plot([ends[-1]] * 2, [len(added), len(ends)], color=SOFT, linewidth=0.7)
    axes.axvline(0, color=SOFT, linewidth=0.8)
    return ends


def mean_evidence_bars(table: pd.DataFrame) -> tuple[str, str]:
    """Mean contribution of each comparison for pairs joined and kept apart; `table`: digabung, judul, sumbangan."""
    wide = table.pivot(index="judul", columns="digabung", values="sumbangan")
    wide = wide.reindex(list(dict.fromkeys(table["judul"]))).fillna(0.0)
    kinds = [(True, "digabung", BASE, -0.19), (False, "tidak digabung", ACCENT, 0.19)]
    told = []
    with canvas(6.8, 0.8 + 0.5 * len(wide)) as (figure, axes):
        for joined, word, colour, shift in kinds:
            if joined not in wide:
                continue
            values = wide[joined].to_numpy()
            axes.barh(
                [p + shift for p in range(len(wide))], values, height=0.34, color=colour, label=word
            )
            for place, value in enumerate(values):
                side = 4 if value >= 0 else -4
                axes.annotate(signed(value), (value, place + shift), (side, 0), textcoords="offset points", va="center",
                              ha="left" if value >= 0 else "right", fontsize=7.6)  # fmt: skip
            told.append(
                f"{word}: "
                + ", ".join(f"{j} {signed(v)}" for j, v in zip(wide.index, values, strict=True))
            )
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.set_yticks(range(len(wide)), [fill(text, 26) for text in wide.index])
        axes.set_ylim(len(wide) - 0.4, -0.6)
        axes.margins(x=0.14)
        axes.set_xlabel("Sumbangan rata-rata pada log-peluang")
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
        behind(axes)
        figure.legend(frameon=False, ncols=2, loc="outside upper left", fontsize=8)
        return as_svg(figure), f"Rata-rata bukti pasangan contoh acak. {'; '.join(told)}."


def signed(value: float, lang: str = "id") -> str:
    """+1,2 or −1,2."""
    return f"{'−' if value < 0 else '+'}{number(abs(value), 1, lang)}"
