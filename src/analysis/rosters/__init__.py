"""Any roster file → raw text → cleaned person records, with every row accounted for."""

from analysis.rosters.answers import Answer, is_known, read_answers, record_answer, register_answers
from analysis.rosters.anylists import read_lists
from analysis.rosters.checks import severities
from analysis.rosters.gates import GATES, GateException, read_exceptions, record_exception
from analysis.rosters.intake import clean, input_files, raw_table_name, take_in
from analysis.rosters.peek import peek
from analysis.rosters.proposal import Proposal, as_toml, propose
from analysis.rosters.provenance import Provenance, read_provenance
from analysis.rosters.reading import read_sheets
from analysis.rosters.series import SeriesFinding, check_series
from analysis.rosters.series_table import series_table

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
    "record_answer",
    "record_exception",
    "register_answers",
    "series_table",
    "severities",
    "take_in",
]
