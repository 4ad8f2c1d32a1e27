"""SQL of an increment: which golden records meet, which are one before any model, and what they say together."""

from analysis.linkage.prelink import rule_name, sure_keys
from analysis.linkage.registry import id_of
from analysis.linkage.registry_part import FIELDS
from analysis.policy import Linkage


def sure(offset: int, rules: Linkage) -> str:
    """Query of `_sure` (l, r, cara): new rows that are a known person before any model (prelink.py).

    Two register members of different NIK are two persons, whatever else agrees.
    """
    return f"""
        WITH own AS ({sure_keys("_keyed", "node")}),
        bounded AS (SELECT key FROM _old_block SEMI JOIN own USING (key) GROUP BY key HAVING count(*) < {rules.gugus_maks}),
        meeting AS (
            SELECT i.node AS l, o.node AS r, min(o.rank) AS rank FROM own o JOIN bounded USING (key) JOIN _old_block i USING (key)
            GROUP BY ALL)
        SELECT m.l, m.r, {rule_name("rank")} AS cara FROM meeting m JOIN base_nodes a ON a.node = m.l
        JOIN _nodes b ON b.node = m.r - {offset}
        WHERE NOT (a.in_register AND b.in_register AND coalesce(a.nik <> b.nik, false))"""


# a key that the known person had already met everybody it leads to
TOLD = """
    SELECT k.node, k.key FROM _keys k
    ANTI JOIN (SELECT s.r AS node, o.key FROM _sure s JOIN _old_block o ON o.node = s.l) had USING (node, key)"""

PERSONS_MET = """
    SELECT DISTINCT person FROM base_nodes SEMI JOIN (SELECT l AS node FROM _pairs UNION SELECT l FROM _sure) USING (node)"""


def both(offset: int) -> str:
    """Query of `_both` (node, person): new nodes (no person yet) and all nodes of persons met."""
    return f"""
        SELECT node + {offset} AS node, NULL::BIGINT AS person FROM _nodes
        UNION ALL SELECT node, person FROM base_nodes SEMI JOIN _persons_met USING (person)"""


NEEDED = """
    SELECT node, one, person FROM _one SEMI JOIN (SELECT l AS one FROM _pairs UNION SELECT r FROM _pairs) USING (one)
    JOIN _both USING (node)"""

# Which lists a known person stands in is told by this period's rows: standing in a list twice in one
# month speaks against one person, standing there in two months does not.
HERE = f"""
    SELECT person, bit_or(1::BIGINT << CAST(least(place, 62) AS INTEGER)) AS lists, bool_or(in_register) AS in_register
    FROM (SELECT DISTINCT {id_of("person")} AS person_id, person FROM _needed WHERE person IS NOT NULL)
    JOIN _known USING (person_id) JOIN _sources USING (source) GROUP BY person"""


def told_by(offset: int) -> str:
    """Query of `_told_by`: what each needed node says, with `one`; shares are the registry's."""
    own = ", ".join(f"n.{c}" for c in FIELDS.split(", ") if c not in ("sound_f", "born_f"))
    rare = 1 / max(offset, 1)
    return f"""
        WITH own AS (SELECT n.* REPLACE (n.node + {offset} AS node), one FROM _nodes n JOIN _needed d ON d.node = n.node + {offset}),
        sounds AS (SELECT sound, min(sound_f) AS f FROM base_nodes SEMI JOIN own USING (sound) GROUP BY sound),
        days AS (SELECT born, min(born_f) AS f FROM base_nodes SEMI JOIN own USING (born) GROUP BY born)
        SELECT n.node, one, {own}, coalesce(s.f, {rare}) AS sound_f, coalesce(d.f, {rare}) AS born_f
        FROM own n LEFT JOIN sounds s USING (sound) LEFT JOIN days d USING (born)
        UNION ALL BY NAME
        SELECT o.* EXCLUDE (person) REPLACE (coalesce(h.lists, 0) AS lists, coalesce(h.in_register, false) AS in_register), one
        FROM base_nodes o JOIN (SELECT node, one FROM _needed) USING (node) LEFT JOIN _here h USING (person)"""


# Two members of the register with NIK of their own are two persons: what seemed to unite them is left to the model.
ONE = """
    WITH broken AS (
        SELECT one FROM _united JOIN base_nodes USING (node) WHERE in_register AND nik IS NOT NULL
        GROUP BY one HAVING min(nik) <> max(nik))
    SELECT node, CASE WHEN b.one IS NULL THEN u.one ELSE node END AS one FROM _united u LEFT JOIN broken b ON b.one = u.one"""

_FIRST = ", ".join(
    f"arg_min({c}, node) FILTER ({c} IS NOT NULL) AS {c}"
    for c in FIELDS.split(", ")
    if c not in ("lists", "in_register", "mute", "kk2", "area2")
)
# as golden() of prelink.py, over golden records: the registry's values first, a second card and area kept
GOLD = f"""
    WITH sized AS (SELECT *, count(*) OVER (PARTITION BY one) AS n FROM _told_by),
    joined AS (
        SELECT one AS node, {_FIRST}, bit_or(lists) AS lists, bool_or(in_register) AS in_register, bool_and(mute) AS mute,
            max(greatest(no_kk, kk2)) AS kk_max, min(least(no_kk, kk2)) AS kk_min,
            max(greatest(area, area2)) AS area_max, min(least(area, area2)) AS area_min
        FROM sized WHERE n > 1 GROUP BY one)
    SELECT * EXCLUDE (one, n) FROM sized WHERE n = 1
    UNION ALL BY NAME
    SELECT * EXCLUDE (kk_max, kk_min, area_max, area_min),
        CASE WHEN kk_max <> no_kk THEN kk_max WHEN kk_min <> no_kk THEN kk_min END AS kk2,
        CASE WHEN area_max <> area THEN area_max WHEN area_min <> area THEN area_min END AS area2 FROM joined"""

UNITED = """
    SELECT DISTINCT least(a.one, b.one) AS l, greatest(a.one, b.one) AS r
    FROM (SELECT l, r FROM _pairs UNION SELECT l, r FROM _sure) p JOIN _one a ON a.node = p.l JOIN _one b ON b.node = p.r
    WHERE a.one <> b.one"""


def completed(offset: int, rules: Linkage) -> str:
    """The other golden records of a likely person, and likely persons of one record among themselves."""
    return f"""
        WITH held AS (SELECT DISTINCT one, person FROM _one JOIN _both USING (node) WHERE person IS NOT NULL),
        grown AS (SELECT DISTINCT one FROM _one WHERE node >= {offset}),
        likely AS (SELECT l, r FROM _scored WHERE peluang >= {rules.ambang_tinjau}),
        near AS (
            SELECT h.person, r AS fresh FROM likely JOIN held h ON h.one = l SEMI JOIN grown g ON g.one = r
            UNION SELECT h.person, l FROM likely JOIN held h ON h.one = r SEMI JOIN grown g ON g.one = l),
        others AS (
            SELECT h.one AS a, n.fresh AS b FROM near n JOIN held h USING (person)
            UNION SELECT x.one, y.one FROM near m JOIN near n ON m.fresh = n.fresh AND m.person < n.person
            JOIN held x ON x.person = m.person JOIN held y ON y.person = n.person),
        turned AS (SELECT DISTINCT least(a, b) AS l, greatest(a, b) AS r FROM others WHERE a <> b)
        SELECT l, r FROM turned ANTI JOIN _compared c USING (l, r)"""
