"""Page 1: the finding, three numbers, what is asked of the province, official figures apart."""

from analysis.briefs import narrative
from analysis.briefs.audiensi.shared_work import asked_amount, with_answer
from analysis.briefs.blocks import Block, Box, Figures, Headline, Section, Table
from analysis.briefs.headed import columns
from analysis.briefs.intervals import doubt
from analysis.briefs.opened import Brief
from analysis.briefs.positions import counted, positions
from analysis.notation import number, number_word, plain_date, rupiah, sentence
from analysis.policy import Statistic


def decision(brief: Brief) -> list[Block]:
    """Page 1: finding, lead, three numbers, what is asked of the province."""
    return [
        Headline(narrative.headline(brief), narrative.lead(brief)),
        Figures(narrative.key_figures(brief)),
        Section(brief.say("dukungan")),
        _requests(brief),
        *_official(brief),
        _how_to_read(brief),
    ]


def _requests(brief: Brief) -> Table:
    asked = brief.entries("permohonan")
    rows = tuple(
        (
            r["isi"],
            with_answer(brief, r, _amount(brief, r)),
            r["dasar"],
            r["satuan"],
            r["waktu"],
            r["kota"],
        )
        for r in asked
    )
    count = sentence(number_word(len(asked), brief.lang))
    return Table(
        brief.say("tabel", number=1), brief.say("tabel_dukungan", count=count), "",
        columns(brief, "dukungan", "llllll"), rows, brief.say("catatan_dukungan"), (2.5, 1.1, 2, 0.85, 1, 2),
    )  # fmt: skip


def _amount(brief: Brief, entry: dict) -> str:
    word = entry["jumlah"]
    if word == "permohonan":
        return asked_amount(brief, entry["kode"])
    if word != "kelurahan_di_atas":
        return word
    count = positions(brief)["di_atas"]
    if not count:
        return brief.say("ditetapkan_bersama")
    return brief.say("calon", count=counted(count, "di_atas"))


def _official(brief: Brief) -> list[Block]:
    """Real official figures in a box of their own, each with its date and source."""
    if not brief.cells.has("statistik"):
        return []
    known = {s.kode: s for s in brief.rulebook.statistics}
    rows = []
    for cell in brief.cells.rows("statistik").itertuples():
        fact = known[cell.baris]
        shown = brief.cells.derived(
            _with_unit(cell.nilai, fact, brief.lang),
            cell._asdict() | {"topik": "statistik"},
            "resmi",
        )
        source = f"{plain_date(fact.tanggal, brief.lang)}; {fact.said('sumber', brief.lang)}"
        rows.append((fact.said("label", brief.lang), shown, source))
    return [Box(brief.say("resmi"), (brief.say("resmi_isi"),), "resmi", tuple(rows))]


def _with_unit(value: float, fact: Statistic, lang: str) -> str:
    """Rp678.258 per orang sebulan, 7,20 persen, 24.100 jiwa."""
    unit = fact.said("satuan", lang)
    if unit.startswith("rupiah"):
        return rupiah(value, lang) + unit.removeprefix("rupiah")
    return f"{number(value, fact.desimal, lang)} {unit}"


def _how_to_read(brief: Brief) -> Box:
    share = brief.cells.cell("utama", "desil_prioritas", "bagian_tanpa_program")
    text = brief.say("cara_membaca_isi", lists=narrative.lists(brief), doubt=doubt(brief, share))
    return Box(brief.say("cara_membaca"), (text,))
