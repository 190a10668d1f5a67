"""The people of the desk, who type commands: they set up, draw, score and calibrate, week by week of the worked scenario.

What colleagues and customers did is generated, and so is what evaluators see in a contact; everything that is recorded is
recorded by a command, in somebody's name and on a day.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
for place in ("src", "tests", "scenario", "examples/harbour"):
    if str(ROOT / place) not in sys.path:
        sys.path.insert(0, str(ROOT / place))

import evaluators
import folder as files
import judging
import numpy as np
import trial
from command_line import Result, run
from evidence import seen
from harbour import Quarter
from plan import parameters, person
from records import COACH
from sampling import ANSWERED, CHECKS, frame_of

from qacli.commands.demo import needed
from qacli.workspace import Workspace

READY = date(2026, 3, 27)
MANAGER, QUALITY = "p_mgr1", "p_qm1"
LATER = (date(2026, 7, 6), date(2026, 7, 13), date(2026, 7, 20))
"""When what the quarter left open is looked at."""
STEP = 5
"""The scale of numbers goes in steps."""


class Desk:
    """A workspace and the people who type commands in it. ``typed`` counts them by command."""

    def __init__(self, folder: Path, quarter: Quarter) -> None:
        self.folder, self.quarter = folder, quarter
        self.today = READY
        self.typed: dict[str, int] = {}
        self.told: set[str] = set()
        self.asked: set[str] = set()
        self.breaches: list[str] = []
        self.audited: list[str] = []
        self.verdicts: dict[str, str] = {}
        self.grid: list[dict[str, Any]] = []
        self._places = {name: place for place, name in enumerate(quarter.contacts["txn_id"])}

    def type(self, line: str | Sequence[str], actor: str = COACH, *, ends: Sequence[int] = (0,)) -> Result:
        """Play one command line today. Raises RuntimeError where it ends otherwise than expected."""
        first = line.startswith("init") if isinstance(line, str) else False
        result = run(
            line if isinstance(line, str) else [*line],
            None if first else self.folder,
            "" if first else actor,
            "" if first else f"{self.today}",
        )
        words = line.split() if isinstance(line, str) else line
        name = " ".join(words[:2]) if words[1:2] and words[1].isalpha() else words[0]
        self.typed[name] = self.typed.get(name, 0) + 1
        if result.code not in ends:
            said = line if isinstance(line, str) else " ".join(line)
            raise RuntimeError(f"{self.today}, {actor}: qacli {said}: {result.code}\n{result.err}{result.out[-2000:]}")
        return result

    def on(self, day: date) -> None:
        """Let it be a later day."""
        self.today = max(self.today, day)

    def refused(self, line: str, rule: str, actor: str = COACH) -> None:
        """Play a command line that must be refused, and record nothing. Raises RuntimeError where it is not."""
        result = self.type(line, actor, ends=(1,))
        if not result.err.startswith(f"refused[{rule}"):
            raise RuntimeError(f"qacli {line}: refused otherwise than by {rule}:\n{result.err}")

    def write(self, name: str, text: str) -> str:
        """Write a file of the folder, as an editor would, and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return str(path)

    def waiting(self, evaluator: str) -> list[dict[str, Any]]:
        """Return the items that an evaluator has to score."""
        rows = self.type(f"sample list --for {evaluator} --format json", evaluator).rows
        return [row for row in rows if not row["observation"]]

    def score(self, evaluator: str) -> int:
        """Let an evaluator hand in a filled form for each item that waits, and return how many."""
        waiting = self.waiting(evaluator)
        if waiting:
            self.type(["score", "--from", self.filled(waiting, evaluator)], evaluator)
        return len(waiting)

    def filled(self, items: Sequence[Mapping[str, Any]], evaluator: str) -> str:
        """Write what an evaluator fills in for some items, and return the path of the file."""
        forms = json.dumps(list(self._forms(items, evaluator)), ensure_ascii=False, indent=1)
        return self.write(f"drafts/{self.today}.{evaluator}.{len(items)}.score.json", forms)

    def _forms(self, items: Sequence[Mapping[str, Any]], evaluator: str) -> Iterator[dict[str, Any]]:
        """Yield a form for each item. What is in a contact is the same for whoever reads it; the reading is their own."""
        for item in items:
            place = int(self._places[item["transaction"]])
            inside, reading = (
                np.random.default_rng([self.quarter.plant.seed, 21, place, *who]) for who in ((), evaluator.encode())
            )
            contact = self.quarter.contacts.iloc[[place]]
            found = judging.seen(contact, item["channel"], self.quarter.plant, inside)
            read = judging.read(found, np.array([evaluator], object), self.quarter.plant, reading)
            names = [each.id for each in read.card.criteria()]
            answers = {
                name: _answer(place + number, name, str(answer), number)
                for number, (name, answer) in enumerate(zip(names, read.answers[0], strict=True), 1)
            }
            yield {"item": item["item"], "answers": answers}


