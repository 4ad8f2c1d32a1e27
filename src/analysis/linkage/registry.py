"""Person ids that stay: a cluster takes the id its keys had before; merges and splits are noted, each once.

A second linking of the same input finds every key where the first one left it: the same ids, nothing to note.
"""

from analysis.engine import Engine
from analysis.linkage.person_keys import CARD, KEYS, SAYS_NO, WORDS, id_of, whose
from analysis.settings import Run


def name_persons(engine: Engine, run: Run) -> None:
    """Make `_persons` (cluster → person_id), registry_keys and registry_lineage.

    Reads `registry_keys` and `registry_lineage` of earlier linkings where they are attached. An id goes to the
    cluster with most of its keys, a cluster takes the oldest id it won; a person split off takes back an id its
    keys once had, where nobody holds it. New ids follow the smallest record. A key that several clusters have
    leads to none of them.
    """
    for name, columns in _EMPTY.items():
        if name not in engine.names():
            engine.table(name, f"SELECT {columns} WHERE false")
    engine.table("_keys", KEYS)
    engine.table("_whose", whose("_keys", run.period))
    engine.table("_own", _OWN)
    engine.table("_claims", _CLAIMS)
    engine.run(_DROP_CARDS)
    engine.table("_won", won("_claims"))
    engine.table("_back", won(_ONCE_HELD))
    engine.table("_persons", _PERSONS)
    _note_lineage(engine, run)
    _keep_keys(engine, run)
    engine.drop("_keys", "_whose", "_own", "_claims", "_won", "_back")


_EMPTY = {
    "registry_keys": "'' AS key_hash, '' AS period, '' AS person_id",
    "registry_lineage": "'' AS period, '' AS person_id, '' AS event, '' AS other_id",
}


def number_of(person_id: str = "person_id") -> str:
    """SQL for the number of a person's id: 1 of J-0000001."""
    return f"CAST({person_id}[3:] AS BIGINT)"


# keys that one cluster alone has
_OWN = """
    SELECT key_hash, min(cluster) AS cluster, left(key_hash, 1) AS kind FROM _keys GROUP BY key_hash HAVING count(*) = 1"""
_CLAIM = f"""count(*) AS n, count(*) FILTER (kind NOT IN ('{CARD}', '{WORDS}')) AS sure, bool_and(kind = '{CARD}') AS by_card,
    min(key_hash) AS first_key"""
_CLAIMS = f"""
    SELECT cluster, person_id, {_CLAIM} FROM _own JOIN _whose USING (key_hash) WHERE person_id <> '' GROUP BY cluster, person_id"""
# a card and a name are shared by father and son: they lead to a person only where nothing else leads
# anywhere, and not where both have a number or a birth date and those differ
_DROP_CARDS = f"""
    DELETE FROM _claims c WHERE by_card AND (
        EXISTS (SELECT 1 FROM _claims o WHERE o.cluster = c.cluster AND NOT o.by_card)
        OR EXISTS (SELECT 1 FROM _own o JOIN registry_keys r ON r.person_id = c.person_id AND left(r.key_hash, 1) = o.kind
            WHERE o.cluster = c.cluster AND o.kind IN {SAYS_NO}))"""
_ONCE_HELD = f"""(
    SELECT cluster, person_id, {_CLAIM}
    FROM _own JOIN registry_keys USING (key_hash) SEMI JOIN (SELECT cluster FROM _claims ANTI JOIN _won USING (cluster)) USING (cluster)
    WHERE person_id <> '' AND kind <> '{CARD}' AND person_id NOT IN (SELECT person_id FROM _won)
    GROUP BY cluster, person_id)"""


def won(claims: str) -> str:
    """Query (cluster, person_id): each id to the cluster that holds most of its keys, to each cluster the oldest of these."""
    return f"""
        WITH best AS (SELECT * FROM {claims}
            QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY sure DESC, n DESC, first_key) = 1)
        SELECT cluster, arg_min(person_id, (sure = 0, person_id)) AS person_id FROM best GROUP BY cluster"""


_PERSONS = f"""
    WITH named AS (SELECT * FROM _won UNION ALL SELECT * FROM _back),
    newest AS (
        SELECT coalesce(max({number_of()}), 0) AS n FROM (
            SELECT person_id FROM registry_keys WHERE person_id <> '' UNION ALL SELECT person_id FROM registry_lineage)),
    fresh AS (
        SELECT cluster, row_number() OVER (ORDER BY min(record_id)) AS k
        FROM _clusters JOIN _unit_of USING (uid) ANTI JOIN named USING (cluster) GROUP BY cluster)
    SELECT cluster, person_id FROM named
    UNION ALL SELECT cluster, {id_of("newest.n + k")} FROM fresh, newest"""


def _note_lineage(engine: Engine, run: Run) -> None:
    """New: an id whose keys another person has now (gabung), or took a part of (pisah)."""
    note(
        engine,
        f"""WITH moved AS (
            SELECT c.person_id AS had, p.person_id AS has, c.person_id IN (SELECT person_id FROM _persons) AS stays
            FROM _claims c JOIN _persons p USING (cluster) WHERE c.person_id <> p.person_id)
        SELECT '{run.period}' AS period, had AS person_id, 'gabung' AS event, has AS other_id FROM moved WHERE NOT stays
        UNION ALL SELECT '{run.period}', has, 'pisah', had FROM moved WHERE stays""",
    )


def note(engine: Engine, events: str) -> None:
    """Add the query `events` (period, person_id, event, other_id) to registry_lineage; each is told once, for its first period."""
    told = " UNION ALL FROM registry_lineage" if "registry_lineage" in engine.names() else ""
    engine.table(
        "_lineage",
        f"""SELECT min(period) AS period, person_id, event, other_id FROM (FROM ({events}){told})
        GROUP BY person_id, event, other_id""",
    )
    engine.drop("registry_lineage")
    engine.table("registry_lineage", "SELECT * FROM _lineage")
    engine.drop("_lineage")


def _keep_keys(engine: Engine, run: Run) -> None:
    """Keys that lead elsewhere from this period on; what this period said before stays as an id once held (period '')."""
    engine.table(
        "_now",
        f"""SELECT key_hash, '{run.period}' AS period, CASE WHEN count(*) = 1 THEN min(person_id) ELSE '' END AS person_id
        FROM _keys JOIN _persons USING (cluster) GROUP BY key_hash""",
    )
    engine.table(
        "_past",
        """SELECT r.* FROM registry_keys r JOIN _now n ON n.key_hash = r.key_hash AND n.period = r.period
        WHERE n.person_id <> r.person_id""",
    )
    engine.table(
        "_registry_keys",
        """SELECT * FROM registry_keys ANTI JOIN _past USING (key_hash, period, person_id)
        UNION ALL SELECT key_hash, '', person_id FROM _past WHERE person_id <> ''
            AND (key_hash, person_id) NOT IN (SELECT (key_hash, person_id) FROM registry_keys WHERE period = '')
        UNION ALL SELECT n.* FROM _now n LEFT JOIN _whose w USING (key_hash) WHERE w.held IS DISTINCT FROM n.person_id""",
    )
    engine.drop("registry_keys")
    engine.table("registry_keys", "SELECT * FROM _registry_keys")
    engine.drop("_now", "_past", "_registry_keys")
