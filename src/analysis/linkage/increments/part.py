"""What an increment adds to the registry: golden records, keys, words; where all persons stand; and which persons changed."""

from analysis.engine import Engine
from analysis.linkage.blocking import packed
from analysis.linkage.increments.parting import NO_LONGER
from analysis.linkage.registry_part import PACKED
from analysis.linkage.standing import Standing
from analysis.settings import Run

ADDED_PART = (
    "nodes", "index", "sure", "sources", "files", "words", "cards", "families", "stands", "changed", "parted", "keys",
)  # fmt: skip


def build_added(engine: Engine, run: Run, now: Standing) -> None:
    """Make the tables of ADDED_PART: additions alone, but for `part_sources`, `part_files` and `part_stands`, which tell all of the period.

    `part_changed`: persons of earlier parts that are another's now, or no longer alone (names.py).
    """
    engine.table(
        "part_nodes",
        f"""SELECT node, person, {PACKED} FROM _nodes
        JOIN (SELECT node, person FROM _grown JOIN _person_of USING (label)) USING (node)""",
    )
    engine.table("part_index", f"SELECT key, {packed()} FROM _keys")
    engine.table("part_sure", "SELECT DISTINCT node, key FROM _own_sure")
    engine.table("part_sources", "SELECT source, place, in_register FROM _sources")
    engine.table("part_files", "FROM _files")
    engine.table(
        "part_words",
        """SELECT h, h2, CAST(min(person) AS INTEGER) AS person, min(cara) AS cara, min(peluang) AS peluang
        FROM _new JOIN _fresh USING (record_id) WHERE h IS NOT NULL GROUP BY h, h2""",
    )
    engine.register("part_stands", now.table())
    engine.table("part_changed", "SELECT person, into_person, cara, peluang FROM _changed")
    engine.table("part_parted", NO_LONGER)
    engine.table("part_keys", _added_keys(run.period))


def _added_keys(period: str) -> str:
    """Query of `part_keys`: keys nobody had, and those taken over from persons of earlier periods."""
    return f"""
        SELECT mark, any_value(kind) AS kind, any_value(rest) AS rest, '{period}' AS period,
            CAST(CASE WHEN count(*) = 1 THEN min(i.person) ELSE 0 END AS INTEGER) AS person
        FROM _new_keys k JOIN _person_of i ON i.label = k.cluster ANTI JOIN _whose USING (mark) GROUP BY mark
        UNION ALL SELECT mark, any_value(kind), any_value(rest), '{period}', CAST(min(has) AS INTEGER) FROM _taken
        ANTI JOIN (SELECT mark FROM base_marks WHERE period = '{period}') USING (mark) GROUP BY mark"""


_TAKEN_BACK = {"nodes": "node", "words": "h, h2"}


def still_told(kind: str, turns: int) -> str:
    """Query of what the parts `_kind_0` … say together, but for what a later one takes back (`_parted_1` …)."""
    told = _TAKEN_BACK.get(kind)
    return " UNION ALL ".join(
        f"SELECT * FROM _{kind}_{turn}"
        + "".join(f" ANTI JOIN _parted_{later} USING ({told})" for later in range(turn + 1, turns) if told)
        for turn in range(turns)
    )  # fmt: skip


def follow_changes(engine: Engine, turns: int) -> None:
    """Make `base_nodes`, `base_words` and the other kinds of GROWING of `_all_…`, each person as later parts tell it, and `base_changed`.

    `_changed_0` and so on, one an increment, tell who became whom, and how rows are joined that stood alone till then.
    """
    engine.table("_gone", "SELECT 0::INTEGER AS node WHERE false")  # parting.py
    engine.table(
        "base_changed",
        "SELECT 0 AS person, 0 AS into_person, '' AS cara, 0.0::DOUBLE AS peluang WHERE false",
    )
    for turn in range(turns):
        engine.table(
            "base_changed",
            f"""SELECT c.person, coalesce(n.into_person, c.into_person) AS into_person, c.cara, c.peluang
            FROM base_changed c LEFT JOIN _changed_{turn} n ON n.person = c.into_person
            UNION ALL SELECT person, into_person, cara, peluang FROM _changed_{turn} ANTI JOIN base_changed USING (person)""",
        )
    for kind in ("index", "sure", "cards", "families"):
        engine.view(f"base_{kind}", f"SELECT * FROM _all_{kind}")
    joined = "_all_{} n LEFT JOIN base_changed c USING (person)" if turns else "_all_{} n"
    now = "coalesce(c.into_person, n.person) AS person" if turns else "n.person AS person"
    lone = (
        "CASE WHEN n.cara = 'sendiri' AND c.cara IS NOT NULL THEN c.{0} ELSE n.{0} END AS {0}"
        if turns
        else "n.{0} AS {0}"
    )
    engine.view(
        "base_nodes",
        f"SELECT n.* REPLACE ({now}) FROM {joined.format('nodes')} ANTI JOIN _gone USING (node)",
    )
    engine.view(
        "base_words",
        f"SELECT n.* REPLACE ({now}, {lone.format('cara')}, {lone.format('peluang')}) FROM {joined.format('words')}",
    )
