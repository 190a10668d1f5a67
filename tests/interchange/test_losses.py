"""Whatever is changed on a card survives the way there and back, or is named: told as lost, or refused."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from cards import BINARY, CARD, GRADE, POLICIES, WAIT, card, scales, shipped, text_under, under
from forms import connect_score, genesys_score, read_back, ways
from pydantic import BaseModel

from qacli.files.faults import FileFaults
from qacli.files.yaml import parse
from qacli.interchange.forms.imported import Choice, TooManyAnswers, imported
from qacli.interchange.forms.losses import LOSSES, CannotHold, differences
from qacli.interchange.forms.systems import SYSTEMS, exported
from qacli.monitor.scoring.score import score
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

PAGE = Path(__file__).parents[2] / "docs" / "interchange.md"
TAKING = [name for name, system in SYSTEMS.items() if system.export]

# By setting: how it can be changed, in the text of the card or of a scale. A new setting needs a line here, and, where a
# form does not hold it, one in LOSSES and in docs/interchange.md.
CHANGES = {
    "id": ("id: calls", "id: ring"),
    "version": ("version: 2.1", "version: 2.2"),
    "owner": ("owner: p_tl1", "owner: p_qm1"),
    "from": ("from: 2026-01-01", "from: 2026-02-01"),
    "to": ("to: 2026-12-31", "to: 2027-01-31"),
    "review_by": ("review_by: 2026-09-30", "review_by: 2026-10-01"),
    "title": ("title: Calls", "title: Every call"),
    "channels": ("[phone, video]", "[video]"),
    "promises": ("it out the first time.", "it out today, at once."),
    **dict.fromkeys(
        [f"expectations.{name}" for name in ("promise", "source", "reference", "on")],
        ("sections:", "expectations: [{promise: safe, source: law, reference: an act, on: 2026-01-01}]\nsections:"),
    ),
    "evidence": ("sections:", "evidence: [every]\nsections:"),
    "scoring.not_applicable": ("not_applicable: exclude", "not_applicable: full"),
    "scoring.critical.customer": ("customer: apart", "customer: zero"),
    "scoring.critical.business": ("business: apart", "business: zero"),
    "scoring.critical.compliance": ("compliance: zero", "compliance: apart"),
    "scoring.profile": ("  rounding: 2", "  profile: zendesk-qa\n  rounding: 2"),
    "scoring.mode": ("  rounding: 2", "  mode: points\n  rounding: 2"),
    "scoring.section_weights": ("  rounding: 2", "  mode: points\n  section_weights: multiply\n  rounding: 2"),
    "scoring.critical_weight": ("  rounding: 2", "  critical_weight: counted\n  rounding: 2"),
    "scoring.critical_below": ("  rounding: 2", "  critical_below: best\n  rounding: 2"),
    "scoring.baseline": ("  rounding: 2", "  baseline: 5\n  rounding: 2"),
    "scoring.cap": ("  rounding: 2", "  cap: none\n  rounding: 2"),
    "scoring.minimum": ("  rounding: 2", "  minimum: 5\n  rounding: 2"),
    "scoring.pass_mark": ("  rounding: 2", "  pass_mark: 80\n  rounding: 2"),
    "scoring.pass_despite_critical": ("rounding: 2", "rounding: 2\n  pass_mark: 80\n  pass_despite_critical: yes"),
    "scoring.bands.name": ("  rounding: 2", "  bands: [{name: Low, from: 0}, {name: High, from: 80}]\n  rounding: 2"),
    "scoring.bands.from": ("  rounding: 2", "  bands: [{name: Low, from: 0}, {name: High, from: 90}]\n  rounding: 2"),
    "sections.weight": ("  rounding: 2", "  mode: points\n  section_weights: multiply\n  rounding: 2"),
    "sections.criteria.bonus": ("weight: 40", "weight: 40\n        bonus: yes"),
    "sections.criteria.fails_on": ("critical: compliance", "critical: compliance\n        fails_on: [not_met]"),
    "sections.criteria.only_if.criterion": (
        "id: own\n",
        "id: own\n        only_if: {criterion: greet, answers: [1]}\n",
    ),
    "sections.criteria.only_if.answers": ("id: own\n", "id: own\n        only_if: {criterion: idv, answers: [met]}\n"),
    "scoring.missing": ("  rounding: 2", "  rounding: 2\n  missing: refuse"),
    "scoring.rounding": ("rounding: 2", "rounding: 0"),
    "sections.id": ("- id: open", "- id: begin"),
    "sections.title": ("title: Opening", "title: Beginning"),
    "sections.criteria.id": ("- id: greet", "- id: hello"),
    "sections.criteria.observable": ("The caller hears a name.", "\"A name: 'given' # and used\""),
    "sections.criteria.scale": ("scale: grade@4\n        weight: 40", "scale: binary@1\n        weight: 40"),
    "sections.criteria.weight": ("weight: 40", "weight: 25"),
    "sections.criteria.critical": ("critical: compliance", "critical: customer"),
    "sections.criteria.anchors": ("A detail is given first.", "A detail comes before the check."),
    "sections.criteria.not_applicable": ("A general question.", "'Nothing is asked for: no account is touched.'"),
    "sections.criteria.procedure": ("procedure: idv@3", "procedure: check@1"),
    "sections.criteria.promise": ("promise: safe", "promise: sorted"),
    "sections.criteria.kpis": ("kpis: [fcr, ces]", "kpis: [ces]"),
    "sections.criteria.needs": ("needs: [words, screen]", "needs: [record]"),
    "sections.criteria.filled_from": ("weight: 40", "weight: 40\n        filled_from: wait-seconds"),
    "sections.criteria.benefit": ("benefit: one call is enough", "benefit: nobody need ring twice"),
    "sections.criteria.controllable": ("weight: 40", "weight: 40\n        controllable: no"),
    "sections.criteria.causes": ("weight: 40", "weight: 40\n        causes: [panel hidden]"),
    "scale.id": ("id: grade", "id: marks"),
    "scale.version": ("version: 4", "version: 5"),
    "scale.owner": ("owner: p_tl1", "owner: p_qm1"),
    "scale.from": ("from: 2026-01-01", "from: 2026-02-01"),
    "scale.to": ("title: Three", "to: 2027-01-31\ntitle: Three"),
    "scale.review_by": ("title: Three", "review_by: 2027-01-31\ntitle: Three"),
    "scale.title": ("title: Three grades", "title: Grades"),
    "scale.kind": ("kind: ordinal", "kind: deviation"),
    "scale.points.point": ("point: 2,", "point: half,"),
    "scale.points.value": ("value: 50", "value: 60"),
    "scale.points.label": ("label: near", "label: nearly"),
    "scale.range.from": ("range: {from: 0", "range: {from: 2"),
    "scale.range.to": ("to: 10", "to: 20"),
    "scale.range.step": ("step: 2", "step: 1"),
    "scale.bands.band": ("band: prompt", "band: quick"),
    "scale.bands.from": ("from: 6, label", "from: 8, label"),
    "scale.bands.label": ("prompt, or nearly", "quick: at once, or nearly"),
    "scale.met_at": ("met_at: 2", "met_at: 3"),
    "scale.describe": ("met_at: 2", "met_at: 2\ndescribe: [1, 3]"),
}
WEIGHED = (("title: Opening", "title: Opening\n    weight: 2"), ("title: Solving", "title: Solving\n    weight: 0.5"))
ALSO = {
    "sections.criteria.weight": (("weight: 60", "weight: 75"),),
    "sections.criteria.bonus": (("weight: 60", "weight: 100"),),
    "scoring.section_weights": WEIGHED,
    "sections.weight": WEIGHED,
    "scoring.cap": (("weight: 40", "weight: 40\n        bonus: yes"), ("weight: 60", "weight: 100")),
    "sections.criteria.scale": (("{1: No name., 3: A name", "{not_met: No name., met: A name"),),
    "scale.id": (("scale: grade@4", "scale: marks@4"),),
    "scale.version": (("scale: grade@4", "scale: grade@5"),),
    "scale.points.point": (("met_at: 2", "met_at: half"), ("2: Tried once.", "half: Tried once.")),
    "scale.range.from": (("band: slow, from: 0", "band: slow, from: 2"),),
    "scale.bands.from": (("met_at: 6", "met_at: 8"),),
}


def settings(model, place=""):
    """Every setting of a model that holds a value, by its name in YAML."""
    for name, field in model.model_fields.items():
        here = f"{place}{field.alias or name}"
        inner = [each for each in (field.annotation, *get_args(field.annotation)) if isinstance(each, type)]
        parts = [each for each in inner if issubclass(each, BaseModel)]
        if parts:
            for part in parts:
                yield from settings(part, f"{here}.")
        else:
            yield here


def test_every_setting_of_cards_and_scales_is_changed_below():
    assert set(CHANGES) == {*settings(Scorecard), *settings(Scale, "scale.")}


def changed(setting):
    """The card and its scales with one setting changed, and whatever else has to follow."""
    measured = setting.startswith(("scale.range.", "scale.bands."))
    before = {"card": text_under("number"), "wait": WAIT} if measured else {"card": CARD}
    before |= {"binary": BINARY, "grade": GRADE}
    texts = dict(before)
    for old, new in (CHANGES[setting], *ALSO.get(setting, ())):
        where = [
            name for name, text in texts.items() if old in text and (name == "card") != setting.startswith("scale.")
        ]
        for name in where or [name for name, text in texts.items() if old in text]:
            texts[name] = texts[name].replace(old, new)
    assert texts != before
    return card(texts.pop("card")), scales(*texts.values())


def compared(one, used, back, again):
    found = set(differences(one.model_dump(by_alias=True), back.model_dump(by_alias=True)))
    made = {each.reference: each for each in again}
    for each in used:
        its = made[each.reference].model_dump(by_alias=True) if each.reference in made else {}
        found |= {f"scale.{place}" for place in differences(each.model_dump(by_alias=True), its)}
    return found


NAMED = {"sections.weight": "scoring.section_weights", "scoring.cap": "sections.criteria.bonus"}
REFUSED = {
    ("amazon-connect", "scoring.section_weights"),
    ("amazon-connect", "sections.weight"),
    ("genesys", "sections.criteria.bonus"),
    ("genesys", "scoring.cap"),
}
"""Beside what both refuse."""


@pytest.mark.parametrize("system", TAKING)
@pytest.mark.parametrize("setting", CHANGES)
def test_a_change_survives_or_is_named(system, setting):
    one, used = changed(setting)
    if (system, setting) in REFUSED or setting in {"scoring.not_applicable", "scoring.baseline", "scoring.minimum"}:
        with pytest.raises(CannotHold, match=f"- {NAMED.get(setting, setting)}"):
            exported(SYSTEMS[system], one, used)
        return
    form, findings = exported(SYSTEMS[system], one, used)
    back, again = read_back(system, form, one.id)
    told = ", ".join(findings)
    lost = compared(one, used, back, again)
    assert [place for place in lost if not re.search(rf"[ ,]{re.escape(place)}[,:]", told)] == []
    assert lost <= set(LOSSES[SYSTEMS[system].name])
    assert setting not in lost or setting in LOSSES[SYSTEMS[system].name]


@pytest.mark.parametrize("system", TAKING)
@pytest.mark.parametrize(("one", "used"), [*shipped(), (card(), scales())], ids=lambda each: getattr(each, "id", ""))
def test_a_card_comes_back_but_for_what_is_on_the_list(system, one, used):
    form, findings = exported(SYSTEMS[system], one, used)
    assert len(findings) == 2
    back, again = read_back(system, form, one.id)
    assert compared(one, used, back, again) == {"owner", "scale.owner", "scale.from", "scale.title"}
    # where the scales are known they are used, and nothing of them is lost
    same, new = read_back(system, form, one.id, known=used)
    assert (same, new) == (one.model_copy(update={"owner": "p_reader"}), [])


UNHELD = {
    (
        "amazon-connect",
        "sections multiply",
    ): "scoring.section_weights: sections cannot weigh there in that way: multiply",
    ("genesys", "bonus"): "sections.criteria.bonus: greet only adds to the score",
    (
        "genesys",
        "zero section",
    ): "scoring.critical.compliance: sets its section to 0 is not what a failure can do there",
    (
        "genesys",
        "failed by number",
    ): "scale.met_at: a fatal question fails there with any answer below the best; greet fails "
    "only with 0, 2, 4 of wait@1",
}


@pytest.mark.parametrize("system", TAKING)
@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_gives_the_same_scores_there_or_is_refused(system, policy):
    one, used = under(policy)
    if (system, policy) in UNHELD:
        with pytest.raises(CannotHold) as refused:
            exported(SYSTEMS[system], one, used)
        assert f"- {UNHELD[system, policy]}" in str(refused.value)
        return
    form, _ = exported(SYSTEMS[system], one, used)
    counted = {"amazon-connect": connect_score, "genesys": genesys_score}[system]
    known = {each.reference: each for each in used}
    for answers in ways(one, known):
        assert counted(form, answers) == score(one, known.get, answers).score, answers
    back, _ = read_back(system, form, one.id, known=used)
    assert back == one.model_copy(update={"owner": "p_reader"})


LONG = {
    "promises": ("it out the first time.", f"it {'out ' * 300}."),
    "sections.criteria.anchors": ("A detail is given first.", f"A detail {'is given ' * 130}."),
    "sections.criteria.benefit": ("one call is enough", f"one {'call ' * 200}"),
    "sections.criteria.kpis": ("kpis: [fcr, ces]", f"kpis: [{', '.join(f'a-measure-of-ours-{n}' for n in range(60))}]"),
    "sections.criteria.needs": ("benefit: nobody", f"benefit: {'x' * 860} nobody"),
}


@pytest.mark.parametrize("setting", LONG)
def test_what_is_too_long_for_connect_is_told_by_name(setting):
    one = card(CARD.replace(*LONG[setting]))
    _, findings = exported(SYSTEMS["amazon-connect"], one, scales())
    [said] = [each for each in findings if re.search(rf"[ ,]{re.escape(setting)}[,:]", each)]
    assert "1,024 characters" in said
    _, findings = exported(SYSTEMS["genesys"], one, scales())
    assert [each for each in findings if setting in each] == []


def test_a_measure_is_told_by_name_where_connect_is_full():
    one = card(
        CARD.replace("weight: 60", "weight: 60\n        filled_from: wait-seconds").replace("one call", "call " * 180)
    )
    _, findings = exported(SYSTEMS["amazon-connect"], one, scales())
    assert "sections.criteria.filled_from" in "".join(findings)


def test_a_line_break_is_told():
    one = card(CARD.replace("benefit: one call is enough", "benefit: |\n          one call\n          is enough"))
    for system in TAKING:
        assert "sections.criteria.benefit" in "".join(exported(SYSTEMS[system], one, scales()).findings)


@pytest.mark.parametrize("system", TAKING)
def test_numbers_that_make_no_list_are_refused_at_once(system):
    """Millions of answers are counted, not written down."""
    one, used = (
        card(text_under("number").replace("exclude", "full")),
        scales(BINARY, GRADE, WAIT.replace("step: 2", "step: 0.000001")),
    )
    with pytest.raises(CannotHold) as refused:
        exported(SYSTEMS[system], one, used)
    assert "- scoring.not_applicable: " in str(refused.value)
    assert "- scale.range: wait@1 has 10,000,001 numbers; they become the answers of a list, which may have 256" in str(
        refused.value
    )


@pytest.mark.parametrize("system", TAKING)
def test_numbers_come_back_as_numbers(system):
    one, used = under("number")
    form, _ = exported(SYSTEMS[system], one, used)
    _, again = read_back(system, form, one.id)
    assert {each.reference: (each.in_words, each.title) for each in again}["wait@1"] == (
        "0 to 10 in steps of 2",
        "Numbers, 0 to 10",
    )
    assert next(each for each in again if each.kind == "number").bands == used[-1].bands
    # beside a scale of the same name and other bands, it is a new one
    other = scales(BINARY, GRADE, WAIT.replace("too slow", "late"))
    back, again = read_back(system, form, one.id, known=other)
    assert [(each.reference, each.bands) for each in again] == [("calls-numbers@1", used[-1].bands)]
    assert back.criterion("greet").scale == "calls-numbers@1"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2 (too slow)", "value": 8', '"2 (too slow)", "value": 9', "0 to 10 in steps of 2"),
        # a million billion numbers, which nobody writes down to compare
        ("in steps of 2", "in steps of 0.000001", "0 to 10 in steps of 0.000001"),
        ("0 to 10 in steps of 2", "0 to 999999999 in steps of 0.000001", "0 to 999999999 in steps of 0.000001"),
    ],
)
def test_a_number_that_was_changed_there_is_told(old, new, said):
    one, used = under("number")
    form, _ = exported(SYSTEMS["genesys"], one, used)
    read = SYSTEMS["genesys"].read
    choice = Choice("calls", "p_reader", date(2026, 6, 1), ())
    assert imported(read(parse(json.dumps(form), "form.json")), choice).findings == []
    spoilt = json.dumps(form).replace(old, new, 1)
    found = imported(read(parse(spoilt, "form.json")), choice)
    assert found.findings == [f"answers of 'The caller hears a name.' were changed there; here they are {said}"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("0 to 10 in steps of 0", (TooManyAnswers, "'The caller hears a name.': 11")),
        ("0 to 1..0 in steps of 2", (TooManyAnswers, "'The caller hears a name.': 11")),
        ("10 to 10 in steps of 2", (FileFaults, "ends at 10, no higher than its start 10")),
    ],
)
def test_numbers_that_somebody_spoilt_are_refused(said, wrong):
    used = scales(BINARY, GRADE, WAIT.replace("step: 2", "step: 1"))
    form, _ = exported(SYSTEMS["genesys"], card(text_under("number")), used)
    spoilt = json.dumps(form).replace("0 to 10 in steps of 1", said)
    with pytest.raises(wrong[0], match=wrong[1]):
        read_back("genesys", json.loads(spoilt))


def test_a_loss_that_is_on_no_list_is_refused(monkeypatch):
    """As if somebody added a setting to cards, and nothing carried it."""
    import qacli.interchange.forms.losses as losses

    monkeypatch.setattr(losses, "LOSSES", {"Genesys Cloud": {}})
    with pytest.raises(CannotHold) as refused:
        exported(SYSTEMS["genesys"], card(), scales())
    assert "- owner: would be lost\n" in str(refused.value)


def test_the_manual_holds_the_list():
    rows = re.findall(r"^\| `([a-z_.]+)` \| (yes|-) \| (yes|-) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    for place, name in enumerate(("Amazon Connect", "Genesys Cloud"), start=1):
        assert {row[0] for row in rows if row[place] == "yes"} == set(LOSSES[name])
