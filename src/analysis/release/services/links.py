"""How the tables of services hang together with one another and with those of families and programmes."""

import pandas as pd

from analysis.policy import Rulebook
from analysis.release.family_atoms import DESIL
from analysis.release.links import Link, Where

# Every arrival stands in the tables of outcomes, months and lengths, and as a row of the log.
ARRIVALS = Link(("kedatangan", "{row}"))


def kinds(*kinds: str) -> Where:
    """Atoms of these columns."""
    return lambda atoms: atoms["kolom"].isin(kinds)


def split(mark: str) -> Where:
    """Atoms so marked by the splitting column."""
    return lambda atoms: atoms["pisah"] == mark


def part(name: str) -> Where:
    """Atoms of this part."""
    return lambda atoms: atoms["bagian"] == name


def recipients(unit: str) -> list[tuple[str, ...]]:
    """Where recipients of a programme stand by area: with those held against a desil, or families by programme."""
    scored, held = (
        ("{level}", "{area}", "{row}", "", "penerima"),
        ("penerima", "{area}", "{row}", "", unit),
    )
    return [scored, held]


def states(unit: str) -> tuple[Link, ...]:
    """Everybody on the list; what a transfer order may be held against; what movement calls failed."""
    paid = ("salur", "belum_transaksi", "transaksi", "dikembalikan", "lainnya", "tanpa_status")
    return (
        Link(("program", "{area}", "{row}", "", "penerima")),
        Link(("buku", "{area}", "{row}", "sp2d", unit), kinds(*paid)),
        Link(("pergerakan_salur", "{area}", "{row}", "", unit), kinds("gagal", "belum_transaksi", "dikembalikan")),
    )  # fmt: skip


def extreme(rulebook: Rulebook) -> dict[str, tuple[Link, ...]]:
    """Families of the lowest desil are those of desil × programmes; the list's families outside it are the rest."""
    desil = str(rulebook.services.ekstrem.desil)
    city = [
        Link(("desil_program", "{city}", desil, held, "keluarga"), kinds(held))
        for held in ("0", "1")
    ]
    return {
        "desil": (
            Link(("desil_program", "{city}", desil, "jumlah", "keluarga")), *city,
            Link(("{level}", "{area}", "desil_prioritas", "", "keluarga"), inside=True),
            Link(("{level}", "{area}", "desil_prioritas", "", "tanpa_program"), kinds("0"), inside=True),
        ),
        "daftar": (Link(("daftar saja", "{area}"), split("false")),),
    }  # fmt: skip


def now() -> list[Link]:
    """Families by their desil of now stand in the table of desil and programmes too."""
    return [
        Link(("desil_program", "{city}", desil, "jumlah", "keluarga"), kinds(desil), over_rows=True)
        for desil in DESIL
    ]


def jumps(rulebook: Rulebook) -> list[Link]:
    """Families that moved by many desil are cells of the transition table."""
    least = rulebook.services.pergerakan.loncatan_desil

    def moved(sign: int) -> Where:
        return lambda atoms: sign * _steps(atoms) >= least

    return [
        Link(("lompat_desil", "{city}", name, "", "keluarga"), moved(sign), over_rows=True)
        for name, sign in (("naik", 1), ("turun", -1))
    ]


def _steps(atoms: pd.DataFrame) -> pd.Series:
    then, now = (pd.to_numeric(atoms[name], errors="coerce") for name in ("baris", "kolom"))
    return now - then
