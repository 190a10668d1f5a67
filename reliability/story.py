"""Every command that writes, as one story on a small desk: a step is a command line that works where the story has come.

A command that writes must have a step here; ``writing_commands`` finds them in the program itself.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

ROOT = Path(__file__).parents[1]
for place in ("src", "tests"):
    if str(ROOT / place) not in sys.path:
        sys.path.insert(0, str(ROOT / place))

import desk
from command_line import run

DAY, LATER = desk.DRAWN, "2026-06-01"
SPOT = desk.spot("spot")
FORM = """\
- item: {}
  answers:
    idv: {{answer: {}, evidence: asked for the postcode, offset: "00:41"}}
    check: 4
    next: {{answer: 1, evidence: named Friday}}
"""
ACKNOWLEDGED = "person,on,means\n" + "".join(f"{person},2026-01-05,signed\n" for person in desk.STAFF)
CATEGORIES = '[{"name": "Solution", "critical": false, "weight": 10, "maxRating": 5, "scorecards": ["Care"]}]\n'
FIGURES = "kpi,variant,period,num,den\nservice-level,sl3,2026-W20,810,1000\n"
TEAMS = desk.PROFILES["telephony"].replace("  customer:", "  team: {column: channel}\n  customer:")
BRIEFING = """\
team: phone
aim: Every customer hears what happens next.
evidence: [next]
actions: [{what: Say the next step with a day., role: colleague, due: 2026-06-12, why: Customers call again otherwise.}]
"""
SEATS = """\
- {id: seats, version: 1, owner: p_mgr1, from: 2026-01-01, title: Seats of the recorder, kind: systems, unit: seats, have: 2,
   per: {each: 1, of: colleague}, cost_each: 140, source: contract of 12 January 2026}
"""
CASE = """\
id: seat
version: 1
owner: p_tl1
from: 2026-05-01
title: A seat more
currency: GBP
months: 12
figures: {price: {from: resource review, row: seats, column: cost}, short: {from: resource review, row: seats, column: gap}}
assumptions: {saved: {value: 20, low: 10, high: 30, unit: GBP a month, source: time sheets of April 2026}}
options:
  - {id: do-nothing, title: Wait, risks: [{what: Somebody waits., answer: None., owner: p_tl1}]}
  - {id: buy, title: Buy it, costs: [{what: Seat, amount: price}],
     benefits: [{what: Waiting, amount: short * saved, each: month, baseline: short}],
     risks: [{what: It comes late., answer: None., owner: p_tl1}]}
