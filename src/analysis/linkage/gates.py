"""Linkage that no city can have stops the run (exit 7) before anyone reads a figure."""

from collections.abc import Sequence

import numpy as np

from analysis.engine import Engine
from analysis.errors import LinkageGateError
from analysis.linkage.registry import id_of
from analysis.linkage.standing import Standing
from analysis.policy import Linkage


def inspect_clusters(engine: Engine, rules: Linkage) -> None:
    """Raises LinkageGateError for one giant cluster, too many implausible ones, or a list that links to nothing."""
    engine.table(
        "_sizes",
        """SELECT c.cluster, count(*) AS n_rows, bit_count(bit_or(u.lists)) AS n_lists, min(o.record_id) AS record_id
        FROM _unit_of o JOIN _clusters c USING (uid) JOIN _units u USING (uid) GROUP BY c.cluster""",
    )
    engine.table(
        "_place",
        """SELECT source, s.n_lists, count(*) AS n FROM core_records JOIN _unit_of USING (record_id) JOIN _clusters USING (uid)
        JOIN _sizes s USING (cluster) GROUP BY ALL""",
    )
    _judge_sizes(engine, rules)


def inspect_standing(engine: Engine, standing: Standing, rules: Linkage) -> None:
    """The same of `core_links` where persons were found by increments, from where they stand."""
    rows, lists = standing.rows, standing.lists
    if rows.max(initial=0) > rules.gerbang.gugus_besar:
        person = int(rows.argmax())
        found = f"SELECT min(record_id) FROM core_links WHERE person_id = {id_of(str(person))}"
        _refuse_giant(engine, int(rows[person]), engine.one(found), rules)
    implausible = rows[rows > np.maximum(rules.gerbang.kali_daftar * lists, 9)].sum()
    _refuse_implausible(implausible / max(rows.sum(), 1), rules)
    _refuse_islands(engine, standing.linked(), rules)


def _judge_sizes(engine: Engine, rules: Linkage) -> None:
    gate = rules.gerbang
    giant = engine.rows(
        f"""SELECT CAST(n_rows AS BIGINT), record_id FROM _sizes
        WHERE n_rows > {gate.gugus_besar} ORDER BY n_rows DESC, record_id LIMIT 1"""
    )
    if giant:
        _refuse_giant(engine, *giant[0], rules)
    share = engine.one(
        f"""SELECT coalesce(sum(n_rows) FILTER (n_rows > greatest({gate.kali_daftar} * n_lists, 9)) / sum(n_rows), 0)
        FROM _sizes"""
    )
    _refuse_implausible(float(share), rules)
    linked = engine.rows(
        """SELECT source, CAST(sum(n) AS BIGINT), CAST(coalesce(sum(n) FILTER (n_lists > 1), 0) AS BIGINT) FROM _place GROUP BY source"""
    )
    _refuse_islands(engine, {source: (n, met) for source, n, met in linked}, rules)
    engine.drop("_place", "_sizes")


def _refuse_giant(engine: Engine, size: int, record_id: str, rules: Linkage) -> None:
    file = engine.one("SELECT berkas FROM core_records WHERE record_id = $record", record=record_id)
    raise LinkageGateError(
        "cluster_too_large", size=size, limit=rules.gerbang.gugus_besar, file=file
    )


def _refuse_implausible(share: float, rules: Linkage) -> None:
    if share > rules.gerbang.bagian_gugus:
        raise LinkageGateError("clusters_implausible", share=f"{100 * share:.1f}".replace(".", ","))


def _refuse_islands(engine: Engine, linked: dict[str, tuple[int, int]], rules: Linkage) -> None:
    """A list (rows, rows linked) of which nobody stands in any other list has lost its keys, where there are other lists."""
    large = [source for source, (n, _) in linked.items() if n >= rules.gerbang.baris_minimum]
    islands = sorted(source for source in large if not linked[source][1])
    if islands and len(large) > 1:
        file = engine.one(
            "SELECT min(berkas) FROM core_records WHERE source = $source", source=islands[0]
        )
        raise LinkageGateError("list_links_to_nothing", file=file)


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
        refuse_jump(*found, rules)


def refuse_jump(
    now: dict[str, tuple[int, float]], before: dict[str, tuple[int, float]], rules: Linkage
) -> None:
    """Raises LinkageGateError where a list's match rate jumped since the earlier period."""
    for source in sorted(now.keys() & before.keys()):
        (n, share), (m, old) = now[source], before[source]
        if min(n, m) >= rules.gerbang.baris_minimum and abs(share - old) > rules.gerbang.lonjakan:
            raise LinkageGateError(
                "match_rate_jumped",
                source=source,
                now=f"{100 * share:.0f}",
                before=f"{100 * old:.0f}",
            )
