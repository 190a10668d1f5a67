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

import coached
import desk
from command_line import run

from qacli.monitor.observing.observation import Rating

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
LADDER = """\
- {id: again, version: 1, owner: p_tl1, from: 2026-01-01, title: Failed again, window: {months: 4},
   counts: [{class: compliance, times: 2}], cycles: [{step: coaching, role: team-leader, within: {days: 7}}]}
"""
CATEGORIES = '[{"name": "Solution", "critical": false, "weight": 10, "maxRating": 5, "scorecards": ["Care"]}]\n'
FIGURES = "kpi,variant,period,num,den\nservice-level,sl3,2026-W20,810,1000\n"
ROLES = "roles: {team-leader: [p_tl1], manager: [p_mgr1]}\n"
TEAMS = desk.PROFILES["telephony"].replace("  customer:", "  team: {column: channel}\n  customer:")
GROW = """\
- {id: grow, version: 1, owner: p_tl1, from: 2026-01-01, title: GROW, steps: [
    {id: goal, title: Goal, ask: What do you want?}, {id: will, title: Will, ask: What will you do?}]}
"""
BRIEFING = """\
team: phone
aim: Every customer hears what happens next.
evidence: [next]
actions: [{what: Say the next step with a day., role: colleague, due: 2026-06-12, why: Customers call again otherwise.}]
"""
ACTION = """\
{id: name-a-day, verb: name, object: the day of the next step, scope: phone, owner: p_a07, metric: {kpi: service-level}, target: 90,
 start: 2026-06-01, review: 2026-06-22, due: 2026-07-06, decisions: {goodwill: 0}, hours: 0, money: 0,
 why: Customers who know the day do not call for it.}
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
INSTRUMENT = """\
- {id: after-contact, version: 1, owner: p_tl1, from: 2026-01-01, title: Survey, kind: survey, wording: Were you satisfied?,
   scale: {lowest: 1, highest: 5, favourable_from: 4}, sent_when: by e-mail, columns: {transaction: txn, on: day, score: csat}}
"""
DECISIONS = (
    "on,case,customer,person,decision,amount,approver,reason\n"
    "2026-05-04,C1,K1,p_a07,goodwill,20,,late reply\n2026-05-05,C1,K1,p_a07,goodwill,20,,late again\n"
)
PORTFOLIO = "- {id: mine, version: 1, owner: p_tl1, from: 2026-01-01, candidate: p_tl1, fewest_words: 5}\n"
OWN = "assessments:\n  - {{observation: {}, criterion: next, answer: '4', comment: I named Friday.}}\n"
ITEMS = """\
model: sbi
items:
  - {{kind: strength, observation: {0}, criterion: check, situation: the call, behaviour: you said it back, impact: she said yes,
     effect: it is right the first time}}
  - {{kind: development, observation: {0}, criterion: idv, situation: the same call, behaviour: the balance came first,
     impact: anybody could have heard it, next: ask first, effect: the money is safe}}
