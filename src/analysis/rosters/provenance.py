"""Who sent the files, with which letter, on what day and for what purpose: `sumber.toml`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analysis.errors import InputFileError

FILE_NAME = "sumber.toml"
MADE_UP = "DATA SINTETIS"  # in a file's name: its pages are marked even where nobody says so in sumber.toml
_NEEDED = ("pengirim", "nomor_surat", "tanggal", "tujuan", "dasar_hukum", "simpan_sampai")


@dataclass(frozen=True)
class Provenance:
    """What `sumber.toml` says; a set without it is analysed, marked, and never released as FINAL.

    `public_password` opens the locked files of made-up data; a real set's is never written down.
    """

    is_complete: bool
    is_synthetic: bool
    layouts: dict[str, str] = field(default_factory=dict)
    edition: date | None = None
    public_password: str | None = None

    def layout_of(self, file: str) -> str | None:
        """The layout the analyst named for a file that does not tell by itself."""
        return self.layouts.get(file)


def read_provenance(folder: Path) -> Provenance:
    """What `sumber.toml` of a folder states. Raises InputFileError where it is no TOML."""
    path = folder / FILE_NAME
    made_up = any(MADE_UP in file.name.upper().replace("_", " ") for file in folder.iterdir())
    if not path.exists():
        return Provenance(is_complete=False, is_synthetic=made_up)
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError("provenance_broken", file=FILE_NAME, detail=str(error)) from error
    layouts = {
        entry["nama"]: entry["layout"] for entry in stated.get("berkas", []) if "layout" in entry
    }
    complete = all(stated.get(name) for name in _NEEDED)
    synthetic = made_up or bool(stated.get("data_sintetis"))
    password = stated.get("sandi_contoh") if synthetic else None
    return Provenance(complete, synthetic, layouts, stated.get("edisi"), password)
