"""Numbers that look like a NIK or a family card, dates that look like a birth date, paths of a machine."""

import getpass
import re
from collections.abc import Iterator
from datetime import date

# Sixteen digits alone, as the office's rule has it; decimals of a figure are none.
_RUN_16 = re.compile(r"(?<![0-9A-Za-z])(?<!\d[.,])\d{16}(?![0-9A-Za-z])")
_RUN_15 = re.compile(r"(?<!\d)(?<!\d[.,])\d{15,16}(?!\d)")
# One kind of separator throughout: thousands and columns of figures mix theirs.
_SPACED = re.compile(
    r"(?<![\d.,])\d{1,6}(?:([ .\-/_:\u2010-\u2013\u00a0\u2009\u202f])\d{1,6})(?:\1\d{1,6}){1,14}(?![\d,])"
)
_MASKED = re.compile(r"(?<!\d)\d{4,6}[*•·xX#]{4,10}\d{2,4}(?!\d)")
_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "mei|may",
    "jun",
    "jul",
    "agu|aug",
    "sep",
    "okt|oct",
    "nov",
    "des|dec",
)
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s\-]+({'|'.join(_MONTHS)})[a-z]*[\s\-]+(\d{{4}})(?!\d)", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?<![\d.])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?![\d.]|[-/]\d)")
# With a clock behind it a date is a time stamp of a file.
_ISO = re.compile(r"(?<![\d./-])(\d{4})[-/](\d{2})[-/](\d{2})(?![\d-]|T\d\d:)")
_PATH = re.compile(
    r"(?:file://|(?<![\w.:/])/(?:home|Users|root|tmp|work|mnt|media|var|opt)/\w|(?<!\w)[A-Za-z]:\\+\w|\\\\\w+\\+\w)"
)
_NEAR = 80
_SHORTEST_USER = 4
_SERVICES = frozenset(
    (
        "root",
        "admin",
        "administrator",
        "user",
        "pengguna",
        "runner",
        "jovyan",
        "dinsos",
        "guest",
        "nobody",
        "analis",
        "data",
        "kantor",
    )
)


def find_identifiers(text: str, provinces: frozenset[str]) -> Iterator[str]:
    """The kind of each identifier in `text`.

    Sixteen digits in a row always count; fewer, beside letters, or parted by a separator, only
    where province and date could be a NIK's or a family card's.
    """
    runs = {found.start() for found in _RUN_16.finditer(text)}
    for _ in runs:
        yield "NIK atau nomor KK"
    for found in _RUN_15.finditer(text):
        if found.start() not in runs and is_plausible(found.group(), provinces):
            yield "NIK 15 angka" if len(found.group()) == 15 else "NIK atau nomor KK"
    for found in _SPACED.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if len(digits) in (15, 16) and is_plausible(digits, provinces):
            yield "NIK atau nomor KK"
    for _ in _MASKED.finditer(text):
        yield "NIK disamarkan"


def find_paths(text: str) -> Iterator[str]:
    """One kind for each path of a machine, which tells its user's name."""
    for _ in _PATH.finditer(text):
        yield "jalur folder komputer"


def user_name() -> re.Pattern | None:
    """The name under which this machine's user is logged in, as a whole word; none where it is no person's.

    A name that is an everyday word or a service account would be found in any report.
    """
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
    if len(name) < _SHORTEST_USER or name.lower() in _SERVICES:
        return None
    return re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", re.IGNORECASE)


def is_plausible(digits: str, provinces: frozenset[str]) -> bool:
    """Province, district, subdistrict, then a day (women + 40) and a month.

    >>> is_plausible("3272014512809001", frozenset({"32"}))
    True
    """
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= 40 if day > 40 else 0
    return digits[:2] in provinces and 1 <= day <= 31 and 1 <= month <= 12


def find_dates(text: str) -> Iterator[tuple[date, str, str]]:
    """Each full date with the text before and after it.

    >>> [str(day) for day, *_ in find_dates("lahir 5 Mei 1980, 12/05/81; dan 1980-05-12")]
    ['1980-05-05', '1981-05-12', '1980-05-12']
    """
    for pattern, parts in ((_WORDED, _worded), (_NUMBERED, _numbered), (_ISO, _iso)):
        for found in pattern.finditer(text):
            day = _date(*parts(found.groups()))
            if day:
                yield (
                    day,
                    text[max(0, found.start() - _NEAR) : found.start()],
                    text[found.end() : found.end() + _NEAR],
                )


def _worded(parts: tuple) -> tuple[int, int, int]:
    name = parts[1].lower()
    month = next(n for n, names in enumerate(_MONTHS, start=1) if name in names.split("|"))
    return int(parts[2]), month, int(parts[0])


def _numbered(parts: tuple) -> tuple[int, int, int]:
    day, month, year = (int(part) for part in parts)
    century = 0 if len(parts[2]) == 4 else 1900 if year > 30 else 2000
    return century + year, month, day


def _iso(parts: tuple) -> tuple[int, int, int]:
    return tuple(int(part) for part in parts)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
