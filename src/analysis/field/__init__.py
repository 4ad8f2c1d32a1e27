"""Work sheets: what goes to a file's owner, a verifier or a reviewer, and comes back."""

from analysis.field.casework import Casework
from analysis.field.findings import write_findings
from analysis.field.keys import office_key
from analysis.field.overlap import Overlap, open_overlap
from analysis.field.quality import Quality, open_quality, shown
from analysis.field.sheets import WorkSheet, write_workbook

__all__ = [
    "Casework",
    "Overlap",
    "Quality",
    "WorkSheet",
    "office_key",
    "open_overlap",
    "open_quality",
    "shown",
    "write_findings",
    "write_workbook",
]
