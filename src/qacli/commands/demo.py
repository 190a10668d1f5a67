"""``qacli demo``: an example workspace, and the whole loop played in it with scripted evaluators.

It types the commands that a person would type; nothing here reaches around them.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app, run
from qacli.model import Refusal, UsageError
from qacli.workspace import Workspace

app = new_app("Make an example workspace and play the whole loop in it.")
DRAWN_ON: Mapping[str, str] = {
    "2026-W19": "2026-05-11",
    "2026-W20": "2026-05-18",
    "2026-W21": "2026-05-26",
    "2026-W22": "2026-06-01",
}
"""Each week's sample is drawn on the first working day after it."""
READ_ON = date(2026, 5, 4)
TABLES = ("technique", "sample", "summarise", "explain", "procedure")
"""Commands whose result is a table: shown as one, also where the demo is not watched on a terminal."""
COACH, CARD = "p_tl1", "chat@1.0"


@command(app)
def demo(
    context: Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")] = Path("harbour"),
) -> None:
    """Make an example workspace in DIR, play four weeks of monitoring in it, verify it, and say what to look at."""
    if directory.exists() and any(directory.iterdir()):
        raise UsageError(f"{directory} is not empty", help="name a folder that is not there yet: qacli demo DIR")
    play = _Play(directory, context)
    play.type(f"init {shlex.quote(str(directory))} --as p_tl1 --provenance example", brief=True)
    with _example() as (generate, evaluators):
        generate.generate(directory)
        _set_up(play, evaluators)
        for week, day in DRAWN_ON.items():
            _one_week(play, evaluators, week, day)
    _understand(play)
    _improve(play)
    play.type("sample verify")
    play.type("ledger verify")
    context.say(_closing(directory))


class _Play:
    """Types commands in a folder, as somebody, on a day; shows them and what they print."""

    def __init__(self, folder: Path, context: Context) -> None:
        self.folder = folder
        self.context = context

    def type(
        self,
        line: str,
        actor: str = COACH,
        today: str = "2026-05-11",
        *,
        brief: bool = False,
        may_find: bool = False,
        may_refuse: bool = False,
    ) -> bool:
        """Run one command line and return whether it was not refused. With ``brief`` only its messages are shown.

        Raises what the command raises; where it ``may_refuse``, a refusal is shown instead.
        """
        self.context.say(f"$ qacli {line}" + ("" if line.startswith("init") else f" --as {actor}"))
        name, *arguments = shlex.split(line)
        if name != "init":
            arguments += ["-C", str(self.folder), "--as", actor, "--today", today]
        if brief:
            arguments += ["-o", os.devnull]
        elif not sys.stdout.isatty() and name in TABLES:
            arguments += ["--format", "table"]
        try:
            code = run(import_module(f"qacli.commands.{name}").app, arguments, f"qacli {name}")
        except Refusal as refusal:
            if not may_refuse:
                raise
            self.context.say(str(refusal))
            return False
        sys.stdout.flush()
        if code and not may_find:
            raise RuntimeError(f"qacli {line} ended with {code}")
        return True

    def workspace(self) -> Workspace:
        return Workspace.find(self.folder, COACH)


@contextmanager
def _example() -> Iterator[tuple[ModuleType, ModuleType]]:
    """Yield the generator and the scripted evaluators of examples/harbour; they are scripts, not a package."""
    from qacli.workspace.shipped import shipped

    place = str(shipped("examples") / "harbour")
    before = set(sys.modules)
    sys.path.insert(0, place)
    try:
        yield import_module("generate"), import_module("evaluators")
    finally:
        sys.path.remove(place)
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", "") or "").startswith(place):
                del sys.modules[name]


def _set_up(play: _Play, evaluators: ModuleType) -> None:
    play.type("check")
    play.type("technique compare phone")
    play.type("source check", may_find=True)
    play.type("notice gaps --from 2026-05-04 --to 2026-05-31", may_find=True)
    acknowledgements = shlex.quote(str(play.folder / "acknowledgements.csv"))
    play.type(f"notice ack n-staff-4 --from {acknowledgements}", today="2026-06-01")
    trial = shlex.quote(str(play.folder / "trial.csv"))
    play.type(f"scale trial binary point5 --from {trial}", brief=True)
    comment = "ph-name removed after the front line tried the card"
    play.type(f"scorecard approve phone --with-scales --comment '{comment}'", actor="p_mgr1")
    play.type("scorecard approve chat --with-scales", actor="p_mgr1")
    _know_procedures(play, evaluators)
    play.type('frame agree weekly-routine --comment "floor of the chat sample raised after we talked"', actor="p_mgr1")


def _know_procedures(play: _Play, evaluators: ModuleType) -> None:
    """Let the evaluators read what they rate by and pass its quizzes; one of them needs a second attempt."""
    people, cited = needed(play.workspace())
    lines = evaluators.readings(cited, people, READ_ON)
    read = _list(play.folder / "procedures-read.csv", "person,procedure,on,means", lines)
    play.type(f"procedure ack --from {read}", brief=True)
    for person in people:
        _quiz(play, play.folder / f"quiz.{person}.csv", person, evaluators.quiz_answers(cited, person))
    for person, name in evaluators.SLIP.items():
        failed = [each for each in cited if each.id == name]
        answers = evaluators.quiz_answers(failed, person, attempt=2)
        _quiz(play, play.folder / "drafts" / f"quiz.{person}.csv", person, answers, brief=False)
    play.type("procedure matrix")


def needed(workspace: Workspace) -> tuple[list[str], list[Any]]:
    """Return the evaluators of a folder and the procedures that one of them has to know."""
    from qacli.prepare.procedures.currency import needs

    view = workspace.view()
    by_person = needs(view)
    names = {name for each in by_person.values() for name in each}
    return list(by_person), [each for each in view.definitions("procedure") if each.id in names]


