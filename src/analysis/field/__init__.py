"""Work sheets: what goes to a file's owner, a verifier or a reviewer, and comes back."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    casework="Casework",
    duplicates="Duplicates open_duplicates",
    findings="write_findings",
    keys="office_key",
    links="Links open_links",
    link_decisions="agreed decided_pairs read_link_decisions standing",
    overlap="Overlap open_overlap",
    quality="Quality open_quality shown",
    ground_check="findings_table open_ground_check",
    review="LinkReview",
    sheets="WorkSheet write_workbook",
    survey="open_survey",
    targeting="open_targeting",
)

__all__ = [
    "Casework",
    "Duplicates",
    "LinkReview",
    "Links",
    "Overlap",
    "Quality",
    "WorkSheet",
    "agreed",
    "decided_pairs",
    "findings_table",
    "office_key",
    "open_duplicates",
    "open_ground_check",
    "open_links",
    "open_overlap",
    "open_quality",
    "open_survey",
    "open_targeting",
    "read_link_decisions",
    "shown",
    "standing",
    "write_findings",
    "write_workbook",
]
