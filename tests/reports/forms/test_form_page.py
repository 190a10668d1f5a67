"""The page of an item as text; browser/ fills it in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path

import pytest
from blank_forms import DESK, HARM, ITEM, SCALES, SUGGESTED, TURNS, blank, sheet
from cards import shipped

from qacli.monitor.observing.answers import why_evidence
from qacli.monitor.observing.blank import Blank, Origin
from qacli.monitor.observing.sheet import Sheet
from qacli.monitor.observing.typed import keys_of
from qacli.reports.forms.cells import needs
from qacli.reports.forms.html import form_page, index_page


class Parsed(HTMLParser):
    """What a browser makes of a page: tags with their attributes, and the text inside them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data):
        if self.texts:
            self.texts[-1] += data

    def all(self, tag, **wanted):
        return [attrs for name, attrs in self.tags if name == tag and wanted.items() <= attrs.items()]

    def said(self, **wanted):
        return [
            text.strip()
            for (_, attrs), text in zip(self.tags, self.texts, strict=True)
            if wanted.items() <= attrs.items()
        ]


def parsed(blank_):
    return Parsed(form_page(blank_, UTC, "live"))


@pytest.fixture(scope="module")
def page():
    return parsed(blank())


def test_words_of_people_are_text(page):
    assert page.said(**{"class": "said"}) == [turn.text for turn in TURNS]
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    # no attribute of ours was ended by a text of theirs
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_its_policy_allows_its_own_style_and_script_and_nothing_else():
    text = form_page(blank(), UTC, "live")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    own = {
        kind: base64.b64encode(
            hashlib.sha256(re.search(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)[1].encode()).digest()
        )
        for kind in ("style", "script")
    }
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{own['style'].decode()}'; script-src 'sha256-{own['script'].decode()}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert re.findall(r"https?://|@import|url\(", text.replace(HARM, "").replace("http://x.example", "")) == []


def test_each_answer_has_the_key_of_the_terminal_and_says_why_it_needs_evidence(page):
    for criterion in DESK.criteria():
        scale = SCALES[criterion.scale]
        shown = [each for each in page.all("input", name=criterion.id) if "data-key" in each]
        keys = {each["data-key"]: each["value"] for each in shown}
        assert keys == keys_of(criterion, scale)
        assert {each["value"]: each["data-why"] for each in shown} == {
            point: why_evidence(criterion, scale, point) for point in keys.values()
        }


def test_a_card_says_itself_which_answers_need_evidence():
    lenient = Sheet(DESK.model_copy(update={"evidence": ("fail",)}), SCALES)
    shown = parsed(Blank(ITEM, lenient, "p_ev1")).all("input", name="next")
    wanting = [each["value"] for each in shown if each.get("data-why")]
    assert wanting == ["1", "2", "3"]
    assert 'AND(OR($D$10&""="1",$D$10&""="2",$D$10&""="3")' in needs(
        lenient, DESK.criterion("next"), "$D$10", ("$E$10", "$H$10"), ""
    )


def test_the_manual_names_the_keys_that_the_page_explains():
    text = form_page(blank(), UTC, "live")
    keys = set(re.findall("<kbd>(.)</kbd>", text.partition("<details")[2].partition("</details>")[0]))
    manual = (Path(__file__).parents[3] / "docs/forms.md").read_text("utf-8")
    rows = re.findall(r"^\|(.*?)\|", manual, re.MULTILINE)
    assert set(re.findall("`(.)`", "".join(rows))) == keys - set("↑↓S")


def test_a_number_says_why_it_needs_evidence_below_at_and_above_the_standard(page):
    (number,) = page.all("input", type="number")
    assert (number["min"], number["max"], number["step"], number["data-met"]) == ("0", "100", "5", "80")
    said = [number[f"data-why-{part}"] for part in ("below", "met", "best")]
    assert said == ["the standard was not met", "", "the top mark was given"]


def test_a_condition_and_a_suggestion_stand_at_their_criterion(page):
    fields = {attrs["data-id"]: attrs for attrs in page.all("fieldset")}
    assert list(fields) == ["idv", "hold", "why", "wait", "next"]
    assert (fields["why"]["data-after"], fields["why"]["data-when"]) == ("hold", "met")
    taken = {"answer": "5", "evidence": "ring you on Friday", "offset": "04:00"}
    assert json.loads(fields["next"]["data-suggested"]) == taken
    disputed = parsed(blank(suggested=(*SUGGESTED, SUGGESTED[0]._replace(answer="1", source="other@1"))))
    assert "data-suggested" not in {attrs["data-id"]: attrs for attrs in disputed.all("fieldset")}["next"]


def test_what_is_entered_already_is_in_it():
    begun = sheet().moved("idv").answered("met").evidenced("00:41 asked <first>")
    (body,) = parsed(Blank(ITEM, begun, "p_ev1")).all("body")
    assert json.loads(body["data-state"]) == {
        "idv": {"answer": "met", "evidence": "asked <first>", "offset": "00:41", "comment": ""}
    }
    assert Origin.model_validate_json(body["data-origin"]) == blank().origin


def test_a_draft_in_a_browser_belongs_to_one_form(page):
    """The same item for another person, on a card or a conversation that was changed, has another draft."""
    others = [
        Blank(ITEM, sheet(), "p_ev2"),
        blank(turns=TURNS[:3]),
        blank(suggested=()),
        Blank(ITEM, Sheet(DESK.model_copy(update={"title": "x"}), SCALES), "p_ev1"),
    ]
    keys = {each.all("body")[0]["data-key"] for each in (page, *map(parsed, others))}
    assert len(keys) == 1 + len(others)


def test_the_largest_shipped_card_without_a_conversation_is_small():
    sizes = {}
    for card, scales in shipped():
        made = Blank(ITEM, Sheet(card, {scale.reference: scale for scale in scales}), "p_ev1")
        sizes[card.id] = len(form_page(made, UTC, "live").encode())
    assert max(sizes.values()) < 60_000, sizes


def test_the_list_leads_to_every_form():
    page = Parsed(index_page([blank(), blank()], UTC, "example"))
    assert [attrs["href"] for attrs in page.all("a")] == ["t_5-1.html"] * 2
    assert page.all("i") == []
    assert "Example data: every person and every transaction is invented." in page.said(**{"class": "notice"})
