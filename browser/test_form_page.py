"""The page on which an item is scored, filled in by keys and clicks in a real browser, from a file, without a network."""

from __future__ import annotations

import json
import shutil
import time

import pytest
from blank_forms import TRANSCRIPT
from command_line import run
from desk import DRAWN, done


@pytest.fixture
def form(page, desk):
    """The form of the first item, opened with nothing kept from another test."""
    page.size(1280, 800)
    page.colours("light")
    page.open(desk / "out/forms/t_5-1.html")
    page.run("onbeforeunload = null; localStorage.clear()")
    page.open(desk / "out/forms/t_5-1.html")
    return page


def keys(form, *pressed):
    for key in pressed:
        form.press(key)


def saved(form):
    """What the page saves: the file that was downloaded last."""
    place = form.browser.downloads
    for _ in range(100):
        for path in place.glob("*.json"):
            taken = path.rename(place / f"{time.monotonic_ns()}.taken")
            return json.loads(taken.read_text("utf-8")), taken
        time.sleep(0.05)
    raise AssertionError("nothing was saved")


def open_criteria(form):
    return form.run("[...document.querySelectorAll('fieldset')].filter(f => !f.hidden).map(f => f.dataset.id)")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken_in_any_state(form, colours, desk):
    form.colours(colours)
    found = {"new": form.violations()}
    keys(form, "y", "e", "y", "2", "e")
    found["in the midst"] = form.violations()
    form.press("s", control=True)
    found["what is missing"] = form.violations()
    form.click("summary")
    found["keys shown"] = form.violations()
    form.size(420, 800)
    found["narrow"] = form.violations()
    form.colours(colours, paper=True)
    found["on paper"] = form.violations()
    form.open(desk / "out/forms/p_ev1.html")
    form.colours(colours)
    found["the list"] = form.violations()
    assert {state: faults for state, faults in found.items() if faults} == {}


def test_nothing_is_asked_of_the_network_and_nothing_fails(form):
    keys(form, "y", "e")
    form.press("s", control=True)
    assert form.asked_of_the_network() == []
    assert form.complaints() == []
    # the policy of the page holds: what data might bring would not get out
    form.run("fetch('http://example.com/').catch(() => 0); new Image().src = 'http://example.com/x.png'; 0")
    assert any("Content Security Policy" in said for said in form.complaints())


def test_a_card_is_scored_by_keys_and_what_is_saved_is_recorded(form, desk, tmp_path):
    # met, with the first line as evidence; no hold, so no reason is asked; 85; what is suggested
    keys(form, "y", "e")
    keys(form, "n", "ArrowDown", "e")
    form.type("85")
    keys(form, "Enter", "Enter")
    assert form.text("#progress") == "4 of 4 done"
    form.press("s", control=True)
    result, path = saved(form)
    assert result["item"] == "t_5-1"
    assert result["answers"] == {
        "idv": {"answer": "met", "offset": "00:00", "lines": [1]},
        "hold": {"answer": "not_met", "offset": "01:00", "lines": [2]},
        "wait": {"answer": "85"},
        "next": {"answer": "5", "evidence": "ring you on Friday", "offset": "04:00"},
    }
    desk = shutil.copytree(desk, tmp_path / "desk")
    told = done(run(f"score --from {path}", desk, "p_ev1", DRAWN))
    assert told.out.startswith(
        "o_6: 93.6 of 100 on 70 of 100 weight (not asked: why); criticals: customer 1 (hold at 01:00)"
    )
    rows = {row["criterion"]: row for row in run("explain o_6 --format json", desk).rows}
    assert rows["wait"]["answer"] == "85"
    again = run(f"score --from {path}", desk, "p_ev1", DRAWN)
    assert (again.code, again.out, again.err) == (0, "", "t_5-1 is recorded already, as o_6\n")


