import pytest

from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.prepare.scorecards.lint import lint
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

YES_NO = """
id: binary
version: 1
owner: p_tl1
from: 2026-01-01
title: Met or not
kind: binary
points: [{point: not_met, value: 0, label: no}, {point: met, value: 100, label: yes}]
met_at: met
"""

DESK = """
id: desk
version: 1
owner: p_tl1
from: 2026-01-01
title: Desk
channels: [desk]
promises: {safe: Your money is safe.}
sections:
  - id: open
    title: Open
    criteria:
      - id: de-idv
        observable: Passport seen before the account is named
        scale: binary@1
        weight: 0
        critical: compliance
        anchors: {not_met: Account named first, met: Passport seen first}
        not_applicable: general question
        procedure: idv@1
        promise: safe
      - id: de-greet
        observable: Stands up and says the name
        scale: binary@1
        weight: 60
        anchors: {not_met: Stays seated, met: Stands and says it}
        not_applicable: never
        procedure: opening@1
        promise: safe
      - id: de-note
        observable: Note names each promise
        scale: binary@1
        weight: 40
        anchors: {not_met: A promise is missing, met: Each promise stands there}
        not_applicable: never
        procedure: notes@1
        promise: safe
"""


def test_a_card_is_read_with_its_declared_policy(read):
    card = read(Scorecard, DESK)
    assert [criterion.id for criterion in card.criteria()] == ["de-idv", "de-greet", "de-note"]
    policy = card.scoring
    assert (policy.not_applicable, policy.critical.compliance, policy.rounding) == ("exclude", "apart", 1)
    assert card.criterion("de-idv").may_be_not_applicable
    assert not card.criterion("de-note").may_be_not_applicable
    assert card.section_of("de-note").title == "Open"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("weight: 40", "weight: 30", "sections.0.criteria.2.weight", "weights add up to 90, not 100"),
        (
            "weight: 0\n",
            "weight: 5\n",
            "sections.0.criteria.0.weight",
            "de-idv is critical and told apart from the score: its weight must be 0, "
            "or critical_weight: counted under scoring",
        ),
        (
            "weight: 40",
            "weight: 0",
            "sections.0.criteria.2.weight",
            "de-note is not critical and weighs 0: it would never count",
        ),
        ("id: de-note", "id: de-greet", "sections.0.criteria.2.id", "criterion de-greet stands twice on this card"),
        (
            "notes@1\n        promise: safe",
            "notes@1\n        promise: quick",
            "sections.0.criteria.2.promise",
            "quick is not among the promises of this card: safe",
        ),
    ],
)
def test_c01_a_card_that_does_not_hold_together_is_refused_at_its_place(wrong, old, new, place, message):
    assert old in DESK
    assert wrong(Scorecard, DESK.replace(old, new))[place] == message


def test_c01_the_weights_are_mended_where_the_caret_points():
    with pytest.raises(FileFaults) as caught:
        validate(parse(DESK.replace("weight: 40", "weight: 30"), "desk.yaml"), Scorecard)
    [fault] = caught.value.faults
    assert fault.message.endswith("weights add up to 90, not 100")
    assert DESK.splitlines()[fault.line - 1] == "        weight: 40"
    assert fault.column == len("        weight: ") + 1


def test_weights_with_decimals_add_up_exactly(read):
    # 33.3 + 66.7 is not 100 in binary floating point sums of other orders; decimals are exact
    assert read(Scorecard, DESK.replace("weight: 60", "weight: 66.7").replace("weight: 40", "weight: 33.3"))


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("Passport seen before", "Passport seen in a timely manner before", "vague-word", ("observable",)),
        ("Stays seated", "Poor posture", "vague-word", ("anchors", "not_met")),
        ("{not_met: Stays seated, met: Stands and says it}", "{not_met: Stays seated}", "no-anchor", ("anchors",)),
        ("{not_met: Stays seated,", "{not_met: stands and says it,", "same-anchor", ("anchors", "met")),
        (
            "{not_met: Stays seated,",
            "{not_met: Stays seated, half: Nods at the customer,",
            "unknown-point",
            ("anchors", "half"),
        ),
        ("{not_met: Stays seated,", "{not_met: None,", "thin-anchor", ("anchors", "not_met")),
        (
            "not_applicable: never\n        procedure: opening",
            "not_applicable: Never.\n        procedure: opening",
            "bare-not-applicable",
            ("not_applicable",),
        ),
        (
            "not_applicable: general question",
            "not_applicable: if not applicable",
            "bare-not-applicable",
            ("not_applicable",),
        ),
        ("scale: binary@1\n        weight: 60", "scale: binary@2\n        weight: 60", "unknown-scale", ("scale",)),
    ],
)
def test_c01_lint_finds_the_seeded_fault_and_nothing_else(read, old, new, code, place):
    scales = [read(Scale, YES_NO)]
    assert lint(read(Scorecard, DESK), scales) == []
    assert old in DESK
    found = lint(read(Scorecard, DESK.replace(old, new)), scales)
    assert [(finding.code, finding.place[4:]) for finding in found] == [(code, place)]


