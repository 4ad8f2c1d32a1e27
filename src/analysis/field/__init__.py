"""Work sheets: what goes to a file's owner, a verifier or a reviewer, and comes back."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    casework="Casework",
    findings="write_findings",
    keys="office_key",
    overlap="Overlap open_overlap",
    quality="Quality open_quality shown",
    sheets="WorkSheet write_workbook",
)

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