def test_a_click_answers_quotes_and_takes_back(form):
    form.click("#c-idv input[value=met]")
    form.click("#words li:nth-child(4) .said")
    form.click("#words li:nth-child(1) .said")
    assert form.text("#c-idv .lines").count("Friday") == 1
    form.click("#words li:nth-child(4) .said")
    assert "Friday" not in form.text("#c-idv .lines")
    form.click("#undo")
    assert "Friday" in form.text("#c-idv .lines")
    assert form.run("document.querySelector('#words li.used button').getAttribute('aria-pressed')") == "true"


def test_a_criterion_is_asked_as_the_answers_say(form):
    assert "why" not in open_criteria(form)
    form.click("#c-hold input[value=met]")
    assert "why" in open_criteria(form)
    form.click("#c-why input[value='3']")
    form.click("#c-hold input[value=not_met]")
    assert "why" not in open_criteria(form)
    form.press("s", control=True)
    form.click("#anyway")
    assert "why" not in saved(form)[0]["answers"]


def test_what_is_suggested_is_no_answer_until_somebody_takes_it(form):
    assert form.run("document.querySelector('#c-next input[value=\"5\"]').checked")
    assert form.text("#progress") == "0 of 4 done"
    assert "Suggested, not yet an answer" in form.text("#c-next .suggested")
    form.click("#c-next .take")
    assert form.text("#progress") == "1 of 4 done"
    assert "not yet" not in form.text("#c-next .suggested")
    form.press("u")
    assert form.text("#progress") == "0 of 4 done"
    form.press("s")
    assert form.text("#progress") == "1 of 4 done"


def test_what_is_missing_is_told_before_it_is_saved(form):
    keys(form, "y")
    form.press("s", control=True)
    told = form.text("#missing")
    assert "1 idv: evidence is needed: it is compliance-critical" in told
    assert "2 hold: no answer yet" in told
    assert list(form.browser.downloads.glob("*.json")) == []
    form.click("#anyway")
    assert saved(form)[0]["answers"] == {"idv": {"answer": "met"}}


def test_a_number_that_the_scale_lacks_is_told(form):
    form.click("#c-wait input[type=number]")
    form.type("83")
    assert form.text("#c-wait .lacks") == "83 is none of 0 to 100 in steps of 5"


def test_a_draft_survives_a_reload_and_can_be_deleted(form):
    keys(form, "y", "w")
    form.type("asked for the postcode")
    form.reload()
    assert form.text("#kept") == "draft of this browser restored"
    assert form.run("document.querySelector('[name=idv-evidence]').value") == "asked for the postcode"
    form.click("#forget")
    form.click("#forget")
    form.reload()
    assert form.text("#progress") == "0 of 4 done"
    assert form.run("localStorage.length") == 0


def test_keys_do_nothing_while_somebody_writes_or_wants_none(form):
    keys(form, "w")
    keys(form, "n", "o")
    assert form.run("document.querySelector('[name=idv-evidence]').value") == "no"
    keys(form, "Escape", "u")
    form.click("summary")
    form.click("#keys")
    form.click("#c-hold input[value=met]")
    keys(form, "n")
    assert form.run("document.querySelector('#c-hold input:checked').value") == "met"


def test_words_of_customers_are_shown_and_are_no_markup(form):
    said = form.run("[...document.querySelectorAll('.said')].map(e => e.textContent)")
    assert said == [line.split(": ", 1)[1] for line in TRANSCRIPT.splitlines()]
    assert form.run("document.querySelectorAll('img, b b, script').length") == 1  # the script of the page
    assert "</script><b>" in form.text("#c-idv legend")


def test_on_paper_stand_the_conversation_and_all_anchors(form):
    form.colours("light", paper=True)
    shown = "[...document.querySelectorAll('%s')].filter(e => e.offsetParent).length"
    assert form.run(shown % "footer, #help, button.take") == 0
    assert form.run(shown % "#words li") == 4
    assert form.run(shown % "fieldset:not([hidden]) dd") > 12
