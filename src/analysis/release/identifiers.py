"""Numbers that look like a NIK or a family card, and dates that look like a birth date."""

import re
from collections.abc import Iterator

_RUN_16 = re.compile(r"(?<!\d)(?<!\d[.,])\d{16}(?!\d)")
_RUN_15 = re.compile(r"(?<!\d)(?<!\d[.,])\d{15}(?!\d)")
# One kind of separator throughout: thousands and columns of figures mix theirs.
_SPACED = re.compile(
    r"(?<![\d.,])\d{1,6}(?:([ .\-\u00a0\u2009\u202f])\d{1,6})(?:\1\d{1,6}){1,14}(?![\d,])"
)
_MASKED = re.compile(r"(?<!\d)\d{4,6}[*•·xX#]{4,10}\d{2,4}(?!\d)")
_MONTHS = "jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec"
_DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+(?:{_MONTHS})[a-z]*\s+\d{{4}})(?!\d)",
    re.IGNORECASE,
)


def find_identifiers(text: str, provinces: frozenset[str]) -> Iterator[str]:
    """The kind of each identifier in `text`.

    Sixteen digits in a row always count; fewer, or parted by a separator, only where province
    and date could be a NIK's or a family card's.
    """
    for _ in _RUN_16.finditer(text):
        yield "NIK atau nomor KK"
    for found in _RUN_15.finditer(text):
        if is_plausible(found.group(), provinces):
            yield "NIK 15 angka"
    for found in _SPACED.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if len(digits) in (15, 16) and is_plausible(digits, provinces):
            yield "NIK atau nomor KK"
    for _ in _MASKED.finditer(text):
        yield "NIK disamarkan"


def is_plausible(digits: str, provinces: frozenset[str]) -> bool:
    """Province, district, subdistrict, then a day (women + 40) and a month.

    >>> is_plausible("3272014512809001", frozenset({"32"}))
    True
    """
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= 40 if day > 40 else 0
    return digits[:2] in provinces and 1 <= day <= 31 and 1 <= month <= 12


def find_dates(text: str) -> Iterator[tuple[str, str]]:
    """The text before and after each date."""
    for found in _DATE.finditer(text):
        yield text[max(0, found.start() - 80) : found.start()], text[found.end() : found.end() + 80]
