"""Pictures of linkage, drawn from counts; (svg, alt text)."""

import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, SOFT
from analysis.briefs.pictures.drawing import as_svg, behind, canvas, word_at
from analysis.notation import number

_DIMENSIONS = {"jenis_kelamin": "Jenis kelamin", "umur": "Umur", "kelurahan": "Kelurahan"}
_MORE = "lebih sering luput"


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
        other.yaxis.set_major_formatter(
            lambda value, _: number(value, 0 if value == int(value) else 1)
        )
        axes.axvline(cut, color=SOFT, linewidth=1, linestyle="--")
        axes.annotate("ambang kit", (cut, 0.97), (4, 0), xycoords=("data", "axes fraction"), textcoords="offset points",
                      va="top", color=SOFT)  # fmt: skip
        svg = as_svg(figure)
    used = curve[curve["ambang"] >= cut].iloc[0]
    return svg, (
        f"Pada ambang {number(cut, 1)}: {number(int(used['digabung']))} tautan, diduga salah {number(used['diduga_salah'], 1)}."
    )


def miss_dots(table: pd.DataFrame) -> tuple[str, str]:
    """Rows in a thousand that miss their person, with interval, a line a group beside the city's rate.

    `table` (Links.by_group): dimensi, kelompok, luput, luput_bawah, luput_atas, terhadap_kota. Groups are in
    order of name, not of rank; an interval beyond the picture ends in an arrow.
    """
    city = 1000 * float(table.loc[table["dimensi"] == "kota", "luput"].iloc[0])
    groups = table[table["dimensi"] != "kota"]
    most = max(6 * city, 1300 * float(groups["luput"].quantile(0.9)), 1.0)
    place, ticks = 0.0, []
    with canvas(6.8, 0.9 + 0.19 * (len(groups) + 3)) as (figure, axes):
        for dimension, part in groups.groupby("dimensi", sort=False):
            for row in part.itertuples():
                word = "" if dimension == "kelurahan" else f"{_DIMENSIONS[dimension]}: "
                ticks.append((place, f"{word}{row.kelompok}"))
                _miss_interval(axes, place, row, most)
                place += 1
            place += 0.8
        axes.axvline(city, color=SOFT, linewidth=1, linestyle="--")
        word_at(axes, f"kota {number(city, 1)}", (city, -1.1), (3, 0), fontsize=7.6, color=SOFT)
        axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks], fontsize=7.4)
        axes.set_ylim(place - 0.4, -1.9)
        axes.set_xlim(0, most)
        axes.set_xlabel("Luput per 1.000 catatan (selang 95%)")
        axes.xaxis.set_major_formatter(lambda value, _: number(value, 0 if most > 8 else 1))
        behind(axes)
        svg = as_svg(figure)
    return svg, f"Kota: {number(city, 1)} dari 1.000 catatan luput. {_told_missed(groups)}"


def _told_missed(groups: pd.DataFrame) -> str:
    """Groups whose whole interval lies above the city, in words."""
    told = [
        f"{_DIMENSIONS[row.dimensi].lower()} {row.kelompok} {number(1000 * row.luput, 1)}"
        for _, part in groups.groupby("dimensi", sort=False)
        for row in part[part["terhadap_kota"] == _MORE].itertuples()
    ]
    if not told:
        return "Tidak ada kelompok yang seluruh selangnya di atas kota."
    return f"Lebih sering luput daripada kota: {'; '.join(told)}."


def _miss_interval(axes, place: float, row, most: float) -> None:
    """A group's dot and interval; what lies beyond `most` is an arrow, a dot there its number."""
    low, value, high = (1000 * x for x in (row.luput_bawah, row.luput, row.luput_atas))
    colour, mark = (ACCENT, "D") if row.terhadap_kota == _MORE else (BASE, "o")
    axes.plot([low, min(high, most)], [place, place], color=colour, linewidth=1.6, alpha=0.6)
    if high > most:
        axes.plot(most, place, ">", color=colour, markersize=4, clip_on=False)
    if value <= most:
        axes.plot(value, place, mark, color=colour, markersize=4.5)
    else:
        axes.annotate(number(value), (most, place), (-5, 3), textcoords="offset points", ha="right",
                      fontsize=7.4)  # fmt: skip
