"""The examples of docs/scoring.md come out as the page says, and its tables name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scoring_cards import scored

from qacli.monitor.scoring.telling import plain, sum_in_words
from qacli.prepare.scorecards.scoring_policy import PROFILES, Scoring

PAGE = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text("utf-8")
EXAMPLE = re.compile(
    r"```yaml\n(.*?)```\n\n\| answers \| score \| sum \|\n\|---\|---\|---\|\n((?:\|[^\n]*\|\n)+)", re.DOTALL
)
EXAMPLES = [
    (card, *(cell.strip() for cell in row.strip("|\n").split("|")))
    for card, rows in EXAMPLE.findall(PAGE)
    for row in rows.splitlines()
]


def test_every_card_of_the_page_has_its_table():
    assert len(EXAMPLE.findall(PAGE)) == PAGE.count("```yaml") == 5
    assert len(EXAMPLES) == 16


@pytest.mark.parametrize(("card", "answers", "score", "shown"), EXAMPLES, ids=[each[1] for each in EXAMPLES])
def test_an_example_comes_out_as_the_page_says(card, answers, score, shown):
    found = scored(card, answers)
    assert score == ("none" if found.score is None else plain(found.score))
    points = [line.points for line in found.lines if line.points]
    assert shown == ("" if found.score is None else sum_in_words(points, found.steps))


def test_the_page_explains_every_setting_of_a_policy():
    head, first, *_ = re.split(r"\| setting \| choices; the first is the default \|\n\|---\|---\|\n", PAGE)
    table = re.findall(r"^\| `(\w+)` \|", first.split("\n\n")[0], re.MULTILINE)
    assert head
    assert {*table, "rounding"} == set(Scoring.model_fields)


def test_the_table_of_profiles_holds_what_they_set():
    header, *rows = re.search(r"\| profile \| mode .*?\n\n", PAGE, re.DOTALL)[0].strip().splitlines()
    names = [name.split()[0] for name in header.strip("| ").split(" | ")]
    said = [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows[1:]]
    assert [row[0] for row in said] == list(PROFILES)
    for row in said:
        policy = Scoring.model_validate({"profile": row[0]})
        for name, value in zip(names[1:], row[1:], strict=True):
            set_ = getattr(policy, name)
            assert (set(set_.model_dump().values()) if name == "critical" else {set_}) == {value}, (row[0], name)
