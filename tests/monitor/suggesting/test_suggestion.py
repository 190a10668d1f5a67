"""What is suggested for a card, and the collection of chats whose colleagues left out an action."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.monitor.suggesting import suggestion
from qacli.monitor.suggesting.matching import Matcher, Utterance
from qacli.monitor.suggesting.measures import Measured
from qacli.monitor.suggesting.suggestion import Facts, suggestions
from qacli.prepare.scorecards.rule import Rule
from qacli.prepare.scorecards.scale import Scale
from qacli.sources.transcripts.folder import Transcripts
from qacli.sources.transcripts.turns import Turn

ABCD = Path(__file__).parents[4] / "shared" / "data" / "abcd"
BINARY = """\
{id: binary, version: 1, owner: p_tl1, from: 2026-01-01, title: Met or not, kind: binary, met_at: met,
 points: [{point: not_met, value: 0, label: not met}, {point: met, value: 100, label: met}]}
"""
NUMBER = """\
{id: number, version: 1, owner: p_tl1, from: 2026-01-01, title: Number, kind: number, met_at: 100,
 range: {from: 0, to: 100, step: 5}}
"""
RULES = """\
- {id: told, version: 2, owner: p_tl1, from: 2026-01-01, title: Told, criterion: notice, any_of: [recorded], found: met,
   missing: not_met, channels: [phone]}
- {id: prompt, version: 1, owner: p_tl1, from: 2026-01-01, title: Prompt, criterion: reply, measure: first-reply-seconds,
   best_at: 60, worst_at: 120}
- {id: odd, version: 1, owner: p_tl1, from: 2026-01-01, title: Odd, criterion: notice, any_of: [recorded], found: "7"}
- {id: elsewhere, version: 1, owner: p_tl1, from: 2026-01-01, title: Not here, criterion: other, any_of: [a], found: met}
"""


class Card:
    """A card of two criteria."""

    def criteria(self):
        return [
            type("C", (), {"id": "notice", "scale": "binary@1"}),
            type("C", (), {"id": "reply", "scale": "number@1"}),
        ]


@pytest.fixture(scope="module")
def scales():
    return {
        f"{name}@1": validate(parse(text, "s.yaml"), Scale) for name, text in (("binary", BINARY), ("number", NUMBER))
    }


def of(scales, *turns, channel="phone"):
    tree = parse(RULES, "rules.yaml")
    rules = [validate(tree.part((number,)), Rule) for number in range(len(tree.data))]
    found = suggestions(
        Card(), scales, rules, [Turn(n, *turn) for n, turn in enumerate(turns, 1)], Facts(channel, "", 300)
    )
    return [tuple(each) for each in found]


def test_words_and_times_suggest_answers_with_their_turn(scales):
    turns = (0, "customer", "Hello"), (75, "colleague", "This call is recorded.")
    assert of(scales, *turns) == [
        ("notice", "met", "told@2", 2, "recorded", ""),
        # 75 s lie a quarter of the way from 60 to 120
        ("reply", "75", "prompt@1", 2, "75 s, from turn 1 to turn 2", "first-reply-seconds"),
    ]


@pytest.mark.parametrize(
    ("seconds", "answer"), [(10, "100"), (60, "100"), (61, "95"), (90, "50"), (119, "0"), (500, "0")]
)
def test_a_measure_falls_in_proportion_between_its_bounds(scales, seconds, answer):
    found = of(scales, (0, "customer", "Hello"), (seconds, "colleague", "Hello"))
    assert [each[1] for each in found if each[0] == "reply"] == [answer]


def test_what_is_missing_is_suggested_too_but_not_from_a_transcript_that_is_not_there(scales):
    assert of(scales, (None, "colleague", "Hello")) == [("notice", "not_met", "told@2", None, "not said", "")]
    assert of(scales) == []
    assert of(scales, (None, "colleague", "Hello"), channel="chat") == []


TWO = """\
- {id: b, version: 1, owner: p_tl1, from: 2026-01-01, title: t, criterion: reply, any_of: [hello], found: "50"}
- {id: a, version: 1, owner: p_tl1, from: 2026-01-01, title: t, criterion: notice, any_of: [recorded], found: met}
- {id: c, version: 1, owner: p_tl1, from: 2026-01-01, title: t, criterion: notice, any_of: [hello], found: met}
"""


def test_the_words_of_a_transcript_are_read_once_for_all_criteria(scales, monkeypatch):
    read = []
    monkeypatch.setattr(suggestion, "matcher", lambda rules: read.append(len(rules)) or Matcher(rules))
    tree = parse(TWO, "rules.yaml")
    rules = [validate(tree.part((number,)), Rule) for number in range(3)]
    found = suggestions(
        Card(), scales, rules, [Turn(1, None, "colleague", "Hello, we are recorded")], Facts("", "", None)
    )
    assert [each.source for each in found] == ["a@1", "c@1", "b@1"]
    assert read == [3]


DEGREES = """\
{id: degrees, version: 1, owner: p_tl1, from: 2026-01-01, title: Degrees, kind: ordinal, met_at: "2",
 points: [{point: 1, value: 0, label: late}, {point: 2, value: 50, label: nearly}, {point: 3, value: 100, label: prompt}]}
