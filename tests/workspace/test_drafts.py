"""Drafts: what is kept of a sheet comes back whole; what somebody spoiled is asked again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from desk import CARD
from in_memory import BINARY, POINT5

from qacli.files.yaml import parse
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.sheet import Sheet
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.sources.transcripts.turns import Turn
from qacli.workspace.drafts import Draft

NEW = Sheet(
    Scorecard.model_validate(parse(CARD, "card.yaml").data),
    {f"{s.id}@1": s for s in (Scale.model_validate(parse(text, "s.yaml").data) for text in (BINARY, POINT5))},
).begun()


READ = replace(NEW, turns=[Turn(1, 0, "customer", "Hello"), Turn(2, 4, "colleague", "Hello")])


@pytest.fixture
def draft(tmp_path):
    return Draft(tmp_path, "t_5-1", "p_ev1")


def test_a_sheet_comes_back_as_it_was_kept(draft):
    sheet = (
        READ.reading(2).answered("met").evidenced("asked").onward().answered("2").undone().typed("comment", "hard to")
    )
    draft.keep(sheet)
    back = draft.resume(READ)
    assert back == sheet
    assert draft.resume(NEW).line == 0, "a transcript that is gone has no line"
    assert back.undone().undone().answers == {}
    assert draft.load() == {"idv": Answer("met", "asked")}


def test_a_draft_of_answers_alone_goes_on_at_the_first_that_is_lacking(draft):
    draft.save({"idv": Answer("met", "asked")})
    assert draft.resume(NEW).at == "check"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"answers": 5}',
        '{"answers": {"idv": null, "check": ["4", 5]}, "at": 7, "steps": [["idv", 3], 4, "idv"], "typing": "x", "line": "2"}',
        '{"answers": {"idv": ["met", "a", "b", "c", "d"]}, "steps": {"idv": 1}, "typing": ["shout", "x"]}',
    ],
)
def test_a_draft_that_somebody_spoiled_is_asked_again(draft, text):
    draft.keep(NEW)
    draft.path.write_text(text, "utf-8")
    back = draft.resume(NEW)
    assert (back.answers, back.at, back.typing) == ({}, "idv", None)
    assert draft.load() == {}


def test_one_spoiled_answer_does_not_take_the_others_with_it(draft):
    draft.keep(NEW.answered("met"))
    found = json.loads(draft.path.read_text("utf-8"))
    found["answers"]["check"] = [4]
    draft.path.write_text(json.dumps(found), "utf-8")
    assert draft.load() == {"idv": Answer("met")}
