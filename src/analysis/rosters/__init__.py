"""Any roster file → raw text → cleaned person records, with every row accounted for."""

from analysis.rosters.intake import clean, input_files, raw_table_name, take_in
from analysis.rosters.provenance import Provenance, read_provenance

__all__ = ["Provenance", "clean", "input_files", "raw_table_name", "read_provenance", "take_in"]
