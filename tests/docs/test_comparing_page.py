"""The pages on comparing and on the dashboard, typed line by line at the small desk that they speak of."""

from __future__ import annotations

import os
from pathlib import Path

import answered_quarter
import pytest
from command_line import run
from test_readme import BLOCK, fits, steps

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return answered_quarter.make(tmp_path_factory.mktemp("pages") / "desk", kpi_link=24, routine=12, quicker="cedar")


@pytest.mark.parametrize("page", ["comparing.md", "dashboard.md"])
def test_the_page_shows_what_is_printed(page, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setitem(os.environ, "QACLI_AS", "p_tl1")
    told = 0
    for kind, block in BLOCK.findall((DOCS / page).read_text("utf-8")):
        for line, shown in steps(block) if kind == "console" else ():
            found = run(line.removeprefix("qacli "))
            seen = found.out + found.err
            assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"
            told += 1
    assert told
