"""One browser for all tests of a run."""

from __future__ import annotations

import pytest
from chromium import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    opened = Browser(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()
