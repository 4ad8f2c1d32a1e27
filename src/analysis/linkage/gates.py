"""Linkage that no city can have stops the run (exit 7) before anyone reads a figure, unless somebody answers for the file."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.person_keys import id_of
from analysis.linkage.refusals import refuse_islands, refuse_jumps, refuse_seldom, refuse_sizes
from analysis.linkage.standing import Standing
from analysis.policy import Linkage


def inspect_clusters(engine: Engine, rules: Linkage) -> None:
    """Raises LinkageGateError for one giant cluster, too many implausible ones, or a list that links to nothing or too seldom.

    Not for files that `linkage_exceptions` (gerbang, berkas) names for the gate, where it is attached.
    """
    engine.table(
        "_sizes",
        """SELECT c.cluster, count(*) AS n_rows, bit_count(bit_or(u.lists)) AS n_lists
        FROM _unit_of o JOIN _clusters c USING (uid) JOIN _units u USING (uid) GROUP BY c.cluster""",
    )
    members = "SELECT record_id, cluster FROM _unit_of JOIN _clusters USING (uid)"
    refuse_sizes(engine, rules, members, int(engine.one("SELECT sum(n_rows) FROM _sizes")))
    linked = engine.rows(
        f"""SELECT source, count(*), CAST(count(*) FILTER (n_lists > 1) AS BIGINT)
        FROM core_records JOIN ({members}) USING (record_id) JOIN _sizes USING (cluster) GROUP BY source"""
    )
    _judge_meeting(engine, {source: (n, met) for source, n, met in linked}, rules)
    engine.drop("_sizes")


def inspect_standing(engine: Engine, standing: Standing, rules: Linkage) -> None:
    """The same of `core_links` where persons were found by increments, from where they stand."""
    rows, lists = standing.rows, standing.lists
    large = np.flatnonzero(
        rows
        > np.minimum(rules.gerbang.gugus_besar, np.maximum(rules.gerbang.kali_daftar * lists, 9))
    )
    if len(large):
        sizes = {"person": large, "n_rows": rows[large], "n_lists": lists[large]}
        engine.register("_large", pd.DataFrame(sizes))
        engine.table("_sizes", f"SELECT {id_of('person')} AS cluster, n_rows, n_lists FROM _large")
        members = "SELECT record_id, person_id AS cluster FROM core_links"
        refuse_sizes(engine, rules, members, int(rows.sum()))
        engine.drop("_large", "_sizes")
    _judge_meeting(engine, standing.linked(), rules)


def _judge_meeting(engine: Engine, linked: dict[str, tuple[int, int]], rules: Linkage) -> None:
    refuse_islands(engine, linked, rules)
    refuse_seldom(engine, linked, rules)


def match_rates(
    engine: Engine, prefix: str, sources: Sequence[str]
) -> dict[str, tuple[int, float]]:
    """Per source of a period's links: rows, and the share whose person stands in another of `sources`."""
    named = ", ".join(f"'{source}'" for source in sources)
    rows = engine.rows(
        f"""WITH linked AS (SELECT source, person_id FROM {prefix}core_links JOIN {prefix}core_records USING (record_id)
            WHERE source IN ({named})),
        lists AS (SELECT person_id, count(DISTINCT source) AS n FROM linked GROUP BY 1)
        SELECT source, count(*), avg(CAST(n > 1 AS DOUBLE)) FROM linked JOIN lists USING (person_id)
        GROUP BY source ORDER BY source"""
    )
    return {source: (count, share) for source, count, share in rows}


def judge_match_rates(
    engine: Engine, rules: Linkage, now: Standing | None = None, before: Standing | None = None
) -> None:
    """Hold each list's match rate against the earlier period's, among the lists both periods have.

    `now`, `before`: where the persons of the period and of the one before stand, where that is known.
    """
    if not {"prev_core_links", "prev_core_records"} <= engine.names():
        return
    common = [
        source
        for (source,) in engine.rows(
            """SELECT DISTINCT source FROM core_records SEMI JOIN prev_core_records USING (source) ORDER BY source"""
        )
    ]
    if len(common) > 1:
        found = (
            stands.match_rates(common) if stands else match_rates(engine, prefix, common)
            for stands, prefix in ((now, ""), (before, "prev_"))
        )  # fmt: skip
        refuse_jumps(engine, *found, rules)
