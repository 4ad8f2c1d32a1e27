"""Hide the NIK of rows whose person is known, and see who is found again: misses without a label."""

from analysis.engine import Engine
from analysis.linkage import indonesia, meeting_keys
from analysis.linkage.company import weigh_company
from analysis.linkage.comparisons import compare
from analysis.linkage.golden import golden
from analysis.linkage.hidden_rivals import meet_rivals, weigh_hidden
from analysis.policy import Linkage

_NUMBER = ("nik", "nik15", "digits")
# What a row of a name and a kelurahan alone does not say.
_THIN = (*_NUMBER, "no_kk", "born", "year")


def relink_hidden(engine: Engine, rules: Linkage) -> None:
    """Make `_hidden` (uid, told, missed, missed_wrong, missed_thin, drawn): one row of a person against the person's other rows.

    `told`: the row had a NIK to hide. `missed`: without it, it meets nobody of its person, or falls below
    the cut; null where it would then be a thin row. `missed_wrong`: so it does with a NIK that is not its own. `missed_thin`: so it does with nothing left but its name,
    kelurahan, RT, RW and sex. `drawn`: by chance, from all persons; else it was tried because few rows of its list are.
    """
    _draw(engine, rules)
    _relink(
        engine,
        rules,
        _NUMBER,
        "_without_number",
        {"missed": 0, "missed_wrong": indonesia.OTHER + 1},
    )
    _relink(engine, rules, _THIN, "_thin", {"missed": 0})
    engine.table(
        "_hidden",
        """SELECT s.uid % (SELECT count(*) FROM _units) AS uid, s.nik IS NOT NULL AS told, CASE WHEN coalesce(s.no_kk, CAST(s.born AS VARCHAR)) IS NOT NULL THEN n.missed END AS missed,
            n.missed_wrong, t.missed AS missed_thin, s.drawn
        FROM _several s JOIN _without_number n USING (node) JOIN _thin t USING (node) WHERE s.is_hidden""",
    )
    engine.drop("_several", "_without_number", "_thin")


def _draw(engine: Engine, rules: Linkage) -> None:
    """Make `_several`: the rows of drawn persons that have several, one of each to be hidden.

    Of a list of which chance would draw a handful every person is tried, with that list's row hidden: once more
    where another of the person's rows is. Rows of that second trial are `_units`' rows more than their uid.
    """
    units = int(engine.one("SELECT count(*) FROM _units"))
    nodes = int(engine.one("SELECT count(*) FROM _cluster_of"))
    share = min(10_000, max(1, int(10_000 * rules.periksa_baris / max(nodes, 1))))
    small = f"lists & {_small_lists(engine, rules.periksa_daftar * 10_000 / share)} <> 0"
    of_list = f"SELECT cluster FROM _units JOIN _clusters USING (uid) WHERE {small} AND NOT mute"
    engine.table(
        "_held",
        f"""SELECT u.*, c.cluster AS node, hash(c.cluster) % 10000 < {share} AS drawn, row_number() OVER (of_person ORDER BY key) = 1 AS by_chance,
            {small} AND row_number() OVER (of_person ORDER BY NOT {small}, key) = 1 AS by_list
        FROM _units u JOIN _clusters c USING (uid)
        WHERE NOT u.mute AND (hash(c.cluster) % 10000 < {share} OR c.cluster IN ({of_list}))
        WINDOW of_person AS (PARTITION BY c.cluster) QUALIFY count(*) OVER of_person > 1""",
    )
    said = "* EXCLUDE (by_chance, by_list)"
    engine.table(
        "_several",
        f"""SELECT {said}, by_chance AS is_hidden FROM _held WHERE drawn
        UNION ALL SELECT {said} REPLACE (uid + {units} AS uid, node + {units} AS node, false AS drawn), by_list
            FROM _held SEMI JOIN (SELECT node FROM _held WHERE by_list AND NOT (drawn AND by_chance)) USING (node)""",
    )
    engine.drop("_held")


def _small_lists(engine: Engine, rows: float) -> int:
    """Lists of fewer than so many rows, as bits."""
    sets = engine.rows("SELECT lists, count(*) FROM _units GROUP BY lists")
    counts = {place: sum(n for held, n in sets if held >> place & 1) for place in range(63)}
    return sum(1 << place for place, n in counts.items() if 0 < n < rows)


def _relink(engine: Engine, rules: Linkage, hide: tuple[str, ...], target: str, judged: dict[str, int]) -> None:  # fmt: skip
    """Make `target` (node and columns of `judged`) of the hidden rows, the columns `hide` emptied.

    `judged`: whether the row is missed, for each cell of the comparison of NIK it is judged with (0: silence).
    """
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
    scored = {f"_scored_{place}": cell for place, cell in enumerate(judged.values())}
    for name, cell in scored.items():
        engine.table(
            name,
            f"""SELECT l, r, m.pattern, m.peluang FROM _met_again a
            JOIN registry_model m ON m.pattern = a.pattern + {cell * indonesia.EVIDENCE_CELLS}""",
        )
        weigh_company(engine, rules, "_turned_rows", name)
    meet_rivals(engine, rules, tuple(scored), size)
    for name, cell in scored.items():
        weigh_hidden(engine, rules, name, cell)
    missed = ", ".join(f"coalesce({name}.peluang < {rules.ambang}, true) AS {column}" for name, column in zip(scored, judged, strict=True))  # fmt: skip
    engine.table(
        target,
        f"""SELECT s.node, {missed} FROM _several s {" ".join(f"LEFT JOIN {name} ON {name}.l = s.node" for name in scored)}
        WHERE s.is_hidden""",
    )
    engine.drop(
        "_turned",
        "_turned_rows",
        "_turned_keys",
        "_met",
        "_met_again",
        "_rivals",
        "_rival_rows",
        *scored,
    )
