from __future__ import annotations

import pytest

from qacli.engine.connection import connect


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection
