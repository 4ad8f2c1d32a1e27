"""SQL of an increment: which golden records are compared, what they say together, and which are in play afterwards."""

from analysis.linkage.clusters import nearness
from analysis.linkage.registry_part import FIELDS, unpacked
from analysis.policy import Linkage

UNITED = """
    SELECT DISTINCT least(l, r) AS l, greatest(l, r) AS r FROM (
        SELECT coalesce(a.one, p.l) AS l, coalesce(b.one, p.r) AS r FROM (
            SELECT l, r FROM _pairs UNION SELECT l, r FROM _sure UNION SELECT l, r FROM _doubted) p ANTI JOIN _gone ON p.l = _gone.node
        LEFT JOIN _one a ON a.node = p.l LEFT JOIN _one b ON b.node = p.r)
    WHERE l <> r"""

# the golden records that are compared as one, each by its node, and the others of the persons they are of
NEEDED = """
    WITH ends AS (SELECT l AS one FROM _pairs UNION SELECT r FROM _pairs),
    members AS (SELECT node, one FROM _one SEMI JOIN ends USING (one) UNION SELECT one, one FROM ends),
    persons AS (SELECT DISTINCT person FROM base_nodes SEMI JOIN members USING (node))
    SELECT node, one FROM members
    UNION SELECT node, coalesce(one, node) FROM base_nodes SEMI JOIN persons USING (person) LEFT JOIN _one USING (node)"""
OLD = f"SELECT o.node, o.person, {unpacked('o')}, one FROM base_nodes o JOIN _needed USING (node)"

# Which lists a known person stands in is told by this period's rows: standing in a list twice in one
# month speaks against one person, standing there in two months does not.
HERE = """
    SELECT person, bit_or(1::BIGINT << least(CAST(place AS INTEGER), 62)) AS lists, bool_or(in_register) AS in_register
    FROM _stands SEMI JOIN _old USING (person) JOIN _sources USING (place) GROUP BY person"""


def told_by(offset: int) -> str:
    """Query of `_told_by`: what each needed node says, with `one`; shares are the registry's."""
    own = ", ".join(f"n.{c}" for c in FIELDS.split(", ") if c not in ("sound_f", "born_f"))
    rare = 1 / max(offset, 1)
    return f"""
        WITH own AS (SELECT n.*, one FROM _nodes n JOIN _needed USING (node)),
        sounds AS (SELECT sound, min(sound_f) AS f FROM base_nodes SEMI JOIN own USING (sound) GROUP BY sound),
        days AS (SELECT born, min(born_f) AS f FROM base_nodes SEMI JOIN own USING (born) GROUP BY born)
        SELECT n.node, one, {own}, CASE WHEN n.sound IS NOT NULL THEN coalesce(s.f, {rare}) END AS sound_f,
            CASE WHEN n.born IS NOT NULL THEN coalesce(d.f, {rare}) END AS born_f
        FROM own n LEFT JOIN sounds s USING (sound) LEFT JOIN days d USING (born)
        UNION ALL BY NAME
        SELECT o.* EXCLUDE (person) REPLACE (coalesce(h.lists, 0) AS lists, coalesce(h.in_register, false) AS in_register)
        FROM _old o LEFT JOIN _here h USING (person)"""


_FIRST = ", ".join(
    f"arg_min({c}, turn) FILTER ({c} IS NOT NULL) AS {c}"
    for c in FIELDS.split(", ")
    if c not in ("lists", "in_register", "mute", "kk2", "area2")
)


