"""Register units counted by group and desil, all programmes and sets beside each other in one pass.

Programmes stand in columns while persons and families are counted, so that the work does not grow with programmes ×
city; rupiah are counted in millionths, whole numbers, so that a sum is the same in every order.
"""

from dataclasses import dataclass

from analysis.engine import Engine
from analysis.measures.register.people import build_people, disability, flag
from analysis.policy import Policy
from analysis.settings import Run

ANY = "semua"
DIMENSIONS = ("kota", "kecamatan", "kelurahan", "kepala", "disabilitas", "umur", "ukuran")
_DIMS = "kelurahan, kepala, disabilitas, umur, ukuran, desil"
_LABEL = "CASE WHEN NOT {0}.is_registri THEN 'luar' WHEN f.desil IS NULL THEN 'tanpa' ELSE CAST(f.desil AS VARCHAR) END"
_MILLIONTHS = 1_000_000


@dataclass(frozen=True)
class Scored:
    """A programme that chooses by desil, or a set held against the priority desil (then without a unit of its own).

    `layak`: the column that says who meets its visible conditions; None: everybody.
    """

    code: str
    last_desil: int
    unit: str | None
    members: tuple[str, ...]
    layak: str | None = None


def scored(engine: Engine, policy: Policy) -> list[Scored]:
    """Programmes received and scored by desil, then the sets."""
    rules = policy.rulebook.targeting
    flags = {rule.program: flag(rule) for rule in rules.syarat_terlihat}
    own = engine.rows(
        "SELECT programme, CAST(desil_maks AS INTEGER), unit FROM _programme WHERE desil_maks IS NOT NULL ORDER BY 1"
    )
    everything = {ANY: tuple(p.kode for p in policy.rulebook.programmes)}
    return [Scored(code, last, unit, (code,), flags.get(code)) for code, last, unit in own] + [
        Scored(name, max(rules.desil_prioritas), None, members)
        for name, members in (everything | rules.himpunan).items()
    ]


def build_cells(engine: Engine, policy: Policy, run: Run) -> None:
    """Make `_cell`: programme or set × unit × dimension × group × desil → units, recipients, rupiah, who meets conditions."""
    rules, asked = policy.rulebook.targeting, scored(engine, policy)
    build_people(engine, rules.kelompok, tuple(rules.syarat_terlihat), run)
    _receipts(engine, asked)
    _counted(engine, asked)
    _by_dimension(engine, asked, policy.rulebook.city().kode)
    engine.drop("_person", "_family", "_of_family", "_of_person", "_before", "_wide")


def _receipts(engine: Engine, asked: list[Scored]) -> None:
    """`_of_family`: rupiah to a family in any way (k) and to it as a family (b); `_of_person`: to a person (q)."""
    among = [f"programme IN ({_listed(one.members)})" for one in asked]
    in_all = _paid("k", among)
    to_it = _paid("b", [f"{test} AND unit = 'keluarga'" for test in among])
    to_person = _paid("q", among)
    engine.table(
        "_of_family", f"SELECT family_id, {in_all}, {to_it} FROM core_enrolments GROUP BY family_id"
    )
    engine.table(
        "_of_person",
        f"SELECT unit_id AS person_id, {to_person} FROM core_enrolments WHERE unit = 'jiwa' GROUP BY unit_id",
    )
    engine.table("_before", _before(engine))


def _paid(letter: str, tests: list[str]) -> str:
    """Rupiah of the rows that pass each test; null where there is none."""
    return ", ".join(
        f"sum(coalesce(manfaat_rp, 0)) FILTER ({test}) AS {letter}{i}"
        for i, test in enumerate(tests)
    )


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _before(engine: Engine) -> str:
    """Desil of today's families in the register before: the version in force when older lists were decided."""
    if not {"prev_core_persons", "prev_core_families"} <= engine.names():
        return "SELECT NULL::VARCHAR AS family_id, NULL::TINYINT AS dulu WHERE false"
    return """SELECT p.family_id, min(b.desil) AS dulu FROM core_persons p
        JOIN prev_core_persons q USING (person_id) JOIN prev_core_families b ON b.family_id = q.family_id
        WHERE b.desil IS NOT NULL GROUP BY p.family_id"""


