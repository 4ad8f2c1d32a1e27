"""Persons and families of the register with what errors are told by: area, head's sex, disability, age, family size."""

from analysis.engine import Engine
from analysis.policy.targeting_models import Groups, VisibleCondition
from analysis.settings import Run

UNKNOWN = "tidak tercatat"


def build_people(
    engine: Engine, groups: Groups, conditions: tuple[VisibleCondition, ...], run: Run
) -> None:
    """Make `_person` and `_family`, every one once; `layak_<programme>`: meets its visible conditions.

    A family meets them where one of its members does.
    """
    _persons(engine, groups, conditions, run)
    _families(engine, groups, conditions)


def flag(condition: VisibleCondition) -> str:
    """The column that says who meets the conditions."""
    return f'"layak_{condition.program}"'


def _persons(
    engine: Engine, groups: Groups, conditions: tuple[VisibleCondition, ...], run: Run
) -> None:
    on = run.edition.on
    records = {"core_records", "core_links"} <= engine.names()
    stated = (
        "disabilitas" if records and "disabilitas" in engine.columns("core_records") else "NULL"
    )
    none = "SELECT NULL::VARCHAR AS person_id, false AS kepala, false AS cacat, false AS bukan WHERE false"
    flags = "".join(f", coalesce({_test(rule)}, false) AS {flag(rule)}" for rule in conditions)
    engine.table(
        "_person",
        f"""
        WITH marks AS ({_marks(groups, stated) if records else none}),
        aged AS (
            SELECT p.*, date_diff('year', tgl_lahir, DATE '{on}')
                - CASE WHEN 100 * month(tgl_lahir) + day(tgl_lahir) > {on.month * 100 + on.day} THEN 1 ELSE 0 END AS tahun
            FROM core_persons p),
        told AS (
            SELECT a.person_id, a.family_id, a.is_registri, a.jenis_kelamin, a.tahun,
                {_known_area("a.kode_wilayah")} AS kelurahan, {_classes("tahun", groups.umur)} AS umur_kelas,
                coalesce(m.kepala, false) AS kepala, coalesce(m.cacat, false) AS cacat, coalesce(m.bukan AND NOT m.cacat, false) AS bukan
            FROM aged a LEFT JOIN marks m USING (person_id))
        SELECT *{flags} FROM told""",
    )


def _test(condition: VisibleCondition) -> str:
    tests = [f"tahun BETWEEN {first} AND {last}" for first, last in condition.umur]
    return " OR ".join(tests + (["cacat"] if condition.disabilitas else []))


def _marks(groups: Groups, stated: str) -> str:
    """Who is head of a family, and who is said to be disabled or not; one list that says yes outweighs a no."""
    needs = ", ".join(f"'{code}'" for code in groups.disabilitas_kelompok)
    return f"""SELECT person_id, bool_or(kepala) AS kepala, bool_or(cacat) AS cacat, bool_or(bukan) AS bukan FROM (
            SELECT record_id, coalesce(hubungan_keluarga = 'kepala', false) AS kepala,
                coalesce(kelompok IN ({needs}), false) OR coalesce(peran <> 'registri_keluarga'
                    AND upper(komponen) LIKE '%{groups.disabilitas_komponen}%', false)
                    OR coalesce({stated} = 'ya', false) AS cacat,
                coalesce({stated} = 'tidak', false) AS bukan FROM core_records)
        JOIN core_links USING (record_id) WHERE kepala OR cacat OR bukan GROUP BY person_id"""


def _families(engine: Engine, groups: Groups, conditions: tuple[VisibleCondition, ...]) -> None:
    meets = "".join(f", bool_or({flag(rule)}) AS {flag(rule)}" for rule in conditions)
    told = "".join(f", coalesce(m.{flag(rule)}, false) AS {flag(rule)}" for rule in conditions)
    engine.table(
        "_family",
        f"""
        WITH members AS (
            SELECT family_id, min(jenis_kelamin) FILTER (kepala) AS kepala, bool_or(cacat) AS cacat, bool_and(bukan) AS bukan{meets}
            FROM _person GROUP BY family_id)
        SELECT f.family_id, f.is_registri, f.desil, {_known_area("f.kode_wilayah")} AS kelurahan,
            CASE m.kepala WHEN 'L' THEN 'laki-laki' WHEN 'P' THEN 'perempuan' ELSE '{UNKNOWN}' END AS kepala,
            {disability("m")} AS disabilitas,
            {_classes("f.n_anggota", groups.ukuran_keluarga)} AS ukuran, f.n_anggota{told}
        FROM core_families f LEFT JOIN members m USING (family_id)""",
    )


def disability(alias: str) -> str:
    """'ya', 'tidak' (of a family: said of every member), or 'tidak tercatat': a list's silence is no answer."""
    return f"CASE WHEN {alias}.cacat THEN 'ya' WHEN {alias}.bukan THEN 'tidak' ELSE '{UNKNOWN}' END"


def _known_area(column: str) -> str:
    return f"CASE WHEN {column} IN (SELECT kode_wilayah FROM _area) THEN {column} END"


def _classes(value: str, starts: tuple[int, ...]) -> str:
    """'0–5', '6–17', …, '60+'; 'tidak tercatat' where there is no value."""
    cases = []
    for place, start in enumerate(starts):
        last = place + 1 == len(starts)
        label = f"{start}+" if last else _span(start, starts[place + 1] - 1)
        cases.append(f"WHEN {value} < {10**6 if last else starts[place + 1]} THEN '{label}'")
    return (
        f"CASE WHEN {value} IS NULL OR {value} < {starts[0]} THEN '{UNKNOWN}' {' '.join(cases)} END"
    )


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
