"""Who sent the files, with which letter, on what day and for what purpose: `sumber.toml`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analysis.errors import InputFileError

FILE_NAME = "sumber.toml"
_NEEDED = ("pengirim", "nomor_surat", "tanggal", "tujuan", "dasar_hukum", "simpan_sampai")


@dataclass(frozen=True)
class Provenance:
    """What `sumber.toml` says; a set without it is analysed, marked, and never released as FINAL."""

    is_complete: bool
    is_synthetic: bool
    layouts: dict[str, str] = field(default_factory=dict)
    edition: date | None = None

    def layout_of(self, file: str) -> str | None:
        """The layout the analyst named for a file that does not tell by itself."""
        return self.layouts.get(file)


def read_provenance(folder: Path) -> Provenance:
    """What `sumber.toml` of a folder states. Raises InputFileError where it is no TOML."""
    path = folder / FILE_NAME
    if not path.exists():
        return Provenance(is_complete=False, is_synthetic=False)
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError("provenance_broken", file=FILE_NAME, detail=str(error)) from error
    layouts = {
        entry["nama"]: entry["layout"] for entry in stated.get("berkas", []) if "layout" in entry
    }
    complete = all(stated.get(name) for name in _NEEDED)
    return Provenance(complete, bool(stated.get("data_sintetis")), layouts, stated.get("edisi"))
