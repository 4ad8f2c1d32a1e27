"""The sections of the audiensi brief (readers.md §8); a section without its table is no section."""

from analysis.briefs.audiensi.achievements import achievements
from analysis.briefs.audiensi.collaboration import collaboration
from analysis.briefs.audiensi.decision import decision

__all__ = ["achievements", "collaboration", "decision"]
