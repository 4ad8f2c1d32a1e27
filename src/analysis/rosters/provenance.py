"""Who sent the files, with which letter, on what day and for what purpose: `sumber.toml`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analysis.errors import InputFileError

FILE_NAME = "sumber.toml"
MADE_UP = "DATA SINTETIS"  # in a file's name: its pages are marked even where nobody says so in sumber.toml
_NEEDED = ("pengirim", "nomor_surat", "tanggal", "tujuan", "dasar_hukum", "simpan_sampai")
_DAYS = ("tanggal", "simpan_sampai", "edisi")


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
    """What `sumber.toml` of a folder states.

    Raises InputFileError where it is no TOML, a day is no day, or a file it names is not there.
    """
    path = folder / FILE_NAME
    made_up = any(MADE_UP in file.name.upper().replace("_", " ") for file in folder.iterdir())
    if not path.exists():
        return Provenance(is_complete=False, is_synthetic=made_up)
    stated = _stated(path)
    layouts = {
        entry["nama"]: entry["layout"] for entry in stated.get("berkas", []) if "layout" in entry
    }
    complete = all(stated.get(name) for name in _NEEDED)
    synthetic = made_up or bool(stated.get("data_sintetis"))
    password = stated.get("sandi_contoh") if synthetic else None
    return Provenance(complete, synthetic, layouts, stated.get("edisi"), password)


def _stated(path: Path) -> dict:
    """The file as TOML; Windows' Notepad puts a mark of three bytes before it."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError("provenance_broken", file=FILE_NAME, detail=str(error)) from error
    for name in _DAYS:
        if name in stated and type(stated[name]) is not date:
            raise InputFileError("provenance_day", file=FILE_NAME, field=name)
    _refuse_unknown_files(stated.get("berkas", []), path.parent)
    return stated


def _refuse_unknown_files(entries: object, folder: Path) -> None:
    if not isinstance(entries, list):
        raise InputFileError("provenance_files", file=FILE_NAME)
    for entry in entries:
        if not (isinstance(entry, dict) and isinstance(entry.get("nama"), str)):
            raise InputFileError("provenance_files", file=FILE_NAME)
        if not (folder / entry["nama"]).is_file():
            raise InputFileError("provenance_file_missing", file=FILE_NAME, named=entry["nama"])
