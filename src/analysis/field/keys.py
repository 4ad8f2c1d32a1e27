"""The office key: makes case ids that nobody outside can trace back to a person. It lies outside the repository."""

import os
import re
import secrets
from pathlib import Path

from analysis.errors import UsageError

VARIABLE = "SELARAS_KUNCI"


def office_key(path: Path | None = None) -> str:
    """The key of this office as hex; made once where there is none.

    The file is the one named, else `SELARAS_KUNCI`, else `.selaras/kunci` in the user's home. Whoever
    loses it cannot match older answers to their cases any more. Raises UsageError where the folder named
    is not there, lest a slip of the pen make a second key, and where the file holds no key.
    """
    if path and not path.parent.is_dir():
        raise UsageError("key_folder_missing", folder=path.parent.name)
    file = path or Path(os.environ.get(VARIABLE) or Path.home() / ".selaras" / "kunci")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(32) + "\n")
    key = file.read_text(encoding="ascii", errors="replace").strip()
    if not re.fullmatch(r"[0-9a-f]{64}", key):
        raise UsageError("key_unusable", file=file.name)
    return key
