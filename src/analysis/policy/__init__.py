"""Rules in force on a date: programmes, criteria, overlap verdicts, areas, thresholds, official figures."""

from analysis.policy.base import Unit, Verdict
from analysis.policy.disclosure_models import Disclosure, DisclosureException
from analysis.policy.file_models import Check, Layout
from analysis.policy.linkage_models import AnyLists, KindOfField, Linkage
from analysis.policy.list_layouts import ListLayout, load_list_layout
from analysis.policy.models import Area, OverlapRule, PasGroup, Programme, Statistic
from analysis.policy.reading_models import ProposalRule, Reading, SeriesRule
from analysis.policy.rulebook import Rulebook, load_rulebook
from analysis.policy.ruling import Policy, Ruling, When
from analysis.policy.services_models import Need, Services
from analysis.policy.targeting_models import Targeting

__all__ = [
    "AnyLists",
    "Area",
    "Check",
    "Disclosure",
    "DisclosureException",
    "KindOfField",
    "Layout",
    "Linkage",
    "ListLayout",
    "Need",
    "OverlapRule",
    "PasGroup",
    "Policy",
    "Programme",
    "ProposalRule",
    "Reading",
    "Rulebook",
    "Ruling",
    "SeriesRule",
    "Services",
    "Statistic",
    "Targeting",
    "Unit",
    "Verdict",
    "When",
    "load_list_layout",
    "load_rulebook",
]
