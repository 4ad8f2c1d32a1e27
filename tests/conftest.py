"""What every kind of test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Public test data beside the repository; a must in CI, a skip at home."""
    if not SHARED.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("public test data are not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def rulebook():
    from analysis.policy import load_rulebook

    return load_rulebook()
