"""core_links of an increment: new rows among those linked before, by their ids."""

from collections.abc import Sequence

from analysis.engine import Engine, literal
from analysis.linkage.clusters import certainty
from analysis.linkage.person_keys import id_of
from analysis.policy import Linkage

_MOST_RUNS = 4  # more late lists than these are sorted in: each run asks for all that changed


def build_links(engine: Engine, rules: Linkage) -> None:
    """Make core_links of what `recognise` and `name_increment` made.

    A late list lies in one piece among the others, and then nothing need be sorted: that costs as much as all the rest.
    """
    engine.table("_told", _told(rules))
    engine.table("_moved", _moved(rules))
    runs = _runs(engine)
    links = (
        " UNION ALL ".join(_merged(runs))
        if runs is not None
        else f"({_KEPT}) UNION ALL FROM _told ORDER BY record_id"
    )
    engine.table("core_links", links)
    engine.drop("_told", "_moved")


def _told(rules: Linkage) -> str:
    """Query of the links of new rows and of rows known by what they say."""
    return f"""
        WITH again AS (
            SELECT record_id, coalesce(c.into_person, r.person) AS person, {_unless_alone("cara")}, {_unless_alone("peluang")}
            FROM _again r ANTI JOIN _parted USING (person) LEFT JOIN _changed c USING (person))
        SELECT record_id, {id_of("person")} AS person_id, cara, {certainty(rules)} AS kepastian, peluang
        FROM (FROM _fresh UNION ALL FROM again) ORDER BY record_id"""


def _moved(rules: Linkage) -> str:
    """Query of persons that are another's or no longer alone, and of those whose rows come back (`into_id` empty)."""
    return f"""
        SELECT {id_of("person")} AS person_id, {id_of("into_person")} AS into_id, cara, {certainty(rules)} AS kepastian, peluang
        FROM _changed UNION ALL SELECT person_id, '', NULL, NULL, NULL FROM _parted"""


def _unless_alone(column: str) -> str:
    """SQL for `column` of a known row: as it was linked, but for a row that stood alone and does no longer."""
    return f"CASE WHEN r.cara = 'sendiri' AND c.cara IS NOT NULL THEN c.{column} ELSE r.{column} END AS {column}"


# the other rows as before
_KEPT = f"""
    SELECT record_id, coalesce(into_id, r.person_id) AS person_id, {", ".join(map(_unless_alone, ("cara", "kepastian", "peluang")))}
    FROM _kept r LEFT JOIN _moved c ON c.person_id = r.person_id WHERE into_id IS DISTINCT FROM ''"""


def _runs(engine: Engine) -> list[tuple[str, str]] | None:
    """The first and last id of each late list, in order, as SQL literals; None where known rows lie between them, or of too many lists."""
    runs = engine.rows(
        """SELECT min(record_id) AS first, max(record_id) FROM _told GROUP BY split_part(record_id, ':', 1) ORDER BY first"""
    )
    if len(runs) > _MOST_RUNS:
        return None
    told = [(literal(first), literal(last)) for first, last in runs]
    between = " OR ".join(f"record_id BETWEEN {first} AND {last}" for first, last in told)
    return None if told and engine.one(f"SELECT count(*) FROM _kept WHERE {between}") else told


def _merged(runs: Sequence[tuple[str, str]]) -> list[str]:
    """Queries of links whose rows follow one another."""
    parts, after = [], literal("")
    for first, last in runs:
        parts.append(f"({_KEPT} AND record_id > {after} AND record_id < {first})")
        parts.append(f"(FROM _told WHERE record_id BETWEEN {first} AND {last})")
        after = last
    return [*parts, f"({_KEPT} AND record_id > {after})"]
