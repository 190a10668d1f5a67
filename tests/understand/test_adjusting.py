"""Scores apart from who gave them."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest

from qacli.understand.adjusting import adjusted_scores
from qacli.understand.apart import adjusted_cells
from qacli.understand.estimates import Policy, plain_mean
from qacli.understand.facts import Selection
from qacli.understand.summary import by_colleague, by_team


def crossed():
    """Birch is judged mostly by a lenient evaluator (+7), the others mostly by another; all colleagues are alike."""
    chance, lines = Random(3), ["team colleague by held score"]
    for number in range(240):
        team = "birch" if number % 2 else "cedar"
        lenient = chance.random() < (0.7 if team == "birch" else 0.1)
        score = 80 + 7 * lenient + chance.gauss(0, 4)
        lines.append(f"{team} p_{team}{number % 8} {'p_ev3' if lenient else 'p_ev1'} 2000 {score:.1f}")
    return "\n".join(lines)


def test_c10_a_lenient_evaluator_makes_no_team_better(desk_of):
    frame = by_team(desk_of(crossed()), Selection()).frame.set_index("team")
    raw, apart = frame["mean"].diff().iloc[-1], frame["adjusted"].diff().iloc[-1]
    assert raw == pytest.approx(-4.2, abs=1.5)  # (0.7 - 0.1) * 7
    assert abs(apart) < 1.5
    assert (frame["adjusted_low"] < frame["adjusted"]).all()


def test_colleagues_whom_no_evaluator_joins_are_not_compared(desk_of):
    lines = "\n".join(f"p_{who} p_ev{who} {80 + n}" for who in (1, 2) for n in range(6))
    found = by_colleague(desk_of(f"colleague by score\n{lines}"), Selection())
    assert found.frame["adjusted"].isna().all()
    assert any(note.startswith("phone@1: not adjusted for evaluators") for note in found.notes)


def test_what_a_dispute_decided_is_the_judgement_of_no_evaluator():
    # ev2 is ten points stricter than ev1 with everybody; three of ev1's scores were decided by ev2, and stay as decided
    scores = [(f"p_a{n % 4}", who, 80 + n - 10 * (who == "p_ev2")) for n in range(12) for who in ("p_ev1", "p_ev2")]
    rows = pd.DataFrame(scores, columns=["colleague", "evaluator", "score"])
    rows = rows.assign(scorecard="phone@1", entered="lines", customer=0, business=0, compliance=0)
    rows["item"] = [f"t{n}" for n in range(len(rows))]
    policy = Policy(5, 0.95, {}, {})
    before = adjusted_scores(rows, policy)
    decided = rows["item"].isin(["t0", "t2", "t4"])
    after = adjusted_scores(
        rows.assign(
            entered=rows["entered"].where(~decided, "dispute"), evaluator=rows["evaluator"].where(~decided, "p_ev2")
        ),
        policy,
    )
    assert before.scores["t6"] == pytest.approx(after.scores["t6"], abs=1)  # ev1's part is told by the other scores
    assert [after.scores[item] for item in ("t0", "t2", "t4")] == [80, 81, 82]
    assert [after.evaluators[item] for item in ("t0", "t1", "t6")] == ["", "p_ev2", "p_ev1"]


def test_limits_know_that_two_evaluators_of_the_same_people_are_unsure_together():
    # ev1 and ev2 score the same three people, ev3 the others, and three scores join them: what is not known of ev1 is not
    # known of ev2 either. What p_a1 gets is then as sure as ordinary least squares, by numpy, say; the own spread of p_a1 is part of it
    chance = Random(5)
    pairs = [(f"p_a{n}", who) for n in range(3) for who in ("p_ev1", "p_ev2") for _ in range(40)]
    pairs += [(f"p_b{n}", "p_ev3") for n in range(3) for _ in range(80)] + [("p_a0", "p_ev3")] * 2 + [("p_b0", "p_ev1")]
    people, raters = (list(each) for each in zip(*pairs, strict=True))
    rows = pd.DataFrame({"colleague": people, "evaluator": raters, "item": [f"t{n}" for n in range(len(pairs))]})
    rows = rows.assign(scorecard="phone@1", entered="lines", customer=0, business=0, compliance=0)
    rows["score"] = [75 + chance.gauss(0, 8) for _ in pairs]
    policy = Policy(5, 0.95, {}, {})
    apart = adjusted_scores(rows, policy)
    found = adjusted_cells(rows[rows["colleague"] == "p_a1"], apart, plain_mean, policy)

    persons, names = sorted(set(people)), sorted(set(raters))
    x = np.zeros((len(rows), len(persons) + len(names) - 1))
    for at, (person, rater) in enumerate(pairs):
        x[at, persons.index(person)] = 1
        if rater == names[-1]:
            x[at, len(persons) :] = -1
        else:
            x[at, len(persons) + names.index(rater)] = 1
    y = rows["score"].to_numpy()
    effects = np.linalg.lstsq(x, y, rcond=None)[0]
    error = ((y - x @ effects) ** 2).sum() / (len(y) - x.shape[1])
    se = np.sqrt(error * np.linalg.inv(x.T @ x)[1, 1])
    assert found["adjusted"] == pytest.approx(effects[1])
    assert (found["adjusted_high"] - found["adjusted_low"]) / 2 / 1.97 == pytest.approx(se, rel=0.1)
