"""The full screen, driven by keys without a terminal: how many it takes, what it shows, what it keeps."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
from desk import DRAWN
from in_memory import BINARY, POINT5
from terminal import terminal
from textual import events
from textual.keys import _character_to_key

from qacli.commands.tui.app import Scoring
from qacli.commands.tui.look import MARKED, STYLES
from qacli.files.yaml import parse
from qacli.model import Words
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.observation import Note
from qacli.monitor.observing.sheet import Sheet
from qacli.monitor.suggesting.suggestion import Suggestion
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.sources.transcripts.turns import Turn
from qacli.workspace.drafts import Draft

SHIPPED = Path(__file__).parents[3] / "scorecards"
HEADING = ["phone@1.0 - phone hv283101, birch, 14 May 10:02, 6 min 12 s"]
NUMBER = """
id: number
version: 1
owner: p_tl1
from: 2026-01-01
title: Measured
kind: number
range: {from: 0, to: 100, step: 5}
met_at: 80
"""
LETTERS = """
id: letters
version: 1
owner: p_tl1
from: 2026-01-01
title: Letters
kind: ordinal
points: [{point: c, value: 0, label: C}, {point: b, value: 60, label: B}, {point: a, value: 100, label: A}]
met_at: b
"""
SCALES = {
    scale.reference: scale
    for scale in (Scale.model_validate(parse(text, "s.yaml").data) for text in (BINARY, POINT5, NUMBER, LETTERS))
}
MIXED = """
id: mixed
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Calls
channels: [phone]
promises: {safe: Your money is safe with us.}
sections:
  - id: all
    title: The call
    criteria:
      - {id: idv, observable: The customer passes the check before any detail is given., scale: binary@1, weight: 0,
         critical: compliance, anchors: {not_met: A detail comes first., met: The pass comes first.},
         not_applicable: General question., procedure: idv@1, promise: safe}
      - {id: wait, observable: The call is taken soon., scale: number@1, weight: 40, anchors: {0: Late., 100: At once.},
         not_applicable: never, procedure: idv@1, promise: safe}
      - {id: tone, observable: The tone is warm., scale: letters@1, weight: 60, anchors: {c: Cold., b: Warm., a: Kind.},
         not_applicable: Nobody spoke., procedure: idv@1, promise: safe}
"""


def card(text):
    return Scorecard.model_validate(parse(text, "card.yaml").data)


def turns(count):
    return [
        Turn(number, number * 7, ("colleague", "customer")[number % 2], f"This is what was said in sentence {number}.")
        for number in range(1, count + 1)
    ]


def played(app, keys, size=(100, 30), after=lambda: None):
    """Press keys, calling ``after`` behind each; return the text of the screen, empty where the app has ended."""

    async def play():
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pressed(app, pilot, key)
                after()
            await pilot.pause()
            strips = [] if app.return_value else app.screen._compositor.render_strips()
            return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    return asyncio.run(play())


async def pressed(app, pilot, key):
    """Press a key; Pilot's own waiting, which wants an idle computer, only where a box opens or closes."""
    name = _character_to_key(key) if len(key) == 1 else key
    boxes = len(app.screen_stack)
    app.post_message(events.Key(name, key if len(key) == 1 else None))
    quiet = 0
    while quiet < 5:
        await asyncio.sleep(0)
        pumps = [app, app.screen, *app.screen.walk_children()] if app.is_running else []
        quiet = 0 if any(not each._message_queue.empty() for each in pumps) else quiet + 1
    if len(app.screen_stack) != boxes or key in {"enter", "escape"}:
        await pilot.pause()


