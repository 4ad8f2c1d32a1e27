"""Everybody who lives in the city in either quarter: persons, families, and where each stood when."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.policy import Area, Rulebook
from analysis.synthetic.events import Fates, a_quarter_later
from analysis.synthetic.identity import addresses, persons
from analysis.synthetic.people import Dice, make_families, make_members
from analysis.synthetic.quarters import BEFORE, NOW, Quarter, first_seen, rolls, welfare

_FIRST_DAY = date(2025, 9, 1)


@dataclass(frozen=True)
class Population:
    """Both quarters, with what happened between them."""

    before: Quarter
    now: Quarter
    fates: Fates
    kelurahan: list[Area]

    def at(self, label: str) -> Quarter:
        """The quarter of that name."""
        return self.before if label == BEFORE else self.now


def populate(rulebook: Rulebook, count: int, settings: dict, dice: Dice) -> Population:
    """`count` families in September, and what the quarter made of them by December."""
    kelurahan = rulebook.kelurahan()
    arrivals = round(count * settings["triwulan"]["pindah_masuk"])
    families = make_families(count + arrivals, kelurahan, settings, dice).assign(parents=-1)
    members = make_members(families, settings, dice, _FIRST_DAY)
    members.insert(0, "person", np.arange(len(members)))
    arriving = np.sort(dice.part("arrivals").choice(len(families), arrivals, replace=False))
    every, after, fates = a_quarter_later(families, members, arriving, settings, dice)
    first = first_seen(members, after)
    statics = persons(first, every, kelurahan, rulebook, settings, dice)
    homes = addresses(every, fates, kelurahan, rulebook, dice)
    both = rolls(members, after, arriving, statics, homes)
    told = welfare(every, first, both, rulebook, settings, dice)
    quarters = [
        Quarter(label, roll, families_now)
        for label, roll, families_now in zip((BEFORE, NOW), both, told, strict=True)
    ]
    return Population(*quarters, fates, kelurahan)
