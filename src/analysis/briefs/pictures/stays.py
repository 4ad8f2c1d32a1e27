"""Pictures of a service log: nights and capacity, length of stay, weeks. Drawn from counts; (svg, alt text)."""

import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, INK, LIGHT, LINE, MIDDLE, PALE, SOFT
from analysis.briefs.pictures.drawing import as_svg, behind, canvas, word_at
from analysis.notation import number, percent, plain_date


def occupancy(days: pd.DataFrame) -> tuple[str, str]:
    """Guests each night as a stepped area under the line of capacity.

    `days`: tanggal, menginap, kapasitas (missing where no place states it).
    """
    when, guests = pd.to_datetime(days["tanggal"]), days["menginap"]
    beds, peak = days["kapasitas"].max(), guests.idxmax()
    with canvas(7.0, 2.6) as (figure, axes):
        axes.fill_between(when, guests, step="post", color=LIGHT)
        axes.step(when, guests, where="post", color=BASE, linewidth=1.3)
        top = _capacity(axes, when.iloc[0], guests.max(), beds)
        most = f"{number(guests[peak])} tamu, {plain_date(when[peak].date())}"
        word_at(axes, most, (when[peak], guests[peak]), (0, 5), ha="center", fontsize=8, color=INK)
        axes.set_ylim(0, top * 1.2 + 1)
        _months(axes)
        _counts(axes, "Tamu menginap")
        svg = as_svg(figure)
    told = f"Tamu menginap tiap hari, {plain_date(when.iloc[0].date())} sampai {plain_date(when.iloc[-1].date())}: "
    told += f"rata-rata {number(guests.mean(), 1)}, terbanyak {number(guests.max())}, hari terakhir {number(guests.iloc[-1])}"
    stated = f"daya tampung {number(beds)}" if pd.notna(beds) else "daya tampung tidak dinyatakan"
    return svg, f"{told}; {stated}."


def _capacity(axes, first: pd.Timestamp, most: float, beds: float) -> float:
    """The line of capacity where it is stated; how high the picture must reach."""
    if pd.isna(beds):
        return most
    axes.axhline(beds, color=ACCENT, linewidth=1.2, linestyle="--")
    said = f"Daya tampung {number(beds)}"
    axes.text(first, beds, said, color=ACCENT, va="bottom", fontsize=8)
    return max(most, beds)


def survival(curve: pd.DataFrame, usual: int) -> tuple[str, str]:
    """Kaplan–Meier steps with their interval and the reference length of stay (days)."""
    days = [0, *curve["hari"]]
    with canvas(7.0, 2.8) as (figure, axes):
        band = curve.dropna(subset=["bawah", "atas"])
        axes.fill_between(band["hari"], band["bawah"], band["atas"], step="post", color=PALE)
        axes.step(days, [1.0, *curve["bertahan"]], where="post", color=BASE, linewidth=1.8)
        axes.axvline(usual, color=ACCENT, linewidth=1.1, linestyle="--")
        at, said = usual + max(days) * 0.01, f"Acuan {usual} hari"
        axes.text(at, 0.96, said, color=ACCENT, fontsize=8, va="top")
        marks = [0, 0.25, 0.5, 0.75, 1]
        axes.set_yticks(marks, [percent(mark, 0) for mark in marks])
        axes.set_ylim(0, 1.03)
        axes.set_xlim(0, max(days) * 1.02)
        axes.set_xlabel("Hari sejak datang")
        title = "Bagian kunjungan yang masih berlangsung"
        axes.set_title(title, loc="left", fontsize=8.5, color=SOFT)
        behind(axes, "y")
        svg = as_svg(figure)
    past = curve.loc[curve["hari"] <= usual, "bertahan"]
    still = past.iloc[-1] if len(past) else 1.0
    return svg, (
        "Kaplan–Meier; kunjungan yang masih berlangsung ikut dihitung. "
        f"Lebih dari {usual} hari: {percent(still)}; paling lama teramati {number(max(days))} hari."
    )


def weeks(table: pd.DataFrame) -> tuple[str, str]:
    """Persons served for the first time each week as bars over their running total."""
    when = pd.to_datetime(table["minggu"])
    total, empty = table["orang_kumulatif"], table["is_kosong"]
    with canvas(7.0, 3.0) as (figure, axes):
        axes.remove()
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=[1.3, 1])
        top.fill_between(when, total, step="post", color=LIGHT)
        top.step(when, total, where="post", color=BASE, linewidth=1.5)
        word_at(top, number(total.iloc[-1]), (when.iloc[-1], total.iloc[-1]), (4, 2), weight=600)
        top.set_ylim(0, total.max() * 1.2 + 1)
        bottom.bar(when, table["orang"], width=5, color=MIDDLE, align="edge")
        middle = when[empty] + pd.Timedelta(days=2.5)
        bottom.plot(middle, [0.6] * int(empty.sum()), "x", color=ACCENT, markersize=4)
        bottom.set_ylim(0, table["orang"].max() * 1.25 + 1)
        _counts(top, "Sampai minggu itu")
        _counts(bottom, "Orang baru tiap minggu (×: minggu tanpa baris)")
        _months(bottom)
        svg = as_svg(figure)
    blank = f"{number(int(empty.sum()))} minggu tanpa baris bertanggal"
    return (
        svg,
        f"12 PAS: {number(total.iloc[-1])} orang dalam {number(len(table))} minggu; {blank}.",
    )


def _months(axes) -> None:
    from matplotlib.dates import AutoDateLocator, num2date
    from matplotlib.ticker import FuncFormatter

    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda day, _: plain_date(num2date(day).date())[:-5])
    )
    axes.spines["bottom"].set_color(LINE)


def _counts(axes, title: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.set_title(title, loc="left", fontsize=8.5, color=SOFT)
    behind(axes, "y")
