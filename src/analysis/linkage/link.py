"""The room's table of contents: records → links, persons, families, enrolments."""

from analysis.engine import Engine
from analysis.linkage.clusters import build_maybe_links, join_units
from analysis.linkage.decisions import bring_decisions
from analysis.linkage.enrolments import build_enrolments
from analysis.linkage.families import build_families
from analysis.linkage.gates import inspect_clusters, judge_match_rates
from analysis.linkage.group_error import build_group_error
from analysis.linkage.keys import build_units
from analysis.linkage.linkage_error import build_linkage_error
from analysis.linkage.refusals import refuse_numberless
from analysis.linkage.registry import name_persons
from analysis.linkage.registry_part import build_index, tell_kept, tell_part
from analysis.linkage.review_pairs import build_review_pairs
from analysis.policy import Rulebook
from analysis.settings import Run

TABLES = (
    "core_links", "core_persons", "core_families", "core_enrolments", "core_maybe_links", "core_linkage_error", "core_linkage_groups",
    "core_review_pairs",
    "registry_keys", "registry_lineage", "registry_model",
)  # fmt: skip


def link(engine: Engine, rulebook: Rulebook, run: Run) -> tuple[str, ...]:
    """Make persons, families and enrolments of `core_records`, with doubt, and the person registry.

    Reads `registry_keys`, `registry_lineage` and `linkage_decisions` where they are attached.
    A set without person records (a survey alone) makes none of them.
    Raises LinkageGateError where a broken key joins more rows than any person can have.
    """
    if not engine.one("SELECT count(*) FROM core_records"):
        return ()
    link_persons(engine, rulebook, run)
    build_families(engine, run)
    build_enrolments(engine, rulebook, run)
    engine.drop("_seen")
    return TABLES


def link_persons(engine: Engine, rulebook: Rulebook, run: Run) -> None:
    """Make the tables of persons, doubt and the registry, and the part the next increment stands on; families and enrolments rest on them."""
    refuse_numberless(engine, rulebook)
    build_units(engine, cards=tell_kept)
    bring_decisions(engine)
    model = join_units(engine, rulebook.linkage, build_index)
    inspect_clusters(engine, rulebook.linkage)
    name_persons(engine, run)
    build_maybe_links(engine, rulebook.linkage)
    build_review_pairs(engine, rulebook.linkage)
    engine.table(
        "core_links",
        """SELECT record_id, person_id, cara, kepastian, peluang
        FROM _unit_of JOIN _clusters USING (uid) JOIN _persons USING (cluster) ORDER BY record_id""",
    )
    build_linkage_error(engine, rulebook.linkage, model)
    build_group_error(engine, rulebook.linkage, run, model.agreement)
    judge_match_rates(engine, rulebook.linkage)
    tell_part(engine)
    engine.drop(
        "_units", "_unit_of", "_node_of", "_nodes", "_scored", "_clusters", "_cluster_of", "_over", "_persons",
        "_decided", "_together", "_apart", "_hidden", "_lifts", "_company", "_none",
    )  # fmt: skip
