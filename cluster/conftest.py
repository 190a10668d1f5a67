from __future__ import annotations

import pytest
import servers
from skips import Skips


def pytest_configure(config):
    config.pluginmanager.register(Skips(), "skips")


@pytest.fixture(scope="session")
def address():
    """The address of a PostgreSQL server that runs as long as the tests do."""
    with servers.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def _spark(tmp_path_factory):
    with servers.spark(tmp_path_factory.mktemp("spark")):
        yield


@pytest.fixture(scope="session", params=["postgresql", "spark"])
def engine(request, address, tmp_path_factory):
    """Each engine in turn, as tests use it: put(name, header, rows) and then open(name)."""
    from engines import OnPostgresql, OnSpark

    if request.param == "postgresql":
        return OnPostgresql(address)
    request.getfixturevalue("_spark")
    return OnSpark(tmp_path_factory.mktemp("lake"))
