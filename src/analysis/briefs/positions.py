"""Kelurahan above, level with and below the city: counted, never ranked."""

from collections import Counter

from analysis.briefs.cited import cited
from analysis.briefs.narrative import PRIORITY
from analysis.briefs.opened import Brief
from analysis.policy import Area

POSITIONS = ("di_atas", "setara", "di_bawah")


def position(brief: Brief, area: Area) -> str:
    """Where a kelurahan's share of families without a programme lies; '' where that is not shown."""
    cell = brief.cells.cell("kelurahan", PRIORITY, "bagian_tanpa_program", area=area.kode)
    shown = cell is not None and cell["status"] == "terbit" and cell["teks"] in POSITIONS
    return cell["teks"] if shown else ""


def positions(brief: Brief) -> dict[str, int]:
    """How many kelurahan lie above, level with and below the city."""
    found = Counter(position(brief, area) for area in brief.rulebook.kelurahan())
    return {where: found[where] for where in POSITIONS}


def counted(count: int, what: str) -> str:
    """A count of kelurahan by position; its source is the column of the table it was counted in."""
    return cited(str(count), f"kelurahan/*/{PRIORITY}//bagian_tanpa_program#banyak_{what}")


def map_title(brief: Brief) -> str:
    """Counts of kelurahan by position; never a rank."""
    found = positions(brief)
    hidden = len(brief.rulebook.kelurahan()) - sum(found.values())
    if not any(found.values()):
        return brief.say("peta_kosong")
    if not found["di_atas"] and not hidden:
        return brief.say("peta_rata")
    above, level, below = (counted(found[name], name) for name in POSITIONS)
    text = brief.say("peta_judul", above=above, level=level, below=below)
    return (
        brief.say("peta_tersembunyi", text=text, hidden=counted(hidden, "tersembunyi"))
        if hidden
        else text
    )
