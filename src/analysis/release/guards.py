"""What a count is to disclosure control: its key, its atoms, whether it is small, how it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.errors import ReleaseRefused
from analysis.policy import Disclosure
from analysis.release.rounding import rounded

PUBLISHED, SMALL, COMPLEMENTARY, UNDEFINED, UNDER = (
    "terbit",
    "ditekan",
    "ditekan_pelengkap",
    "tidak_dapat_dihitung",
    "kurang_dari_k",
)
Key = tuple[str, str, str, str, str]  # topic, wilayah, baris, kolom, ukuran


@dataclass(frozen=True)
class Guarded:
    """What may be printed of a count: its value only where `status` is 'terbit'.

    `low` and `high` are what the print tells an outsider; `true` stays in the office.
    """

    value: float | None
    status: str
    low: float = 0.0
    high: float = np.inf
    true: float | None = field(default=None, repr=False)

    @property
    def is_published(self) -> bool:
        """Whether the value may be printed."""
        return self.status == PUBLISHED


@dataclass(frozen=True)
class Count:
    """A count to publish: the atoms it sums, and the atoms it is a share of (if any).

    `exact` counts must equal the office's books and are neither rounded nor hidden to protect
    others; `entire` ones are never rounded, but hidden where they would give another away. Of the rest those with the highest `worth` go last. City counts of the rules'
    `topik_persis` are printed exact while that harms nobody, rounded otherwise.
    """

    key: Key
    unit: str
    atoms: NDArray[np.bool_]
    whole: NDArray[np.bool_] | None = None
    exact: bool = False
    worth: int = 0
    entire: bool = False

    def cost(self, value: int) -> float:
        """What the reader loses with the count: by its worth and by its size."""
        return 10.0**self.worth * (1 + min(value, 1000) / 100)


@dataclass(frozen=True)
class Office:
    """What protection rests on besides the counts: the rules, the secret, the earlier editions.

    `withheld`: book totals that gave way (the rules' `buku_mengalah`), hidden to protect others.
    """

    rule: Disclosure
    key: bytes = b""
    earlier: Mapping[Key, Guarded] = field(default_factory=dict)
    withheld: frozenset[Key] = frozenset()


def refuse_unknown_unit(topic: str, unit: str, rule: Disclosure) -> None:
    """Fail closed: a unit is guarded or free because the rules say so, never by default."""
    if unit not in (*rule.satuan_dilindungi, *rule.satuan_bebas):
        raise ReleaseRefused("cell_unknown_unit", topic=topic, unit=unit)


def is_small(value: float, whole: float | None, rule: Disclosure) -> bool:
    """Too few units, or too few in the rest of its whole (everybody, or nobody, tells of each)."""
    if whole is not None and whole - value < rule.pelengkap_minimum:
        return True
    return value < rule.k_minimum and not (value == 0 and rule.nol_terbit and whole is None)


def is_hidden(count: Count, value: int, whole: int | None, rule: Disclosure) -> bool:
    """Whether a count is hidden for its own sake."""
    if count.unit in rule.satuan_bebas or is_excepted(count.key, rule):
        return False
    return is_small(value, whole, rule)


def is_book(count: Count, office: Office) -> bool:
    """A figure that stands exact as long as it may stand at all."""
    exact = count.exact and count.key not in office.withheld
    return exact or is_excepted(count.key, office.rule)


def may_give_way(count: Count, office: Office) -> bool:
    """A book total the rules would rather hide than refuse the edition."""
    return (
        is_book(count, office)
        and count.key[0] in office.rule.buku_mengalah
        and not is_excepted(count.key, office.rule)
    )


def is_excepted(key: Key, rule: Disclosure) -> bool:
    """A recorded exception lets this count stand exact, however small."""
    return any(
        (e.topik, e.ukuran, e.tingkat) == (key[0], key[4], level_of(key[1]))
        for e in rule.pengecualian
    )


def is_plain(key: Key, rule: Disclosure) -> bool:
    """The rules would have this city figure exact."""
    return key[0] in rule.topik_persis and level_of(key[1]) == "kota"


def level_of(area: str) -> str:
    """
    >>> [level_of(code) for code in ("32.72", "32.72.02", "32.72.02.1001")]
    ['kota', 'kecamatan', 'kelurahan']
    """
    return ("kota", "kecamatan", "kelurahan")[min(max(area.count(".") - 1, 0), 2)]


def printed(value: float, area: str, exact: bool, office: Office) -> Guarded:
    """A count that may leave, as it is printed and as an outsider reads it."""
    base, k = office.rule.pembulatan_basis, office.rule.k_minimum
    if exact or value == 0:
        return Guarded(float(value), PUBLISHED, float(value), float(value), float(value))
    shown = rounded(int(value), area, base, office.key)
    low = max(shown - base + 1, k if value >= k else 0)
    return Guarded(float(shown), PUBLISHED, float(low), float(shown + base - 1), float(value))