def test_seventeen_criteria_take_a_key_each_and_two_for_each_piece_of_evidence(tmp_path):
    phone = card((SHIPPED / "scorecards" / "phone.yaml").read_text("utf-8"))
    sheet = Sheet(phone, SCALES, turns=turns(30)).begun()
    assert len(sheet.asked) == 17
    draft = Draft(tmp_path, "t_5-1", "p_ev1")
    app = Scoring(sheet, draft.keep, HEADING)
    pressed = []

    def keys():
        while app.sheet.missing:
            criterion = app.sheet.criterion
            if app.sheet.answer.answer:
                yield from ("]", "e")
            else:
                yield {"ph-linked": "a", "ph-own": "2", "ph-plain": "5"}.get(
                    criterion.id, "y" if criterion.scale == "binary@1" else "4"
                )
        yield from ("ctrl+s", "enter")

    def counted():
        for key in keys():
            pressed.append(key)
            yield key

    def nothing_is_lost():
        assert draft.load() == app.sheet.answers

    played(app, counted(), after=nothing_is_lost)
    found = app.return_value
    quotes = [answer.evidence for answer in found.given.values() if answer.evidence]
    assert (found.missing, len(found.given)) == ((), 17)
    assert len(quotes) == len(set(quotes)) == 11, "eight criticals, a top mark, one below the standard, one N/A"
    assert len(pressed) == 17 + 2 * 11 + 2
    assert len(pressed) <= 17 + 4 * len(quotes) + 3


def test_the_screen_says_what_is_there_and_what_is_missing(golden):
    note = Note(session="s_1", criterion="idv", offset="00:07", polarity="+", fact=Words("asked openly"))
    suggested = [Suggestion("wait", "85", "wait@1", 2, "12 s")]
    sheet = Sheet(card(MIXED), SCALES, turns=turns(40), notes=[note], suggested=suggested).begun()
    wide = played(
        Scoring(sheet, print_nothing, HEADING, total=True), ["n", "]", "]", "e", "up", "c", *"kind"], (110, 26)
    )
    golden("tui-wide.txt", wide + "\n")
    narrow = played(Scoring(sheet, print_nothing, HEADING, plain=True), ["n", "x"], (60, 20))
    golden("tui-narrow.txt", narrow + "\n")
    assert max(map(len, narrow.splitlines())) <= 60
    review = played(Scoring(sheet.answered("met").quoted(1), print_nothing, HEADING), ["ctrl+s"], (60, 12))
    assert "sentence 1." in " ".join(review.replace("│", " ").split()), "no letter is behind the bar to scroll"


def print_nothing(sheet):
    pass


def test_every_kind_of_answer_and_what_is_none(tmp_path):
    draft = Draft(tmp_path, "t_5-1", "p_ev1")
    app = Scoring(Sheet(card(MIXED), SCALES, turns=turns(3)).begun(), draft.keep, HEADING)
    said = []

    def hear():
        said.append(str(app.screen_stack[0].query_one("#said").render()))

    # the check fails; a number is typed; letters are points, so the comment has its function key
    keys = ["5", "f", "e", "8", "5", "enter", "f4", *"a b", "enter", "b", "u", "b"]
    played(app, keys, after=hear)
    assert app.sheet.given == {
        "idv": Answer("not_met", "customer: This is what was said in sentence 1.", "00:07"),
        "wait": Answer("85"),
        "tone": Answer("b", "", "", "a b"),
    }
    assert said[0] == "'5' is no answer here: idv takes n, y, a; ? shows all keys"
    assert said[1] == "it is compliance-critical: e quotes the marked line, w writes"
    assert draft.resume(Sheet(card(MIXED), SCALES)).answers == app.sheet.answers


def test_letters_typed_into_a_comment_are_no_commands_and_a_card_number_is_refused(tmp_path):
    draft = Draft(tmp_path, "t_5-1", "p_ev1")
    new = Sheet(card(MIXED), SCALES, turns=turns(3)).begun()
    app = Scoring(new, draft.keep, HEADING)
    shown = played(app, ["c", *"nyq 4111111111111111", "enter"])
    assert app.sheet.answers == {}
    assert "looks like a payment card number" in shown
    assert draft.resume(new).typing == ("comment", "nyq 411111"), "no more of a card number than may be shown"
    again = Scoring(draft.resume(new), draft.keep, HEADING)
    played(again, ["enter"])
    assert again.sheet.answers == {"idv": Answer("", "", "", "nyq 411111")}
    assert draft.resume(new).typing is None


