"""One browser, and one desk with its forms written, for all tests of a run."""

from __future__ import annotations

import blank_forms
import pytest
from chromium import Browser
from command_line import run
from desk import DRAWN, done


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    opened = Browser(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()


@pytest.fixture
def page(browser):
    return browser.page()


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A desk whose forms are written, as pages and as a workbook."""
    folder = blank_forms.workspace(tmp_path_factory.mktemp("forms") / "desk")
    for form in ("html", "xlsx"):
        done(run(f"score --form {form}", folder, "p_ev1", DRAWN))
    return folder
