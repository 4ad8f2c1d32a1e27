"""A page of talking points with the eight questions an official is likely to be asked."""

from pathlib import Path

from analysis.briefs import narrative
from analysis.briefs.audiensi.decision import decision
from analysis.briefs.blocks import Block, Headline, Prose, Section, Steps
from analysis.briefs.cited import bare, bare_all
from analysis.briefs.forms.facts import edition_line, mark
from analysis.briefs.intervals import doubt
from analysis.briefs.opened import Brief
from analysis.briefs.paper import write_pdf
from analysis.briefs.positions import map_title
from analysis.notation import number_word, sentence


def write_talking(brief: Brief, target: Path) -> list[Path]:
    """One page as PDF, tagged like the briefs."""
    # on a single page a mark in the running header would be read aloud by nobody
    marked = [Prose((mark(brief),))] if brief.synthetic else []
    blocks = [bare_all(block.data()) for block in [*marked, *talking_points(brief)]]
    office = brief.rulebook.briefs["naskah"]["audiensi"]["kantor"]
    short = brief.words["tanda_pendek"] if brief.synthetic else ""
    meta = {
        "lang": "id", "title": "Poin bicara", "office": office, "kind": "Poin bicara",
        "edition": edition_line(brief), "mark": "",
        "footer": " · ".join(part for part in ("Poin bicara", brief.month, short) if part),
    }  # fmt: skip
    write_pdf(blocks, meta, brief.on, target)
    return [target]


def talking_points(brief: Brief) -> list[Block]:
    """The finding, three points, eight questions with their answers."""
    head = decision(brief)[0]
    points = tuple(
        (f"{sentence(label)}:", f"{bare(value)} ({bare(note)}).")
        for value, label, note in narrative.key_figures(brief)
    )
    return [
        Headline(bare(head.text), bare(head.lead)),
        Section(brief.say("bicara_poin")),
        Steps(points),
        Section(brief.say("bicara_tanya")),
        Steps(tuple(_answers(brief))),
    ]


def _answers(brief: Brief):
    facts = {
        "lists": bare(narrative.lists(brief)), "smallest": brief.cells.smallest, "day": brief.day, "month": brief.month,
        "rows": bare(narrative.rows_sentence(brief)), "map": bare(map_title(brief)),
        "doubt": doubt(brief, brief.cells.cell("utama", "desil_prioritas", "bagian_tanpa_program")),
        "requests": sentence(number_word(len(brief.rulebook.briefs["permohonan"]))),
    }  # fmt: skip
    for number in range(1, 9):
        yield brief.say(f"tanya_{number}"), brief.say(f"jawab_{number}", **facts)
