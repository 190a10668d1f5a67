"""What pydantic finds is told in plain words, at the place in the file, all of it in one run."""

from __future__ import annotations

from decimal import Decimal

import pytest
from demo_models import Scorecard, Technique, Techniques
from pydantic import field_validator, model_validator

from qacli.files.faults import FileFaults
from qacli.files.schema import Id, Strict, Whole, refuse_all, wrong_at
from qacli.files.validate import validate, validate_all
from qacli.files.yaml import parse

CARD = """\
id: phone
version: 1.0
owner: p_q01
from: 2026-01-01
label: Telephone
sections:
  - label: Greeting
    criteria:
      - {id: greet, weight: 40, scoring: {type: yes_no, not_applicable: yes}}
      - {id: close, weight: 60.0, scoring: {type: points, maximum: 5}, scale: point5@2, cap: none}
"""


def faults(text, model=Scorecard):
    with pytest.raises(FileFaults) as caught:
        validate(parse(text, "card.yaml"), model)
    return caught.value.faults


def told(text, model=Scorecard):
    return [(fault.code, fault.line, fault.column, fault.message) for fault in faults(text, model)]


def test_a_sound_definition_arrives_typed():
    card = validate(parse(CARD, "card.yaml"), Scorecard)
    assert card.reference == "phone@1.0"
    assert card.sections[0].criteria[1].weight == Decimal("60.0")
    assert card.sections[0].criteria[0].scoring.not_applicable is True


def test_a_misspelled_setting_is_one_message_with_excerpt_and_remedy():
    text = CARD.replace("{id: greet, weight: 40,", "{id: greet, wieght: 40,")
    assert (
        str(FileFaults(faults(text)))
        == """\
error[unknown-setting]: unknown setting 'wieght' in sections[Greeting] > criteria[greet]
  --> card.yaml:9:21
   |
 8 |     criteria:
 9 |       - {id: greet, wieght: 40, scoring: {type: yes_no, not_applicable: yes}}
   |                     ^^^^^^
10 |       - {id: close, weight: 60.0, scoring: {type: points, maximum: 5}, scale: point5@2, cap: none}
   = help: did you mean 'weight'?
1 error"""
    )


def test_a_setting_misspelled_beside_the_right_one_is_to_be_taken_out():
    [fault] = faults(CARD.replace("weight: 40", "weight: 40, weigth: 40"))
    assert fault.help == "'weight' is set already: take this line out"


def test_a_setting_like_no_other_is_answered_with_those_that_can_stand_there():
    [fault] = faults(CARD + "colour: blue\n")
    assert fault.help == "settings that can be added here: to, review_by, thresholds"


def test_what_is_missing_is_told_at_the_parent():
    assert told(CARD.replace("weight: 40, ", "").replace("owner: p_q01\n", "")) == [
        ("missing-setting", 1, 1, "the file lacks 'owner'"),
        ("missing-setting", 8, 10, "sections[Greeting] > criteria[greet] lacks 'weight'"),
    ]


def test_a_rule_over_the_whole_is_told_where_it_can_be_mended():
    assert told(CARD.replace("60.0", "50")) == [
        ("weights-sum", 10, 29, "sections[Greeting] > criteria[close] > weight: weights add up to 90, not 100")
    ]


def test_a_rule_over_the_whole_is_not_judged_on_half_a_file():
    assert [code for code, *_ in told(CARD.replace("weight: 40", "weight: 30, weight: 40"))] == ["duplicate-key"]


def test_faults_of_reading_and_of_the_schema_are_told_in_one_run():
    text = CARD.replace("version: 1.0", "version: 1.0\nversion: 2.0").replace("weight: 40", "weight: heavy")
    assert [(code, line) for code, line, *_ in told(text)] == [("duplicate-key", 3), ("not-a-number", 10)]


def test_one_fault_is_enough_for_what_was_refused_as_it_was_read():
    assert [code for code, *_ in told(CARD.replace("weight: 40", "weight: *heavy"))] == ["alias"]
    assert [code for code, *_ in told(CARD.replace("weight: 40", "<<: x"))] == ["merge-key"]


def test_in_a_file_of_one_line_every_fault_is_still_told():
    text = '{"id": "phone", "id": "x", "version": "v", "owner": "p_a", "from": "2026-01-01", "label": "L"}'
    assert [(code, column) for code, _, column, _ in told(text)] == [
        ("missing-setting", 2),
        ("duplicate-key", 17),
        ("not-a-version", 39),
    ]


