"""What an edition was made from, and whether its files are still those that were published."""

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from analysis.engine import sha256_of
from analysis.engine.stages import code_digest
from analysis.engine.store import swap_text
from analysis.errors import UsageError
from analysis.policy import Rulebook
from analysis.settings import Run

NAME = "manifest.json"


def write(
    folder: Path,
    run: Run,
    rulebook: Rulebook,
    key: str,
    inputs: Mapping[str, str],
    briefs: Mapping[str, dict] | None = None,
) -> Path:
    """Write manifest.json beside the edition's files: no clock, no path of the machine.

    `key` names everything the edition was made from; `inputs` is table → content hash; `briefs` is
    brief → what it was made from, its headline and its files. Hashes are
    printed in groups of 8, lest sixteen digits in a row look like a NIK.
    """
    content = {
        "edisi": run.edition_name,
        "tanggal": run.edition.on.isoformat(),
        "status": run.edition.status,
        "nomor": run.edition.number,
        "himpunan": run.set_name,
        "periode": run.period,
        "data_sintetis": run.synthetic,
        "kunci": _grouped(key),
        "aturan": _grouped(rulebook.digest),
        "program": {"versi": _version(), "isi": _grouped(code_digest())},
        "masukan": {name: _grouped(value) for name, value in sorted(inputs.items())},
        "naskah": dict(briefs or {}),
        "berkas": _hashes(folder),
    }
    path = folder / NAME
    swap_text(path, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    return path


def verify(folder: Path) -> list[str]:
    """Files that were changed, removed or added since publication; empty means as published.

    Raises UsageError where there is no readable manifest.
    """
    published, here = _read(folder)["berkas"], _hashes(folder)
    return sorted(name for name in {*published, *here} if published.get(name) != here.get(name))


def briefs(folder: Path) -> dict[str, dict]:
    """What each brief of an edition was made from; empty where there is no such edition."""
    try:
        return json.loads((folder / NAME).read_text(encoding="utf-8")).get("naskah", {})
    except (OSError, ValueError):
        return {}


def changed(folder: Path) -> set[str]:
    """Files that are not as published; nothing where there is no edition yet."""
    return set(verify(folder)) if (folder / NAME).exists() else set()


def is_fresh(folder: Path, key: str) -> bool:
    """The edition was made from exactly this, and nobody has touched its files."""
    if not (folder / NAME).exists():
        return False
    try:
        return _read(folder)["kunci"] == _grouped(key) and not verify(folder)
    except UsageError:
        return False


def _read(folder: Path) -> dict:
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return {"kunci": content["kunci"], "berkas": content["berkas"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError("manifest_missing", folder=folder.name) from error


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return {path.relative_to(folder).as_posix(): _grouped(sha256_of(path)) for path in files}


def _grouped(digest: str) -> str:
    """
    >>> _grouped("0123456789abcdef")
    '01234567-89abcdef'
    """
    plain = digest.replace("-", "")
    return "-".join(plain[start : start + 8] for start in range(0, len(plain), 8))


def _version() -> str:
    try:
        return metadata.version("selaras")
    except metadata.PackageNotFoundError:
        return "sumber"
