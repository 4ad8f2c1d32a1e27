"""One person and one family across every roster, with how each link was found."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    clerical="reviewed_accuracy",
    contributions="Background background mean_evidence taken_apart",
    evidence="Evidence",
    known_truth="accuracy_by_groups accuracy_by_lists",
    link="link",
    parts="PARTS bases_of model_table part_of",
    person_keys="keys_of marks_of",
    realised="realised",
    registry_part="GROWING WHOLE_PART build_part",
    **{
        "increments.known_rows": "WholeNeeded recognise",
        "increments.link": "link_increment",
        "increments.part": "ADDED_PART follow_changes still_told",
        "lists.resolve": "resolve",
    },
)

__all__ = [
    "ADDED_PART",
    "GROWING",
    "PARTS",
    "WHOLE_PART",
    "Evidence",
    "WholeNeeded",
    "accuracy_by_groups",
    "accuracy_by_lists",
    "bases_of",
    "build_part",
    "follow_changes",
    "keys_of",
    "link",
    "link_increment",
    "marks_of",
    "mean_evidence",
    "model_table",
    "part_of",
    "realised",
    "recognise",
    "resolve",
    "reviewed_accuracy",
    "still_told",
    "taken_apart",
]  # fmt: skip
