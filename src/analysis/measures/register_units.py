"""Register units with what errors are told by: `_unit_cell`, `_receipt_cell` and `_place` for register_groups.

Every family and every person once, with kelurahan, sex of head, disability, age and family size; programmes
are joined to recipients only, so that the work does not grow with programmes × city.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy
from analysis.policy.targeting_models import Groups, VisibleCondition
from analysis.settings import Run

ANY, UNKNOWN = "semua", "tanpa"
_DIMS = "kelurahan, kepala, disabilitas, umur, ukuran, desil"
_LABEL = "CASE WHEN NOT is_registri THEN 'luar' WHEN desil IS NULL THEN 'tanpa' ELSE CAST(desil AS VARCHAR) END"


def build_units(engine: Engine, policy: Policy, run: Run) -> None:
    """Make `_unit` (families and persons with their groups) and `_eligible` (who meets visible conditions)."""
    rules = policy.rulebook.targeting
    _people(engine, rules.kelompok, run)
    _families(engine, rules.kelompok)
    engine.table(
        "_unit",
        f"""
        SELECT 'keluarga' AS satuan, family_id AS unit_id, family_id, kelurahan, kepala, disabilitas,
            '' AS umur, ukuran, {_LABEL} AS desil FROM _family
        UNION ALL
        SELECT 'jiwa', p.person_id, p.family_id, coalesce(p.kelurahan, f.kelurahan), f.kepala,
            CASE WHEN p.cacat THEN 'ya' ELSE 'tidak tercatat' END, p.umur_kelas, f.ukuran,
            CASE WHEN NOT p.is_registri THEN 'luar' WHEN f.desil IS NULL THEN 'tanpa' ELSE CAST(f.desil AS VARCHAR) END
        FROM _person p JOIN _family f USING (family_id)""",
    )
    _eligible(engine, policy)


def build_cells(engine: Engine, policy: Policy) -> None:
    """Make `_unit_cell` (units by groups and desil) and `_receipt_cell` (recipients and rupiah by the same)."""
    _receipts(engine, policy)
    engine.table(
        "_unit_cell", f"SELECT satuan, {_DIMS}, count(*) AS n FROM _unit GROUP BY satuan, {_DIMS}"
    )
    engine.table(
        "_eligible_cell",
        f"""SELECT e.programme, u.satuan, {_DIMS}, count(*) AS n
        FROM _eligible e JOIN _unit u USING (satuan, unit_id) GROUP BY e.programme, u.satuan, {_DIMS}""",
    )
    engine.table(
        "_receipt_cell",
        f"""SELECT r.programme, u.satuan, {_DIMS}, count(*) AS n, sum(r.rp) AS rp,
            count(*) FILTER (r.layak_dulu) AS n_dulu
        FROM _receipt r JOIN _unit u USING (satuan, unit_id) GROUP BY r.programme, u.satuan, {_DIMS}""",
    )


def _people(engine: Engine, groups: Groups, run: Run) -> None:
    """`_person`: age on the edition's day, head or not, disabled as far as a list says so."""
    records = {"core_records", "core_links"} <= engine.names()
    marks = (
        _marks(groups)
        if records
        else "SELECT NULL::VARCHAR AS person_id, false AS kepala, false AS cacat WHERE false"
    )
    engine.table(
        "_person",
        f"""
        WITH marks AS ({marks}),
        aged AS (
            SELECT p.*, date_diff('year', tgl_lahir, DATE '{run.edition.on}')
                - CASE WHEN strftime(tgl_lahir, '%m%d') > '{run.edition.on:%m%d}' THEN 1 ELSE 0 END AS tahun
            FROM core_persons p)
        SELECT a.person_id, a.family_id, a.is_registri, a.jenis_kelamin, a.tahun,
            {_known_area("a.kode_wilayah")} AS kelurahan, {_classes("tahun", groups.umur)} AS umur_kelas,
            coalesce(m.kepala, false) AS kepala, coalesce(m.cacat, false) AS cacat
        FROM aged a LEFT JOIN marks m USING (person_id)""",
    )


def _marks(groups: Groups) -> str:
    needs = ", ".join(f"'{code}'" for code in groups.disabilitas_kelompok)
    return f"""SELECT l.person_id, bool_or(r.hubungan_keluarga = 'kepala') AS kepala,
            bool_or(r.kelompok IN ({needs}) OR (r.peran <> 'registri_keluarga'
                AND upper(r.komponen) LIKE '%{groups.disabilitas_komponen}%')) AS cacat
        FROM core_records r JOIN core_links l USING (record_id)
        WHERE r.hubungan_keluarga = 'kepala' OR r.kelompok IS NOT NULL OR r.komponen IS NOT NULL
        GROUP BY l.person_id"""


