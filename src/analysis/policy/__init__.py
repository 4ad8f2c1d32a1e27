"""Rules in force on a date: programmes, criteria, overlap verdicts, areas, thresholds, official figures."""

from analysis.policy.models import (
    Area,
    Check,
    Disclosure,
    Layout,
    OverlapRule,
    PasGroup,
    Programme,
    Statistic,
    Targeting,
    Verdict,
)
from analysis.policy.rulebook import Rulebook, load_rulebook
from analysis.policy.ruling import Policy, Ruling

__all__ = [
    "Area",
    "Check",
    "Disclosure",
    "Layout",
    "OverlapRule",
    "PasGroup",
    "Policy",
    "Programme",
    "Rulebook",
    "Ruling",
    "Statistic",
    "Targeting",
    "Verdict",
    "load_rulebook",
]
