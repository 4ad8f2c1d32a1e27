"""Person ids that stay: a cluster takes the id its keys had before; merges and splits are noted."""

from analysis.engine import Engine
from analysis.settings import Run


def name_persons(engine: Engine, run: Run) -> None:
    """Make `_persons` (cluster → person_id), registry_keys and registry_lineage.

    Reads `registry_keys` and `registry_lineage` of earlier runs where they are attached.
    New ids follow the order of the smallest record, so that the same input gives the same ids.
    """
    for name, columns in _EMPTY.items():
        if name not in engine.names():
            engine.table(name, f"SELECT {columns} WHERE false")
    engine.table("_keys", KEYS)
    engine.table(
        "_claims",
        """
        SELECT cluster, person_id, count(*) AS n FROM _keys JOIN registry_keys USING (key_hash)
        GROUP BY ALL""",
    )
    # An id goes to the cluster that holds most of its keys; a cluster takes the oldest id it won.
    engine.table(
        "_won",
        """
        WITH won AS (SELECT * FROM _claims
                     QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY n DESC, cluster) = 1)
        SELECT cluster, min(person_id) AS person_id FROM won GROUP BY cluster""",
    )
    engine.table(
        "_persons",
        f"""
        WITH newest AS (SELECT coalesce(max({number_of()}), 0) AS n FROM registry_keys),
        fresh AS (
            SELECT cluster, row_number() OVER (ORDER BY min(record_id)) AS k
            FROM _clusters JOIN _unit_of USING (uid) ANTI JOIN _won USING (cluster) GROUP BY cluster)
        SELECT cluster, person_id FROM _won
        UNION ALL SELECT cluster, {id_of("newest.n + k")} FROM fresh, newest""",
    )
    _note_lineage(engine, run)
    engine.table(
        "_registry_keys",
        """
        SELECT key_hash, min(person_id) AS person_id FROM _keys JOIN _persons USING (cluster) GROUP BY key_hash
        UNION ALL SELECT key_hash, person_id FROM registry_keys ANTI JOIN _keys USING (key_hash)""",
    )
    engine.drop("registry_keys", "registry_lineage")
    engine.table("registry_keys", "SELECT * FROM _registry_keys")
    engine.table("registry_lineage", "SELECT * FROM _registry_lineage")
    engine.drop("_keys", "_claims", "_won", "_registry_keys", "_registry_lineage")


_EMPTY = {
    "registry_keys": "'' AS key_hash, '' AS person_id",
    "registry_lineage": "'' AS period, '' AS person_id, '' AS event, '' AS other_id",
}


def id_of(number: str) -> str:
    """SQL for a person's id from its number."""
    return f"printf('J-%07d', {number})"


def number_of(person_id: str = "person_id") -> str:
    """SQL for the number of a person's id: 1 of J-0000001."""
    return f"CAST({person_id}[3:] AS BIGINT)"


def _hash(kind: str, *columns: str) -> str:
    """md5 in groups of 8, so that no run of digits can be taken for a NIK."""
    text = f"md5(concat_ws('|', '{kind}', {', '.join(columns)}))"
    return " || '-' || ".join(f"{text}[{start}:{start + 7}]" for start in (1, 9, 17, 25))


KEYS = f"""
    SELECT DISTINCT cluster, key_hash FROM (
        SELECT cluster, {_hash("nik", "nik", "first")} AS key_hash FROM _clusters JOIN _units USING (uid)
        WHERE nik IS NOT NULL AND sound IS NOT NULL
        UNION ALL SELECT cluster, {_hash("kk", "no_kk", "sound")} FROM _clusters JOIN _units USING (uid)
        WHERE no_kk IS NOT NULL AND sound IS NOT NULL
        UNION ALL SELECT cluster, {_hash("lahir", "sound", "born", "area")} FROM _clusters JOIN _units USING (uid)
        WHERE sound IS NOT NULL AND born IS NOT NULL AND area IS NOT NULL)"""


def _note_lineage(engine: Engine, run: Run) -> None:
    engine.table(
        "_registry_lineage",
        f"""
        SELECT '{run.period}' AS period, c.person_id, 'gabung' AS event, p.person_id AS other_id
        FROM _claims c JOIN _persons p USING (cluster)
        WHERE c.person_id <> p.person_id AND c.person_id NOT IN (SELECT person_id FROM _persons)
        UNION SELECT '{run.period}', p.person_id, 'pisah', c.person_id
        FROM _claims c JOIN _persons p USING (cluster)
        WHERE c.person_id <> p.person_id AND c.person_id IN (SELECT person_id FROM _persons)
        UNION SELECT * FROM registry_lineage""",
    )
