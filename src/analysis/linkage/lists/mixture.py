"""A mixture of what two rows may be to each other → the chance that they are one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.linkage.lists.classes import Levels, Related, swapped
from analysis.linkage.lists.coincidence import Coincidence
from analysis.linkage.lists.patterns import Patterns
from analysis.policy import KindOfField

NEAR = 2  # levels of the same value: exact, and within a slip
_NEVER = -99.0  # log odds of what cannot be


@dataclass(eq=False)
class Mixture:
    """The classes as learned. `counts`: expected pairs a class and kind of pair of files; matches, swapped, related.

    `spread`: of one person's rows that agree, how many in a value of each rarity class: whose rows are many make their
    own values common, so that rows alone do not tell. `bound`: fields that differ as often as they may.
    `personal`: the field by which people of one house are told apart.
    """

    kinds: Sequence[KindOfField]
    chance: Sequence[Coincidence]
    match: Levels
    related: list[Related]
    crossed: tuple[int, ...]
    personal: int | None
    counts: np.ndarray
    spread: Levels
    fit: float = field(default=-np.inf)
    bound: int = 0
    learning: bool = True

    def posterior(self, patterns: Patterns) -> tuple[np.ndarray, np.ndarray]:
        """Chance of every class a pattern (classes × patterns), the last "nothing in common"; log-likelihood ratios."""
        odds = self._log_odds(patterns)
        share = np.maximum(self.counts, 1e-9) / patterns.all_pairs
        rest = np.maximum(1 - self.counts.sum(axis=0) / patterns.all_pairs, 0.01)
        joint = np.vstack((odds + np.log(share)[:, patterns.files], np.log(rest)[patterns.files]))
        top = joint.max(axis=0)
        weight = np.exp(joint - top)
        total = weight.sum(axis=0)
        return weight / total, np.log(total) + top

    def chances(self, patterns: Patterns) -> np.ndarray:
        """Chance that the pairs of a pattern are one person's, to six decimals."""
        found = self.posterior(patterns)[0]
        return np.round(found[:-1][self.one_person].sum(axis=0), 6)

    @property
    def crowded(self) -> float:
        """Pairs of one house as a share of these and matches; 0 without houses."""
        house = 0.0 if self.personal is None else float(self.counts[-2].sum())
        return house / max(house + float(self.counts[0].sum()), 1e-9)

    @property
    def one_person(self) -> np.ndarray:
        """Of each class, whether its pairs are one person's."""
        return np.array([True, True, *(other.one_person for other in self.related)])

    def by_chance(self, all_pairs: np.ndarray) -> Levels:
        """Chance agreement of two with nothing in common: what random pairs show, less the other classes among them."""
        part = self.counts.sum(axis=1) / all_pairs.sum()
        found = []
        for place, (c, m) in enumerate(zip(self.chance, self.match, strict=True)):
            seen = c.cells()
            one = self._cells(place, m)
            cell = seen - (part[0] + part[1]) * one
            for share, other in zip(part[2:], self.related, strict=True):
                in_common = other.shared.get(place)
                cell -= share * (other.alike[place] * one if in_common is None else c.of(in_common))  # fmt: skip
            cell = np.maximum(cell, 0.05 * seen)
            cell[0] = 1.0
            found.append(cell)
        return found

    def _log_odds(self, patterns: Patterns) -> np.ndarray:
        """Log Bayes factor of every class against "nothing in common" a pattern."""
        by_chance = self.by_chance(patterns.all_pairs)
        as_one = self.ratios(self.match, by_chance)
        rows = [self._sum(as_one, patterns)]
        if self.crossed:
            rows.append(self._sum(self.ratios(swapped(self.match, self.crossed), by_chance), patterns))  # fmt: skip
        else:
            rows.append(np.full(len(patterns.n), _NEVER))
        for other in self.related:
            mixed = [np.log1p(a * np.expm1(r)) for a, r in zip(other.alike, as_one, strict=True)]
            for place, levels in other.shared.items():
                mixed[place] = self._ratio(place, levels, by_chance)
            told = self._sum(mixed, patterns)
            barred = self.learning and other.one_person
            rows.append(np.where(self._settled(patterns), told, _NEVER) if barred else told)
        return np.array(rows)

    def _settled(self, patterns: Patterns) -> np.ndarray:
        """Patterns in which a field agrees that tells a person who moved from a namesake.

        Learned from others too, the class would grow upon the many pairs that say next to nothing.
        """
        told = [patterns.levels[j] for j, k in enumerate(self.kinds) if k.penentu]
        return np.any([(level >= 0) & (level < NEAR) for level in told], axis=0)

    def ratios(self, levels: Levels, by_chance: Levels) -> Levels:
        """Log Bayes factor of each cell of every comparison, if its levels are `levels`."""
        return [self._ratio(place, each, by_chance) for place, each in enumerate(levels)]

    def _ratio(self, place: int, levels: np.ndarray, by_chance: Levels) -> np.ndarray:
        return np.log(np.maximum(self._cells(place, levels), 1e-12) / by_chance[place])

    def _cells(self, place: int, levels: np.ndarray) -> np.ndarray:
        return self.chance[place].split(levels, levels[0] * self.spread[place])

    @staticmethod
    def _sum(ratios: Levels, patterns: Patterns) -> np.ndarray:
        return np.sum([r[cell] for r, cell in zip(ratios, patterns.cells, strict=True)], axis=0)
