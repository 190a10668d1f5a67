"""The one page: what was found with its n, what could not be told, and who is named on it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import answered_quarter
import pytest
from command_line import run
from desk import done
from test_readme import BLOCK, fits, steps

TODAY = "2026-07-01"
PAGE = Path(__file__).parents[3] / "docs" / "dashboard.md"


@pytest.fixture(scope="module")
def folder(answered_desk, tmp_path_factory):
    return shutil.copytree(answered_desk, tmp_path_factory.mktemp("dashboard") / "desk")


@pytest.fixture(scope="module")
def page(folder):
    """What docs/dashboard.md types, typed there."""
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        for kind, block in BLOCK.findall(PAGE.read_text("utf-8")):
            for line, shown in steps(block) if kind == "console" else ():
                seen = done(run(line.removeprefix("qacli "), None, "p_tl1", TODAY))
                assert fits(seen.out + seen.err, shown)
    return (folder / "out" / "dashboard.html").read_text("utf-8")


def headings(page):
    return re.findall(r"<h2[^>]*>(.*?)</h2>", page)


def test_headings_say_what_was_found(page):
    assert headings(page) == [
        "What to know",
        "Score of desk: nothing beyond ordinary variation",
        "check makes 54% of all failures",
        "desk@1.0: no colleague stands out on one criterion more than chance explains",
        "Nothing stands out among all looks",
        "100% of what was drawn is observed, enough of each of 8 colleagues",
        "What could not be told, and why",
        "What this page rests on",
    ]


def test_every_figure_stands_beside_its_n_and_its_caution(page):
    assert "30 March to 26 June 2026: 156 observations of 8 colleagues" in page
    assert "of what is raised, 5 % at most is expected to be chance" in page
    assert "Nobody is ranked." in page
    assert "XmR, provisional: 13 points" in page


def test_the_page_needs_no_script_and_no_network(page):
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="', page) == []
    assert "default-src &#39;none&#39;" in page
    assert page.count("<style>") == 1


def test_an_event_is_a_candidate_and_no_markup(page):
    assert "4 May 2026: handling &lt;time&gt; target cut (chg-1; a candidate, not a cause)" in page


def test_whoever_is_named_is_logged(page, folder):
    assert "Name A01" in page
    [row] = run("export access_log --format json", folder, "p_tl1").rows
    assert (row["what"], row["rows"], row["person"]) == ("dashboard", 8, "everybody")
    assert row["purpose"] == "improve the quality of service to customers"


def test_a_page_of_few_observations_for_the_wall_draws_no_limits_names_nobody_and_logs_nothing(page, folder, tmp_path):
    before = (folder / "journal.csv").read_bytes()
    done(run(f"report dashboard --to 2026-04-05 --pseudonyms -o {tmp_path}/page.html", folder, "p_tl1", TODAY))
    shown = (tmp_path / "page.html").read_text("utf-8")
    assert "Score of desk: too few weeks to tell a change from ordinary variation" in headings(shown)
    assert any(heading.startswith("Too few failures (") for heading in headings(shown))
    assert "5 of 6 colleagues have too few observations to speak of" in headings(shown)
    assert re.search(r"Name A|p_a0", shown) is None
    assert "Colleague 01" in shown
    assert (folder / "journal.csv").read_bytes() == before


def test_a_desk_where_nothing_is_done_yet_says_what_to_do(tmp_path):
    folder = answered_quarter.make(tmp_path / "new", weeks=1)
    done(run("report dashboard", folder, "p_tl1", TODAY))
    page = (folder / "out" / "dashboard.html").read_text("utf-8")
    assert headings(page) == [
        "Nothing has been observed in these days",
        "What could not be told, and why",
        "What this page rests on",
    ]
    assert "To begin: qacli sample draw" in page


def test_a_page_is_html_and_nothing_else(folder, tmp_path):
    found = run(f"report dashboard -o {tmp_path}/page.md", folder, "p_tl1", TODAY)
    assert (found.code, "a dashboard is a page" in found.err) == (2, True)
    assert not (tmp_path / "page.md").exists()


def test_the_week_of_the_last_observation_has_its_measures(folder, tmp_path):
    # the last conversation that was scored is of Friday, 26 June 2026
    own = shutil.copytree(folder, tmp_path / "desk")
    done(run("kpi compute aht --period 2026-06-15..2026-06-28 --until 2026-06-28 --cut none", own, "p_tl1", TODAY))
    done(run("report dashboard", own, "p_tl1", TODAY))
    assert "2026-W26: " in (own / "out" / "dashboard.html").read_text("utf-8")
    done(run("report dashboard --to 2026-06-26", own, "p_tl1", TODAY))
    page = (own / "out" / "dashboard.html").read_text("utf-8")
    assert "2026-W26: " not in page
    assert "2026-W25: " in page
