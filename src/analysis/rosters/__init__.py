"""Any roster file → raw text → cleaned person records, with every row accounted for."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    answers="Answer is_known read_answers record_answer register_answers",
    anylists="read_lists",
    checks="severities",
    gates="GATES GateException read_exceptions record_exception",
    folder="input_files raw_table_name",
    intake="clean take_in",
    one_survey="read_survey",
    peek="peek",
    proposal="Proposal as_toml propose",
    provenance="Provenance read_provenance",
    reading="read_sheets",
    series="SeriesFinding check_series",
    series_table="series_table",
)

__all__ = [
    "GATES",
    "Answer",
    "GateException",
    "Proposal",
    "Provenance",
    "SeriesFinding",
    "as_toml",
    "check_series",
    "clean",
    "input_files",
    "is_known",
    "peek",
    "propose",
    "raw_table_name",
    "read_answers",
    "read_exceptions",
    "read_lists",
    "read_provenance",
    "read_sheets",
    "read_survey",
    "record_answer",
    "record_exception",
    "register_answers",
    "series_table",
    "severities",
    "take_in",
]
