"""The same published sums, typed as people type them: cards in YAML in one workspace, ``qacli score``, ``qacli explain``."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
import yaml
from command_line import run
from desk import DRAWN, done, write
from scoring_cards import SCALES, filled, scale
from test_vendor_scores import CASES, GOLDEN, Case

from qacli.files.yaml import parse
from qacli.model import Change, ref
from qacli.monitor.sampling.draw import Draw, Item
from qacli.prepare.approval import decision_row
from qacli.workspace import Workspace

FATAL = Case(
    "gc-fatal",
    """
scoring: {profile: genesys}
sections: [{id: all, weight: 1, criteria: [{id: q1, scale: five@1, weight: 5, critical: customer}]}]
""",
    "q1=4",
    "75",  # 4 of 1 to 5 is worth 75; that it is fatal is a flag beside the score
)
EVERY = (*CASES, FATAL)
REVIEWED = """
scoring: {profile: zendesk-qa}
criteria:
  - {id: tone, scale: five@1, weight: 10}
  - {id: solution, scale: five@1, weight: 20, critical: compliance}
  - {id: grammar, scale: five@1, weight: 10}
  - {id: process, scale: five@1, weight: 30}
"""
REVIEWS = (
    Case("zq-iqs", REVIEWED, "tone=5 solution=3 grammar=4 process=na", "68.75"),
    Case("zq-iqs", REVIEWED, "tone=5 solution=2 grammar=5 process=5", "0"),
    Case("zq-iqs", REVIEWED, "tone=5 solution=5 grammar=5 process=5", "100"),
)
ALIGNED = Case(
    "mq-alignment",
    """
