"""Any roster file → raw text → cleaned person records, with every row accounted for."""

from analysis.rosters.gates import exception, read_exceptions, record_exception
from analysis.rosters.intake import clean, input_files, raw_table_name, take_in
from analysis.rosters.peek import peek
from analysis.rosters.provenance import Provenance, read_provenance

__all__ = [
    "Provenance",
    "clean",
    "exception",
    "input_files",
    "peek",
    "raw_table_name",
    "read_exceptions",
    "read_provenance",
    "record_exception",
    "take_in",
]