recommend: buy
because: Nobody waits.
actions: [{what: Order it., owner: p_tl1, due: 2026-06-12}]
ask: {what: Approve it., of: p_mgr1, by: 2026-06-05}
texts: {summary: "It costs {buy.cost}.", analysis: "{short} is wanting."}
"""
DECISIONS = (
    "on,case,customer,person,decision,amount,approver,reason\n"
    "2026-05-04,C1,K1,p_a07,goodwill,20,,late reply\n2026-05-05,C1,K1,p_a07,goodwill,20,,late again\n"
)
NOTES = "criterion,offset,polarity,fact\nidv,00:41,+,asked for the postcode\nnext,02:10,-,no day named\n"


class Step(NamedTuple):
    """One command line: the command, what follows its name, who types it; whether it writes an entry."""

    command: str
    words: str
    actor: str = "p_tl1"
    entry: bool = True
    day: str = DAY


# `init`, `source add` and `scorecard import` write files that are no records: they are played, and held to the same.
STORY = (
    Step("init", "../begun --provenance example", entry=False),
    Step("source add", "exports/june.csv --name june", entry=False),
    Step(
        "notice add",
        "n-mail --audience customers --channel email --from 2026-06-01 --wording 'We keep this.' --delivered-by footer",
        entry=False,
    ),
    Step("scorecard import", "categories.json --from zendesk-qa --channel phone", entry=False),
    Step(
        "authority set",
        "goodwill --role colleague --decision goodwill --limit 25 --next-role team-leader --from 2026-01-01",
        entry=False,
    ),
    Step("authority agree", "goodwill", "p_mgr1"),
    Step("authority ack", "--from read-authority.csv"),
    Step("authority quiz", "--from authority.csv", "p_a07"),
    Step("authority replay", "decisions.csv --record"),
    Step("notice ack", "n-staff --from acknowledged.csv"),
    Step("scale trial", "binary point5 --from trial.csv"),
    Step("scale approve", "binary point5", "p_mgr1"),
    Step("scorecard approve", "desk --comment 'one criterion went after the front line tried it'", "p_mgr1"),
    Step("frame agree", "weekly --comment 'as we said'", "p_mgr1"),
    Step("run", ""),
    Step("frame agree --spot", "spot", "p_mgr1"),
    Step("sample draw --spot", "spot"),
    Step("spot miss", "{missed} --reason 'no call came'", day=LATER),
    Step("spot done", "{made} --transaction LIVE-1", day=LATER),
    Step("excuse", "draw/weekly/2026-W22 --reason 'no export that week'", day=LATER),
    Step("sample draw", "weekly --period 2026-W20"),
    Step("frame review", "weekly --note 'two of each colleague stay' --again 2027-01-11"),
    Step("sample assign", "{last} --reason 'ill until Friday'"),
    Step("sample replace", "{second} --reason 'recording lost'", "p_ev1"),
    Step("sample extend", "{draw} --to 3 --reason 'too few for a mean'"),
    Step("sample confirm", "weekly --period 2026-W19 --size 1 --question 'is the next step missing?'"),
    Step("sample choose", "weekly A07-06 --reason 'complaint of 12 May' --link 'case 881'"),
    Step("procedure ack", "--from read.csv"),
    Step("procedure quiz", "--from answers.csv"),
    Step("technique justify", "weekly --because 'calls can be heard again'"),
    Step("record session", "{item} --technique transcript --notes notes.csv", "p_ev1"),
    Step("score", "--from first.yaml", "p_ev1"),
    Step("score --correct", "--from again.yaml --correct 'misheard the postcode'", "p_ev1"),
    Step("compare", "score --all --record"),
    Step("report dashboard", ""),
    Step("score --personal-call", "{last} --personal-call", "p_ev2"),
    Step("calibrate open", "--items 2 --evaluators p_ev1,p_ev2"),
    Step("calibrate score", "{calibration} --from calibrated.yaml", "p_ev1"),
    Step("calibrate reveal", "{calibration} --partial 'p_ev2 is on leave'"),
    Step(
        "calibrate minute",
        "{calibration} --agreed p_ev1,p_ev2 --item {calibrated} --criterion next --answer 4 --reading 'a day is enough'",
    ),
    Step("calibrate close", "{calibration}"),
    Step("dispute raise", "{observation} --criterion check=5 --words 'I asked once more.'", "{colleague}"),
    Step("dispute withdraw", "{dispute}", "{colleague}"),
    Step("dispute decide", "{again} --outcome upheld --words 'a question more at 01:10'", "p_ev2"),
    Step("finding look", "--period 2026-05", day=LATER),
    Step("finding settle", "", day=LATER),
    Step("finding close", "{finding} --reason 'the panel is back'", day=LATER),
    Step("notice deliver", "n-phone --on 2026-05-20 --reference 'IVR log 20 May, prompt 12'"),
    Step("notice adjust", "{colleague} --needs 'reads long texts from paper'"),
    Step("feedback prepare", "{observation} --for {colleague}"),
    Step("feedback deliver", "{feedback}"),
    Step("feedback reply", "{feedback} --words 'The panel sits behind a tab.'", "{colleague}"),
    Step("feedback ack", "{feedback}", "{colleague}"),
    Step("plan propose", "--for {colleague} --need {feedback} --criterion next --option idv-drill"),
    Step("plan book", "{plan} --words 'Tuesday at nine'"),
    Step("plan done", "{plan} --words 'eight cases played'"),
    Step("plan review", "{plan} --words 'seen in four of four'"),
    Step("plan cancel", "{other} --words 'moved to another team'"),
    Step("kpi approve", "aht fcr --comment 'as the front line reads them'", "p_mgr1"),
    Step("kpi compute", "aht --period 2026-05-05..2026-05-20 --by none"),
    Step("kpi import", "figures.csv --source 'switch, report 7' --method 'all calls' --ready-on 2026-05-25"),
    Step("kpi question", "'why are chats so short?' --kpi aht --from 'figures of May'"),
    Step("kpi answer", "{question} --data 'kpi show aht' --words 'two customers left at once'", "p_ev1"),
    Step("kpi close", "{question}"),
    Step(
        "benchmark add",
        "aht-guide --kpi aht --variant standard --value 553 --kind indicative --year 2024 --expires 2027-12-31 "
        "--source 'a guide of the trade'",
        entry=False,
    ),
    Step("target propose", "aht --value 290 --from 2026-06-01 --because 'first target'"),
    Step("target agree", "aht", "p_mgr1"),
    Step(
        "resource request",
        "seats --amount 2 --unit units --of p_mgr1 --effect next --from 2026-07-01 --words 'two started in May'",
    ),
    Step("brief make", "briefing.yaml"),
    Step("brief deliver", "{briefing} --present p_a07 --absent p_a09"),
    Step("brief commit", "{briefing} --words 'I name a day' --concern 'I do not know the days'", "p_a07"),
    Step("brief answer", "{commitment} --words 'they hang at the desk'"),
    Step("brief progress", "{commitment} --state under-way --words 'in every second call'", "p_a07"),
    Step("brief close", "{other_briefing} --words 'asked again in June'"),
    Step("case draft", "seat"),
    Step("case approve", "seat --comment 'before the summer'", "p_mgr1"),
    Step("resource secure", "{resource_request} --outcome partly --amount 1 --words 'one is left'", "p_mgr1"),
    Step("scorecard retire", "desk --reason 'replaced by desk 2'", "p_mgr1"),
    Step("privacy complaint", "K5A07 --channel letter", day="2026-06-25"),
    Step("privacy access", "p_a07"),
    Step("export", "observations --names --purpose audit -o observations.csv"),
    Step("privacy erase", "p_a12 --reason 'left the company'"),
    Step("ledger redact", "{observation} --reason 'customer named'", "p_mgr1"),
    Step("ledger adopt", "records/2026/acknowledgements.csv"),
    Step("ledger retire", "observations 2026 --reason '24 months'", "p_mgr1", day="2028-01-10"),
    Step("privacy hold", "p_a09 --reason 'claim before a court'"),
    Step("ledger host take", ""),
)


def writing_commands() -> set[str]:
    """Return the names of all commands that take --dry-run, found by walking the program."""
    from qacli.cli import COMMANDS

    return {name for each in COMMANDS for name in _writing(import_module(f"qacli.commands.{each.name}").app, each.name)}


def _writing(app: Any, path: str) -> Iterator[str]:
    grouped = len(app.registered_commands) + len(app.registered_groups) > 1 or app.registered_callback
    for each in app.registered_commands:
        if getattr(each.callback, "writes", False):
            yield f"{path} {each.name}" if grouped or path.count(" ") else path
    for group in app.registered_groups:
        yield from _writing(group.typer_instance, f"{path} {group.name}")


def missing() -> set[str]:
    """Return the commands that write and have no step."""
    return writing_commands() - {step.command.partition(" --")[0] for step in STORY}


class Scene(NamedTuple):
    """A step with its names filled in, and the folder in which it works."""

    step: Step
    words: Sequence[str]
    actor: str
    folder: Path

    def line(self, folder: Path) -> list[str]:
        """Return the words behind ``qacli`` that play the step in a copy of its folder."""
        before = ["--as", self.actor]
        if self.step.command == "init":
            return [*before, "init", str(folder / self.words[1]), *self.words[2:]]
        return [*before, "-C", str(folder), *self.words, "--today", self.step.day]


def scenes(place: Path, commands: Sequence[str] = ()) -> list[Scene]:
    """Play the story below a place and return its scenes, or those of some commands, each in a folder of its own."""
    import shlex

    told = desk.make(place / "desk")
    desk.write(told, _files())
    found, names = [], {}
    for number, step in enumerate(STORY):
        if step.command in FIRST:
            name, made = FIRST[step.command]
            names[name] = made(told, names)
        if step.command == "finding settle":
            names["finding"] = _watched(told)
        if step.command == "ledger host take":
            _elsewhere(told)
        if step.command == "ledger adopt":
            _typed_by_hand(told)
        words = shlex.split(f"{step.command.partition(' --')[0]} {step.words}".format(**names))
        scene = Scene(step, words, step.actor.format(**names), place / f"{number:02}")
        if not commands or step.command in commands:
            shutil.copytree(told, scene.folder)
            found.append(scene)
        desk.done(run(_absolute(scene, told)))
        names |= _names(told, step.command, names)
        if step.command == "sample draw":
            desk.write(told, _forms(names["item"]))
        if step.command == "calibrate open":
            desk.write(told, {"calibrated.yaml": _calibrated(names["calibrated"], names["beside"])})
    return found


def _absolute(scene: Scene, folder: Path) -> list[str]:
    # played here, not in the folder: what it reads and writes is to lie there all the same
    files = {*_files(), *_forms(""), "calibrated.yaml", "observations.csv"}
    return [str(folder / word) if word in files else word for word in scene.line(folder)]


def _files() -> dict[str, str]:
    june = "\n".join([desk.HEADER, *desk.conversations(), ""])
    return {
        "exports/june.csv": june,
        "acknowledged.csv": ACKNOWLEDGED,
        "trial.csv": desk.TRIAL,
        "read.csv": desk.READ,
        "answers.csv": desk.ANSWERS,
        "notes.csv": NOTES,
        "definitions/frames/spot.yaml": SPOT,
        "categories.json": CATEGORIES,
        "figures.csv": FIGURES,
        "first.yaml": "".join(FORM.format(item, "met", 1) for item in (1,)),
        "again.yaml": FORM.format(1, "not_met", 1),
        "definitions/resources.yaml": SEATS,
        "definitions/profiles/telephony.yaml": TEAMS,
        "briefing.yaml": BRIEFING,
        "definitions/cases/seat.yaml": CASE,
        "read-authority.csv": "person,on\np_a07,2026-01-05\n",
        "authority.csv": "question,answer\ngoodwill-at,a\ngoodwill-above,b\ngoodwill-split,b\n",
        "decisions.csv": DECISIONS,
    }


def _forms(item: str) -> dict[str, str]:
    """Return the filled forms of one item, the second with another answer."""
    return {"first.yaml": FORM.format(item, "met"), "again.yaml": FORM.format(item, "not_met")}


def _other(folder: Path, names: dict[str, str]) -> str:
    """Propose a second plan, to be cancelled, and return its id."""
    words = f"plan propose --for {names['colleague']} --need {names['feedback']} --criterion idv --option idv-drill"
    return desk.done(run(words, folder, "p_tl1", DAY)).out.partition(":")[0]


def _briefed(folder: Path, names: dict[str, str]) -> str:
    """Make a second briefing and deliver it to all, to be closed, and return its id."""
    name = desk.done(run(["brief", "make", str(folder / "briefing.yaml")], folder, "p_tl1", DAY)).out.partition(":")[0]
    desk.done(run(f"brief deliver {name} --present p_a07", folder, "p_tl1", DAY))
    return name


def _calibrated(*items: str) -> str:
    """Return what a scorer gives the items of a calibration, as one file."""
    return "".join(f"- {FORM.format(item, 'met', 1)[2:]}" for item in items)


def _again(folder: Path, names: dict[str, str]) -> str:
    """Raise a dispute once more, to be decided, and return its id."""
    line = f"dispute raise {names['observation']} --criterion check=5 --words 'I asked once more, at 01:10.'"
    return desk.done(run(line, folder, names["colleague"], DAY)).out.partition(" ")[0]


FIRST = {
    "plan cancel": ("other", _other),
    "brief close": ("other_briefing", _briefed),
    "dispute decide": ("again", _again),
}
"""What has to be there before a step, and the name by which it calls it."""


def _watched(folder: Path) -> str:
    """Put something on watch, have a fresh check of it drawn and scored, and return its id."""
    from qacli.model import Change
    from qacli.understand.patterns.finding import Finding
    from qacli.workspace import Workspace

    days = {"first": date(2026, 5, 4), "last": date(2026, 5, 31), "since": date(2026, 5, 4), "until": None}
    figures = {"n": 40, "failed": 16, "n_other": 60, "failed_other": 3, "effect": 0.35, "low": 0.2, "high": 0.5}
    where = {"colleague": "", "channel": "phone", "scorecard": "desk@1.0", "criterion": "next"}
    chance = {"p": 0.0001, "adjusted": 0.001, "since_low": None, "since_high": None, "spread": "process"}
    watch = Finding(look="lo_1", kind="rise", method="temporal scan", **days, **figures, **where, **chance)  # type: ignore[arg-type]
    name = Workspace.find(folder, "p_tl1").commit(lambda _: Change([watch]), "finding look").first
    desk.done(run(f"sample confirm {name} --period 2026-W19 --size 1", folder, "p_tl1", DAY))
    item = desk.items(folder)[-1]
    desk.write(folder, {"fresh.yaml": FORM.format(item["item"], "met", 4)})
    desk.done(run(f"score --from {folder / 'fresh.yaml'}", folder, item["evaluator"], DAY))
    return name


def _typed_by_hand(folder: Path) -> None:
    """Let somebody type a row into a table, as a spreadsheet or an editor would leave it."""
    with (folder / "records/2026/acknowledgements.csv").open("a", encoding="utf-8") as table:
        table.write("mine,2026-05-20T09:00:00Z,p_x,example,p_ev2,n-staff@1,2026-05-20,on paper\n")


def _elsewhere(folder: Path) -> None:
    """Let the last entry be written on another computer."""
    with mock.patch("qacli.ledger.trail.this_host", return_value="h_00000000"):
        desk.done(run("ledger host take", folder, "p_tl1", DAY))


def _names(folder: Path, command: str, names: dict[str, str]) -> dict[str, str]:
    """Return the ids that a step has made and later steps name."""
    if command == "sample draw":
        first, second, *_, last = desk.items(folder)
        draws = run("sample list --draws --format json", folder, "p_tl1").rows
        names = {"item": first["item"], "colleague": first["colleague"], "second": second["item"]}
        return names | {"last": last["item"], "draw": draws[0]["draw"]}
    if command == "sample draw --spot":
        missed, made, *_ = run("spot list --format json", folder, "p_tl1", LATER).rows
        return {"missed": missed["check"], "made": made["check"]}
    if command in {"score", "score --correct", "dispute decide"}:
        return {"observation": desk.items(folder)[0]["observation"]}
    if command == "calibrate open":
        rows = run("export calibration_items --format json", folder, "p_tl1").rows
        return {"calibration": rows[0]["calibration"], "calibrated": rows[0]["item"], "beside": rows[1]["item"]}
    listed = {
        "dispute raise": ("dispute list", "dispute"),
        "feedback prepare": ("feedback list", "feedback"),
        "plan propose": ("plan list", "plan"),
        "kpi question": ("kpi questions", "question"),
        "resource request": ("resource list", "request"),
        "brief make": ("brief list", "briefing"),
    }
    if command == "brief commit":
        return {"commitment": run("export commitments --format json", folder, "p_tl1").rows[-1]["id"]}
    if command in listed:
        line, column = listed[command]
        found = run(f"{line} --format json", folder, "p_tl1").rows[-1][column]
        return {command.replace(" ", "_") if column == "request" else column: found}
    return names
