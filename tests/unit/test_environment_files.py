"""environment.yml says the same as pyproject.toml; locks carry no address."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CARD = {"jupyterlab", "pandas", "matplotlib", "papermill", "nbconvert", "scikit-learn"}
# conda-forge's name where it differs from PyPI's; 'pip:' = only on PyPI.
CONDA_NAMES = {
    "brotli": "brotli-python",
    "duckdb": "python-duckdb",
    "fontpkg-plus-jakarta-sans": "pip:",
    "fontpkg-source-sans-3": "pip:",
    "matplotlib": "matplotlib-base",
    "typst": "pip:",
}


def project() -> dict[str, str]:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    return dict(re.match(r"([A-Za-z0-9_-]+)(.*)", line).groups() for line in stated)


def environment() -> dict[str, str]:
    text = (ROOT / "environment.yml").read_text()
    lines = re.findall(r"^\s*- ([a-z0-9_-]+)([<>=].*)?$", text, re.MULTILINE)
    return {
        name: limit
        for name, limit in lines
        if name not in {"conda-forge", "pip", "python", "nodefaults"}
    }


def test_environment_yml_states_the_same_packages_and_limits_as_pyproject():
    wanted = {
        (name if CONDA_NAMES.get(name) == "pip:" else CONDA_NAMES.get(name, name)): limit
        for name, limit in project().items()
    }
    assert environment() == wanted


def test_the_cards_packages_are_direct_dependencies():
    assert set(project()) >= CARD


def test_locks_pin_and_hash_every_package_and_name_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)
        assert len(pins) > 100
        assert text.count("--hash=sha256:") >= len(pins)
        assert not re.search(r"https?://|file:|--index-url|--find-links", text)


def test_the_lock_holds_every_direct_dependency():
    pins = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    assert {name.lower() for name in project()} <= pins
