"""`selaras rules check | show`: the rules, read and checked, and those of one day."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Annotated

import typer

from analysis import launch
from analysis.cli.show import print_table
from analysis.cli.words import AsJson, Lang, RulesDir, parsed_date, say
from analysis.errors import UsageError, message
from analysis.policy import Policy, Ruling, Unit, Verdict, load_rulebook
from analysis.settings import Workspace

rules_app = typer.Typer(help="Aturan yang berlaku.", no_args_is_help=True)
# How a verdict stands in a cell of the matrix; '' = no rule.
MARKS = {
    Verdict.KOMPLEMENTER: "sah", Verdict.BERSYARAT: "syarat", Verdict.PERLU_KLARIFIKASI: "?", Verdict.DILARANG: "LARANG",
}  # fmt: skip
_HEADS = ("program", "dengan", "putusan", "aturan", "alasan")
Found = dict[tuple[str, str], Ruling]


@rules_app.command("check")
def rules_check(rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False) -> None:
    """Periksa semua berkas aturan sekaligus. Contoh: selaras rules check"""
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    counts = {
        "programmes": len(rulebook.programmes),
        "overlap": len(rulebook.overlap),
        "layouts": len(rulebook.layouts),
    }
    say(as_json, counts, message("rules_fine", lang, **counts))


@rules_app.command("show")
def rules_show(
    on: Annotated[str | None, typer.Option(help="Tanggal TTTT-BB-HH; bawaan: hari ini.")] = None,
    unit: Annotated[str, typer.Option(help="keluarga atau jiwa.")] = "keluarga",
    detail: Annotated[bool, typer.Option("--detail", help="Sebut aturan dan alasan tiap pasangan.")] = False,
    rules: RulesDir = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Matriks putusan pada satu tanggal. Contoh: selaras rules show --on 2025-12-15"""
    if unit not in ("keluarga", "jiwa"):
        raise UsageError("unit_unknown", unit=unit)
    day = parsed_date(on) if on else date.today()
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    policy = Policy(rulebook, day)
    known = sorted(rulebook.programmes_on(day))
    found = _ruled(policy, known, unit)
    rows = [(a, b, r.verdict.value, ", ".join(r.rules), r.reason) for (a, b), r in found.items()]
    silent = len(known) * (len(known) + 1) // 2 - len(found)
    if as_json:
        told = [dict(zip(_HEADS, row, strict=True)) for row in rows]
        return say(True, {"on": day.isoformat(), "rules": told, "belum_diatur": silent}, "")
    print_table(_HEADS, rows) if detail else _matrix(policy, found)
    typer.echo(message("rules_legend", lang, count=silent))


def _ruled(policy: Policy, known: Sequence[str], unit: Unit) -> Found:
    """Pairs a rule speaks of, a programme with itself among them."""
    pairs = combinations_with_replacement(known, 2)
    return {pair: policy.ruling(pair, unit) for pair in pairs if policy.has_rule(pair, unit)}


def _matrix(policy: Policy, found: Found) -> None:
    """One row and one column a programme that any rule names; below the diagonal only."""
    names = sorted({code for pair in found for code in pair})
    rows = []
    for line, own in enumerate(names):
        marks = (found.get((other, own)) for other in names[: line + 1])
        cells = [MARKS[ruling.verdict] if ruling else "" for ruling in marks]
        rows.append((policy.programme(own).singkatan, *cells, *[""] * (len(names) - line - 1)))
    print_table(("", *(policy.programme(name).singkatan for name in names)), rows)