"""


@pytest.mark.parametrize(("minutes", "answer"), [(3, "3"), (4, "3"), (5, "2"), (6, "1"), (7, "1"), (9, "1")])
def test_a_measure_of_the_export_falls_on_the_points_of_a_scale(minutes, answer):
    rule = (
        "{id: r, version: 1, owner: p_tl1, from: 2026-01-01, title: t, criterion: reply, measure: full-reply-minutes, "
    )
    rules = [validate(parse(rule + "best_at: 4, worst_at: 7}", "rules.yaml"), Rule)]
    scales = {"binary@1": None, "number@1": validate(parse(DEGREES, "s.yaml"), Scale)}
    facts = Facts("email", "", None, {"full-reply-minutes": Measured(minutes, None, "column 'answered'")})
    (found,) = suggestions(Card(), scales, rules, [], facts)
    assert (found.answer, found.words) == (answer, f"{minutes} min, column 'answered'")


def topic(chat):
    """Return the topic of a chat as the manual calls it: timing_4 is the fourth question about timing."""
    return chat["scenario"]["subflow"].rstrip("0123456789").removesuffix("_")


@pytest.mark.skipif(not ABCD.exists(), reason="shared data is absent")
def test_the_chats_that_lack_an_action_which_their_procedure_demands():
    """The published manual demands actions by topic; what was done stands in the chat. Which lack which?"""
    demanded = json.loads((ABCD / "kb.json").read_text("utf-8"))
    chats = json.loads((ABCD / "abcd_sample.json").read_text("utf-8"))
    said = {
        "pull-up-account": "account has been pulled up",
        "validate-purchase": "purchase validation in progress",
        "membership": "membership level of .* has been noted",
        "enter-details": "details of .* have been entered",
        "update-order": "order has been updated",
        "search-faq": "searching the faq pages",
        "search-timing": "system action: search timing",
        "select-faq": "faq answer related to .* was selected",
    }
    head = "{{id: {0}, version: 1, owner: p_tl1, from: 2026-01-01, title: t, criterion: {0}, "
    rule = head + "who: action, any_of: ['{1}'], missing: not_met}}"
    folder = Transcripts(ABCD, "abcd_sample.json")
    lacking = {}
    for chat in chats:
        wanted = [action for action in demanded[topic(chat)] if action in said]
        assert wanted
        rules = [validate(parse(rule.format(name, said[name]), "rules.yaml"), Rule) for name in wanted]
        turns = folder.read(str(chat["convo_id"])).turns
        hits = Matcher(rules).hits([Utterance(turn.number, turn.role, turn.text) for turn in turns])
        lacking[chat["convo_id"]] = {hit.rule.id for hit in hits if hit.turn is None}
        done = {turn["targets"][2] for turn in chat["delexed"] if turn["targets"][1] == "take_action"}
        assert lacking[chat["convo_id"]] == set(wanted) - done, "as the annotators of the collection have it"
    assert any(lacking.values())