def gold(told: str) -> str:
    """Query of one golden record for all that `told` says with the same `one`, as golden.py makes it of rows.

    What the register says comes first, then what the registry knows; a second card and area are kept.
    """
    return f"""
    WITH sized AS (SELECT *, (NOT in_register, node) AS turn, count(*) OVER (PARTITION BY one) AS n FROM {told}),
    joined AS (
        SELECT one AS node, {_FIRST}, bit_or(lists) AS lists, bool_or(in_register) AS in_register, bool_and(mute) AS mute,
            max(greatest(no_kk, kk2)) AS kk_max, min(least(no_kk, kk2)) AS kk_min,
            max(greatest(area, area2)) AS area_max, min(least(area, area2)) AS area_min
        FROM sized WHERE n > 1 GROUP BY one)
    SELECT one AS node, * EXCLUDE (node, one, turn, n) FROM sized WHERE n = 1
    UNION ALL BY NAME
    SELECT * EXCLUDE (kk_max, kk_min, area_max, area_min),
        CASE WHEN kk_max <> no_kk THEN kk_max WHEN kk_min <> no_kk THEN kk_min END AS kk2,
        CASE WHEN area_max <> area THEN area_max WHEN area_min <> area THEN area_min END AS area2 FROM joined"""


# golden records of one known person
HELD = """
    WITH held AS (SELECT DISTINCT one, person FROM _old)
    SELECT min(one) OVER (PARTITION BY person) AS l, one AS r FROM held"""


# what the last linking of all rows told of each list; of one that it did not know, what its rows tell now
NONE = """
    SELECT place, CASE WHEN s.source IS NULL THEN n.tanpa ELSE o.tanpa END AS tanpa FROM base_none n JOIN _none_now o USING (place)
    LEFT JOIN (FROM _sources ANTI JOIN base_sources USING (source)) s USING (place)"""


def met_known(offset: int) -> str:
    """Query (lists, met, n) of new rows with a NIK outside the register: do they stand in another list before any model?"""
    return f"""
        WITH held AS (SELECT node, bit_or(lists) AS held FROM _node_of JOIN _units USING (uid) GROUP BY node),
        known AS (SELECT DISTINCT r - {offset} AS node FROM _sure)
        SELECT lists, bit_count(held) > 1 OR k.node IS NOT NULL AS met, count(*)
        FROM _units JOIN _node_of USING (uid) JOIN held h USING (node) LEFT JOIN known k USING (node)
        WHERE nik IS NOT NULL AND NOT in_register GROUP BY ALL"""


def completed(offset: int, rules: Linkage) -> str:
    """The other golden records of a likely person, and likely persons of one record among themselves."""
    return f"""
        WITH held AS (SELECT DISTINCT one, person FROM _old),
        grown AS (SELECT DISTINCT one FROM _needed WHERE node >= {offset}),
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


def in_play(offset: int) -> str:
    """Query of `_both` (node, one, person): new golden records (no person yet), those they are, and all of persons they may be."""
    return f"""
        WITH ends AS (SELECT l AS one FROM _scored UNION SELECT r FROM _scored),
        named AS (SELECT DISTINCT person FROM _old SEMI JOIN ends USING (one))
        SELECT n.node + {offset} AS node, coalesce(one, n.node + {offset}) AS one, NULL::BIGINT AS person
        FROM (SELECT DISTINCT node FROM _node_of) n LEFT JOIN _one o ON o.node = n.node + {offset}
        UNION ALL SELECT node, coalesce(one, node), person FROM base_nodes b LEFT JOIN _one o USING (node) LEFT JOIN named n USING (person)
        WHERE o.one IS NOT NULL OR n.person IS NOT NULL"""


# golden records that people parted: no new row that is like both joins them
PARTED = """
    SELECT DISTINCT least(a.one, b.one) AS l, greatest(a.one, b.one) AS r FROM base_apart p
    JOIN _both a ON a.node = p.l JOIN _both b ON b.node = p.r"""


def tied(rules: Linkage) -> str:
    """Query of the pairs in play (l, r, peluang, dekat); golden records of one known person are one person beyond doubt."""
    return f"""
        WITH held AS (SELECT DISTINCT one, person FROM _both WHERE person IS NOT NULL)
        SELECT l, r, max(peluang) AS peluang, max(dekat) AS dekat FROM (
            SELECT l, r, peluang, {nearness(rules)} AS dekat FROM _scored
            UNION ALL SELECT a.one, b.one, 1.0, 1.0 FROM held a JOIN held b ON a.person = b.person AND a.one < b.one)
        GROUP BY l, r ORDER BY l, r"""
