"""SQL on DuckDB, and the Parquet store with its enforced schemas."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    engine="Engine",
    schemas="Table load_tables table_for",
    stages="StageNotes stage_key",
    store="Store sha256_of swap_text",
)

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
