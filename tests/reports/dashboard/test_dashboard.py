"""The one page: what was found with its n, what could not be told, and who is named on it."""

from __future__ import annotations

import re
import shutil

import answered_quarter
import pytest
from command_line import run
from desk import done

TODAY = "2026-07-01"
EVENTS = "- {id: chg-1, version: 1, owner: p_tl1, from: 2026-04-21, what: new <panel>}\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Eight colleagues, thirteen weeks, 104 routine observations, an event."""
    folder = answered_quarter.make(tmp_path_factory.mktemp("dashboard") / "desk", routine=8)
    (folder / "definitions" / "events.yaml").write_text(EVENTS, "utf-8")
    return folder


@pytest.fixture
def folder(kept, tmp_path):
    return shutil.copytree(kept, tmp_path / "desk")


@pytest.fixture(scope="module")
def page(kept):
    return written(kept)


def written(folder, line="report dashboard"):
    done(run(line, folder, "p_tl1", TODAY))
    return (folder / "out" / "dashboard.html").read_text("utf-8")


def headings(page):
    return re.findall(r"<h2[^>]*>(.*?)</h2>", page)


def test_headings_say_what_was_found(page):
    assert headings(page) == [
        "What to know",
        "Score of desk: nothing beyond ordinary variation",
        "check and greet make 84% of all failures",
        "desk@1.0: no colleague stands out on one criterion more than chance explains",
        "Nothing stands out among all looks",
        "100% of what was drawn is observed, enough of each of 8 colleagues",
        "What could not be told, and why",
        "What this page rests on",
    ]


def test_every_figure_stands_beside_its_n_and_its_caution(page):
    assert "30 March to 25 June 2026: 104 observations of 8 colleagues" in page
    assert "of what is raised, 5 % at most is expected to be chance" in page
    assert "Nobody is ranked." in page
    assert "XmR, provisional: 13 points" in page


def test_the_page_needs_no_script_and_no_network(page):
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="', page) == []
    assert "default-src &#39;none&#39;" in page
    assert page.count("<style>") == 1


def test_an_event_is_a_candidate_and_no_markup(page):
    assert "21 April 2026: new &lt;panel&gt; (chg-1; a candidate, not a cause)" in page


def test_whoever_is_named_is_logged(page, kept):
    assert "Name A01" in page
    [row] = run("export access_log --format json", kept, "p_tl1").rows
    assert (row["what"], row["rows"], row["person"]) == ("dashboard", 8, "everybody")
    assert row["purpose"] == "improve the quality of service to customers"


def test_a_page_for_the_wall_names_nobody_and_logs_nothing(folder, tmp_path):
    before = (folder / "journal.csv").read_bytes()
    done(run(f"report dashboard --pseudonyms -o {tmp_path}/page.html", folder, "p_tl1", TODAY))
    shown = (tmp_path / "page.html").read_text("utf-8")
    assert re.search(r"Name A|p_a0", shown) is None
    assert "Colleague 01" in shown
    assert (folder / "journal.csv").read_bytes() == before


def test_few_observations_draw_no_limits_and_say_so(folder):
    page = written(folder, "report dashboard --to 2026-04-12 --pseudonyms")
    assert "Score of desk: too few weeks to tell a change from ordinary variation" in headings(page)
    assert any(heading.startswith("Too few failures (") for heading in headings(page))
    assert "6 of 6 colleagues have too few observations to speak of" in headings(page)


def test_a_desk_where_nothing_is_done_yet_says_what_to_do(tmp_path):
    page = written(answered_quarter.make(tmp_path / "new", weeks=1))
    assert headings(page) == [
        "Nothing has been observed in these days",
        "What could not be told, and why",
        "What this page rests on",
    ]
    assert "To begin: qacli sample draw" in page


def test_a_page_is_html_and_nothing_else(kept, tmp_path):
    found = run(f"report dashboard -o {tmp_path}/page.md", kept, "p_tl1", TODAY)
    assert (found.code, "a dashboard is a page" in found.err) == (2, True)
    assert not (tmp_path / "page.md").exists()