def _families(engine: Engine, groups: Groups) -> None:
    engine.table(
        "_family",
        f"""
        WITH members AS (
            SELECT family_id, min(jenis_kelamin) FILTER (kepala) AS kepala, bool_or(cacat) AS cacat
            FROM _person GROUP BY family_id)
        SELECT f.family_id, f.is_registri, f.desil, {_known_area("f.kode_wilayah")} AS kelurahan,
            CASE m.kepala WHEN 'L' THEN 'laki-laki' WHEN 'P' THEN 'perempuan' ELSE 'tidak tercatat' END AS kepala,
            CASE WHEN m.cacat THEN 'ya' ELSE 'tidak tercatat' END AS disabilitas,
            {_classes("f.n_anggota", groups.ukuran_keluarga)} AS ukuran, f.n_anggota
        FROM core_families f LEFT JOIN members m USING (family_id)""",
    )


def _known_area(column: str) -> str:
    return f"CASE WHEN {column} IN (SELECT kode_wilayah FROM _area) THEN {column} END"


def _classes(value: str, starts: tuple[int, ...]) -> str:
    """'0–5', '6–17', …, '60+'; 'tidak tercatat' where there is no value."""
    cases = []
    for place, start in enumerate(starts):
        last = place + 1 == len(starts)
        label = f"{start}+" if last else _span(start, starts[place + 1] - 1)
        cases.append(f"WHEN {value} < {10**6 if last else starts[place + 1]} THEN '{label}'")
    return f"CASE WHEN {value} IS NULL OR {value} < {starts[0]} THEN 'tidak tercatat' {' '.join(cases)} END"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _eligible(engine: Engine, policy: Policy) -> None:
    """`_eligible`: units that meet a programme's visible conditions, of programmes that have any."""
    rules = policy.rulebook.targeting.syarat_terlihat
    parts = [_meets(rule) for rule in rules]
    none = "SELECT NULL::VARCHAR AS programme, NULL::VARCHAR AS satuan, NULL::VARCHAR AS unit_id WHERE false"
    engine.table("_eligible", " UNION ALL ".join([none, *parts]))
    engine.register(
        "_conditioned",
        pd.DataFrame({"programme": pd.Series([rule.program for rule in rules], dtype="str")}),
    )


def _meets(rule: VisibleCondition) -> str:
    tests = [f"tahun BETWEEN {first} AND {last}" for first, last in rule.umur]
    tests += ["cacat"] if rule.disabilitas else []
    test = f"({' OR '.join(tests)})"
    unit = f"(SELECT unit FROM _programme WHERE programme = '{rule.program}')"
    return f"""SELECT '{rule.program}', 'keluarga', family_id FROM _person
            WHERE {unit} = 'keluarga' GROUP BY family_id HAVING bool_or({test})
        UNION ALL SELECT '{rule.program}', 'jiwa', person_id FROM _person WHERE {unit} = 'jiwa' AND {test}"""


def _receipts(engine: Engine, policy: Policy) -> None:
    """`_receipt`: units that a programme or set of programmes reaches, in both units, with their rupiah.

    A family's benefit is shared equally among its members; a person's benefit is also the family's.
    """
    engine.table("_before", _before(engine))
    engine.register("_set", _sets(policy))
    engine.table(
        "_receipt",
        """
        WITH own AS (
            SELECT programme, unit, unit_id, family_id, coalesce(manfaat_rp, 0) AS rp FROM core_enrolments
            UNION ALL
            SELECT s.himpunan, e.unit, e.unit_id, e.family_id, coalesce(e.manfaat_rp, 0)
            FROM core_enrolments e JOIN _set s ON s.programme = e.programme),
        reached AS (
            SELECT programme, 'keluarga' AS satuan, family_id AS unit_id, family_id, CAST(rp AS DOUBLE) AS rp FROM own
            UNION ALL
            SELECT o.programme, 'jiwa', p.person_id, o.family_id, o.rp / f.n_anggota
            FROM own o JOIN _person p USING (family_id) JOIN _family f USING (family_id) WHERE o.unit = 'keluarga'
            UNION ALL
            SELECT programme, 'jiwa', unit_id, family_id, rp FROM own WHERE unit = 'jiwa')
        SELECT r.programme, r.satuan, r.unit_id, sum(r.rp) AS rp, bool_or(b.desil <= s.desil_maks) AS layak_dulu
        FROM reached r JOIN _scored s USING (programme) LEFT JOIN _before b USING (family_id)
        GROUP BY r.programme, r.satuan, r.unit_id""",
    )


def _before(engine: Engine) -> str:
    """Desil of today's families in the register before: the version in force when older lists were decided."""
    if not {"prev_core_persons", "prev_core_families"} <= engine.names():
        return "SELECT NULL::VARCHAR AS family_id, NULL::TINYINT AS desil WHERE false"
    return """SELECT p.family_id, min(b.desil) AS desil FROM core_persons p
        JOIN prev_core_persons q USING (person_id) JOIN prev_core_families b ON b.family_id = q.family_id
        WHERE b.desil IS NOT NULL GROUP BY p.family_id"""


def _sets(policy: Policy) -> pd.DataFrame:
    """(himpunan, programme): named sets and 'semua'."""
    named = policy.rulebook.targeting.himpunan | {
        ANY: tuple(p.kode for p in policy.rulebook.programmes)
    }
    pairs = sorted({(name, code) for name, codes in named.items() for code in codes})
    return pd.DataFrame(pairs, columns=["himpunan", "programme"], dtype="str")