"""
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
    Step(
        "require add",
        "recorded --kind law --title Recording --says 'People are told.' --source 'act of 2018' --from 2026-01-01 "
        "--checked-on 2026-05-20 --procedure idv --criterion next --test 'criterion next at least 95'",
        entry=False,
    ),
    Step("require review", "recorded --note 'section 46 reads as before'"),
    Step(
        "require consult",
        "recorded --change 'The greeting says so.' --answer-by 2026-06-12 --ask p_tl1,p_a07",
        "p_mgr1",
    ),
    Step("require say", "{consultation} --from said.csv", "p_ev2"),
    Step("require reply", "{answer} --words 'then before the name' --altered", "p_mgr1"),
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
    Step("require check", "recorded --period 2026-05 --record"),
    Step(
        "require implement",
        "{heard} --live-on 2026-06-01 --procedure need@1 --left notice=same --left scorecard=same --left briefing=mail",
    ),
    Step("require live", "{heard}", day=LATER),
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
    Step("feedback withdraw", "{feedback} --reason 'a call more is scored first'"),
    Step("feedback prepare", "{observation} --for {colleague}"),
    Step("feedback invite", "{feedback} --on 2026-05-25T12:00 --place 'room 2'"),
    Step("feedback selfassess", "{feedback} --from own.yaml", "{colleague}"),
    Step("feedback deliver", "{feedback} --items items.yaml"),
    Step("feedback decline", "{feedback} --words 'left the room, and came back the day after'"),
    Step("feedback reply", "{feedback} --words 'The panel sits behind a tab.' --agree partly --item 2", "{colleague}"),
    Step("feedback ack", "{feedback}", "{colleague}"),
    Step("plan propose", "--for {colleague} --need {feedback} --criterion next --option idv-drill"),
    Step("plan book", "{plan} --words 'Tuesday at nine'"),
    Step("plan done", "{plan} --words 'eight cases played'"),
    Step("plan effect", "{coached}", day=coached.LOOKED),
    Step("plan close", "{coached} --words 'seen in twelve of twelve'", day=coached.LOOKED),
    Step("plan cancel", "{other} --words 'moved to another team'"),
    Step("plan step", "{talked} goal --words 'customers know the day'"),
    Step("kpi approve", "aht fcr --comment 'as the front line reads them'", "p_mgr1"),
    Step("kpi compute", "aht --period 2026-05-05..2026-05-20 --by none"),
    Step("kpi import", "figures.csv --source 'switch, report 7' --method 'all calls' --ready-on 2026-05-25"),
    Step("plan add", "action.yaml"),
    Step("plan progress", "{action} --words 'the card hangs at every desk'", "p_a07", day=LATER),
    Step("plan close", "{action} --outcome dropped --words 'the line moves in June'", day=LATER),
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
    Step(
        "portfolio say", "mon-k7 --words 'I come by unannounced because recordings miss what happens between two calls'"
    ),
    Step("portfolio add", "{briefing} --covers per-p11 --role-note 'I wrote the plan and told the team'"),
    Step("portfolio sign", "--role candidate"),
    Step("resource secure", "{resource_request} --outcome partly --amount 1 --words 'one is left'", "p_mgr1"),
    Step("escalate open", "fraud --by p_a07 --case C1 --words 'asked to move it' --lacked 'no access'", "p_a07"),
    Step("escalate take", "{escalation} --words 'rang the bank'"),
    Step("escalate acknowledge", "{escalation} --words 'by telephone'"),
    Step("escalate handover", "{escalation} --to p_mgr1 --words 'the block is beyond me'"),
    Step("escalate option", "{escalation} --what block --customer safe --benefit trust --risk cost", "p_mgr1"),
    Step("escalate close", "{escalation} --choose {option} --why 'safe at once' --technique call-back", "p_mgr1"),
    Step("escalate support", "p_mgr1 --topic 'who takes fraud' --question 'at night?' --answer 'the desk'"),
    Step("escalate agree", "again", "p_mgr1"),
    Step("escalate ladder", "--record"),
    Step("escalate done", "{rung} --words 'one hour at the desk'"),
    Step("cause open", "next --words 'no next step is named' --because 'customers call again'"),
    Step("cause why", "{cause} --words 'no field asks for it' --branch system --evidence {observation}"),
    Step("cause cause", "{cause} --words 'the form closes without a next step' --branch system"),
    Step(
        "cause fix",
        "{cause} --words 'the form asks' --kind prevent --owner p_ev1 --live-on 2026-05-20 --window 7 "
        "--customer once --benefit less --risk time",
    ),
    Step("cause verify", "{fix}", day="2026-07-01"),
    Step("scorecard retire", "desk --reason 'replaced by desk 2'", "p_mgr1"),
    Step("voice import", "survey.csv --instrument after-contact", day=LATER),
    Step("voice note", "--kind overheard --words 'the third time I have asked'", day=LATER),
    Step("voice triage", "{remark} --complaint complaint", day=LATER),
    Step("voice theme", "{remark} --theme wait", "p_ev1", day=LATER),
    Step("voice link", "{remark} --told 'wrote to the customer'", day=LATER),
    Step("audit plan", "monitoring --auditor p_mgr1 --period 2026-05", day=LATER),
    Step("audit run", "{audit}", "p_mgr1", day=LATER),
    Step(
        "audit finding",
        "{audit} --test own-work --owner p_tl1 --due 2026-06-30 --words 'not all is told' --evidence {observation}",
        "p_mgr1",
        day=LATER,
    ),
    Step("audit correct", "{finding} --words 'it is told'", day=LATER),
    Step("audit verify", "{finding} --words 'seen on two forms'", "p_mgr1", day=LATER),
    Step("audit close", "{finding}", "p_mgr1", day=LATER),
    Step(
        "audit propose",
        "--words 'score on Mondays' --of p_ev1 --measure scoring-delay --evidence {observation}",
        day=LATER,
    ),
    Step("audit trial", "{improvement} --from 2026-05-25 --to 2026-05-31 --words 'one week'", day=LATER),
    Step("audit adopt", "{improvement} --words 'it costs nothing'", "p_mgr1", day=LATER),
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
        if step.command == "feedback prepare":
            desk.write(told, _talk(names["observation"]))
        if step.command == "calibrate open":
            desk.write(told, {"calibrated.yaml": _calibrated(names["calibrated"], names["beside"])})
    return found


def _absolute(scene: Scene, folder: Path) -> list[str]:
    # played here, not in the folder: what it reads and writes is to lie there all the same
    files = {*_files(), *_forms(""), *_talk(""), "calibrated.yaml", "observations.csv"}
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
        "qacli.yaml": desk.SETTINGS + ROLES,
        "definitions/ladders.yaml": LADDER,
        "definitions/resources.yaml": SEATS,
        "definitions/instruments.yaml": INSTRUMENT,
        "survey.csv": "txn,day,csat\nP1,2026-05-04,5\nP2,2026-05-04,\n",
        "definitions/profiles/telephony.yaml": TEAMS,
        "action.yaml": ACTION,
        "briefing.yaml": BRIEFING,
        "definitions/cases/seat.yaml": CASE,
        "definitions/portfolio.yaml": PORTFOLIO,
        "definitions/coaching-models.yaml": GROW,
        "read-authority.csv": "person,on\np_a07,2026-01-05\n",
        "authority.csv": "question,answer\ngoodwill-at,a\ngoodwill-above,b\ngoodwill-split,b\n",
        "decisions.csv": DECISIONS,
        "said.csv": "person,words\np_tl1,It is long.\np_a07,Customers ask why.\n",
    }


def _forms(item: str) -> dict[str, str]:
    """Return the filled forms of one item, the second with another answer."""
    return {"first.yaml": FORM.format(item, "met"), "again.yaml": FORM.format(item, "not_met")}


def _talk(observation: str) -> dict[str, str]:
    """Return the colleague's own view of one observation, and what is said in the talk about it."""
    return {"own.yaml": OWN.format(observation), "items.yaml": ITEMS.format(observation)}


