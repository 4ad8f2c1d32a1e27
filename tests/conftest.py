"""What every kind of test may use."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from workspace import Office

settings.register_profile("selaras", deadline=None)  # a busy machine is no failure
settings.load_profile("selaras")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Public test data beside the repository; without them their tests are skipped."""
    if not SHARED.is_dir():
        pytest.skip("public test data are not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def rulebook():
    from analysis.policy import load_rulebook

    return load_rulebook()


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Office:
    """A city of 3,000 families after `selaras demo` and `selaras run`; read only.

    Made once for all test processes; the second to come waits for the first.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with FileLock(shared / "finished.lock"):
        office = Office.furnished(shared / "finished")
        if not (office.root / "said.txt").exists():
            made = office.selaras("demo", "--families", "3000")
            assert made.code == 0, made.err
            ran = office.selaras("run")
            assert ran.code == 0, ran.err
            (office.root / "said.txt").write_text(ran.out, encoding="utf-8")
    return office
