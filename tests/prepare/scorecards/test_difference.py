import re
from pathlib import Path

import in_memory
import pytest

from qacli.prepare.scorecards.difference import BREAKS, differences
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard, Scoring

PAGE = Path(__file__).parents[3] / "docs" / "agreeing.md"
BOTH = ("criterion", "score")


@pytest.mark.parametrize(
    ("old", "new", "where", "setting", "breaks"),
    [
        ("4: Says it back and waits for the answer.", "4: Says it back and acts.", "ch-check", "anchors[4]", BOTH),
        ("4: Says it back and waits", "4: says it back; and waits", "ch-check", "wording[anchors[4]]", ()),
        ("5: As 4 and an example.", "5: As 4.", "ch-plain", "anchors[5]", BOTH),
        ("The next step is written down.", "The next step is said.", "ch-close", "observable", BOTH),
        ("not_applicable: Nothing is left to do.", "not_applicable: never", "ch-close", "not_applicable", BOTH),
        ("procedure: check@2, promise: sorted}\n  - id: u", "procedure: idv@1, promise: sorted}\n  - id: u", "ch-care", "procedure", BOTH),
        ("critical: business", "critical: customer", "ch-amount", "critical", BOTH),
        ("benefit: the right thing is done the first time", "benefit: it is right at once", "ch-check", "benefit", ()),
        ("benefit: the right thing", "controllable: partly, benefit: the right thing", "ch-check", "controllable", ()),
        ("title: Opening", "title: At the start", "ch-idv", "section", ()),
        ("channels: [chat]", "channels: [chat, social]", "card", "channels", ()),
        ("from: 2026-01-01", "from: 2026-02-01", "card", "from", ()),
        ("channels: [chat]", "channels: [chat]\nscoring: {not_applicable: full}", "card", "scoring.not_applicable", ("score",)),
        ("channels: [chat]", "channels: [chat]\nscoring: {rounding: 0}", "card", "scoring.rounding", ()),
    ],
)  # fmt: skip
def test_c01_each_change_says_which_trends_it_ends(read, old, new, where, setting, breaks):
    assert old in in_memory.CARD
    found = differences(read(Scorecard, in_memory.CARD), read(Scorecard, in_memory.CARD.replace(old, new)))
    assert (found[0].where, found[0].setting, found[0].breaks) == (where, setting, breaks)
    assert {each.setting for each in found} == {setting}


def test_weights_end_the_trend_of_the_score_alone(read):
    text = in_memory.CARD.replace("weight: 50", "weight: 40").replace("weight: 20", "weight: 30")
    found = differences(read(Scorecard, in_memory.CARD), read(Scorecard, text))
    assert found == [("ch-check", "weight", "50", "40", ("score",)), ("ch-close", "weight", "20", "30", ("score",))]


def test_a_criterion_that_came_or_went_is_named(read):
    found = differences(read(Scorecard, in_memory.CARD), read(Scorecard, in_memory.CARD.replace("ch-close", "ch-end")))
    assert [(each.where, each.setting, each.breaks) for each in found] == [
        ("ch-end", "criterion added", ("score",)),
        ("ch-close", "criterion removed", BOTH),
    ]


def test_comments_and_layout_are_no_change(read):
    text = "# a comment\n" + in_memory.CARD.replace("title: Chat", 'title: "Chat"')
    assert differences(read(Scorecard, in_memory.CARD), read(Scorecard, text)) == []


def test_every_setting_of_a_card_is_on_the_list():
    card = {name.rstrip("_") for name in Scorecard.model_fields} - {"version", "sections", "scoring"}
    policies = {f"scoring.{name}" for name in Scoring.model_fields}
    assert BREAKS.keys() >= card | policies | set(Criterion.model_fields)


def test_the_manual_shows_the_whole_list():
    rows = re.findall(
        r"^\| ([a-z_. ]+) \| ([a-z, ]+) \|$", PAGE.read_text("utf-8").partition("## Which change")[2], re.MULTILINE
    )
    shown = {change: () if trends == "nothing" else tuple(trends.split(", ")) for change, trends in rows[1:]}
    assert shown == dict(BREAKS)
