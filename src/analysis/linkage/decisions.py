"""What people decided about pairs, brought to the rows of this run: decisions outrank every score.

A decision names its two rows by a hash of what they say, so that it survives a file delivered again.
"""

from analysis.engine import Engine
from analysis.linkage.keys import in_groups, md5_of, said


def content_key(rows: str = "") -> str:
    """SQL: hash of a unit's identifying fields; the same in every run and file.

    A row that nobody but itself can be (`alone`) is told by where it stands in its list.
    """
    alone = f"{rows}.alone" if rows else "alone"
    place = f"coalesce(regexp_replace({alone}, ':[0-9a-f]{{8}}:', ':'), '')"
    return in_groups(md5_of(f"{said(rows)}, {place}"))


# golden records that people parted, while `_apart` and `_node_of` are there
APART_NODES = """
    SELECT DISTINCT CAST(least(a.node, b.node) AS INTEGER) AS l, CAST(greatest(a.node, b.node) AS INTEGER) AS r FROM _apart p
    JOIN _node_of a ON a.uid = p.l JOIN _node_of b ON b.uid = p.r WHERE a.node <> b.node ORDER BY ALL"""


def bring_decisions(engine: Engine) -> None:
    """Make `_decided` (kunci_a, kunci_b, jawaban, l, r: uids), `_together` and `_apart` (l, r) from `linkage_decisions`."""
    if "linkage_decisions" not in engine.names():
        return
    find_decided(engine)
    for name, answer in (("_together", "sama"), ("_apart", "beda")):
        engine.table(
            name,
            f"""SELECT DISTINCT least(l, r) AS l, greatest(l, r) AS r FROM _decided
            WHERE jawaban = '{answer}'""",
        )


def find_decided(engine: Engine) -> None:
    """Make `_decided`: pairs of `linkage_decisions` of which both rows stand in `_units`, those without an agreed answer too."""
    engine.table("_content", f"SELECT uid, {content_key()} AS kunci FROM _units")
    engine.table(
        "_decided",
        """SELECT kunci_a, kunci_b, jawaban, a.uid AS l, b.uid AS r FROM linkage_decisions d
        JOIN _content a ON a.kunci = d.kunci_a JOIN _content b ON b.kunci = d.kunci_b WHERE a.uid <> b.uid""",
    )
    engine.drop("_content")
