"""`selaras rules check | show`: the rules, read and checked, and those of one day."""

from pathlib import Path

import typer

from analysis import launch
from analysis.cli.show import rules_show
from analysis.cli.words import AsJson, Lang, RulesDir, say
from analysis.errors import message
from analysis.policy import load_rulebook
from analysis.settings import Workspace

rules_app = typer.Typer(help="Aturan yang berlaku.", no_args_is_help=True)
rules_app.command("show")(rules_show)


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
