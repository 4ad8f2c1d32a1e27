"""RT and RW as three digits, out of columns of their own or one of both."""


def _two_numbers(place: int) -> str:
    """RT (1) or RW (2) out of '01/02', 'RT 001 RW 002', or the date Excel made of 02/01."""
    date_part = f"'^[0-9]{{4}}-([0-9]{{2}})-([0-9]{{2}})', {3 - place}"
    both = f"'^[^0-9]*([0-9]{{1,3}})[^0-9]+([0-9]{{1,3}})[^0-9]*$', {place}"
    months = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
    named = " ".join(
        f"WHEN '{name}' THEN '{number}'" for number, name in enumerate(months, start=1)
    )
    short = "'^([0-9]{1,2})[ -]([A-Za-z]{3})$'"
    day_month = (
        f"regexp_extract(d.rt_rw_t, {short}, 1)"
        if place == 1
        else f"CASE lower(regexp_extract(d.rt_rw_t, {short}, 2)) {named} END"
    )
    return f"""CASE WHEN regexp_matches(d.rt_rw_t, {short}) THEN {day_month}
        WHEN regexp_matches(d.rt_rw_t, '^[0-9]{{4}}-') THEN regexp_extract(d.rt_rw_t, {date_part})
        ELSE regexp_extract(d.rt_rw_t, {both}) END"""


def rt_rw(column: str, place: int) -> str:
    """SQL for RT (place 1, `rt_t`) or RW (place 2, `rw_t`) of the rows `d`; NULL where none can be read."""
    own = f"nullif(regexp_replace(coalesce(d.{column}, ''), '[^0-9]', '', 'g'), '')"
    number = f"try_cast(coalesce({own}, {_two_numbers(place)}) AS INTEGER)"
    return f"""CASE WHEN regexp_full_match(d.{column}, '[0-9]{{3}}') AND d.{column} <> '000' THEN d.{column}
        WHEN d.{column} IS NULL AND d.rt_rw_t IS NULL THEN NULL
        WHEN {number} BETWEEN 1 AND 999 THEN printf('%03d', {number}) END"""