POINTS = (
    YES_NO.replace("id: binary", "id: degree")
    .replace("kind: binary", "kind: ordinal")
    .replace(
        "{point: met, value: 100, label: yes}]",
        "{point: half, value: 50, label: half}, {point: met, value: 100, label: yes}]\ndescribe: [not_met, half, met]",
    )
)
MEASURED = """
id: measured
version: 1
owner: p_tl1
from: 2026-01-01
title: Measured
kind: number
range: {from: 0, to: 100, step: 5}
bands: [{band: late, from: 0, label: late}, {band: soon, from: 80, label: soon}]
met_at: 80
"""
ANCHORS = "scale: binary@1\n        weight: 60\n        anchors: {not_met: Stays seated, met: Stands and says it}"


def on_scale(scale, anchors, more=""):
    assert ANCHORS in DESK
    return DESK.replace(ANCHORS, f"scale: {scale}\n        weight: 60\n        anchors: {anchors}{more}")


@pytest.mark.parametrize(
    ("card", "codes"),
    [
        (on_scale("degree@1", "{not_met: Stays seated, half: Looks up, met: Stands up}"), []),
        (on_scale("degree@1", "{not_met: Stays seated, met: Stands up}"), ["no-anchor"]),
        (on_scale("measured@1", "{0: Stays seated, 100: Stands up}", "\n        filled_from: seconds-seated"), []),
        (on_scale("measured@1", "{late: Stays seated, soon: Stands up}", "\n        filled_from: seconds-seated"), []),
        (on_scale("measured@1", "{soon: Stands up}", "\n        filled_from: seconds-seated"), ["no-anchor"] * 2),
        (on_scale("measured@1", "{0: Stays seated, 83: Nods once, 100: Stands up}", "\n        filled_from: s"),
         ["unknown-point"]),
        (on_scale("measured@1", "{0: Stays seated, 100: Stands up}"), ["judged-number"]),
    ],
)  # fmt: skip
def test_c02_anchors_fit_the_scale_and_a_number_is_measured_never_judged(read, card, codes):
    scales = [read(Scale, text) for text in (YES_NO, POINTS, MEASURED)]
    assert [finding.code for finding in lint(read(Scorecard, card), scales)] == codes


def test_c14_a_card_that_names_a_measure_nobody_defines_is_told_which_one_is_meant(read):
    card = read(
        Scorecard,
        DESK.replace(
            "promise: safe\n      - id: de-greet", "promise: safe\n        kpis: [cast]\n      - id: de-greet"
        ),
    )
    [finding] = lint(card, [read(Scale, YES_NO)], {"csat", "fcr"})
    assert (finding.code, finding.place[-2:], finding.help) == ("unknown-kpi", ("kpis", 0), "did you mean 'csat'?")
    assert lint(card, [read(Scale, YES_NO)], {"csat", "cast"}) == []


def test_c01_a_section_that_decides_the_score_alone_is_found(read):
    split = DESK.replace("      - id: de-note", "  - id: close\n    title: Close\n    criteria:\n      - id: de-note")
    assert lint(read(Scorecard, split), [read(Scale, YES_NO)]) == []
    heavy = split.replace("weight: 60", "weight: 61").replace("weight: 40", "weight: 39")
    [finding] = lint(read(Scorecard, heavy), [read(Scale, YES_NO)])
    assert (finding.code, finding.place) == ("heavy-section", ("sections", 0, "id"))
