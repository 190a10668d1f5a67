"""docs/notebooks.md does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
import stage

from qacli.model import MalformedFile, QacliError
from qacli.workspace import Workspace

PAGE = Path(__file__).parents[2] / "docs" / "notebooks.md"


def test_the_page_prints_what_it_shows(tmp_path, monkeypatch):
    stage.prepared(tmp_path)
    monkeypatch.chdir(tmp_path)
    page = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    said = []
    doctest.DocTestRunner().run(page, out=said.append)
    assert len(page.examples) > 10
    assert "".join(said) == ""


@pytest.mark.parametrize("query", ["selct 1", "SELECT nope FROM items", "SELECT * FROM nope"])
def test_sql_that_cannot_be_run_says_why_and_which_tables_there_are(drawn, query):
    with pytest.raises(QacliError, match="this query cannot be run") as refused:
        Workspace.find(drawn).view().sql(query)
    assert not isinstance(refused.value, MalformedFile)
    assert "notes, observations, occasions" in refused.value.help
