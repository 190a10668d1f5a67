"""A report as a page in a real browser: read by everybody, asked of no network, whole on a telephone and on paper."""

from __future__ import annotations

import pytest
from command_line import run
from desk import DRAWN, agreed, done, drawn, form, make


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The pages of a feedback, its evidence pack and the plans."""
    folder = drawn(agreed(make(tmp_path_factory.mktemp("printed") / "desk")))
    item = run("sample list --format json", folder, "p_tl1").rows[0]
    done(run(f"score --from {form(folder, item['item'], idv='not_met', next='1')}", folder, item["evaluator"], DRAWN))
    seen = run("export observations --format json", folder, "p_tl1").rows[-1]["id"]
    name = done(run(f"feedback prepare {seen} --for {item['colleague']}", folder, "p_tl1", DRAWN)).out.partition(":")[0]
    for line in (f"feedback {name}", f"pack {name}", "plans"):
        done(run(f"report {line} --html", folder, "p_tl1", DRAWN))
    out = folder / "out"
    return {
        "sheet": out / f"feedback/{name}.html",
        "pack": out / f"feedback/{name}-pack.html",
        "plans": out / "plans.html",
    }


@pytest.mark.parametrize("name", ["sheet", "pack", "plans"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(page, written, name, colours):
    page.size(1280, 900)
    page.colours(colours)
    page.open(written[name])
    found = {"wide": page.violations()}
    page.size(400, 800)
    found["narrow"] = page.violations()
    page.colours(colours, paper=True)
    found["on paper"] = page.violations()
    assert {state: each for state, each in found.items() if each} == {}
    assert (page.asked_of_the_network(), page.complaints()) == ([], [])


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_runs_out_of_the_page(page, written, width):
    page.size(width, 900)
    page.open(written["sheet"])
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"
