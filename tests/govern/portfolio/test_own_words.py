from __future__ import annotations

import pytest

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.govern.portfolio.own_words import Elsewhere, copied_from, is_copy, personal, placeholders
from qacli.govern.portfolio.portfolio import Portfolio

RULE = Elsewhere("the procedure idv@3", "Ask open questions and wait for the pass before you name any detail.")
OWN = "I learnt it the hard way in March, when a caller knew the answers because I had read them out myself."


@pytest.mark.parametrize(
    "text",
    ["[your example]", "<describe here>", "{name}", "Date: ______", "I think ......", "TODO", "to do", "TBC", "xxxx",
     "lorem ipsum dolor", "Explain your role", "insert here what you did"],
)  # fmt: skip
def test_what_is_left_of_a_form_is_found(text):
    assert placeholders(f"I did it. {text} And so on.")


@pytest.mark.parametrize(
    "text", ["It took 3 < 5 minutes.", "Wait... then go on.", "He explained his role.", "I know what to say.", OWN]
)
def test_plain_writing_is_no_form(text):
    assert placeholders(text) == []


def test_a_copy_is_told_from_a_quotation_by_its_share():
    assert copied_from(RULE.text, [RULE]) == (RULE.name, 1.0)
    quoted = f"{OWN} The rule says to wait for the pass before you name any detail. {OWN.replace('I ', 'We ')}"
    name, share = copied_from(quoted, [Elsewhere("other", "nothing of it"), RULE])
    assert name == RULE.name
    # 6 runs of five words stand in the rule, of the 52 different runs of the text
    assert share == pytest.approx(6 / 52, abs=0.02)
    assert not is_copy(share)
    assert is_copy(copied_from(RULE.text.replace("open ", "").upper(), [RULE])[1])
    assert copied_from("", [RULE]) == ("", 0.0)


def test_a_name_is_found_as_it_is_spelled_and_a_whole_one_in_any_letters():
    names = ["Will Grey", "Will", "Grey"]
    told = ["the name of a person in people.csv"]
    assert list(personal("Will told me.", names, [])) == told
    assert list(personal("WILL GREY told me.", names, [])) == told
    assert list(personal("We will see, in grey weather, at Greyfriars.", names, [])) == []
    assert list(personal("the bluebell account", [], ["Bluebell"])) == ["'Bluebell', which portfolio.yaml bars"]


@pytest.mark.parametrize(
    ("more", "told"),
    [("assessor: p_tl1", "p_tl1 cannot assess their own portfolio"),
     ("assessor: p_as1\nverifier: p_as1", "p_as1 has another part in it: name a third person"),
     ("assessor: p_as1\nverifier: p_tl1", "p_tl1 has another part in it")],
)  # fmt: skip
def test_nobody_judges_their_own_portfolio(more, told):
    text = f"id: mine\nversion: 1\nowner: p_tl1\nfrom: 2026-01-01\ncandidate: p_tl1\n{more}\n"
    with pytest.raises(Exception, match=told):
        validate(parse(text, "portfolio.yaml"), Portfolio)