def _other(folder: Path, names: dict[str, str]) -> str:
    """Propose a second plan, to be cancelled, and return its id."""
    words = f"plan propose --for {names['colleague']} --need {names['feedback']} --criterion idv --option idv-drill"
    return desk.done(run(words, folder, "p_tl1", DAY)).out.partition(":")[0]


def _briefed(folder: Path, names: dict[str, str]) -> str:
    """Make a second briefing and deliver it to all, to be closed, and return its id."""
    desk.write(folder, {"second.yaml": BRIEFING.replace("hears what", "hears on the same call what")})
    name = desk.done(run(["brief", "make", str(folder / "second.yaml")], folder, "p_tl1", DAY)).out.partition(":")[0]
    desk.done(run(f"brief deliver {name} --present p_a07", folder, "p_tl1", DAY))
    return name


def _heard(folder: Path, names: dict[str, str]) -> str:
    """Reply to whoever has no reply yet, so that the change may be made, and return the consultation."""
    for row in run("export consultation_answers --format json", folder, "p_tl1").rows:
        desk.done(run(f"require reply {row['id']} --words 'we keep it short'", folder, "p_mgr1", DAY))
    return run("require list --changes --format json", folder, "p_tl1").rows[0]["consultation"]


def _calibrated(*items: str) -> str:
    """Return what a scorer gives the items of a calibration, as one file."""
    return "".join(f"- {FORM.format(item, 'met', 1)[2:]}" for item in items)


