"""The technical annex: how it was counted, linkage quality, findings, and every released table."""

from analysis.briefs import narrative
from analysis.briefs.audiensi.collaboration import quality, status
from analysis.briefs.blocks import Block, Headline, Prose, Section, Table
from analysis.briefs.headed import Numbered
from analysis.briefs.opened import Brief

_ROWS = 14  # of one table: it moves to the next page whole, so a short one leaves little room empty


def method(brief: Brief) -> list[Block]:
    """What was counted, on what, and what the figures cannot say."""
    topics = [topic for topic in brief.cells.tables if topic != "statistik"]
    cells = sum(len(brief.cells.tables[topic]) for topic in topics)
    held = sum(int((brief.cells.tables[topic]["status"] != "terbit").sum()) for topic in topics)
    blocks: list[Block] = [
        Headline(
            brief.say("lampiran_headline"),
            brief.say("lampiran_lead", topics=len(topics), cells=cells, held=held),
        ),
        Section(brief.say("lampiran_cara")),
        Prose(
            tuple(
                brief.say(
                    f"lampiran_cara_{n}",
                    smallest=brief.cells.smallest,
                    month=brief.month,
                    day=brief.day,
                )
                for n in range(1, 6)
            )
        ),
    ]
    return [*blocks, quality(brief)]


def tables(brief: Brief) -> list[Block]:
    """Every released topic, rows × (column, measure), in the order of briefs.toml then of name."""
    place, blocks = Numbered(brief), []
    known = brief.rulebook.briefs["topik"]
    order = [name for name in known if brief.cells.has(name)]
    order += sorted(name for name in brief.cells.tables if name not in known)
    for topic in order:
        blocks += [
            Section(known.get(topic, topic.replace("_", " ").capitalize())),
            *_topic(brief, topic, place),
        ]
    return [*blocks, status(brief)]


def _topic(brief: Brief, topic: str, place: Numbered) -> list[Block]:
    rows = [row | {"topik": topic} for row in brief.cells.rows(topic).to_dict("records")]
    heads: dict[tuple[str, str], str] = {}
    lines: dict[tuple[str, str], dict] = {}
    for row in rows:
        heads.setdefault((row["kolom"], row["ukuran"]), _head(brief, row))
        lines.setdefault((row["wilayah"], row["baris"]), {})[row["kolom"], row["ukuran"]] = row
    by_area = len({area for area, _ in lines}) > 1
    found, keys = [], list(heads)
    for start in range(0, len(keys), 6):
        part = keys[start : start + 6]
        body = [
            (
                _line(brief, topic, area, name, by_area),
                *(_shown(brief, line.get(key)) for key in part),
            )
            for (area, name), line in lines.items()
            if any(key in line for key in part)
        ]
        columns = ((brief.say("lampiran_baris"), "l"), *((heads[key], "r") for key in part))
        title, widths = brief.rulebook.briefs["topik"].get(topic, topic), (2, *[1.0] * len(part))
        for first in range(
            0, len(body), _ROWS
        ):  # a header repeated over a page would be read to nobody
            rows = tuple(body[first : first + _ROWS])
            found.append(Table(place.table(), title, "", columns, rows, "", widths))
    return found


def _shown(brief: Brief, cell: dict | None) -> str:
    if cell is None or cell["status"] == "tidak_dapat_dihitung":
        return "–"
    text = brief.cells.cited(cell)
    if not (narrative.has_interval(cell) and cell["satuan"] == "bagian"):
        return text
    return f"{text} ({narrative.span(brief, cell)})"


def _head(brief: Brief, row: dict) -> str:
    labels = brief.rulebook.briefs["label"]
    parts = [
        labels.get(row["kolom"], _programme(brief, row["kolom"])),
        labels.get(row["ukuran"], row["ukuran"].replace("_", " ")),
    ]
    text = ": ".join(part for part in parts if part)
    return f"{text} ({row['satuan']})" if row["satuan"] not in ("bagian", row["ukuran"]) else text


def _line(brief: Brief, topic: str, area: str, name: str, by_area: bool) -> str:
    where = next((a.nama for a in brief.rulebook.areas if a.kode == area), area) if by_area else ""
    facts = {s.kode: s.label for s in brief.rulebook.statistics}
    labels = brief.rulebook.briefs["label"]
    what = (
        facts.get(name)
        or labels.get(name)
        or " + ".join(_programme(brief, code) for code in name.split("+"))
    )
    return " · ".join(part for part in (where, what) if part)


def _programme(brief: Brief, code: str) -> str:
    found = [p.singkatan for p in brief.rulebook.programmes if p.kode == code]
    return found[-1] if found else code.replace("_", " ")
