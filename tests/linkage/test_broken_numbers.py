"""What two NIK say of two rows, where one of them is broken: an exact reading of the comparison in SQL."""

import pytest

from analysis.engine import Engine
from analysis.linkage import indonesia

WHOLE = "3272010303759935"


def level(left: dict, right: dict) -> int:
    """The level of `NIK` for two records; -1 where the numbers tell nothing."""
    sides = []
    for side in (left, right):
        told = {"nik": None, "nik15": None, "digits": None, "sound": "CECEP", "lists": 1} | side
        cells = ", ".join(
            f"{'NULL' if value is None else repr(value)} AS {name}" for name, value in told.items()
        )
        sides.append(
            f"(SELECT {cells})".replace("NULL AS", "CAST(NULL AS VARCHAR) AS").replace(
                "1 AS lists", "1::BIGINT AS lists"
            )
        )
    with Engine() as engine:
        return int(engine.one(f"SELECT {indonesia.NIK.sql()} FROM {sides[0]} l, {sides[1]} r"))


KNOWN = {"nik": WHOLE, "nik15": WHOLE[:15], "digits": WHOLE}


@pytest.mark.parametrize(("digits", "expected"), [
    (WHOLE[:6] + WHOLE[7:], indonesia.PARTIAL),  # a digit lost
    (WHOLE[:6] + "0" + WHOLE[6:], indonesia.PARTIAL),  # a digit doubled
    ("3272010000000000", -1),  # filled up with zeros: no NIK of anybody
    ("32720101011599", -1),  # the beginning of the family's card
])  # fmt: skip
def test_a_broken_nik_never_speaks_against_a_person(digits, expected):
    assert level({"digits": digits}, KNOWN) == expected
    assert level(KNOWN, {"digits": digits}) == expected


def test_another_whole_nik_does():
    other = "3272014409769941"
    assert level({"nik": other, "nik15": other[:15], "digits": other}, KNOWN) == indonesia.OTHER
