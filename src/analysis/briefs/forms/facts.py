"""What every form says: the sentences of the audiensi brief without their references, officials from pejabat.toml."""

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from analysis.briefs import narrative
from analysis.briefs.cited import bare
from analysis.briefs.opened import Brief


def mark(brief: Brief) -> str:
    """DATA SINTETIS …, or nothing for real data."""
    return brief.words["tanda_sintetis"] if brief.synthetic else ""


def headline(brief: Brief) -> str:
    """The finding."""
    return bare(narrative.headline(brief))


def lead(brief: Brief) -> str:
    """The lead."""
    return bare(narrative.lead(brief))


def key_figures(brief: Brief) -> list[tuple[str, str, str]]:
    """(value, label, note)."""
    return [tuple(bare(text) for text in item) for item in narrative.key_figures(brief)]


def edition_line(brief: Brief) -> str:
    """Edisi 1 · 15 Desember 2025 · DRAFT."""
    return f"{brief.words['edisi']} {brief.number} · {brief.day} · {brief.status}"


@cache
def _kit_officials() -> dict:
    path = Path(str(resources.files("analysis").joinpath("rules/pejabat.toml")))
    return tomllib.loads(path.read_text(encoding="utf-8"))


def official(brief: Brief, role: str) -> dict[str, str]:
    """jabatan, nama, pangkat and nip of a role; the office's own pejabat.toml speaks before the kit's blanks.

    Names stand only there; for a sample city none is printed.
    """
    found = dict(_kit_officials()["pejabat"][role])
    own = brief.rulebook.briefs.get("pejabat", {}).get(role, {})
    return found if brief.synthetic else found | own
