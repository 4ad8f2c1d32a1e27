"""Work sheets: what goes to a file's owner, a verifier or a reviewer, and comes back."""

from analysis.field.findings import write_findings
from analysis.field.quality import Quality
from analysis.field.sheets import WorkSheet, write_workbook

__all__ = ["Quality", "WorkSheet", "write_findings", "write_workbook"]