def _second(folder: Path, names: dict[str, str]) -> str:
    """Add a second option of the case, to be chosen, and return its id."""
    line = f"escalate option {names['escalation']} --what wait --customer afraid --benefit none --risk 'the money goes'"
    return desk.done(run(line, folder, "p_mgr1", DAY)).out.partition(":")[0]


def _failed(folder: Path, _: dict[str, str]) -> str:
    """Score what is left of the draw as failed, so that somebody has failed the same critical twice."""
    for item in desk.items(folder, "--open"):
        desk.write(folder, {"failed.yaml": FORM.format(item["item"], "not_met", 1)})
        run(f"score --from {folder / 'failed.yaml'}", folder, item["evaluator"], DAY)
    return ""


def _again(folder: Path, names: dict[str, str]) -> str:
    """Raise a dispute once more, to be decided, and return its id."""
    line = f"dispute raise {names['observation']} --criterion check=5 --words 'I asked once more, at 01:10.'"
    return desk.done(run(line, folder, names["colleague"], DAY)).out.partition(" ")[0]


def _talked(folder: Path, names: dict[str, str]) -> str:
    """Propose a plan that follows a coaching model, book it, and return its id."""
    words = f"plan propose --for {names['colleague']} --need {names['feedback']} --criterion idv --option idv-drill"
    name = desk.done(run(f"{words} --model grow", folder, "p_tl1", DAY)).out.partition(":")[0]
    desk.done(run(f"plan book {name}", folder, "p_tl1", DAY))
    return name


def _coached(folder: Path, names: dict[str, str]) -> str:
    """Coach somebody who failed in three of four before and in none after, beside four others, and return the plan."""
    rows = coached.record(folder, {"p_a09": ("3/12", "12/12"), **coached.OTHERS})
    need = next(row.observation for row in rows if isinstance(row, Rating) and row.met is False)
    words = f"plan propose --for p_a09 --need {need} --criterion next --option idv-drill --review-on {coached.REVIEW}"
    name = desk.done(run(words, folder, "p_tl1", DAY)).out.partition(":")[0]
    for step in ("book", "done"):
        desk.done(run(f"plan {step} {name}", folder, "p_tl1", DAY))
    return name


FIRST = {
    "plan cancel": ("other", _other),
    "plan step": ("talked", _talked),
    "plan effect": ("coached", _coached),
    "brief close": ("other_briefing", _briefed),
    "dispute decide": ("again", _again),
    "require implement": ("heard", _heard),
    "escalate close": ("option", _second),
    "escalate ladder": ("failed", _failed),
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
        "plan add": ("plan actions", "action"),
        "kpi question": ("kpi questions", "question"),
        "resource request": ("resource list", "request"),
        "brief make": ("brief list", "briefing"),
        "escalate open": ("escalate list", "escalation"),
        "cause open": ("cause list", "cause"),
        "audit plan": ("audit list", "audit"),
        "audit finding": ("audit list --findings", "finding"),
        "audit propose": ("audit improvements", "improvement"),
        "voice note": ("voice list", "remark"),
    }
    if command == "require consult":
        return {"consultation": run("require list --changes --format json", folder, "p_tl1").rows[0]["consultation"]}
    if command == "require say":
        return {"answer": run("export consultation_answers --format json", folder, "p_tl1").rows[0]["id"]}
    exported = {"escalate ladder": ("rung", "ladder_steps"), "cause fix": ("fix", "cause_fixes")}
    if command in exported:
        name, table = exported[command]
        return {name: run(f"export {table} --format json", folder, "p_tl1").rows[-1]["id"]}
    if command == "brief commit":
        return {"commitment": run("export commitments --format json", folder, "p_tl1").rows[-1]["id"]}
    if command in listed:
        line, column = listed[command]
        found = run(f"{line} --format json", folder, "p_tl1").rows[-1][column]
        return {command.replace(" ", "_") if column == "request" else column: found}
    return names
