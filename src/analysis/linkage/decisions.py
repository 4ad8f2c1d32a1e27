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


def bring_decisions(engine: Engine) -> None:
    """Make `_together` and `_apart` (l, r: uids) from `linkage_decisions` (kunci_a, kunci_b, jawaban)."""
    if "linkage_decisions" not in engine.names():
        return
    engine.table("_content", f"SELECT uid, {content_key()} AS kunci FROM _units")
    for name, answer in (("_together", "sama"), ("_apart", "beda")):
        engine.table(
            name,
            f"""SELECT DISTINCT least(a.uid, b.uid) AS l, greatest(a.uid, b.uid) AS r FROM linkage_decisions d
            JOIN _content a ON a.kunci = d.kunci_a JOIN _content b ON b.kunci = d.kunci_b
            WHERE d.jawaban = '{answer}' AND a.uid <> b.uid""",
        )
    engine.drop("_content")
