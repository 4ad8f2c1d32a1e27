"""The store: one Parquet file a table, swapped in whole, with a sidecar that says what it was made from."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.engine.literals import literal
from analysis.engine.memory import sha256_of

# lz4 is read in two thirds of zstd's time and half as large again; its version 2 keeps texts and numbers as differences, which
# other readers do not understand of unsigned 32-bit numbers (DuckDB 2.0, pyarrow 26)
# a column of more different values in 122,880 rows has no dictionary: to try one costs a tenth of writing, and saves no byte
_DICTIONARY = "DICTIONARY_SIZE_LIMIT 5000"
PACKINGS = {
    "zstd": "COMPRESSION zstd",
    "lz4": "COMPRESSION lz4",
    "lz4 v2": "COMPRESSION lz4, PARQUET_VERSION v2",
}

if TYPE_CHECKING:  # hashes and sidecars are read far more often than tables
    import pandas as pd

    from analysis.engine.engine import Engine


class Store:
    """Tables of one set and period below `folder`, each in its layer's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, table: str) -> Path:
        """Where a table lies, whether it exists or not."""
        return self.folder / table.split("_", 1)[0] / f"{table}.parquet"

    def names(self, layer: str) -> list[str]:
        """Tables of a layer, sorted."""
        return sorted(path.stem for path in (self.folder / layer).glob("*.parquet"))

    def attach(self, engine: "Engine", *tables: str) -> None:
        """Make stored tables readable in an engine under their names."""
        for table in tables:
            engine.attach(table, self.path(table))

    def frame(self, table: str) -> "pd.DataFrame":
        """A stored table as a data frame with nullable columns."""
        import pandas as pd

        return pd.read_parquet(self.path(table), dtype_backend="numpy_nullable")

    def write(self, engine: "Engine", table: str, stage_key: str) -> None:
        """Check `table` against its schema and swap it in; the old one stays until the new is whole."""
        target = self.path(table)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".tmp")
        _pack(engine, table, temporary)
        os.replace(temporary, target)
        sidecar = {"sha256": sha256_of(target), "made_from": stage_key}
        swap_text(target.with_suffix(".json"), json.dumps(sidecar, indent=1) + "\n")

    def content(self, table: str) -> str:
        """Content hash as the sidecar states it; '' where the table does not exist."""
        return note_of(self.path(table).with_suffix(".json")).get("sha256", "")

    def is_fresh(self, tables: list[str], stage_key: str) -> bool:
        """All tables were made from `stage_key` and nobody has touched them since."""
        return all(self._intact(table, stage_key) for table in tables)

    def _intact(self, table: str, stage_key: str) -> bool:
        path = self.path(table)
        note = note_of(path.with_suffix(".json"))
        if note.get("made_from") != stage_key or not path.exists():
            return False
        return note.get("sha256") == sha256_of(path)

    def remove(self, table: str) -> None:
        """Delete a table with its sidecar."""
        for path in (self.path(table), self.path(table).with_suffix(".json")):
            path.unlink(missing_ok=True)


def _pack(engine: "Engine", name: str, path: Path) -> None:
    """Write a table sorted by its key; rows that come in that order are not sorted again, which costs more than to write them."""
    from analysis.engine.schemas import conforming_select, in_order, is_ascending, table_for

    table, file = table_for(name), literal(path)
    select, order = conforming_select(engine, name)
    packing = f"TO {file} (FORMAT parquet, {_DICTIONARY}, {PACKINGS[table.packing]})"
    engine.run(f"COPY ({select}{order}) {packing}")
    # a table tells its rows in the same order each time, a view need not
    if (
        not order
        and engine.is_view(name)
        and not is_ascending(engine, table, f"read_parquet({file})")
    ):
        engine.run(f"COPY ({select}{in_order(table)}) {packing}")


def swap_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def note_of(path: Path) -> dict:
    """What a note beside the store says; empty where it is not there, or was torn when the power went."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}
