"""`selaras demo --describe`: what was planted in the sample city, and how far it keeps to published figures."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from analysis.cli.words import say
from analysis.errors import UsageError, message
from analysis.notation import number


def tell_city(folder: Path, rulebook, set_name: str, lang: str, as_json: bool) -> None:
    """Counts a planted kind, and the city's figures beside official ones. Raises UsageError where there is no city."""
    from analysis.synthetic.calibration import calibration, planted_counts

    if not folder.is_dir():
        raise UsageError("demo_missing", set=set_name)
    lines, assumed = calibration(folder, rulebook)
    counts = planted_counts(folder)
    if as_json:
        facts = [{"label": x.label, "reference": x.reference, "city": round(x.city, 4), "fits": x.fits, "source": x.source} for x in lines]  # fmt: skip
        return say(True, {"calibration": facts, "assumed": assumed, "planted": counts}, "")
    console = Console(width=None if Console().is_terminal else 160, highlight=False)
    console.print(_calibrated(lines, lang))
    console.print(message("demo_assumed", lang), *(f"- {text}" for text in assumed), sep="\n")
    console.print(_planted(counts, lang))


def _calibrated(lines, lang: str) -> Table:
    table = _table("demo_calibration", lang)
    fits = {fit: message(f"demo_fits_{str(fit).lower()}", lang) for fit in (True, False)}
    for x in lines:
        shown = [number(value, _places(x.reference), lang) for value in (x.reference, x.city, x.low, x.high)]  # fmt: skip
        table.add_row(x.label, shown[0], shown[1], f"{shown[2]}–{shown[3]}", fits[bool(x.fits)], x.source)  # fmt: skip
    return table


def _planted(counts, lang: str) -> Table:
    table = _table("demo_planted", lang)
    for row in counts:
        table.add_row(row["kind"], row["source"], row["period"], number(row["n"], 0, lang))
    return table


def _table(key: str, lang: str) -> Table:
    """An empty table; the message holds its title and its heads."""
    title, *heads = message(key, lang).split("|")
    return Table(*heads, title=title)


def _places(reference: float) -> int:
    return 0 if reference >= 100 else 2 if reference >= 1 else 3
