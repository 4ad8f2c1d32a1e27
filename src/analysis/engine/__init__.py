"""SQL on DuckDB, and the Parquet store with its enforced schemas."""

from analysis.engine.engine import Engine
from analysis.engine.schemas import Table, load_tables, table_for
from analysis.engine.store import Store

__all__ = ["Engine", "Store", "Table", "load_tables", "table_for"]
