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
    """Make `target` (l, r): pairs of a new node with a new or an old one; old pairs were seen before."""
    engine.table(
        "_blocks",
        f"""WITH new AS (SELECT DISTINCT node, key FROM {keys} WHERE key IS NOT NULL),
        mixed AS (SELECT node, key, true AS is_new FROM new
            UNION ALL SELECT DISTINCT o.node, o.key, false FROM {old_keys} o
            WHERE o.key IN (SELECT key FROM new))
        SELECT * FROM mixed QUALIFY count(*) OVER (PARTITION BY key) BETWEEN 2 AND {cap}""",
    )
    engine.table(
        target,
        """SELECT DISTINCT least(a.node, b.node) AS l, greatest(a.node, b.node) AS r
        FROM _blocks a JOIN _blocks b ON a.key = b.key AND a.node <> b.node
        WHERE a.is_new AND (NOT b.is_new OR a.node < b.node)""",
    )
    engine.drop("_blocks")
