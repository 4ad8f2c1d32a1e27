"""The technical annex: how it was counted, linkage quality, contents, and every released table."""

from analysis.briefs.audiensi.collaboration import quality, status
from analysis.briefs.blocks import Block, Contents, Headline, Prose, Section
from analysis.briefs.headed import Numbered
from analysis.briefs.labels import Labels
from analysis.briefs.opened import Brief
from analysis.briefs.topic_tables import TopicTables
from analysis.notation import number

_CHAPTER, _TOPIC = 2, 3


def method(brief: Brief) -> list[Block]:
    """What was counted, on what, what the figures cannot say, and what stands where."""
    topics = [topic for topic in brief.cells.tables if topic != "statistik"]
    cells = sum(len(brief.cells.tables[topic]) for topic in topics)
    held = sum(int((brief.cells.tables[topic]["status"] != "terbit").sum()) for topic in topics)
    facts = {
        "topics": len(topics),
        "cells": number(cells, 0, brief.lang),
        "held": number(held, 0, brief.lang),
    }
    how = {"smallest": brief.cells.smallest, "month": brief.month, "day": brief.day}
    listed = [(level, title) for level, title, _ in _outline(brief)]
    return [
        Headline(brief.say("lampiran_headline"), brief.say("lampiran_lead", **facts)),
        Contents(brief.say("lampiran_isi"), tuple(listed)),
        Section(brief.say("lampiran_cara")),
        Prose(tuple(brief.say(f"lampiran_cara_{n}", **how) for n in range(1, 7))),
        quality(brief),
    ]


def tables(brief: Brief) -> list[Block]:
    """Every released topic by chapter, in the order of briefs.toml."""
    place, blocks = Numbered(brief), []
    for level, title, topic in _outline(brief):
        blocks.append(Section(title, level))
        if topic:
            blocks += TopicTables(brief, topic).blocks(place)
    return [*blocks, status(brief)]


def _outline(brief: Brief) -> list[tuple[int, str, str]]:
    """(level, title, topic): chapters and the topics in them that were released."""
    left, found, labels = list(brief.cells.tables), [], Labels(brief.rulebook, brief.lang)
    chapters = [(c["judul"], c["topik"]) for c in brief.entries("bab")]
    inside = {topic for _, topics in chapters for topic in topics}
    others = sorted(topic for topic in left if topic not in inside)
    for title, topics in [*chapters, (brief.say("lampiran_lain"), others)]:
        held = [topic for topic in topics if brief.cells.has(topic)]
        found += [(_CHAPTER, title, "")] if held else []
        found += [(_TOPIC, labels.topic(topic), topic) for topic in held]
    return found
