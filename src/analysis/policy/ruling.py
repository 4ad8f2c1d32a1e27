"""What the rules in force on a date say of a set of programmes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Literal

from analysis.policy.base import Unit, Verdict
from analysis.policy.models import OverlapRule, Programme
from analysis.policy.rulebook import Rulebook

When = Literal["periode", "tahun", "dahulu"]
NOT_RULED = "Belum ada aturan untuk {pairs}; belum diatur tidak berarti boleh."
NOT_YET = "Aturan {rules} baru berbicara setelah peristiwanya."


@dataclass(frozen=True)
class Ruling:
    """A verdict with the codes of the rules that decided it and the reason in one sentence.

    `programmes` are those of the deciding pairs: the amounts to be looked into are theirs.
    """

    verdict: Verdict
    rules: tuple[str, ...]
    reason: str
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """The rulebook on one day: what is in force then, and nothing else."""

    rulebook: Rulebook
    on: date

    @cached_property
    def rules(self) -> tuple[OverlapRule, ...]:
        """Overlap rules in force."""
        return tuple(rule for rule in self.rulebook.overlap if rule.in_force(self.on))

    def programme(self, code: str) -> Programme:
        """Raises RulesError where no version of the programme was in force."""
        return self.rulebook.programme(code, self.on)

    def has_rule(self, programmes: Iterable[str], unit: Unit) -> bool:
        """Whether a rule speaks of exactly this combination."""
        wanted = Counter(programmes)
        return any(rule.satuan == unit and Counter(rule.program) == wanted for rule in self.rules)

    def ruling(self, programmes: Iterable[str], unit: Unit, not_past: Iterable[str] = ()) -> Ruling:
        """The gravest verdict over all pairs of the set held by one `unit`.

        For a pair the most specific rule speaks: a rule on a larger set beats the rules on its
        subsets. A pair without a rule is `belum_diatur`. A code given twice speaks of receiving
        that programme twice. `not_past`: programmes whose event (graduation) has not happened
        yet, so that rules on what comes after it do not speak. Raises RulesError for an unknown
        programme, ValueError for fewer than two.
        """
        held = sorted(programmes)
        if len(held) < 2:
            raise ValueError("a combination needs two programmes")
        for code in held:
            self.programme(code)
        within = [rule for rule in self.rules if rule.satuan == unit and _within(rule, held)]
        early = [rule for rule in within if _waits(rule, frozenset(not_past))]
        applicable = [rule for rule in within if rule not in early]
        pairs = sorted(set(combinations(held, 2)))
        spoken = [(pair, rule) for pair in pairs for rule in _speaking(pair, applicable) or [None]]
        gravest = max((_verdict(rule) for _, rule in spoken), key=lambda verdict: verdict.gravity)
        deciding = [(pair, rule) for pair, rule in spoken if _verdict(rule) is gravest]
        return _reasoned(gravest, deciding, early)

    def meeting(
        self, now: str, other: str, unit: Unit, when: When, not_past: Iterable[str] = ()
    ) -> Ruling | None:
        """What is said of a programme held `now` and another held in the period or earlier.

        In the period every pair meets, ruled or not. With one held earlier ('tahun' = the same
        budget year, 'dahulu' = before it) they meet only where a rule's own window reaches so far.
        """
        if when == "periode":
            return self.ruling((now, other), unit, not_past)
        pair = Counter((now, other))
        speaking = [
            rule
            for rule in self.rules
            if rule.satuan == unit and Counter(rule.program) == pair and _reaches(rule, other, when)
        ]
        if not speaking:
            return None
        gravest = max((rule.putusan for rule in speaking), key=lambda verdict: verdict.gravity)
        held = tuple(sorted((now, other)))
        return _reasoned(gravest, [(held, r) for r in speaking if r.putusan is gravest], [])

    def events(self) -> frozenset[str]:
        """Programmes that are the event of a rule on what comes after it."""
        return frozenset(r.program[0] for r in self.rules if r.jendela == "setelah_peristiwa")


def _reaches(rule: OverlapRule, earlier: str, when: When) -> bool:
    """The rule's window spans from the period back to when the other programme was held."""
    if rule.jendela == "setelah_peristiwa":
        return rule.program[0] == earlier
    return rule.jendela == "sekali" or (rule.jendela == "tahun_anggaran" and when == "tahun")


def _waits(rule: OverlapRule, not_past: frozenset[str]) -> bool:
    return rule.jendela == "setelah_peristiwa" and rule.program[0] in not_past


def _verdict(rule: OverlapRule | None) -> Verdict:
    return rule.putusan if rule else Verdict.BELUM_DIATUR


def _within(rule: OverlapRule, held: list[str]) -> bool:
    return Counter(rule.program) <= Counter(held)


def _speaking(pair: tuple[str, str], rules: list[OverlapRule]) -> list[OverlapRule]:
    """The rules that cover a pair, less those that a rule on a strictly larger set replaces."""
    covering = [rule for rule in rules if Counter(pair) <= Counter(rule.program)]
    return [
        rule
        for rule in covering
        if not any(Counter(rule.program) < Counter(other.program) for other in covering)
    ]


def _reasoned(
    verdict: Verdict,
    deciding: list[tuple[tuple[str, str], OverlapRule | None]],
    early: list[OverlapRule],
) -> Ruling:
    rules = {rule.kode: rule for _, rule in deciding if rule}
    matter = sorted({code for pair, _ in deciding for code in pair})
    reasons = list(dict.fromkeys(rules[code].alasan for code in sorted(rules)))
    unruled = [" + ".join(pair) for pair, rule in deciding if rule is None]
    if unruled:
        reasons.append(NOT_RULED.format(pairs=", ".join(unruled)))
    if unruled and early:
        reasons.append(NOT_YET.format(rules=", ".join(sorted(rule.kode for rule in early))))
    return Ruling(verdict, tuple(sorted(rules)), " ".join(reasons), tuple(matter))
