"""Next month's file against the registry's keys and model: the table of contents of a link by increments."""

from analysis.engine import Engine
from analysis.linkage.enrolments import build_enrolments
from analysis.linkage.families import build_families
from analysis.linkage.gates import inspect_standing, judge_match_rates
from analysis.linkage.increments.doubt import build_increment_error, build_maybe_links, build_review
from analysis.linkage.increments.groups import group_new
from analysis.linkage.increments.links import build_links
from analysis.linkage.increments.names import name_increment
from analysis.linkage.increments.part import build_added
from analysis.linkage.refusals import refuse_numberless
from analysis.linkage.standing import Standing
from analysis.policy import Linkage, Rulebook
from analysis.settings import Run

TABLES = (
    "core_links", "core_persons", "core_families", "core_enrolments", "core_maybe_links", "core_linkage_error", "core_linkage_groups",
    "core_review_pairs",
    "registry_lineage",
)  # fmt: skip


def link_increment(engine: Engine, rulebook: Rulebook, run: Run) -> tuple[str, ...]:
    """Make the tables of `link` where most rows were linked before, and the increment's part (`part_*`).

    Reads core_records and what `recognise` made of them; of the base: `base_links`, `base_maybe_links`,
    `base_linkage_error`, `base_linkage_groups` and the tables of its parts (registry_part.py); and registry_keys.
    Persons keep their ids; lineage tells of merges. What a list misses is measured by full runs: its rates are
    the base's. Raises WholeNeeded, LinkageGateError.
    """
    refuse_numberless(engine, rulebook)
    grow_persons(engine, rulebook.linkage, run)
    build_families(engine, run)
    build_enrolments(engine, rulebook, run)
    engine.drop("_seen")
    return TABLES


def grow_persons(engine: Engine, rules: Linkage, run: Run) -> None:
    """Make the tables of persons and doubt, and the increment's part; families and enrolments rest on them."""
    with engine.on_one_thread():
        offset = group_new(engine, rules)
        name_increment(engine, rules, run)
        build_links(engine, rules)
        before, now = _standings(engine)
        inspect_standing(engine, now, rules)
        judge_match_rates(engine, rules, now, before)
        build_maybe_links(engine, rules, now)
        build_increment_error(engine, now)
        engine.table("core_linkage_groups", "SELECT * FROM base_linkage_groups")
        build_review(engine, rules, offset)
        build_added(engine, run, now)
    engine.drop(
        "_units", "_unit_of", "_node_of", "_nodes", "_scored", "_grown", "_both", "_one", "_sure", "_over", "_new", "_again", "_met",
        "_kept_stands", "_stands", "_kept", "_person_of", "_changed", "_fresh", "_clusters", "_new_keys", "_whose", "_taken", "_sources", "_files", "_keys",
        "_own_sure", "_open", "_parted", "_returned", "_gone", "_decided", "_together", "_apart",
    )  # fmt: skip


def _standings(engine: Engine) -> tuple[Standing | None, Standing]:
    """Where persons stood in the period before, where that is the base; and where they stand now."""
    before = None
    if "base_records" in engine.names():
        before = Standing.read(engine, "SELECT person, place, n FROM base_stands", "base_sources")
    return before, standing_now(engine)


def standing_now(engine: Engine) -> Standing:
    """Where persons stand, of what `recognise` and `name_increment` made."""
    return Standing.read(engine, _STANDS_NOW, "_sources", _MOVED)


_STANDS_NOW = """
    SELECT person, place, n FROM _stands
    UNION ALL SELECT person, CAST(place AS UTINYINT), 1 FROM _fresh JOIN _new USING (record_id) JOIN _sources USING (source)"""
_MOVED = "SELECT person, into_person FROM _changed WHERE person <> into_person"
