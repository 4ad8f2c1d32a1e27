"""Set up Selaras and run one of its jobs, with nothing but Python 3.11 or newer.

python bootstrap.py briefs     sample city if no data is there, whole pipeline, HTML and PDF
python bootstrap.py test       all tests
python bootstrap.py recovery   coverage of linkage intervals over 44 small cities
python bootstrap.py setup      only the environment in .venv
python bootstrap.py run ...    the `selaras` command with its own words
python bootstrap.py bundle DIR gather the wheels on a connected machine
--offline DIR                  install from such a folder instead of the network
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}


def main() -> int:
    """Prepare the environment and run the job asked for; its exit code is ours."""
    if sys.version_info < (3, 11):  # noqa: UP036 – this file is what an older Python meets
        print(
            "Selaras memerlukan Python 3.11 atau lebih baru. Pasang dari python.org, lalu ulangi."
        )
        return 2
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    words.add_argument(
        "job", choices=["setup", "briefs", "test", "slow", "bench", "recovery", "run", "bundle"]
    )
    words.add_argument("--offline", metavar="DIR", help="folder of wheels made by `bundle`")
    known, rest = words.parse_known_args()
    if known.job == "bundle":
        return bundle(Path(rest[0] if rest else "wheels"))
    prepare(
        "dev" if known.job in {"test", "slow", "bench", "recovery"} else "runtime", known.offline
    )
    return {
        "setup": lambda _: 0,
        "briefs": briefs,
        "test": test,
        "slow": slow,
        "bench": bench,
        "recovery": recovery,
        "run": selaras,
    }[known.job](rest)


def prepare(kind: str, offline: str | None) -> None:
    """Make .venv from the lock; does nothing while lock and project are unchanged."""
    stamp = VENV / ".selaras"
    wanted = {name: _digest(ROOT / lock) for name, lock in LOCKS.items()}
    done = stamp.read_text().split() if stamp.exists() else []
    if wanted[kind] in done and PYTHON.exists():
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    print(f"Memasang {LOCKS[kind]} (sekali saja, beberapa menit) …", flush=True)
    source = ["--no-index", "--find-links", offline] if offline else []
    _pip("install", "--require-hashes", "-r", str(ROOT / LOCKS[kind]), *source)
    _pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT), *source)
    subprocess.run([PYTHON, "-m", "compileall", "-qq", str(VENV / "lib")], check=False)
    covered = wanted.values() if kind == "dev" else [wanted[kind]]
    stamp.write_text("\n".join(covered))


def bundle(folder: Path) -> int:
    """Download every wheel of the lock for this platform into `folder`."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--require-hashes",
        "-r",
        ROOT / LOCKS["runtime"],
    ]
    return subprocess.run([*command, "-d", folder], check=False).returncode


def briefs(rest: list[str]) -> int:
    """The sample city where no set is there, then everything."""
    if not sets():
        code = selaras(["demo"])
        if code:
            return code
    return selaras(["run", *rest])


def sets() -> list[str]:
    """Sets in data/raw; folders that other programs hide there are none."""
    found = (ROOT / "data" / "raw").glob("[!.]*")
    return [path.name for path in found if path.is_dir()]


def selaras(words: list[str]) -> int:
    """The `selaras` command inside the environment."""
    return subprocess.run([PYTHON, "-m", "analysis", *words], cwd=ROOT, check=False).returncode


def test(rest: list[str]) -> int:
    """Every test that is not marked slow."""
    return _pytest("-m", "not slow", "-n", "2", *rest)


def slow(rest: list[str]) -> int:
    """Tests that take minutes: the full city."""
    return _pytest("-m", "slow", *rest)


def bench(rest: list[str]) -> int:
    """Measured speed → tests/benchmarks/RESULTS.md."""
    return subprocess.run(
        [PYTHON, "tests/benchmarks/run.py", *rest], cwd=ROOT, check=False
    ).returncode


def recovery(rest: list[str]) -> int:
    """Coverage of linkage intervals over many small cities → tests/recovery/RESULTS.md."""
    script = "tests/recovery/linkage_recovery.py"
    return subprocess.run([PYTHON, script, *rest], cwd=ROOT, check=False).returncode


def _pytest(*words: str) -> int:
    return subprocess.run([PYTHON, "-m", "pytest", *words], cwd=ROOT, check=False).returncode


def _pip(*words: str) -> None:
    command = [PYTHON, "-m", "pip", *words, "--quiet", "--disable-pip-version-check"]
    code = subprocess.run(command, check=False).returncode
    if code:
        print("Pemasangan gagal. Periksa sambungan, atau pasang dari folder dengan --offline DIR.")
        sys.exit(code)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
