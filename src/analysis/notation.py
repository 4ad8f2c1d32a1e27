"""Numbers, money and dates as Indonesian offices write them (EYD), or in English."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

MISSING = "–"
_LOCALES = {"id": "id_ID", "en": "en_GB"}


def _rounded(value: float, digits: int) -> Decimal:
    """Round half away from zero on the shortest decimal form, as a reader with a pencil would."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def number(value: float | None, digits: int = 0, lang: str = "id") -> str:
    """
    >>> number(1234.5, 2)
    '1.234,50'
    >>> number(-3)
    '−3'
    """
    if value is None or value != value:
        return MISSING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(_rounded(value, digits), format=pattern, locale=_LOCALES[lang])
    return text.replace("-", "\u2212")


def percent(share: float | None, digits: int = 1, lang: str = "id") -> str:
    """A share in [0, 1] as per cent for tables and figures.

    >>> percent(0.3742)
    '37,4%'
    """
    return MISSING if share is None or share != share else number(share * 100, digits, lang) + "%"


def rupiah(value: float | None, lang: str = "id") -> str:
    """
    >>> rupiah(1250000)
    'Rp1.250.000'
    """
    if value is None or value != value:
        return MISSING
    text = format_currency(
        _rounded(value, 0), "IDR", format="¤#,##0", locale=_LOCALES[lang], currency_digits=False
    )
    return text.replace("IDR", "Rp").replace("-", "\u2212")


_SCALES = {
    "id": ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
}


def rupiah_short(value: float | None, lang: str = "id") -> str:
    """
    >>> rupiah_short(6_930_000_000)
    'Rp6,93 miliar'
    >>> rupiah_short(17_000_000)
    'Rp17 juta'
    """
    for size, word in _SCALES[lang]:
        if value is not None and value == value and abs(value) >= size:
            digits = 0 if _rounded(value / size, 2) % 1 == 0 else 2
            return f"Rp{number(value / size, digits, lang)} {word}"
    return rupiah(value, lang)


def long_date(day: date, lang: str = "id") -> str:
    """
    >>> long_date(date(2025, 12, 15))
    'Senin, 15 Desember 2025'
    """
    return format_date(day, "EEEE, d MMMM y", locale=_LOCALES[lang])


def plain_date(day: date, lang: str = "id") -> str:
    """
    >>> plain_date(date(2025, 12, 5))
    '5 Desember 2025'
    """
    return format_date(day, "d MMMM y", locale=_LOCALES[lang])


def month_year(period: str, lang: str = "id") -> str:
    """
    >>> month_year("2025-12")
    'Desember 2025'
    """
    return format_date(date.fromisoformat(period + "-01"), "MMMM y", locale=_LOCALES[lang])


_WORDS = {
    "id": ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}


def number_word(count: int, lang: str = "id") -> str:
    """Small numbers written out, as in running text.

    >>> number_word(3)
    'tiga'
    """
    words = _WORDS[lang]
    return words[count] if count < len(words) else number(count, 0, lang)


def sentence(text: str) -> str:
    """First letter large, the rest as it is (PKH stays PKH)."""
    return text[:1].upper() + text[1:]
