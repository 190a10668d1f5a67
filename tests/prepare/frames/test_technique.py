"""What a technique shows, and the page of the manual about it."""

from __future__ import annotations

import re
from pathlib import Path

from qacli.prepare.frames.frame import Frame
from qacli.prepare.frames.technique import Technique, gently

ROOT = Path(__file__).parents[3]
TECHNIQUE = """
{{id: {}, version: 1, owner: p_tl1, from: 2026-01-01, title: T, sees: {}, blind_to: B., live: no, intrusion: {},
 notice_needed: [], minutes: {}, cost: 0, bias: B., advantages: A.}}
"""


def test_what_is_seen_goes_by_channel_and_any_stands_for_the_others(read):
    technique = read(Technique, TECHNIQUE.format("a", "{phone: [words], any: [words, timing]}", "none", 1))
    assert (technique.sees_on("phone"), technique.sees_on("chat")) == (("words",), ("words", "timing"))
    assert read(Technique, TECHNIQUE.format("a", "{phone: [words]}", "none", 1)).sees_on("chat") == ()


def test_what_is_felt_least_is_offered_first_then_what_is_quickest(read):
    found = [
        read(Technique, TECHNIQUE.format(name, "{any: [words]}", intrusion, minutes))
        for name, intrusion, minutes in (("a", "high", 1), ("b", "none", 9), ("c", "low", 5), ("d", "none", 3))
    ]
    assert [each.id for each in gently(found)] == ["d", "b", "c", "a"]


def test_the_schema_takes_one_technique_or_one_per_channel():
    shown = Frame.model_json_schema()["properties"]["technique"]
    assert {each["type"] for each in shown["anyOf"]} == {"string", "object"}


def test_the_page_shows_the_refusal_of_today_and_the_words_that_there_are():
    page = (ROOT / "docs/techniques.md").read_text("utf-8")
    case = (ROOT / "tests/errors/technique-blind.command").read_text("utf-8")
    said = (ROOT / "tests/errors/technique-blind.command.expected").read_text("utf-8")
    assert said.rpartition("(exit")[0].strip() in page
    criteria = re.search(r"^      - \{id: feeling.*?(?=^---)", case, re.MULTILINE | re.DOTALL)
    assert criteria
    assert criteria[0].strip() in page
    settings = set(re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\| `.*?\|", page, re.MULTILINE))))
    assert settings < set(Technique.model_fields)