def _answer(chance: int, criterion: str, answer: str, place: int) -> dict[str, str]:
    if answer.isdigit() and int(answer) > len(evaluators.POINTS):
        answer = str(STEP * round(int(answer) / STEP))
    clock = f"{(7 * place) // 10:02}:{11 * place % 60:02}"
    return {"answer": answer, "evidence": seen(criterion, answer, chance), "offset": clock}


def set_up(desk: Desk) -> None:
    """Agree everything before the quarter begins."""
    desk.type(["init", str(desk.folder), "--as", COACH, "--provenance", "example"])
    files.write(desk.folder, desk.quarter)
    desk.type("check")
    tried = _csv(desk, "trial.csv", "transaction,scorer,criterion,point", trial.ratings(desk.quarter.plant.seed))
    desk.type(["notice", "ack", "n-staff-4", "--from", str(desk.folder / "acknowledgements.csv")])
    desk.type(["scale", "trial", "binary", "point5", "--from", tried])
    for settings in parameters()["channels"].values():
        desk.type(f"scorecard approve {settings['card']} --with-scales", MANAGER)
    _procedures(desk)
    for frame in (*map(frame_of, parameters()["channels"]), CHECKS, ANSWERED):
        desk.type(f"frame agree {frame}", MANAGER)
    desk.type("notice deliver n-ivr-3 --on 2026-03-26 --reference 'log of the announcement, 26 March'")


def _procedures(desk: Desk) -> None:
    """Let the evaluators read what they rate by and pass its quizzes; one of them needs a second attempt."""
    people, cited = needed(Workspace.find(desk.folder, COACH))
    people.append(parameters()["calibration"]["expert"])
    read = _csv(desk, "read.csv", "person,procedure,on,means", evaluators.readings(cited, people, desk.today))
    desk.type(["procedure", "ack", "--from", read])
    for who in people:
        again = [each for each in cited if each.id == evaluators.SLIP.get(who)]
        for attempt, asked in ((1, cited), (2, again)):
            given = evaluators.quiz_answers(asked, who, attempt)
            if given:
                answers = _csv(desk, f"quiz.{attempt}.csv", "person,procedure,question,answer", given)
                desk.type(["procedure", "quiz", "--from", answers], who)


def _csv(desk: Desk, name: str, header: str, lines: Sequence[Sequence[str]]) -> str:
    return desk.write(f"drafts/{name}", "\n".join([header, *(",".join(line) for line in lines), ""]))


def quarter(desk: Desk) -> None:
    """Play the thirteen weeks, and the days on which what they left open is looked at."""
    for number in range(parameters()["weeks"]):
        week(desk, number)
    for day in LATER:
        desk.on(day)
        look(desk)


def week(desk: Desk, number: int) -> int:
    """Draw and score what a week asks for, on the working day after it, and return how many items were scored."""
    desk.today = parameters()["first_day"] + timedelta(weeks=number + 1)
    while desk.today in parameters()["bank_holidays"]:
        desk.today += timedelta(days=1)
    for agent, since in parameters()["acknowledged"].items():
        if since <= desk.today and agent not in desk.told:
            desk.type("notice ack n-staff-4 --means 'signed form'", person(agent))
            desk.told.add(agent)
    if not number:
        because = "nobody is disturbed, and a call can be heard again"
        desk.type(["technique", "justify", frame_of("phone"), "--because", because])
    scored = look(desk)
    if number % 2:
        _calibrate(desk)
    return scored


def look(desk: Desk) -> int:
    """Do what is due today, ask for fresh checks of what is on watch, score what waits, and return how many items."""
    desk.type("run", ends=(0, 1))
    for row in desk.type("finding list --format json").rows:
        if row["status"] == "watch" and row["finding"] not in desk.asked:
            desk.type(f"sample confirm {row['finding']}")
            desk.asked.add(row["finding"])
    return sum(desk.score(evaluator) for evaluator in parameters()["evaluators"])


def _calibrate(desk: Desk) -> None:
    """Let all evaluators and the expert score two calls apart, compare them, and close the session."""
    plan = parameters()["calibration"]
    scorers = list(parameters()["evaluators"])
    opened = desk.type(
        f"calibrate open --items {plan['items']} --evaluators {','.join(scorers)} --expert {plan['expert']} --scorecard phone"
    )
    session = opened.out.partition(":")[0].split()[-1]
    known = {row["item"]: row for row in desk.type("sample list --format json").rows}
    rows = desk.type("export calibration_items --format json").rows
    items = [known[row["item"]] for row in rows if row["calibration"] == session]
    for scorer in (*scorers, plan["expert"]):
        desk.type(["calibrate", "score", session, "--from", desk.filled(items, scorer)], scorer)
    desk.type(f"calibrate reveal {session}")
    desk.type(f"calibrate report {session}")
    desk.type(f"calibrate close {session}")
