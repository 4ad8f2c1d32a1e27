"""SQL on DuckDB, and the Parquet store with its enforced schemas."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    engine="Engine",
    literals="literal",
    schemas="Table load_tables table_for",
    memory="recalled remembered sha256_of",
    stages="StageNotes Stages stage_key",
    store="Store swap_text",
)

__all__ = [
    "Engine",
    "StageNotes",
    "Stages",
    "Store",
    "Table",
    "literal",
    "load_tables",
    "recalled",
    "remembered",
    "sha256_of",
    "stage_key",
    "swap_text",
    "table_for",
]