scoring: {profile: maestroqa}
criteria: [{id: q1, scale: ten@1, weight: 10}, {id: q2, scale: ten@1, weight: 5}]
""",
    "q1=10 q2=4",  # 10 of 10 and 2 of 5
    "60",
)
EXPERT = "q1=6 q2=8"  # 6 of 10 and 4 of 5
DRAWS = (*EVERY, *REVIEWS, ALIGNED)
THREE = "thresholds: {minimum_n: 3}\n"
OWN_SCALES = tuple(name for name in parse(SCALES, "scales.yaml").data if name != "binary")
"""The desk has a binary scale already."""
TOLD = {
    "ac-autofail-form": "criticals: customer 1 (q2)",
    "gc-fatal": "criticals: customer 1 (q1)",
    "ea-autofail-kept": "fail (pass mark 40; failed criticals 1)",
    "hospital-deduct": "fail (pass mark 85)",
}
"""What else a score line says: a fail that keeps its score, and one that lowers it."""


def _definitions() -> dict[str, str]:
    cards = {case.id: filled(case.card) | {"id": case.id} for case in DRAWS}
    scales = {name: scale(f"{name}@1").model_dump(mode="json", by_alias=True, exclude_none=True) for name in OWN_SCALES}
    return {
        **{f"definitions/scorecards/{name}.yaml": _text(card) for name, card in cards.items()},
        **{f"definitions/scales/{name}.yaml": _text(each) for name, each in scales.items()},
    }


def _text(tree) -> str:
    return yaml.safe_dump(_bare(tree), allow_unicode=True, sort_keys=False, width=1000)


def _bare(tree):
    if isinstance(tree, dict):
        return {str(name): _bare(each) for name, each in tree.items()}
    return [_bare(each) for each in tree] if isinstance(tree, (list, tuple)) else str(tree)


def _drawn(view) -> Change:
    """Approve what is needed and draw a call for each card, so that each is scored under its own."""
    scales = [view.definition("scale", f"{name}@1") for name in OWN_SCALES]
    rows = [decision_row(view, "scale", each, "agreed", "", "") for each in scales]
    cards = [view.definition("scorecard", name) for name in dict.fromkeys(case.id for case in DRAWS)]
    rows += [decision_row(view, "scorecard", card, "agreed", "", "") for card in cards]
    day = date(2026, 5, 19)
    of = {"frame": "weekly@1", "period": "2026-W21", "first": day, "last": day, "purpose": "routine", "design": "quota"}
    draw = Draw(
        **of, seed="s", notices="", source="telephony", sha256="0", population=99, eligible=99, drawn=len(DRAWS)
    )
    rows.append(draw)
    for number, case in enumerate(DRAWS):
        call = {"transaction": f"call-{number}", "started_at": datetime(2026, 5, 19, 9, tzinfo=UTC), "day": day}
        call |= {
            "channel": "phone",
            "team": "",
            "colleague": "p_a07",
            "reason": "",
            "seconds": 300,
            "evaluator": "p_ev1",
        }
        rows.append(
            Item(
                draw=ref(draw),
                **call,
                stratum="",
                purpose="routine",
                probability=0.5,
                weight=2.0,
                scorecard=f"{case.id}@1",
            )
        )
    return Change(rows)


@pytest.fixture(scope="module")
def desk_of_vendors(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "agreed", tmp_path_factory.mktemp("vendors") / "desk")
    write(folder, _definitions())
    settings = folder / "qacli.yaml"
    settings.write_text(settings.read_text("utf-8") + THREE, "utf-8")
    workspace = Workspace.find(folder, "p_mgr1", datetime.fromisoformat(f"{DRAWN}T12:00"))
    items = [row.id for row in workspace.commit(_drawn, "sample draw").rows if isinstance(row, Item)]
    scored = (*EVERY, *REVIEWS)
    given = [(item, case.answers) for item, case in zip(items, scored, strict=False)]
    told = done(run(f"score --from {_forms(folder, *given)}", folder, "p_ev1", DRAWN)).out.splitlines()
    assert len(told) == len(scored)
    return folder, dict(zip([case.id for case in EVERY], told, strict=False)), items[-1]


def _forms(folder, *given):
    """Return the path of forms with answers to items, q1=10 q2=na, each with words as its evidence."""
    forms = [
        {
            "item": item,
            "answers": {
                name: {"answer": answer, "evidence": f"{name} was heard"}
                for name, answer in (pair.split("=") for pair in answers.split())
            },
        }
        for item, answers in given
    ]
    path = folder / "drafts" / "forms.json"
    path.write_text(json.dumps(forms), "utf-8")
    return path


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_score_and_explain_come_to_the_sum_of_its_source(desk_of_vendors, case):
    folder, told, _ = desk_of_vendors
    line = told[case.id]
    observation, score = line.partition(":")[0], Decimal(case.score).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert line.startswith(f"{observation}: {score} of 100 on ")
    assert TOLD.get(case.id, "") in line
    explained = json.loads(done(run(f"explain {observation} --format json", folder)).out)
    assert explained["score"] == pytest.approx(float(case.score), abs=5.1e-7)
    assert explained["told"] == line
    # whoever adds up the points of the lines, and does what is said below them, finds the score
    after = explained["steps"][-1]["score"] if explained["steps"] else sum(row["points"] for row in explained["rows"])
    assert after == pytest.approx(float(case.score), abs=2e-6)
    reached = [words.rpartition(" = ")[2] for words in explained["sum"] if words.startswith("exactly")][-1]
    assert float(reached) == pytest.approx(sum(row["points"] for row in explained["rows"]), abs=2e-6)


@pytest.mark.parametrize("by", ["desk", "colleague"])
def test_summarise_comes_to_the_mean_of_the_reviews_with_the_zeros_in_it(desk_of_vendors, by):
    # Zendesk QA, IQS: the plain mean of reviews of 68.75, 0 and 100
    said = done(run(f"summarise {by}", desk_of_vendors[0])).err
    assert "zq-iqs@1: internal quality score (IQS) 56.25, the plain mean of 3 reviews, 1 of them 0\n" in said
    assert "zq-review@1: no internal quality score (IQS): too few reviews, 1 of the 3 that are needed\n" in said
    assert "mq-total@1: internal" not in said


def test_a_calibration_comes_to_the_alignment_of_its_source(desk_of_vendors):
    folder, _, item = desk_of_vendors
    opened = done(run(f"calibrate open --items {item} --evaluators p_ev1 --expert p_ev2", folder, "p_tl1", DRAWN))
    session = opened.out.partition(":")[0]
    for who, answers in (("p_ev1", ALIGNED.answers), ("p_ev2", EXPERT)):
        done(run(f"calibrate score {session} --from {_forms(folder, (item, answers))}", folder, who, DRAWN))
    done(run(f"calibrate reveal {session}", folder, "p_tl1", DRAWN))
    (row,) = done(run(f"calibrate report {session} --by evaluator --format json", folder, "p_tl1", DRAWN)).rows
    assert (row["evaluator"], row["% aligned"]) == ("p_ev1", float(ALIGNED.score))


@pytest.mark.skipif(not GOLDEN.exists(), reason="shared data is absent")
def test_every_published_sum_is_typed_here():
    assert {case.id for case in DRAWS} == {entry["id"] for entry in json.loads(GOLDEN.read_text("utf-8"))}
