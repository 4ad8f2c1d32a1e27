"""Which pairs are worth comparing: rows that share a hashed key, in blocks of bounded size."""

from analysis.engine import Engine


def pair_up(engine: Engine, keys: str, cap: int, target: str) -> None:
    """Make `target` (l, r): pairs of nodes that share a key of `keys` (node, key), each once.

    A key shared by more than `cap` nodes tells nobody apart and is dropped: it would cost n² pairs.
    """
    # most keys belong to one node alone: they go first, before anything is sorted out
    engine.table(
        "_blocks",
        f"""WITH shared AS (SELECT key FROM {keys} GROUP BY key HAVING min(node) <> max(node)),
        held AS (SELECT DISTINCT node, key FROM {keys} SEMI JOIN shared USING (key)),
        bounded AS (SELECT key FROM held GROUP BY key HAVING count(*) <= {cap})
        SELECT node, key FROM held SEMI JOIN bounded USING (key)""",
    )
    engine.table(
        target,
        """SELECT DISTINCT a.node AS l, b.node AS r FROM _blocks a JOIN _blocks b
        ON a.key = b.key AND a.node < b.node""",
    )
    engine.drop("_blocks")


def pair_new(engine: Engine, keys: str, old_keys: str, cap: int, target: str) -> None:
    """Make `target` (l, r): pairs of a new node with a new or an old one; old pairs were seen before.

    `keys` and `old_keys` (node, key) hold each row once; old nodes are numbered below new ones.
    """
    engine.table("_old_block", f"SELECT node, key FROM {old_keys} SEMI JOIN {keys} USING (key)")
    engine.table(
        "_bounded",
        f"""SELECT key FROM (SELECT key, count(*) AS n FROM {keys} GROUP BY key) new
        LEFT JOIN (SELECT key, count(*) AS m FROM _old_block GROUP BY key) old USING (key)
        WHERE n + coalesce(m, 0) BETWEEN 2 AND {cap}""",
    )
    engine.table("_new_block", f"SELECT node, key FROM {keys} SEMI JOIN _bounded USING (key)")
    engine.table(
        target,
        """SELECT DISTINCT l, r FROM (
            SELECT o.node AS l, n.node AS r FROM _new_block n JOIN _old_block o USING (key)
            UNION ALL SELECT a.node, b.node FROM _new_block a JOIN _new_block b ON a.key = b.key AND a.node < b.node)""",
    )
    engine.drop("_old_block", "_bounded", "_new_block")
