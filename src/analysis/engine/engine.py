"""The one door to SQL: every set-based step goes through `Engine`, so that Spark can stand behind it later."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.engine.literals import literal

# Offices are offline: nothing may be fetched at run time. One thread order and one row order
# make the same bytes every time; 1500 MB leaves room for pandas and Typst on an 8 GB laptop.
_SETTINGS = {
    "threads": 2,
    "memory_limit": "1500MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "preserve_insertion_order": True,
}


_QUOTED = re.compile(r"""(['"])(?![a-z_][a-z0-9_]{0,40}\1)(?:(?!\1).)*\1""")
_NUMBER = re.compile(r"\d{5,}")
_DEFINES = re.compile(r"\s*(CREATE|DROP|ALTER)\b", re.IGNORECASE)
# the catalog itself: information_schema would open the files behind every view
_KINDS = """SELECT table_name AS name, 'TABLE' AS kind FROM duckdb_tables()
    UNION ALL SELECT view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal"""


def without_values(text: str) -> str:
    """An error's first line without what it quotes of a row: only names of columns and tables stay.

    >>> without_values("Could not convert string 'SARI DEWI' to INT32 from column 'nik' 3272014503809001")
    "Could not convert string … to INT32 from column 'nik' …"
    """
    return _NUMBER.sub("…", _QUOTED.sub("…", text.split("\n")[0]))


class Engine:
    """DuckDB in memory with a spill folder; never a database file, so that no notebook blocks a run."""

    def __init__(self, memory: str = "1500MB", threads: int = 2, spill: Path | None = None) -> None:
        self._spill = tempfile.TemporaryDirectory(prefix="selaras-", dir=spill)
        self._connection = duckdb.connect(
            config=_SETTINGS | {"memory_limit": memory, "threads": threads}
        )
        self._connection.execute("SET temp_directory = ?", [self._spill.name])
        # what exists, by name and kind; None where a statement of a caller's own may have changed it
        self._kinds: dict[str, str] | None = {}
        with suppress(
            duckdb.InvalidInputException
        ):  # in a notebook without ipywidgets there is none to turn off
            self._connection.execute("SET enable_progress_bar = false")

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection and remove the spill folder."""
        self._connection.close()
        self._spill.cleanup()

    def _execute(self, sql: str, parameters: dict[str, object]) -> duckdb.DuckDBPyConnection:
        """Execute; an error names no value of a row, which DuckDB would quote."""
        try:
            return self._connection.execute(sql, parameters or None)
        except duckdb.Error as error:
            clean = type(error)(without_values(str(error)))
        raise clean  # out here, so that the error as DuckDB worded it is not carried along

    @contextmanager
    def on_one_thread(self) -> Iterator[None]:
        """For many small statements: parting them among threads costs more CPU than they are worth."""
        threads = self.one("SELECT current_setting('threads')")
        self.run("SET threads = 1")
        try:
            yield
        finally:
            self.run(f"SET threads = {threads}")

    def run(self, sql: str, **parameters: object) -> None:
        """Execute one statement; `$name` in it takes its value from `parameters`."""
        self._execute(sql, parameters).fetchall()
        if _DEFINES.match(sql):
            self._kinds = None

    def table(self, name: str, sql: str, **parameters: object) -> None:
        """Keep the result of a query under `name`."""
        self._define("TABLE", name, sql, parameters)

    def view(self, name: str, sql: str) -> None:
        """Keep a query itself under `name`."""
        self._define("VIEW", name, sql, {})

    def _define(self, kind: str, name: str, sql: str, parameters: dict[str, object]) -> None:
        self._execute(f'CREATE OR REPLACE TEMP {kind} "{name}" AS {sql}', parameters).fetchall()
        if self._kinds is not None:
            self._kinds[name] = kind

    def _existing(self) -> dict[str, str]:
        """What exists, by name and kind: some hundred times a run something is asked for, which the catalog answers slowly."""
        if self._kinds is None:
            self._kinds = dict(self.rows(_KINDS))
        return self._kinds

    def is_view(self, name: str) -> bool:
        """A query kept under its name, not its result."""
        return self._existing().get(name) == "VIEW"

    def attach(self, name: str, path: Path) -> None:
        """Make a Parquet file readable as `name`."""
        self.view(name, f"SELECT * FROM read_parquet({literal(path)})")

    def register(self, name: str, frame: pd.DataFrame) -> None:
        """Copy a data frame in as table `name` (text columns stay text, even when all are null)."""
        self._connection.register("_incoming", frame)
        self.table(name, "SELECT * FROM _incoming")
        self._connection.unregister("_incoming")

    def borrow(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table readable as `name` without copying it; it must not change meanwhile."""
        self._connection.register(name, table)
        self._kinds = None

    def drop(self, *names: str) -> None:
        """Forget tables or views; names that do not exist are no error."""
        kinds = self._existing()
        for name in names:
            if name in kinds:
                self._execute(f'DROP {kinds.pop(name)} "{name}"', {}).fetchall()

    def frame(self, sql: str, **parameters: object) -> pd.DataFrame:
        """The result as a data frame."""
        return self._execute(sql, parameters).df()

    def rows(self, sql: str, **parameters: object) -> list[tuple]:
        """The result as tuples."""
        return self._execute(sql, parameters).fetchall()

    def one(self, sql: str, **parameters: object) -> object:
        """The single value of a one-cell query."""
        return self.rows(sql, **parameters)[0][0]

    def columns(self, name: str) -> dict[str, str]:
        """Column names and SQL types of a table or view, in order."""
        return {row[0]: row[1] for row in self.rows(f'DESCRIBE "{name}"')}

    def names(self) -> set[str]:
        """Tables and views that exist now."""
        return set(self._existing())
