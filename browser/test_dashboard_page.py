"""The one page for managers in a real browser: read by everybody, asked of no network, nothing cut off on a telephone."""

from __future__ import annotations

import answered_quarter
import pytest
from command_line import run
from desk import done, write

TODAY = "2026-07-01"
EVENTS = """\
- {id: chg-0420, version: 1, owner: p_tl1, from: 2026-04-20, what: "handling time target cut <b>to 330 s</b>"}
- {id: out-0601, version: 1, owner: p_tl1, from: 2026-06-01, to: 2026-06-07, what: surveys were not sent, kind: disturbance}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A page of a quarter of 24 colleagues with measures and links on record, and one of a desk where nothing is done."""
    folder = tmp_path_factory.mktemp("dashboard")
    desk = answered_quarter.make(folder / "desk", colleagues=24, per_week=10, routine=40, kpi_link=24, quicker="cedar")
    write(desk, {"definitions/events.yaml": EVENTS})
    done(run("kpi compute --period 2026-03-30..2026-06-28", desk, "p_tl1", TODAY))
    done(run("compare --all --record", desk, "p_tl1", TODAY))
    empty = answered_quarter.make(folder / "empty", weeks=1)
    for each in (desk, empty):
        done(run("report dashboard", each, "p_tl1", TODAY))
    return {name: folder / name / "out" / "dashboard.html" for name in ("desk", "empty")}


@pytest.mark.parametrize("name", ["desk", "empty"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(page, written, name, colours):
    page.size(1280, 900)
    page.colours(colours)
    page.open(written[name])
    found = {"folded": page.violations()}
    page.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    found["open"] = page.violations()
    page.size(400, 800)
    found["narrow"] = page.violations()
    page.colours(colours, paper=True)
    found["on paper"] = page.violations()
    assert {state: each for state, each in found.items() if each} == {}


def test_nothing_is_asked_of_the_network_and_nothing_is_forbidden(page, written):
    page.open(written["desk"])
    assert (page.asked_of_the_network(), page.complaints()) == ([], [])
    assert page.run("document.scripts.length") == 0
    assert page.run("document.querySelectorAll('b').length > 0 && document.body.innerText.includes('<b>to 330 s</b>')")


def test_a_page_of_24_colleagues_is_small(written):
    assert 20_000 < written["desk"].stat().st_size < 150_000


@pytest.mark.parametrize("width", [1280, 768, 400])
def test_nothing_runs_out_of_the_page(page, written, width):
    page.size(width, 900)
    page.colours("light")
    page.open(written["desk"])
    assert page.run("document.documentElement.scrollWidth") <= width


def test_labels_of_a_chart_never_touch(page, written):
    page.size(1280, 900)
    page.open(written["desk"])
    touching = page.run("""[...document.querySelectorAll('svg.wide')].map(svg => {
        const boxes = [...svg.querySelectorAll('text')].map(each => each.getBoundingClientRect());
        return boxes.some((a, i) => boxes.slice(i + 1).some(b =>
            a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)); })""")
    assert touching
    assert not any(touching)
