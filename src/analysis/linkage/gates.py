"""Linkage that no city can have stops the run (exit 7) before anyone reads a figure."""

from collections.abc import Sequence

from analysis.engine import Engine
from analysis.errors import LinkageGateError
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


def inspect_links(engine: Engine, rules: Linkage) -> None:
    """The same of core_links, where persons were found by increments; `_held` has a row a person and list."""
    engine.table(
        "_sizes",
        """SELECT person_id AS cluster, sum(n) AS n_rows, count(*) AS n_lists, min(record_id) AS record_id
        FROM _held GROUP BY person_id""",
    )
    engine.table(
        "_place",
        """SELECT source, n_lists, CAST(sum(n) AS BIGINT) AS n FROM _held JOIN _sizes ON cluster = person_id GROUP BY ALL""",
    )
    _judge_sizes(engine, rules)


def _judge_sizes(engine: Engine, rules: Linkage) -> None:
    gate = rules.gerbang
    giant = engine.rows(
        f"""SELECT CAST(n_rows AS BIGINT), berkas FROM _sizes JOIN core_records USING (record_id)
        WHERE n_rows > {gate.gugus_besar} ORDER BY n_rows DESC, record_id LIMIT 1"""
    )
    if giant:
        raise LinkageGateError(
            "cluster_too_large", size=giant[0][0], limit=gate.gugus_besar, file=giant[0][1]
        )
    share = engine.one(
        f"""SELECT coalesce(sum(n_rows) FILTER (n_rows > greatest({gate.kali_daftar} * n_lists, 9)) / sum(n_rows), 0)
        FROM _sizes"""
    )
    if float(share) > gate.bagian_gugus:
        raise LinkageGateError(
            "clusters_implausible", share=f"{100 * float(share):.1f}".replace(".", ",")
        )
    _refuse_islands(engine, rules)
    engine.drop("_place", "_sizes")


def _refuse_islands(engine: Engine, rules: Linkage) -> None:
    """A list of which nobody stands in any other list has lost its keys, where there are other lists."""
    rows = engine.rows(
        f"""WITH shares AS (
            SELECT source, sum(n) AS n, coalesce(sum(n) FILTER (n_lists > 1), 0) AS linked FROM _place GROUP BY source),
        island AS (
            SELECT source FROM shares WHERE linked = 0 AND n >= {rules.gerbang.baris_minimum}
                AND (SELECT count(*) FROM shares WHERE n >= {rules.gerbang.baris_minimum}) > 1)
        SELECT min(berkas) FROM core_records SEMI JOIN island USING (source) GROUP BY source ORDER BY source LIMIT 1"""
    )
    if rows:
        raise LinkageGateError("list_links_to_nothing", file=rows[0][0])


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


def judge_match_rates(engine: Engine, rules: Linkage) -> None:
    """Hold each list's match rate against the earlier period's, among the lists both periods have."""
    if not {"prev_core_links", "prev_core_records"} <= engine.names():
        return
    common = [
        source
        for (source,) in engine.rows(
            """SELECT DISTINCT source FROM core_records SEMI JOIN prev_core_records USING (source) ORDER BY source"""
        )
    ]
    if len(common) > 1:
        now, before = (match_rates(engine, prefix, common) for prefix in ("", "prev_"))
        refuse_jump(now, before, rules)


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
