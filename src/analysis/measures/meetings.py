"""Where two programmes meet: in one person, or between members of one family; now, or within a rule's window."""

from collections.abc import Iterable

import pandas as pd

from analysis.engine import Engine
from analysis.measures.rules_as_tables import nearest_authority
from analysis.policy import Policy, Ruling, Unit, When
from analysis.settings import Run

_WHEN = ("periode", "tahun", "dahulu")


def build_meetings(engine: Engine, policy: Policy, run: Run) -> list[str]:
    """Make out_meetings: a row a person or family × pair of programmes.

    In the period every pair of different programmes meets. With what the earlier period's lists
    held, a pair meets only where a rule's window reaches so far (`Policy.meeting`). JKN membership
    meets only where a rule speaks of it: it is no assistance. A rule on what comes after an event
    (graduation) does not speak where the event is dated in the period or later.
    """
    _holdings(engine, policy, run)
    _register_meetings(engine, policy)
    engine.table("out_meetings", _MEETINGS)
    engine.drop("_holding", "_meeting", "_member", "_segment", "_event")
    return ["out_meetings"]


def _holdings(engine: Engine, policy: Policy, run: Run) -> None:
    """Make `_holding`: unit, unit_id, family_id, programme, its own unit, when, rupiah, certainty."""
    _memberships(engine, policy)
    engine.register("_event", pd.DataFrame({"programme": sorted(policy.events())}, dtype="str"))
    parts = [_NOW.format(month=run.period)]
    if {"prev_core_enrolments", "prev_core_persons"} <= engine.names():
        parts.append(_EARLIER.format(year=run.period[:4]))
    engine.table(
        "_holding",
        f"""
        WITH held AS ({" UNION ALL ".join(parts)}),
        views AS (
            SELECT 'keluarga' AS unit, family_id AS unit_id, * FROM held WHERE NOT is_member
            UNION ALL SELECT 'jiwa', person_id, * FROM held WHERE person_id IS NOT NULL)
        SELECT unit, unit_id, min(family_id) AS family_id, programme, bool_and(is_member) AS is_member,
            bool_or(person_id IS NULL) AS of_family, min(waktu) AS waktu, bool_and(to_come) AS to_come,
            CAST(sum(rp) AS BIGINT) AS rp, max(grade) AS grade
        FROM (SELECT * FROM views QUALIFY waktu = min(waktu) OVER (PARTITION BY unit, unit_id, programme))
        GROUP BY unit, unit_id, programme""",
    )


def _memberships(engine: Engine, policy: Policy) -> None:
    """Make `_member`: persons by the programme of their JKN segment, where a list states segments."""
    segments = {
        p.segmen: p.kode for p in policy.rulebook.programmes_on(policy.on).values() if p.segmen
    }
    frame = pd.DataFrame(
        {"segmen": list(segments), "programme": list(segments.values())}, dtype="str"
    )
    engine.register("_segment", frame)
    stated = {"core_records", "core_links"} <= engine.names() and "segmen" in engine.columns(
        "core_records"
    )
    source = (
        """core_records r JOIN _segment s USING (segmen) JOIN core_links l USING (record_id)
        JOIN core_persons p USING (person_id) WHERE r.peran = 'kepesertaan'"""
        if stated
        else "_segment s, core_persons p WHERE false"
    )
    engine.table("_member", f"SELECT DISTINCT p.person_id, p.family_id, s.programme FROM {source}")


# waktu sorts as said: 1 = in the period, 2 = earlier in the budget year, 3 = before it.
_GRADE = "CASE kepastian WHEN 'pasti' THEN 1 WHEN 'kuat' THEN 2 ELSE 3 END"
_NOW = f"""
    SELECT family_id, CASE WHEN unit = 'jiwa' THEN unit_id END AS person_id, programme, 1 AS waktu,
        coalesce(manfaat_rp, 0) AS rp, {_GRADE} AS grade, false AS is_member,
        coalesce(tgl_pertama >= DATE '{{month}}-01', false) AND programme IN (SELECT programme FROM _event) AS to_come
    FROM core_enrolments
    UNION ALL SELECT family_id, person_id, programme, 1, 0, 1, true, false FROM _member"""