def _counted(engine: Engine, asked: list[Scored]) -> None:
    """`_wide`: units by all their groups and desil; recipients n, millionths r, in the older target d, able e of each."""
    flags = sorted({one.layak for one in asked if one.layak})
    of_families = ", ".join(
        f"CAST(k{i} * {_MILLIONTHS} AS BIGINT) AS r{i}" for i in range(len(asked))
    )
    of_persons = ", ".join(
        f"""CASE WHEN b{i} IS NOT NULL OR q{i} IS NOT NULL THEN CAST(round({_MILLIONTHS}.0 *
            (coalesce(b{i}, 0) / greatest(f.n_anggota, 1)::DOUBLE + coalesce(q{i}, 0))) AS BIGINT) END AS r{i}"""
        for i in range(len(asked))
    )
    sums = ", ".join(
        f"""count(r{i}) AS n{i}, sum(r{i}) AS r{i}, count(*) FILTER (r{i} IS NOT NULL AND dulu <= {one.last_desil}) AS d{i},
            count(*) FILTER ({one.layak or "true"}) AS e{i}"""
        for i, one in enumerate(asked)
    )
    engine.table(
        "_wide",
        f"""
        WITH units AS (
            SELECT 'keluarga' AS satuan, kelurahan, kepala, disabilitas, '' AS umur, ukuran, {_LABEL.format("f")} AS desil,
                dulu, {of_families}{"".join(f", f.{name}" for name in flags)}
            FROM _family f LEFT JOIN _of_family USING (family_id) LEFT JOIN _before USING (family_id)
            UNION ALL
            SELECT 'jiwa', coalesce(p.kelurahan, f.kelurahan), f.kepala, {disability("p")},
                p.umur_kelas, f.ukuran, {_LABEL.format("p")}, dulu, {of_persons}{"".join(f", p.{name}" for name in flags)}
            FROM _person p JOIN _family f USING (family_id) LEFT JOIN _of_family USING (family_id)
            LEFT JOIN _of_person USING (person_id) LEFT JOIN _before USING (family_id))
        SELECT satuan, {_DIMS}, count(*) AS n, {sums} FROM units GROUP BY satuan, {_DIMS}""",
    )


def _by_dimension(engine: Engine, asked: list[Scored], city: str) -> None:
    """`_cell` from `_wide`: a row a programme, dimension and group; a group of unknown area is 'tanpa'."""
    groups = ", ".join(
        f"('{name}', {column})"
        for name, column in zip(
            DIMENSIONS,
            (
                f"'{city}'",
                "coalesce(kecamatan, 'tanpa')",
                "coalesce(kelurahan, 'tanpa')",
                *DIMENSIONS[3:],
            ),
            strict=True,
        )
    )
    sums = ", ".join(
        f"sum({letter}{i})::BIGINT AS {letter}{i}" for i in range(len(asked)) for letter in "nde"
    )
    rupiah = ", ".join(
        f"coalesce(sum(r{i}), 0) / {_MILLIONTHS}.0 AS r{i}" for i in range(len(asked))
    )
    engine.table(
        "_told",
        f"""WITH placed AS (SELECT c.*, a.kecamatan FROM _wide c LEFT JOIN _area a ON a.kode_wilayah = c.kelurahan),
            each_group AS (SELECT * EXCLUDE (g), g[1] AS dimensi, g[2] AS kelompok FROM (
                SELECT c.*, unnest([{groups}]) AS g FROM placed c))
        SELECT satuan, dimensi, kelompok, desil, sum(n)::BIGINT AS n, {sums}, {rupiah} FROM each_group
        WHERE kelompok <> '' GROUP BY satuan, dimensi, kelompok, desil""",
    )
    engine.table("_cell", " UNION ALL ".join(_of_one(i, one) for i, one in enumerate(asked)))
    engine.drop("_told")


def _of_one(place: int, one: Scored) -> str:
    unit = "NULL::VARCHAR" if one.unit is None else f"'{one.unit}'"
    able = f"CASE WHEN satuan = {unit} THEN e{place} END" if one.layak else "n"
    return f"""SELECT '{one.code}' AS programme, {one.last_desil} AS desil_maks, satuan, dimensi, kelompok, desil,
            try_cast(desil AS INTEGER) AS d, n, n{place} AS terima, r{place} AS rp, d{place} AS n_dulu,
            {able} AS memenuhi, {unit} AS unit FROM _told"""