def _quiz(play: _Play, file: Path, person: str, answers: Sequence[Sequence[str]], *, brief: bool = True) -> None:
    written = _list(file, "person,procedure,question,answer", answers)
    play.type(f"procedure quiz --from {written}", actor=person, brief=brief)


def _list(path: Path, header: str, lines: Sequence[Sequence[str]]) -> str:
    """Write a small CSV, and return its name as it is typed."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text("\n".join([header, *(",".join(line) for line in lines), ""]), "utf-8")
    return shlex.quote(str(path))


def _one_week(play: _Play, evaluators: ModuleType, week: str, day: str) -> None:
    """Draw one week and let each evaluator hand in a filled form for every item of theirs."""
    play.type(f"sample draw weekly-routine --period {week}", today=day)
    for person, forms in sorted(_forms(play.workspace(), evaluators).items()):
        name = play.folder / "drafts" / f"{week}.{person}.score.json"
        name.parent.mkdir(mode=0o700, exist_ok=True)
        name.write_text(json.dumps(forms, ensure_ascii=False, indent=1), "utf-8")
        play.type(f"score --from {shlex.quote(str(name))}", actor=person, today=day, brief=True)


def _forms(workspace: Workspace, evaluators: ModuleType) -> dict[str, list[Any]]:
    """Return what each evaluator fills in for the items that wait for them."""
    from qacli.monitor.observing.agenda import to_score

    view = workspace.view()
    people = sorted({item.evaluator for item in view.current(_item())})
    return {
        person: [
            evaluators.score_file(item.id, _contact(item), view.definition("scorecard", item.scorecard), person)
            for item in waiting
        ]
        for person in people
        if (waiting := to_score(view, person))
    }


def _item() -> Any:
    from qacli.monitor.sampling.draw import Item

    return Item


def _contact(item: Any) -> dict[str, Any]:
    return {
        "transaction": item.transaction,
        "channel": item.channel,
        "colleague": item.colleague,
        "day": item.day,
        "reason": item.reason,
        "seconds": item.seconds,
    }


def _understand(play: _Play) -> None:
    play.type("summarise criterion --channel chat", today="2026-06-01")
    play.type("summarise colleague", today="2026-06-01")
    play.type("summarise team", today="2026-06-01")
    play.type("report summary criterion", today="2026-06-01")


def _improve(play: _Play) -> None:
    """Feedback and a plan for the first colleague whose chat failed the identity check."""
    observations, colleague = _who_needs_it(play.workspace())
    play.type(f"explain {observations[0]}", today="2026-06-01")
    meeting = "--on 2026-06-02T12:00 --place 'meeting room 2'"
    play.type(f"feedback prepare {' '.join(observations)} --for {colleague} {meeting}", today="2026-06-01")
    view = play.workspace().view()
    from qacli.improve.feedback import Feedback, FeedbackPoint

    sheet = view.current(Feedback)[-1].id
    points = [row.criterion for row in view.current(FeedbackPoint) if row.kind == "development"]
    play.type(f"feedback deliver {sheet} --on 2026-06-02", today="2026-06-02")
    play.type(
        f"feedback reply {sheet} --words 'I see it now: the panel sits behind a tab since the release, so I checked late.'",
        actor=colleague,
        today="2026-06-02",
    )
    play.type(f"feedback ack {sheet}", actor=colleague, today="2026-06-02")
    for criterion in dict.fromkeys([*points, *_failed(view, observations)]):
        option = _option(view, criterion)
        line = f"plan propose --for {colleague} --need {sheet} --criterion {criterion} --option {option}"
        if play.type(line, today="2026-06-02", may_refuse=True):
            break
    play.type(f"report feedback {sheet}", today="2026-06-02")
    play.type("report plans", today="2026-06-02")


def _who_needs_it(workspace: Workspace) -> tuple[list[str], str]:
    """Return the observations of a colleague with a failed critical in chat, and who it is."""
    from qacli.monitor.observing.observation import Observation

    view = workspace.view()
    whose = {item.id: item.colleague for item in view.current(_item())}
    seen = view.current(Observation)
    failed = next(row for row in seen if row.scorecard == CARD and row.compliance)
    colleague = whose[failed.item]
    return [row.id for row in seen if whose[row.item] == colleague], colleague


def _failed(view: Any, observations: Sequence[str]) -> list[str]:
    """Return the criteria that failed in some observations, the most urgent first."""
    from qacli.improve.points import seen, worst
    from qacli.monitor.observing.observation import Observation

    return [each.criterion.id for each in worst(seen(view, [view.one(Observation, name) for name in observations]))]


def _option(view: Any, criterion: str) -> str:
    return next(str(option.id) for option in view.definitions("option") if criterion in option.fits)


def _closing(directory: Path) -> str:
    return "\n".join(
        [
            "",
            f"The records of {directory} are verified. Read:",
            f"  {directory}/out/feedback/    a feedback sheet, strengths first",
            f"  {directory}/out/             coaching plans, a summary by criterion",
            f"  {directory}/records          every step as CSV; {directory}/journal.csv binds them",
            "",
            "Try next:",
            f"  cd {shlex.quote(str(directory))}",
            "  qacli sample list --for p_ev1",
            "  qacli summarise colleague",
            "  qacli report dashboard --as p_mgr1   # one page for a manager: open out/dashboard.html",
            "  qacli sample draw monthly-colleague --period 2026-05 --as p_mgr1 --today 2026-06-03   # refused: why?",
            "  qacli ledger show",
        ]
    )
