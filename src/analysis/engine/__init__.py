"""SQL on DuckDB, and the Parquet store with its enforced schemas."""

from analysis.engine.engine import Engine
from analysis.engine.schemas import Table, load_tables, table_for
from analysis.engine.stages import StageNotes, stage_key
from analysis.engine.store import Store, sha256_of, swap_text

__all__ = [
    "Engine",
    "StageNotes",
    "Store",
    "Table",
    "load_tables",
    "sha256_of",
    "stage_key",
    "swap_text",
    "table_for",
]
