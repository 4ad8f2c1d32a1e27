"""Files as delivered → raw tables, each file read again only when it changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from analysis import engine as tables
from analysis import rosters
from analysis.engine import Store, sha256_of, stage_key
from analysis.errors import InputFileError
from analysis.settings import Run, Workspace

_READERS = 2  # files read at once; more would need the memory of an 8 GB laptop
_ASKING = Lock()  # one question about a password at a time


@dataclass(frozen=True)
class Delivery:
    """Reading of one set and period; `password` asks for a locked file's, None where nobody answers."""

    workspace: Workspace
    run: Run
    provenance: "rosters.Provenance"
    store: Store
    progress: Callable[[str, str], None]
    password: Callable[[str], str | None]

    def read(self) -> dict[str, str]:
        """Make the raw tables; returns file name → SHA-256. Raises InputFileError."""
        folder = self.workspace.raw(self.run.set_name, self.run.period)
        files = rosters.input_files(folder)
        if not files:
            shown = folder.relative_to(self.workspace.root).as_posix()
            raise InputFileError(
                "set_missing", set=self.run.set_name, period=self.run.period, folder=shown
            )
        hashes = rosters.once_each({path.name: sha256_of(path) for path in files})
        with ThreadPoolExecutor(_READERS) as readers:
            # of several errors the first in file order is raised
            list(readers.map(lambda path: self._read_one(path, hashes[path.name]), files))
        for gone in set(self.store.names("raw")) - {rosters.raw_table_name(path) for path in files}:
            self.store.remove(gone)
        return hashes

    def _read_one(self, path: Path, sha256: str) -> None:
        table, key = rosters.raw_table_name(path), stage_key("raw", sha256)
        if self.store.is_fresh([table], key):
            return self.progress("skip", path.name)
        self.progress("read", path.name)
        with tables.Engine(threads=1) as engine:
            self._take_in(engine, path, sha256)
            self.store.write(engine, table, key)

    def _take_in(self, engine: "tables.Engine", path: Path, sha256: str) -> None:
        """Read a file; a locked one with the password asked for, which is kept nowhere."""
        try:
            rosters.take_in(engine, path, sha256)
        except InputFileError as error:
            with _ASKING:
                password = self._password_of(path) if error.key == "password_needed" else None
            if password is None:
                raise
            rosters.take_in(engine, path, sha256, password)

    def _password_of(self, path: Path) -> str | None:
        """The public one of made-up data, else the one the analyst gives."""
        return self.provenance.public_password or self.password(path.name)
