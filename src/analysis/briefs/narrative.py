"""Every sentence with a number: filled from cells, in variants that follow the data.

A sentence whose cell may not be shown is not written; none claims a difference the cells do not show. Numbers
carry their cells (`Cells.cite`), so that a printed number can be traced and the prose be read back.
"""

from analysis.briefs.cited import cited
from analysis.briefs.intervals import count_span, doubt, has_interval
from analysis.briefs.opened import Brief
from analysis.notation import number, number_word, percent, plain_date, sentence

PRIORITY = "desil_prioritas"


def headline(brief: Brief) -> str:
    """The finding of page 1, in natural frequencies."""
    cell = brief.cells.cell("utama", PRIORITY, "bagian_tanpa_program")
    requests = number_word(len(brief.rulebook.briefs["permohonan"]), brief.lang)
    if cell is None or cell["status"] != "terbit":
        return sentence(brief.say("headline_no_share", requests=requests))
    return brief.say("headline", hundred=of_hundred(brief, cell), requests=requests)


def of_hundred(brief: Brief, cell: dict) -> str:
    """A share as so many of a hundred."""
    return brief.cells.derived(number(cell["nilai"] * 100, 0, brief.lang), cell, "seratus")


def lead(brief: Brief) -> str:
    """At most 50 words, opening with the achievement."""
    cells, parts = brief.cells, []
    if cells.value("utama", "pas12", "orang") is not None:
        parts.append(
            brief.say(
                "lead_pas12", people=cells.cite("utama", "pas12", "orang"),
                areas=cells.cite("utama", "pas12", "kelurahan"), all=len(brief.rulebook.kelurahan()),
            )
        )  # fmt: skip
    parts.append(_covered(brief))
    if cells.value("utama", "telaah", "keluarga") is not None:
        parts.append(brief.say("lead_review", families=cells.cite("utama", "telaah", "keluarga")))
    return " ".join(part for part in parts if part)


def _covered(brief: Brief) -> str:
    """The complement of the headline: families of desil 1–2 that are on a list."""
    cell = brief.cells.cell("utama", PRIORITY, "bagian_tanpa_program")
    if cell is None or cell["status"] != "terbit":
        return ""
    left = number(cell["penyebut"] - cell["pembilang"], 0, brief.lang)
    return brief.say(
        "lead_covered",
        families=brief.cells.derived(number(cell["penyebut"], 0, brief.lang), cell, "penyebut"),
        covered=brief.cells.derived(left, cell, "sisa"),
        lists=lists(brief),
    )


def lists(brief: Brief) -> str:
    """How many lists were matched."""
    return brief.cells.cite("utama", "daftar", "program")


def key_figures(brief: Brief) -> tuple[tuple[str, str, str], ...]:
    """Three numbers of page 1: (value, label, note)."""
    cells, items = brief.cells, []
    pas = cells.cell("utama", "pas12", "orang")
    if pas is not None:
        day = plain_date(pas["tanggal"], brief.lang) if pas["tanggal"] is not None else brief.day
        areas, everywhere = (
            cells.cite("utama", "pas12", "kelurahan"),
            len(brief.rulebook.kelurahan()),
        )
        note = brief.say("angka_pas12_catatan", areas=areas, all=everywhere, day=day)
        items.append((cells.cited(pas), brief.say("angka_pas12"), note))
    missed = cells.cell("utama", PRIORITY, "tanpa_program")
    if missed is not None:
        share = cells.cell("utama", PRIORITY, "bagian_tanpa_program")
        note = brief.say(
            "angka_belum_catatan",
            share=cells.cited(share),
            lists=lists(brief),
            doubt=doubt(brief, share),
        )
        items.append((cells.cited(missed), brief.say("angka_belum"), note))
    money = cells.cite("utama", "telaah", "rupiah")
    note = brief.say("angka_telaah_catatan", money=money)
    items.append((cells.cite("utama", "telaah", "keluarga"), brief.say("angka_telaah"), note))
    return tuple(items)


def desil_title(brief: Brief) -> str:
    """What the figure shows: desil 1 and 5 side by side, no difference claimed."""
    low, high = (_share_without(brief, desil) for desil in ("1", "5"))
    if not low or not high:
        return brief.say("desil_judul_tanpa")
    return brief.say("desil_judul", low=low, high=high)


def _share_without(brief: Brief, desil: str) -> str:
    none = brief.cells.cell("desil_program", desil, "keluarga", "0")
    total = brief.cells.value("desil_program", desil, "keluarga", "jumlah")
    if none is None or none["status"] != "terbit" or not total:
        return ""
    shown = percent(none["nilai"] / total, 0, brief.lang)
    return brief.cells.derived(shown, none, "bagian_dari_jumlah")


def rows_sentence(brief: Brief) -> str:
    """Rows read = rows kept + rows set aside, summed over the files."""
    if not brief.cells.has("mutu"):
        return ""
    table = brief.cells.rows("mutu")
    sums = table[table["status"] == "terbit"].groupby("ukuran")["nilai"].sum()
    read, kept, aside = (
        sums.get(f"baris_{name}") for name in ("dibaca", "disimpan", "dikeluarkan")
    )
    if read is None or read != kept + aside:
        return ""

    def summed(value: float, name: str) -> str:
        return cited(
            number(value, 0, brief.lang), f"mutu/{brief.cells.city}/*//baris_{name}#jumlah"
        )

    sources = cited(
        number(table["baris"].nunique(), 0, brief.lang),
        f"mutu/{brief.cells.city}/*//*#banyak_sumber",
    )
    return brief.say(
        "mutu_baris", sources=sources, read=summed(read, "dibaca"), kept=summed(kept, "disimpan"),
        aside=summed(aside, "dikeluarkan"),
    )  # fmt: skip


def persons_sentence(brief: Brief) -> str:
    """Of how many persons the rows speak, and how many they truly are."""
    cell = brief.cells.cell("utama", "kota", "orang")
    if cell is None or cell["status"] != "terbit" or not has_interval(cell):
        return ""
    return brief.say("mutu_orang", people=brief.cells.cited(cell), span=count_span(brief, cell))