@pytest.mark.parametrize(
    ("was", "written", "code", "message"),
    [
        ("40", "nan", "not-a-number", "'nan' is not a number"),
        ("40", "１２", "not-a-number", "'１２' is not a number"),
        ("40", "[1]", "not-a-number", "a number is needed here, not a list"),
        ("5}", "5.5}", "not-a-whole-number", "'5.5' is not a whole number"),
        ("5}", "11}", "out-of-range", "'11' is above 10"),
        ("5}", "0}", "out-of-range", "'0' is below 1"),
        ("yes}", "maybe}", "not-yes-or-no", "'maybe' is neither yes nor no"),
        ("2026-01-01", "01/01/2026", "not-a-date", "'01/01/2026' is not a date"),
        ("phone", "Phone", "not-an-id", "'Phone' is no id"),
        ("p_q01", "Anna", "not-a-person", "'Anna' is no person id"),
        ("1.0", "v1", "not-a-version", "'v1' is no version"),
        ("point5@2", "point5", "not-a-reference", "'point5' is no reference"),
        ("type: points", "type: pionts", "not-a-choice", "scoring > type: 'pionts' is none of yes_no, points"),
        ("type: points, ", "", "missing-setting", "'type' is needed to tell what this is"),
        ("{type: yes_no, not_applicable: yes}", "yes_no", "not-settings", "settings are needed here, not text"),
        ("cap: none", "cap: some", "not-a-whole-number", "cap: 'some' is not a whole number; 'some' is not 'none'"),
        ("cap: none", "severity: mayor", "not-a-choice", "'mayor' is none of minor, major, critical"),
        ("cap: none", "severity: ", "empty-setting", "severity: nothing is written here"),
        ("Telephone", '""', "empty-setting", "label: the text is empty"),
        ("Telephone", "[x]", "not-text", "text is needed here, not a list"),
    ],
)
def test_each_common_finding_in_plain_words(was, written, code, message):
    assert was in CARD
    [fault] = faults(CARD.replace(was, written, 1))
    assert (fault.code, message in fault.message) == (code, True), fault.message


def test_an_empty_list_is_too_few_but_a_list_of_faulty_items_is_not():
    text = CARD.split("    criteria:", maxsplit=1)[0]
    assert [code for code, *_ in told(text + "    criteria: []\n")] == ["too-few"]
    faulty = "    criteria: [{id: a, weight: x, scoring: {type: yes_no}}]\n"
    assert [code for code, *_ in told(text + faulty)] == ["not-a-number"]


def test_a_file_that_is_a_list_of_items_names_them():
    text = "- id: mirroring\n  label: Mirroring\n  sinse: 2026-01-01\n- label: Pause\n"
    [unknown, missing] = faults(text, Techniques)
    assert (unknown.message, unknown.help) == ("unknown setting 'sinse' in item [mirroring]", "did you mean 'since'?")
    assert (missing.message, missing.line) == ("item [Pause] lacks 'id'", 4)


def test_items_of_a_list_can_be_read_one_by_one():
    tree = parse("- {id: a, label: A}\n- {id: B, label: B}\n- {id: c}\n", "techniques.yaml")
    assert validate(tree.part((0,)), Technique).label == "A"
    with pytest.raises(FileFaults) as caught:
        validate_all((tree.part((n,)), Technique) for n in range(3))
    assert [(fault.line, fault.message) for fault in caught.value.faults] == [
        (2, "item [B] > id: 'B' is no id"),
        (3, "item [c] lacks 'label'"),
    ]


def test_several_files_are_told_together_and_shared_faults_once():
    tree = parse("id: a\nid: b\nlabel: A\n", "one.yaml")
    with pytest.raises(FileFaults) as caught:
        validate_all([(tree, Technique), (tree, Technique), (parse("label: B\n", "two.yaml"), Technique)])
    assert [(fault.file, fault.code) for fault in caught.value.faults] == [
        ("one.yaml", "duplicate-key"),
        ("two.yaml", "missing-setting"),
    ]


class Notice(Strict):
    id: Id

    @field_validator("id")
    @classmethod
    def known(cls, value):
        if value == "x":
            raise ValueError("no such notice")
        if value == "y":
            raise wrong_at((), "unknown-notice", "{y} is not among the notices")
        return value


def test_rules_of_a_field_speak_for_themselves():
    assert told("id: x", Notice) == [("not-allowed", 1, 5, "id: no such notice")]
    assert told("id: y", Notice) == [("unknown-notice", 1, 5, "id: {y} is not among the notices")]


class Window(Strict):
    opens: Whole
    closes: Whole

    @model_validator(mode="after")
    def in_order(self):
        refuse_all(
            self,
            [
                wrong_at(("closes",), "closes-first", "closes before it opens"),
                wrong_at(("closes",), "at-night", "closes at night"),
            ]
            if self.closes < self.opens
            else [],
        )
        return self


def test_several_rules_over_the_whole_speak_one_by_one():
    assert validate(parse("opens: 8\ncloses: 18\n", "w.yaml"), Window).closes == 18
    assert told("opens: 8\ncloses: 3\n", Window) == [
        ("closes-first", 2, 9, "closes: closes before it opens"),
        ("at-night", 2, 9, "closes: closes at night"),
    ]


def test_long_values_are_not_repeated_whole():
    text = CARD.replace("weight: 40", f"weight: {'x' * 5000}, cap: {'z' * 5000}").replace("phone", "Y" * 5000)
    assert [len(fault.message) < 400 for fault in faults(text)] == [True] * 4
