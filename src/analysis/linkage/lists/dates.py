"""Dates of any list, in whatever notation a file uses → digits in the order year, month, day.

Typing errors stay (month 13): two notes of one date still look alike. Nothing is guessed row by
row: whether a file writes the day or the month first is told by all its dates together.
"""

# First letters of months: English, Indonesian, German, Spanish, French, Portuguese, Dutch.
_MONTHS = (
    "jan|ene|gen", "feb|fev|peb", "mar|mae|mrt", "apr|abr|avr", "may|mei|mai|mag", "jun|jui?n|giu",
    "jul|juil|lug", "aug|agu|ago|aou", "sep|set", "oct|okt|out|ott", "nov|nop", "dec|des|dez|dic",
)  # fmt: skip
_NUMBERS = "'^[^0-9]*([0-9]+)[^0-9]+([0-9]+)[^0-9]+([0-9]+)'"
_FUTURE = 30  # two-digit years above are of the last century: births, not appointments


def dates(rows: str, column: str) -> str:
    """SQL query (source, place, `column`): the column as YYYYMMDD, shorter where a date is; null where no digit is.

    A column is day first unless a file's own dates tell otherwise (a second number above 12, and no first).
    """
    month = " ".join(
        f"WHEN regexp_matches(word, '^({forms})') THEN '{number:02}'"
        for number, forms in enumerate(_MONTHS, 1)
    )
    return f"""
        WITH texts AS (
            SELECT source, place, lower(strip_accents(trim({column}))) AS t FROM {rows}),
        parts AS (
            SELECT source, place, t, regexp_extract(t, '[a-z]{{3,}}') AS word,
                regexp_replace(t, '[^0-9]', '', 'g') AS digits,
                regexp_extract({_without_time("t")}, {_NUMBERS}, 1) AS a,
                regexp_extract({_without_time("t")}, {_NUMBERS}, 2) AS b,
                regexp_extract({_without_time("t")}, {_NUMBERS}, 3) AS c FROM texts),
        named AS (
            SELECT *, CASE {month} END AS month,
                string_split(trim(regexp_replace({_without_time("t")}, '[^0-9]+', ' ', 'g')), ' ') AS runs FROM parts),
        shaped AS (
            SELECT *, CASE
                WHEN month IS NOT NULL AND len(runs) >= 2 THEN 'word'
                WHEN length(a) = 4 THEN 'year'
                WHEN a <> '' THEN 'parts'
                WHEN length(digits) = 8 AND len(runs) = 1 THEN CASE WHEN {_compact_year("digits")} THEN 'digits' ELSE 'packed' END
                ELSE 'digits' END AS shape FROM named),
        pair AS (
            SELECT *, CASE shape WHEN 'parts' THEN a WHEN 'packed' THEN digits[1:2] END AS one,
                CASE shape WHEN 'parts' THEN b WHEN 'packed' THEN digits[3:4] END AS two FROM shaped),
        told AS (
            SELECT *, count(*) FILTER (WHERE try_cast(two AS INTEGER) BETWEEN 13 AND 31 AND try_cast(one AS INTEGER) <= 12) OVER (PARTITION BY source)
                > count(*) FILTER (WHERE try_cast(one AS INTEGER) BETWEEN 13 AND 31 AND try_cast(two AS INTEGER) <= 12) OVER (PARTITION BY source)
                AS month_first FROM pair)
        SELECT source, place, nullif(left(CASE shape
            WHEN 'word' THEN CASE WHEN length(runs[1]) = 4 THEN {_year("runs[1]")} || month || lpad(runs[2], 2, '0')
                ELSE {_year("runs[2]")} || month || lpad(runs[1], 2, '0') END
            WHEN 'year' THEN a || lpad(b, 2, '0') || lpad(c, 2, '0')
            WHEN 'parts' THEN {_year("c")} || CASE WHEN month_first THEN lpad(a, 2, '0') || lpad(b, 2, '0') ELSE lpad(b, 2, '0') || lpad(a, 2, '0') END
            WHEN 'packed' THEN digits[5:8] || CASE WHEN month_first THEN one || two ELSE two || one END
            ELSE digits END, 8), '') AS {column} FROM told"""


def _without_time(text: str) -> str:
    return f"regexp_replace({text}, '[t ]+[0-9]{{1,2}}:[0-9]{{2}}.*$', '')"


def _year(digits: str) -> str:
    return (
        f"CASE WHEN length({digits}) > 2 THEN {digits} "
        f"WHEN try_cast({digits} AS INTEGER) > {_FUTURE} THEN '19' || lpad({digits}, 2, '0') ELSE '20' || lpad({digits}, 2, '0') END"
    )


def _compact_year(digits: str) -> str:
    """Eight digits in a row begin with the year, unless only the other way round makes a date."""
    return (
        f"({digits}[1:2] IN ('18', '19', '20') AND NOT ({digits}[5:6] IN ('18', '19', '20') "
        f"AND try_cast({digits}[3:4] AS INTEGER) BETWEEN 1 AND 31))"
    )
