"""An office with nothing in it yet."""

import pytest
from workspace import Office


@pytest.fixture
def office(tmp_path):
    return Office.furnished(tmp_path / "kantor")
