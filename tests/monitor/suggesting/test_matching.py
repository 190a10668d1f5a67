"""Rules over transcripts, as they are written in rules.yaml."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.monitor.suggesting.matching import Matcher, Utterance
from qacli.monitor.suggesting.measures import MEASURES, Timed
from qacli.prepare.scorecards.rule import Rule, not_a_pattern

RULE = "{id: r, version: 1, owner: p_tl1, from: 2026-01-01, title: t, criterion: c, "


def rule(text):
    return validate(parse(RULE + text + "}", "rules.yaml"), Rule)


def talk(*said):
    return [Utterance(number, *each.split(": ", 1)) for number, each in enumerate(said, 1)]


CHAT = talk(
    "colleague: Good morning, this call is RECORDED",
    "customer: this call is recorded?",
    "colleague: Yes.\nFor training",
    "colleague: Thank you, good bye",
)


def found(text, turns=CHAT):
    [hit] = Matcher([rule(text)]).hits(turns)
    return hit.turn, None if hit.turn is None else dict(enumerate(t.text for t in turns))[hit.turn - 1][
        hit.start : hit.end
    ]


@pytest.mark.parametrize(
    ("text", "turn", "words"),
    [
        ("any_of: ['call is (being )?recorded'], found: met", 1, "call is RECORDED"),
        ("any_of: ['is recorded'], who: customer, found: met", 2, "is recorded"),
        ("any_of: ['recorded'], who: action, found: met", None, None),
        ("any_of: ['good bye'], first: 2, found: met", None, None),
        ("any_of: ['good bye'], last: 1, found: met", 4, "good bye"),
        ("any_of: ['good'], last: 1, found: met", 4, "good"),
        ("any_of: ['^yes. for'], found: met", 3, "Yes.\nFor"),
        ("any_of: ['^for'], found: met", None, None),
        ("any_of: ['zebra', 'thank', 'morning'], found: met", 1, "morning"),
        ("any_of: ['bye$'], last: 9, found: met", 4, "bye"),
        ("any_of: ['recorded\\nYes'], found: met", 1, "RECORDED"),
    ],
)
def test_the_first_words_that_fit_are_found_in_their_turn(text, turn, words):
    assert found(text) == (turn, words)


def test_several_rules_at_once_and_a_silent_party():
    rules = [rule("any_of: ['yes'], found: met"), rule("any_of: ['yes'], who: customer, found: met")]
    assert [hit.turn for hit in Matcher(rules).hits(CHAT)] == [3, None]
    assert [hit.turn for hit in Matcher(rules).hits([])] == [None, None]


def test_of_two_patterns_that_fit_at_one_place_the_first_of_the_rule_is_told():
    for patterns, length in ((["b", "b+c?"], 1), (["b+c?", "b"], 2)):
        hits = Matcher([rule(f"any_of: {patterns}, found: met".replace("'", '"'))]).hits(talk("colleague: bC"))
        assert [hit[1:] for hit in hits] == [(1, 0, length)]


def plainly(patterns, turns):
    """Return turn, begin and end of the first words that plain expressions find, one turn at a time."""
    for turn in turns:
        places = [each.span() for p in patterns if (each := re.search(p, turn.text.replace("\n", " "), re.IGNORECASE))]
        if places:
            return turn.number, *min(places, key=lambda place: place[0])
    return None, None, None


@given(
    st.lists(
        st.tuples(st.sampled_from(["colleague", "customer"]), st.text("abcüC 😀\n", max_size=12)).map(": ".join),
        max_size=8,
    ),
    st.lists(st.sampled_from(["ab", "b", "^c", "c$", "[ü]", "a.?b", "😀|ca", "b+c?"]), min_size=1, max_size=4),
    st.sampled_from(["", "first: 2, ", "last: 2, "]),
)
def test_it_finds_the_places_that_plain_expressions_find_one_turn_at_a_time(said, patterns, where):
    turns = talk(*said)
    rules = [rule(f"any_of: {chosen}, {where}found: met".replace("'", '"')) for chosen in (patterns, patterns[:1])]
    mine = [turn for turn in turns if turn.role == "colleague"]
    read = mine[:2] if "first" in where else mine[-2:] if "last" in where else mine
    assert [hit[1:] for hit in Matcher(rules).hits(turns)] == [plainly(patterns, read), plainly(patterns[:1], read)]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "missing )"),
        ("a(?=b)", "look-around"),
        (r"(a)\1", "back-references"),
        ("x*", "empty text"),
        (r"\Afoo", "end of the whole text"),
    ],
)
def test_what_re2_cannot_take_is_refused_when_it_is_read(pattern, why):
    assert why in not_a_pattern(pattern)
    with pytest.raises(ValidationError, match="no pattern that can be used"):
        Rule.model_validate(
            {"id": "r", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "title": "t", "criterion": "c"}
            | {"any_of": [pattern], "found": "met"}
        )


def test_a_pattern_that_hangs_others_is_told_at_once():
    """Plain expressions try 2^28 ways here; RE2 reads the text once. A second is a thousand times what it takes."""
    begun = time.process_time()
    assert found(r"any_of: ['^(\w+\s?)+$'], found: met", talk("colleague: " + "a" * 28 + "!")) == (None, None)
    assert time.process_time() - begun < 1


def timed(*said):
    return [Timed(number, *each) for number, each in enumerate(said, 1)]


TIMES = timed(("system", 0), ("customer", 5), ("customer", 9), ("colleague", 65), ("customer", 70), ("colleague", 170))


def test_waits_are_measured_between_the_parties():
    assert MEASURES["first-reply-seconds"](TIMES, None)[:2] == (60, 4)
    assert MEASURES["longest-wait-seconds"](TIMES, None)[:2] == (100, 6)
    assert MEASURES["handling-seconds"](TIMES, 240)[:2] == (240, None)


@pytest.mark.parametrize("turns", [[], timed(("colleague", 3)), timed(("customer", None), ("colleague", None))])
def test_what_has_no_times_has_no_measure(turns):
    assert MEASURES["first-reply-seconds"](turns, None) is None
    assert MEASURES["longest-wait-seconds"](turns, None) is None
    assert MEASURES["handling-seconds"](turns, None) is None
