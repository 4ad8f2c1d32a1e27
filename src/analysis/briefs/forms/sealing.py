"""Office files with the same bytes every time: no clock, no machine, no author but the office."""

import datetime as dt
import io
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def seal(document, title: str, office: str, on: dt.date) -> None:
    """Set the core properties of a python-docx or python-pptx document."""
    core = document.core_properties
    moment = dt.datetime(on.year, on.month, on.day)
    core.title, core.author, core.last_modified_by = title, office, office
    core.comments, core.keywords, core.language = "", "", "id-ID"
    core.created = core.modified = core.last_printed = moment
    core.revision = 1


def write_sealed(document, target: Path) -> None:
    """Save a document and pack it again in order, every member at one fixed date."""
    held = io.BytesIO()
    document.save(held)
    write_zip(target, members(held.getvalue()))


def members(content: bytes) -> dict[str, bytes]:
    """Name → bytes of a zip's members."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def write_zip(target: Path, content: dict[str, bytes]) -> None:
    """A zip of these members in this order, each dated 1980-01-01."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, data)
