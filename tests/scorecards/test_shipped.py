"""What ``qacli init`` copies holds together, and a trainer could use it as it is."""

from pathlib import Path

import pytest

from qacli.files.validate import validate, validate_all
from qacli.files.yaml import parse, read
from qacli.improve.catalogue import Option
from qacli.prepare.frame import Frame
from qacli.prepare.lint import lint
from qacli.prepare.notice import Notice
from qacli.prepare.procedure import Procedure
from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Scorecard
from qacli.prepare.technique import Technique
from qacli.prepare.visibility import able, flaws, plan_of

SHIPPED = Path(__file__).parents[2] / "scorecards"


def load(folder, model):
    paths = sorted((SHIPPED / folder).glob("*.yaml"))
    items = [validate(read(path), model) for path in paths]
    assert [item.id for item in items] == [path.stem for path in paths]
    return items


SCALES = load("scales", Scale)
CARDS = load("scorecards", Scorecard)
PROCEDURES = load("procedures", Procedure)


def test_c02_two_scales_are_shipped():
    assert [scale.reference for scale in SCALES] == ["binary@1", "point5@1"]
    point5 = SCALES[1]
    assert [point.value for point in point5.points] == [0, 25, 50, 75, 100]
    assert (point5.met_at, point5.keys()) == ("4", {key: key for key in "12345"})


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_c01_a_shipped_card_is_complete_and_lints_clean(card):
    assert lint(card, SCALES) == []
    assert card.channels == (card.id,)
    assert len(card.criteria()) == 17
    assert {criterion.id[:3] for criterion in card.criteria()} == {card.id[:2] + "-"}
    for criterion in card.criteria():
        assert criterion.benefit, criterion.id
        assert criterion.kpis, criterion.id
        anchored = set(criterion.anchors)
        assert anchored == ({"not_met", "met"} if criterion.scale == "binary@1" else {"1", "3", "4", "5"})
    assert {criterion.promise for criterion in card.criteria()} == set(card.promises)


def test_c01_no_two_shipped_criteria_share_an_id():
    ids = [criterion.id for card in CARDS for criterion in card.criteria()]
    assert len(set(ids)) == 34


def test_c06_every_cited_procedure_is_shipped():
    cited = {criterion.procedure for card in CARDS for criterion in card.criteria()}
    assert cited <= {procedure.reference for procedure in PROCEDURES}


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.id)
def test_c06_a_shipped_procedure_can_be_read_and_asked(procedure):
    assert 5 <= procedure.text.count("\n") <= 30
    assert 3 <= len(procedure.questions) <= 5
    assert procedure.pass_mark in {80, 100}
    for question in procedure.questions:
        assert len({text.casefold() for text in question.answers.values()}) == len(question.answers) == 3
    # nobody passes who always gives the same letter
    letters = [question.right for question in procedure.questions]
    most = max(letters.count(letter) for letter in letters)
    assert 100 * most < procedure.pass_mark * len(letters)


def test_c06_where_nothing_may_go_wrong_every_answer_has_to_be_right():
    marks = {procedure.id: procedure.pass_mark for procedure in PROCEDURES}
    for name in ("idv", "card", "secrets", "cross-paste", "scam", "vulnerability", "complaints", "complaint-clock"):
        assert marks[name] == 100, name
    assert {mark for name, mark in marks.items() if name.startswith("control-")} == {80, 100}
    assert [name for name, mark in marks.items() if name.startswith("control-") and mark == 80] == ["control-answer"]


def test_c12_every_criterion_has_an_option_in_the_catalogue():
    options = validate_all((item, Option) for item in items("catalogue.yaml"))
    places = {criterion.id for card in CARDS for criterion in card.criteria()}
    places |= {section.id for card in CARDS for section in card.sections}
    fits = {place for option in options for place in option.fits}
    assert fits <= places
    covered = {
        criterion.id
        for card in CARDS
        for section in card.sections
        for criterion in section.criteria
        if {criterion.id, section.id} & fits
    }
    assert {criterion.id for card in CARDS for criterion in card.criteria()} <= covered


def test_c04_the_starting_frame_names_shipped_cards():
    [frame] = load("frames", Frame)
    assert set(frame.scorecards.values()) == {card.reference for card in CARDS}


def test_c03_the_shipped_techniques_show_what_the_shipped_cards_and_frame_ask():
    techniques = validate_all((item, Technique) for item in items("techniques.yaml"))
    assert {technique.id for technique in techniques} == {
        "recording",
        "transcript",
        "live-remote",
        "side-by-side",
        "mystery-shop",
        "survey",
        "feedback-analysis",
    }
    for card in CARDS:
        assert [channel for channel in card.channels if not able(card, channel, techniques)] == [], card.id
    found = {("technique", each.id): each for each in techniques}
    found |= {("scorecard", card.reference): card for card in CARDS}
    [frame] = load("frames", Frame)
    plan = plan_of(frame, lambda kind, name: found[kind, name])
    assert [(each.channel, each.technique.id) for each in plan] == [("phone", "recording"), ("chat", "transcript")]
    assert flaws(plan, techniques) == []
    assert all(each.because and each.complement for each in plan)


def test_c05_no_notice_is_in_force_until_somebody_writes_one():
    assert read(SHIPPED / "notices.yaml").data == []


def test_c05_the_notices_in_the_comments_work_once_their_marks_are_taken_off():
    lines = (SHIPPED / "notices.yaml").read_text("utf-8").splitlines()
    examples = "\n".join(line[2:] for line in lines if line.startswith(("# - ", "#   ")))
    tree = parse(examples, "notices.yaml")
    notices = validate_all((tree.part((place,)), Notice) for place in range(len(tree.data)))
    assert [(notice.audience, notice.channel) for notice in notices] == [
        ("customers", "phone"),
        ("customers", "chat"),
        ("colleagues", "all"),
    ]


def items(name):
    tree = read(SHIPPED / name)
    return [tree.part((place,)) for place in range(len(tree.data))]


def test_every_shipped_file_begins_with_a_word_to_the_person_who_edits_it():
    paths = sorted(SHIPPED.rglob("*.yaml"))
    assert len(paths) == 60
    assert [path.name for path in paths if not path.read_text("utf-8").startswith("# ")] == []