_EARLIER = f"""
    SELECT DISTINCT p.family_id, CASE WHEN e.unit = 'jiwa' THEN e.unit_id END, e.programme,
        CASE WHEN e.period[:4] = '{{year}}' THEN 2 ELSE 3 END, 0, {_GRADE}, false, false
    FROM prev_core_enrolments e
    JOIN prev_core_persons b ON b.family_id = e.family_id AND (e.unit = 'keluarga' OR b.person_id = e.unit_id)
    JOIN core_persons p ON p.person_id = b.person_id"""

_MEETINGS = """
    SELECT a.unit, a.unit_id, a.family_id, f.kode_wilayah, f.desil, least(a.programme, b.programme) AS a,
        greatest(a.programme, b.programme) AS b,
        CASE WHEN a.unit = 'jiwa' THEN 'orang_orang' WHEN a.of_family AND b.of_family THEN 'keluarga_keluarga'
             WHEN a.of_family OR b.of_family THEN 'orang_keluarga' ELSE 'anggota_anggota' END AS lintas,
        m.waktu, m.verdict, m.rules, m.kewenangan,
        CAST(CASE WHEN m.verdict = 'komplementer' THEN 0 ELSE a.rp + b.rp END AS BIGINT) AS manfaat_rp,
        ['pasti', 'kuat', 'lemah'][greatest(a.grade, b.grade)] AS kepastian
    FROM _holding a JOIN _holding b ON a.unit = b.unit AND a.unit_id = b.unit_id AND a.programme <> b.programme
        AND a.waktu = 1 AND (b.waktu > 1 OR a.programme < b.programme)
    JOIN _meeting m ON m.unit = a.unit AND m.now = a.programme AND m.other = b.programme AND m.place = b.waktu
        AND m.early = (a.to_come OR b.to_come)
    JOIN core_families f ON f.family_id = a.family_id
    WHERE m.rules <> '' OR NOT (a.is_member OR b.is_member)"""


def _register_meetings(engine: Engine, policy: Policy) -> None:
    """Make `_meeting`: what the rules say of each pair that is held, by unit and time."""
    held = engine.rows("""
        SELECT DISTINCT a.unit, a.programme, b.programme, b.waktu, a.to_come OR b.to_come FROM
        (SELECT DISTINCT unit, programme, to_come FROM _holding WHERE waktu = 1) a
        JOIN (SELECT DISTINCT unit, programme, waktu, to_come FROM _holding) b USING (unit)
        WHERE a.programme <> b.programme ORDER BY ALL""")
    known = policy.rulebook.programmes_on(policy.on)
    rows = []
    for unit, now, other, place, early in held:
        not_past = policy.events() & {now, other} if early else ()
        when = _WHEN[place - 1]
        ruling = _ruling(policy, now, other, unit, when, not_past) if other in known else None
        if ruling:
            authority = nearest_authority(policy, ruling.programmes)
            rows.append(
                (unit, now, other, place, early, _WHEN[place - 1], ruling.verdict.value, ",".join(ruling.rules), authority)
            )  # fmt: skip
    names = ["unit", "now", "other", "place", "early", "waktu", "verdict", "rules", "kewenangan"]
    frame = pd.DataFrame(rows, columns=names)
    texts = {name: "str" for name in names if name not in {"place", "early"}}
    engine.register("_meeting", frame.astype(texts | {"place": "int64", "early": "bool"}))


def _ruling(
    policy: Policy, now: str, other: str, unit: Unit, when: When, not_past: Iterable[str]
) -> Ruling | None:
    """Rules of the unit first; of a person none speaks, those of the family, which holds the person."""
    own = policy.meeting(now, other, unit, when, not_past)
    if unit == "keluarga" or (own and own.rules):
        return own
    wider = policy.meeting(now, other, "keluarga", when, not_past)
    return wider if wider and wider.rules else own
