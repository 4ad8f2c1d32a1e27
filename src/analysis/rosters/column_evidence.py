"""What the cells of an unknown column look like: the share that pass for a NIK, a day, a kelurahan, a name …"""

from collections.abc import Callable

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.areas import area_keys
from analysis.rosters.identifiers import digits, number_status


def measured_columns(
    engine: Engine, rulebook: Rulebook, names: list[str], rows: int
) -> dict[str, dict[str, float]]:
    """Column → test → share of its filled cells that pass, and how much of it is filled (`filled`), how much differs (`distinct`).

    `_proposed` holds the sheet's rows below the header, `rows` of them. Shares alone leave the table.
    """
    engine.register("_places", area_keys(rulebook)[["kelurahan", "kecamatan"]])
    tests = _tests(rulebook)
    found = {}
    for name in names:
        shares = ", ".join(
            f"avg(CAST(coalesce({test(name)}, false) AS INTEGER))" for test in tests.values()
        )
        row = engine.rows(
            f"""SELECT count(*), count(DISTINCT {name}), {shares} FROM _proposed WHERE {name} IS NOT NULL"""
        )[0]
        values = {key: float(value or 0) for key, value in zip(tests, row[2:], strict=True)}
        found[name] = values | {"filled": row[0] / (rows or 1), "distinct": row[1] / (row[0] or 1)}
    engine.drop("_places")
    return found


def _tests(rulebook: Rulebook) -> dict[str, Callable[[str], str]]:
    """Field → SQL test that a cell looks like it."""
    plain = "regexp_replace(lower({0}), '[^a-z0-9]', '', 'g')"
    return {
        "nik": lambda c: (
            f"length({digits(c)}) = 16 AND {number_status(c, '0', rulebook, is_nik=True)} = 'sah'"
        ),
        "no_kk": lambda c: (
            f"length({digits(c)}) = 16 AND {number_status(c, '0', rulebook, is_nik=False)} = 'sah'"
        ),
        "tgl_lahir": lambda c: (
            f"regexp_matches(lower({c}), '^([0-9]{{1,2}}[ /.-]+([0-9]{{1,2}}|[a-z]{{3,9}})[ /.-]+([0-9]{{4}}|[0-9]{{2}})|(19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})')"
        ),
        "kelurahan": lambda c: f"{plain.format(c)} IN (SELECT kelurahan FROM _places)",
        "kecamatan": lambda c: f"{plain.format(c)} IN (SELECT kecamatan FROM _places)",
        "jenis_kelamin": lambda c: (
            f"{plain.format(c)} IN ('l', 'p', 'lakilaki', 'perempuan', 'laki', 'pria', 'wanita')"
        ),
        "desil": lambda c: f"try_cast({c} AS INTEGER) BETWEEN 1 AND 10",
        "manfaat_rp": lambda c: (
            f"regexp_full_match(lower({c}), '(rp)?[ .]*([0-9]{{1,3}}([.,][0-9]{{3}})+|[0-9]+[05]00)([.,][0-9]{{1,2}})?')"
        ),
        "nama": lambda c: (
            f"regexp_full_match({c}, '[A-Za-z .,''`-]{{3,60}}') AND length({c}) - length(replace({c}, ' ', '')) BETWEEN 0 AND 5"
        ),
        "alamat": lambda c: (
            f"regexp_matches(lower({c}), '^(jl|jalan|gg|gang|kp|kampung|perum|komp|dusun|blok|rt)[. ]')"
        ),
    }
