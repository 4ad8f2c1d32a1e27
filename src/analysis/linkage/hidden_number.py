"""Hide the NIK of rows whose person is known, and see who is found again: misses without a label."""

from analysis.engine import Engine
from analysis.linkage import indonesia, meeting_keys
from analysis.linkage.company import weigh_company
from analysis.linkage.comparisons import compare
from analysis.linkage.golden import golden
from analysis.policy import Linkage

# What a row of a name and a kelurahan alone does not say.
_THIN = ("nik", "nik15", "digits", "no_kk", "born", "year")


def relink_hidden(engine: Engine, rules: Linkage) -> None:
    """Make `_hidden` (uid, told, missed, missed_thin): one row of a person against the person's other rows.

    `told`: the row had a NIK to hide. `missed`: without it, it meets nobody of its person, or falls below
    the cut. `missed_thin`: so it does with nothing left but its name, kelurahan, RT, RW and sex.
    """
    _draw(engine, rules)
    _relink(engine, rules, ("nik", "nik15", "digits"), "_without_number")
    _relink(engine, rules, _THIN, "_thin")
    engine.table(
        "_hidden",
        """SELECT s.uid, s.nik IS NOT NULL AS told, n.missed, t.missed AS missed_thin
        FROM _several s JOIN _without_number n USING (uid) JOIN _thin t USING (uid)""",
    )
    engine.drop("_several", "_without_number", "_thin")


def _draw(engine: Engine, rules: Linkage) -> None:
    """Make `_several`: the rows of drawn persons that have several, one of each to be hidden."""
    nodes = int(engine.one("SELECT count(*) FROM _cluster_of"))
    share = min(10_000, int(10_000 * rules.periksa_baris / max(nodes, 1)))
    engine.table(
        "_several",
        f"""SELECT u.*, c.cluster AS node, row_number() OVER (PARTITION BY c.cluster ORDER BY u.key) = 1 AS is_hidden
        FROM _units u JOIN _clusters c USING (uid)
        WHERE hash(c.cluster) % 10000 < {share} AND NOT u.mute
        QUALIFY count(*) OVER (PARTITION BY c.cluster) > 1""",
    )


def _relink(engine: Engine, rules: Linkage, hide: tuple[str, ...], target: str) -> None:
    """Make `target` (uid, missed) of the hidden rows, the columns `hide` emptied."""
    size = int(engine.one("SELECT coalesce(max(node), 0) + 1 FROM _several"))
    emptied = ", ".join(f"CASE WHEN NOT is_hidden THEN {name} END AS {name}" for name in hide)
    engine.table(
        "_turned",
        f"""SELECT * REPLACE (CASE WHEN is_hidden THEN node + {size} ELSE node END AS node, {emptied}) FROM _several""",
    )
    golden(engine, "_turned", "_turned_rows", among="_nodes")
    meeting_keys.build_hash_keys(engine, "_turned_keys", "_turned", "_turned_rows")
    engine.table(
        "_met",
        f"""SELECT DISTINCT a.node AS l, b.node AS r FROM _turned_keys a JOIN _turned_keys b
        ON b.node = a.node + {size} WHERE {meeting_keys.meets("a", "b")}""",
    )
    compare(engine, "_turned_rows", "_met", indonesia.ALL, "_met_again")
    engine.table(
        "_scored_again",
        "SELECT l, r, pattern, peluang FROM _met_again JOIN registry_model USING (pattern)",
    )
    weigh_company(engine, rules, "_turned_rows", "_scored_again")
    engine.table(
        target,
        f"""SELECT s.uid, coalesce(m.peluang < {rules.ambang}, true) AS missed
        FROM _several s LEFT JOIN _scored_again m ON m.l = s.node WHERE s.is_hidden""",
    )
    engine.drop("_turned", "_turned_rows", "_turned_keys", "_met", "_met_again", "_scored_again")
