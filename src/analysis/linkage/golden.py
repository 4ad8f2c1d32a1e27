"""Golden records: what the rows of one person say together, as one row that is compared."""

from analysis.engine import Engine
from analysis.linkage.keys import number


def golden(engine: Engine, source: str, target: str, among: str = "") -> None:
    """Make `target`: per node the first value of each field, the register's before a roster's (order of `uid`).

    `kk2` and `area2` keep a second value where there is one: people move and cards change. Shares of names and birth
    dates tell how much agreement on them weighs: those in `among`, of which `target` is a part, or its own.
    """
    told = " + ".join(
        f"CASE WHEN {name} IS NULL THEN 0 ELSE {1 << place} END"
        for place, name in enumerate(_GOLDEN)
    )
    # most nodes' first row says all that any of theirs does: the others' fields alone are looked through
    engine.table(
        "_told",
        f"""SELECT node, min(uid) AS uid, bit_or(lists) AS lists, bool_or(in_register) AS in_register,
            bool_and(mute) AS mute, bit_or(told) <> arg_min(told, uid) OR min(kk) <> max(kk) OR min(place) <> max(place) AS is_mixed
        FROM (SELECT node, uid, lists, in_register, mute, {told} AS told,
            {number("no_kk")} AS kk, area AS place FROM {source})
        GROUP BY node""",
    )
    fields = ", ".join(_GOLDEN)
    first = ", ".join(f"arg_min({c}, uid) FILTER ({c} IS NOT NULL) AS {c}" for c in _GOLDEN)
    seconds = ", ".join(f"{which}({c}) AS {c}_{which}" for c in ("no_kk", "area") for which in ("min", "max"))  # fmt: skip
    engine.table(
        "_first",
        f"""SELECT s.node, {fields}, no_kk AS no_kk_min, no_kk AS no_kk_max, area AS area_min, area AS area_max
            FROM (SELECT node, uid, {fields} FROM {source}) s JOIN _told t ON t.uid = s.uid AND NOT coalesce(t.is_mixed, false)
        UNION ALL SELECT node, {first}, {seconds} FROM (SELECT node, uid, {fields} FROM {source})
            SEMI JOIN (SELECT node FROM _told WHERE is_mixed) USING (node) GROUP BY node""",
    )
    engine.table(
        target,
        f"""SELECT g.* EXCLUDE (no_kk_min, no_kk_max, area_min, area_max), lists, in_register, mute,
            CASE WHEN no_kk_max <> no_kk THEN no_kk_max WHEN no_kk_min <> no_kk THEN no_kk_min END AS kk2,
            CASE WHEN area_max <> area THEN area_max WHEN area_min <> area THEN area_min END AS area2,
            {day("g.born")} AS day, s.sound_f, b.born_f
        FROM _first g JOIN _told USING (node)
        LEFT JOIN ({_shares(engine, "sound", among)}) s ON s.sound = g.sound
        LEFT JOIN ({_shares(engine, "born", among)}) b ON b.born = g.born""",
    )
    engine.drop("_told", "_first")


def day(born: str) -> str:
    """SQL for a birth date as text, by which slips of a digit are told."""
    return f"strftime({born}, '%Y%m%d')"


def _shares(engine: Engine, said: str, among: str) -> str:
    """Query of how often a value is said, among the golden records being made or in `among`."""
    if among:
        return share_of(said, among)
    total = max(int(engine.one("SELECT count(*) FROM _first")), 1)
    return f"SELECT {said}, count(*) / {total} AS {said}_f FROM _first GROUP BY {said}"


def share_of(said: str, records: str) -> str:
    """Query (value, share) of the names (`sound`) or birth dates (`born`) of golden records."""
    return f"SELECT {said}, min({said}_f) AS {said}_f FROM {records} GROUP BY {said}"


_GOLDEN = (
    "nik", "nik15", "digits", "no_kk", "sound", "first", "last", "born", "year", "sex", "area", "rt", "rw",
)  # fmt: skip
