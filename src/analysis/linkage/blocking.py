"""Which pairs are worth comparing: rows that share a hashed key, in blocks of bounded size."""

from collections.abc import Sequence

from analysis.engine import Engine


def pair_up(engine: Engine, keys: Sequence[str], cap: int, target: str) -> None:
    """Make `target` (l, r): pairs of nodes that share a key of one of the queries `keys` (node, key, lacks), each once.

    A key shared by more than `cap` nodes tells nobody apart and is dropped: it would cost n² pairs.
    At least one of the two `lacks` something: two full rows meet by sharper keys.
    Rule by rule, because most keys belong to one node alone: they go before anything is kept.
    """
    engine.table(
        "_blocks",
        "SELECT 0::UTINYINT AS rule, 0::BIGINT AS node, 0::UBIGINT AS key, false AS lacks LIMIT 0",
    )
    for rule, query in enumerate(keys):
        engine.table("_rule_keys", query)
        engine.run(
            f"""INSERT INTO _blocks
            WITH shared AS (
                SELECT key FROM _rule_keys GROUP BY key HAVING min(node) <> max(node) AND bool_or(lacks)),
            held AS (SELECT DISTINCT node, key, lacks FROM _rule_keys SEMI JOIN shared USING (key)),
            bounded AS (SELECT key FROM held GROUP BY key HAVING count(*) <= {cap})
            SELECT {rule}, node, key, lacks FROM held SEMI JOIN bounded USING (key)"""
        )
    engine.table(
        target,
        """SELECT DISTINCT a.node AS l, b.node AS r FROM _blocks a JOIN _blocks b
        ON a.rule = b.rule AND a.key = b.key AND a.node < b.node WHERE a.lacks OR b.lacks""",
    )
    engine.drop("_rule_keys", "_blocks")


def packed() -> str:
    """SQL for a golden record's number and whether it lacks something, as one integer: an index of millions is read in less time."""
    return "CAST(node * 2 + CAST(lacks AS INTEGER) AS INTEGER) AS place"


def pair_new(engine: Engine, keys: str, old_keys: str, cap: int, target: str) -> None:
    """Make `target` (l, r): pairs of a new node with a new or an old one; old pairs were seen before.

    `keys` (node, key, lacks) and `old_keys` (key, place: `packed`) hold each row once; old nodes are numbered below new
    ones. As in `pair_up` a key of more than `cap` nodes tells nobody apart, and one of the two lacks something.
    """
    engine.table(
        "_old_block",
        f"""SELECT place // 2 AS node, key, place % 2 = 1 AS lacks
        FROM (SELECT key, place FROM {old_keys} SEMI JOIN {keys} USING (key))""",
    )
    engine.table(
        "_bounded",
        f"""SELECT key FROM (SELECT key, lacks FROM {keys} UNION ALL SELECT key, lacks FROM _old_block) GROUP BY key
        HAVING count(*) BETWEEN 2 AND {cap} AND bool_or(lacks)""",
    )
    engine.table(
        "_new_block", f"SELECT node, key, lacks FROM {keys} SEMI JOIN _bounded USING (key)"
    )
    engine.table(
        target,
        """SELECT DISTINCT l, r FROM (
            SELECT o.node AS l, n.node AS r FROM _new_block n JOIN _old_block o USING (key) WHERE n.lacks OR o.lacks
            UNION ALL SELECT a.node, b.node FROM _new_block a JOIN _new_block b ON a.key = b.key AND a.node < b.node
            WHERE a.lacks OR b.lacks)""",
    )
    engine.drop("_old_block", "_bounded", "_new_block")
