"""The room's table of contents: records → links, persons, families, enrolments."""

from analysis.engine import Engine
from analysis.linkage.clusters import build_clusters
from analysis.linkage.edges import build_edges
from analysis.linkage.enrolments import build_enrolments
from analysis.linkage.families import build_families
from analysis.linkage.keys import build_units
from analysis.linkage.registry import name_persons
from analysis.policy import Rulebook
from analysis.settings import Run


def link(engine: Engine, rulebook: Rulebook, run: Run) -> tuple[str, ...]:
    """Make core_links, core_persons, core_families, core_enrolments and the person registry.

    A set without person records (a survey alone) makes none of them.
    Raises LinkageGateError where a broken key joins more rows than any person can have.
    """
    if not engine.one("SELECT count(*) FROM core_records"):
        return ()
    build_units(engine)
    build_edges(engine, rulebook.linkage)
    build_clusters(engine, rulebook.linkage)
    name_persons(engine, run)
    engine.table(
        "core_links",
        """SELECT record_id, person_id, cara, kepastian, NULL::DOUBLE AS peluang
        FROM _unit_of JOIN _clusters USING (uid) JOIN _persons USING (cluster)""",
    )
    engine.drop("_units", "_unit_of", "_edges", "_clusters", "_persons")
    build_families(engine, run)
    build_enrolments(engine, rulebook, run)
    engine.drop("_seen")
    return (
        "core_links",
        "core_persons",
        "core_families",
        "core_enrolments",
        "registry_keys",
        "registry_lineage",
    )
