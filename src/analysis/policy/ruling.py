"""What the rules in force on a date say of a set of programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.policy.models import OverlapRule, Unit, Verdict
from analysis.policy.rulebook import Rulebook


@dataclass(frozen=True)
class Ruling:
    """A verdict with the codes of the rules that decided it and the reason in one sentence."""

    verdict: Verdict
    rules: tuple[str, ...]
    reason: str