def test_what_is_typed_ahead_of_a_box_is_meant_for_it(tmp_path):
    app = Scoring(Sheet(card(MIXED), SCALES, turns=turns(3)).begun(), print_nothing, HEADING)

    async def play():
        async with app.run_test(size=(100, 30)) as pilot:
            for key in (*"cnyq", "enter", "down", *"85", "enter", "b"):
                app.post_message(events.Key(key, key if len(key) == 1 else None))
            await pilot.pause()
            await pilot.pause()

    asyncio.run(play())
    assert app.sheet.answers == {
        "idv": Answer("", "", "", "nyq"), "wait": Answer("85"), "tone": Answer("b"),
    }  # fmt: skip


def test_words_typed_without_a_box_are_no_answers(monkeypatch):
    app = Scoring(Sheet(card(MIXED), SCALES, turns=turns(3)).begun(), print_nothing, HEADING)
    shown = played(app, [*"not asked before the balance, ay nfee", "enter"])
    assert app.sheet.answers == {"idv": Answer("not_met")}, "n is a key; the o behind it is none, and begins a word"
    assert "words are typed after w or F3 (evidence), c or F4 (comment): these are not taken" in shown
    assert "is no answer here" not in shown
    monkeypatch.setattr("qacli.commands.tui.app.TYPED_ON", 0.0)  # a pause: the keys are keys again
    app = Scoring(Sheet(card(MIXED), SCALES, turns=turns(3)).begun(), print_nothing, HEADING)
    played(app, ["x", "f", "e"])
    assert app.sheet.given["idv"].answer == "not_met"


def test_thousands_of_lines_are_searched_and_paged(tmp_path):
    app = Scoring(Sheet(card(MIXED), SCALES, turns=turns(2000)).begun(), print_nothing, HEADING)
    shown = played(app, ["end", "slash", *"sentence 12.", "enter", "e"], size=(100, 30))
    assert app.sheet.answer.evidence == "colleague: This is what was said in sentence 12."
    assert "│►»  12 01:24" in shown
    assert len(shown.splitlines()) == 30


def test_without_a_transcript_evidence_is_written_and_q_keeps_the_draft(tmp_path):
    draft = Draft(tmp_path, "t_5-1", "p_ev1")
    app = Scoring(Sheet(card(MIXED), SCALES).begun(), draft.keep, HEADING)
    played(app, ["n", "e", *"0:41 early", "enter", "ctrl+s", "enter", "q"])
    assert (app.return_value, app.sheet.at) == (None, "wait")
    assert draft.load() == {"idv": Answer("not_met", "early", "0:41")}


@pytest.mark.parametrize("style", sorted(set(STYLES) - {"dim"}))
def test_text_stands_out_from_its_background(style):
    # WCAG 2.2, success criterion 1.4.6: contrast of 7:1; and of marked text
    assert contrast(STYLES[style].color.triplet, (0x11, 0x15, 0x1A)) >= 7
    assert contrast(MARKED.color.triplet, MARKED.bgcolor.triplet) >= 7


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [part / 255 for part in colour]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_was_entered_is_there_after_a_kill_and_where_it_was_left(drawn):
    draft = drawn / "drafts" / "t_5-1.p_ev1.json"
    with terminal(drawn, ["score", "--tui", "--as", "p_ev1", "--today", DRAWN], "xterm-256color") as screen:
        screen.until("keep draft")
        screen.type("n]")
        screen.until("e quotes the marked line")
        screen.type("e")
        screen.until("1 of 3")
        screen.type("c")
        screen.until("Esc leaves")
        screen.type("k")
        late = time.monotonic() + 10
        while '"k"' not in draft.read_text("utf-8") and time.monotonic() < late:
            time.sleep(0.02)
        screen.kill()
    kept = json.loads(draft.read_text("utf-8"))
    assert kept["answers"] == {"idv": ["not_met", "customer: [b]EC1[/b]", "01:00", ""]}
    assert (kept["at"], kept["line"], kept["typing"]) == ("check", 2, ["comment", "k"])
