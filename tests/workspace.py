"""A folder like the project's, and the command run in it as an analyst would."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Office:
    """A working folder with the project's notebooks."""

    root: Path

    @classmethod
    def furnished(cls, root: Path) -> "Office":
        root.mkdir(parents=True, exist_ok=True)
        if not (root / "notebooks").exists():
            (root / "notebooks").symlink_to(ROOT / "notebooks", target_is_directory=True)
        return cls(root)

    def selaras(self, *words: str, **environment: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *words], cwd=self.root, capture_output=True, text=True, check=False,
            env=os.environ | environment,
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    def files(self, *folders: str) -> dict[str, bytes]:
        """Every file below the folders with its bytes, but the kit's own notes (.kunci, .ingatan.json)."""
        found = [path for folder in folders for path in (self.root / folder).rglob("[!.]*")]
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in found if p.is_file()}

    @property
    def raw(self) -> Path:
        return self.root / "data/raw/contoh/2025-12"

    @property
    def store(self) -> Path:
        return self.root / "data/derived/contoh/2025-12"

    @property
    def edition(self) -> Path:
        return self.root / "reports/contoh-2025-12-15"


def tool(*names: str) -> str:
    """Path of a system tool that only tests need: skipped without it at home, a failure in CI, which installs it."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI") != "true":
        pytest.skip(f"{names[0]} is not installed")
    assert found, f"install {names[0]}"
    return found


def paper_text(path: Path) -> str:
    """The text of a PDF in reading order, pages ended by form feeds."""
    done = subprocess.run(
        [tool("pdftotext"), "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return done.stdout
