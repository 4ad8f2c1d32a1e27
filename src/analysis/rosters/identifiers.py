"""NIK and No KK: what state a number is in, as SQL expressions over a text column.

NIK = province, regency, district of first registration (6) + DDMMYY of birth (women: day + 40)
+ serial (4); No KK = area (6) + date of recording (6) + serial (4) (domain.md §5). A number is
never repaired into another person's: what is damaged stays a partial key.
"""

from analysis.engine import literal
from analysis.policy import Rulebook

STATUSES = (
    "sah",
    "tidak_lengkap",
    "rusak_excel",
    "placeholder",
    "tanggal_mustahil",
    "wilayah_tidak_dikenal",
    "disamarkan",
    "kosong",
)


def _listed(values: tuple[str, ...] | list) -> str:
    return "(" + ", ".join(literal(str(value)) for value in values) + ")"


def is_plain(column: str) -> str:
    """SQL test: sixteen digits and nothing else. Most numbers are, and need no slower look."""
    return f"coalesce(regexp_full_match({column}, '[0-9]{{16}}'), false)"


def digits(column: str) -> str:
    """SQL for a text's digits alone."""
    return f"CASE WHEN {is_plain(column)} THEN {column} ELSE regexp_replace({column}, '[^0-9]', '', 'g') END"


def number_status(column: str, zero_share: str, rulebook: Rulebook, is_nik: bool) -> str:
    """The state of the number in text `column`; `zero_share` is the sheet's share ending in 0."""
    reading, d = rulebook.reading, f"({digits(column)})"
    provinces = _listed(rulebook.codes["provinsi"]["kode"])
    bare = f"lower(trim({column}, ' ''.'))"
    date_test = f"WHEN NOT {_date_possible(d)} THEN 'tanggal_mustahil'" if is_nik else ""
    usual = f"AND {_date_possible(column)}" if is_nik else ""
    return f"""CASE
        WHEN {is_plain(column)} AND left({column}, 2) IN {provinces} AND {zero_share} < {reading.excel_nol_bagian}
            AND {column} NOT IN {_listed(reading.nik_placeholder)} {usual}
            AND length(replace({column}, left({column}, 1), '')) > 0 THEN 'sah'
        WHEN {column} IS NULL OR {bare} = '' OR {bare} IN {_listed(reading.nilai_kosong)} THEN 'kosong'
        WHEN regexp_matches({column}, '[*•]|[xX]{{3}}') THEN 'disamarkan'
        WHEN regexp_matches({column}, '^[0-9][.,]?[0-9]*[eE][+]?[0-9]+$|^[0-9]{{15}}[?]$') THEN 'rusak_excel'
        WHEN {d} IN {_listed(reading.nik_placeholder)} OR length(replace({d}, left({d}, 1), '')) = 0
            THEN 'placeholder'
        WHEN length({d}) <> 16 THEN 'tidak_lengkap'
        WHEN left({d}, 2) NOT IN {provinces} THEN 'wilayah_tidak_dikenal'
        WHEN {zero_share} >= {reading.excel_nol_bagian} AND right({d}, 1) = '0' THEN 'rusak_excel'
        {date_test}
        ELSE 'sah' END"""


def remnant(status: str, number: str) -> str:
    """SQL for the digits of a NIK that is none as it stands, where they may be its own but for one or two: lost, doubled, mistyped."""
    return f"""CASE WHEN {status} IN ('tidak_lengkap', 'tanggal_mustahil', 'wilayah_tidak_dikenal')
        AND length({number}) BETWEEN 14 AND 18 THEN {number} END"""


def _date_possible(d: str) -> str:
    """DDMMYY is a day of some century; women's days are 41–71."""
    day, month, year = (f"try_cast({d}[{part}] AS INTEGER)" for part in ("7:8", "9:10", "11:12"))
    longest = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} = 2 THEN 28 + CAST({year} % 4 = 0 AS INTEGER) ELSE 31 END"
    return f"coalesce({day} <= 71 AND {day} % 40 BETWEEN 1 AND {longest} AND {month} BETWEEN 1 AND 12, false)"


def zero_share(column: str, rulebook: Rulebook) -> str:
    """SQL aggregate over a sheet: the share of its 16-digit numbers that end in 0.

    About a tenth unless Excel rounded them; 0 where too few numbers stand there to tell.
    """
    plain = is_plain(column)
    whole = f"count(*) FILTER ({plain})"
    zero = f"count(*) FILTER ({plain} AND right({column}, 1) = '0')"
    return f"CASE WHEN {whole} >= {rulebook.reading.excel_nol_minimum} THEN {zero} / {whole} ELSE 0 END"


def implied_birth(nik: str) -> str:
    """DDMMYY of a valid NIK as 'ddmmyy' with the women's 40 taken off."""
    return f"printf('%02d', try_cast({nik}[7:8] AS INTEGER) % 40) || {nik}[9:12]"


def implied_sex(nik: str) -> str:
    """SQL for the sex a valid NIK carries."""
    return f"CASE WHEN try_cast({nik}[7:8] AS INTEGER) > 40 THEN 'P' ELSE 'L' END"
