"""What follows thirteen weeks of monitoring: understanding, improving and governing, typed as the people of the desk would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import voices
from definitions import IDENTITY_PANEL
from plan import agents, parameters, person
from play import MANAGER, QUALITY, Desk

ACTION = """\
id: check-first
verb: ask
object: for the postcode before any detail is named
scope: all chats
owner: p_tl1
metric: {criterion: ch-idv, channel: chat}
target: 98
start: 2026-08-03
review: 2026-08-24
due: 2026-09-07
hours: 0
money: 0
why: The panel is a gate again, and the words that lead to it are still left out.
"""
BRIEFING = """\
team: ash
aim: Every chat customer is asked who they are before anything is told.
evidence: [ch-idv]
actions: [{what: Ask for the postcode before any detail is named., role: colleague, due: 2026-08-14,
  why: Customers would trust us less otherwise.}]
questions: [What keeps you from asking first?]
"""
RESOURCES = """\
- {id: quality-hours, version: 1, owner: p_tl1, from: 2026-01-01, title: Hours for monitoring, kind: budget, unit: hours,
   have: 60, source: rota of July 2026}
"""
PORTFOLIO = """\
- id: joan
  version: 1
  owner: p_tl1
  from: 2026-01-01
  candidate: p_tl1
  role: team leader of 24, phone, chat, e-mail and counter
  sector: private
  assessor: p_mgr1
  units: [mon, d13, per, gde, cfa]
  mask: [names, numbers]
"""
ACCOUNT = (
    "In May the identity check of chats began to fail in many hands at once, five weeks after each other. I first thought of "
    "coaching, then saw that nine colleagues of eleven were part of it, and asked what they had in common: the panel had moved. "
    "We put it back as a gate, told every team why, and looked again with fresh checks before we called it mended."
)


def understand(desk: Desk) -> None:
    """Look at the quarter from every side."""
    for line in (
        *("summarise colleague", "summarise team", "summarise channel", "summarise reason", "summarise criterion"),
        *("summarise trend", "summarise evaluators", "summarise coverage", "summarise fault", "finding list"),
        *(
            "report dashboard",
            "report summary criterion",
            "sample verify",
            "source check",
            "notice gaps --from 2026-03-30",
        ),
    ):
        desk.type(line, ends=(0, 1))
    desk.type("kpi approve csat aht fcr abandonment --comment 'as the front line reads them'", MANAGER)
    desk.type(["kpi", "import", str(desk.folder / "past.csv"), "--source", "survey tool", "--method", "all answers",
               "--ready-on", "2026-04-07"])  # fmt: skip
    desk.type("kpi compute csat:top2 --period 2026-04-01..2026-05-31 --by month")
    for month in ("2026-04", "2026-05", "2026-06-01..2026-06-28"):
        desk.type(f"kpi compute aht --period {month} --by none")
    desk.type("kpi question 'why are calls of one team shorter?' --kpi aht --from 'figures of June'")
    desk.type("target propose aht --value 400 --from 2026-08-01 --because 'a first target, from history'")
    desk.type("target agree aht", MANAGER)
    desk.type("compare score csat --record", ends=(0, 1))
    desk.type(
        "benchmark add aht-guide --kpi aht --variant standard --value 553 --kind indicative --year 2024 --expires 2027-12-31 "
        "--source 'a guide of the trade'"
    )


def contest(desk: Desk) -> None:
    """A colleague asks how a score came about and contests a criterion; somebody else decides."""
    item = [row for row in desk.type("sample list --format json").rows if row["observation"]][-1]
    name, evaluator = item["observation"], item["evaluator"]
    desk.type(f"explain {name}")
    desk.type("record check", ends=(0, 1))
    rating = next(
        row for row in desk.type("export ratings --format json").rows if row["observation"] == name and row["value"]
    )
    other = (
        "met"
        if rating["answer"] == "not_met"
        else "not_met"
        if rating["answer"] == "met"
        else "4"
        if rating["answer"] != "4"
        else "5"
    )
    line = f"dispute raise {name} --criterion {rating['criterion']}={other} --words 'I asked once more.'"
    dispute = desk.type(line, item["colleague"]).first
    judge = next(each for each in ("p_ev1", "p_ev2", QUALITY) if each != evaluator)
    desk.type(f"dispute decide {dispute} --outcome upheld --words 'nothing more is to be heard'", judge)


def feedback(desk: Desk, colleagues: int = 3) -> str:
    """Talk with the first colleagues about their own work; return the feedback of the last."""
    rows = desk.type("sample list --format json").rows
    scored = [row for row in rows if row["observation"] and row["purpose"] == "routine"]
    found = ""
    for who in sorted({row["colleague"] for row in scored})[:colleagues]:
        seen = [row["observation"] for row in scored if row["colleague"] == who][-3:]
        talk = desk.today + timedelta(days=2)
        said = desk.type(["feedback", "prepare", *seen, "--for", who, "--on", f"{talk}T11:00", "--place", "room 2"]).out
        found = said.splitlines()[-1].partition(":")[0]
        desk.type(f"report pack {found}")
        desk.on(talk)
        desk.type(f"feedback deliver {found} --on {talk}T11:00")
        desk.type(["feedback", "reply", found, "--words", "I had not heard that myself. Next time I say it."], who)
        desk.type(f"feedback ack {found}", who)
        desk.type(f"report feedback {found} --html")
    desk.type("feedback ratio")
    return found


def find_the_cause(desk: Desk) -> None:
    """A fault of many hands is no matter of one: coaching is refused, the cause is sought and mended, new data judge."""
    shared = next(
        row for row in desk.type("finding list --format json").rows if row["criterion"] == desk.quarter.plant.failing
    )
    watch = shared["finding"]
    rows = desk.type("sample list --format json").rows
    who = next(row["colleague"] for row in rows if row["observation"] and row["channel"] == shared["channel"])
    asked = f"plan propose --for {who} --need {watch} --criterion {shared['criterion']} --option idv-drill"
    desk.refused(asked, "shared-fault")
    cause = desk.type(f"cause open {watch} --words 'the check is passed by before a detail is given'").first
    desk.refused(f"cause cause {cause} --words 'agent error' --branch people", "")
    desk.type(["cause", "why", cause, "--words", "the panel lay behind a tab", "--branch", "system", "--document",
               "release note 7.2, page 2", "--confidence", "shown"])  # fmt: skip
    desk.type(f"cause cause {cause} --words 'a release may hide a check, and no test would see it' --branch process")
    fix = desk.type(
        f"cause fix {cause} --words 'the check is a gate' --live-on 2026-06-08 --window 21 --owner p_ev1 --kind prevent "
        "--customer 'nobody else hears of the account' --benefit 'fewer checks afterwards' --risk 'the reply takes longer'"
    ).first
    desk.type(f"cause verify {fix}", MANAGER, ends=(0, 1))


GROW = {
    "goal": "callers know what happens next",
    "reality": "I say goodbye before I say it",
    "options": "say it first, or ask what else there is",
    "will": "first the next step, from Monday on",
}


def plans(desk: Desk, sheet: str) -> None:
    """Plan coaching for what is a colleague's own, refuse an action out of reach, brief a team, secure hours."""
    points = desk.type("export feedback_points --format json").rows
    mine = [row for row in points if row["feedback"] == sheet and row["kind"] == "development"]
    for point in mine[:1]:
        who = next(r["colleague"] for r in desk.type("feedback list --format json").rows if r["feedback"] == sheet)
        made = f"plan propose --for {who} --need {sheet} --criterion {point['criterion']} --option coaching-talk"
        said = desk.type(made, ends=(0, 1))
        if not said.code:
            desk.type(f"plan book {said.first} --words 'Tuesday at nine'")
            for step, words in GROW.items():
                desk.type(["plan", "step", said.first, step, "--words", words], who)
            desk.type(f"plan done {said.first} --words 'one hour, two calls heard together'")
    desk.type("plan list")
    desk.type("authority agree colleague-goodwill leader-goodwill manager-goodwill", MANAGER)
    desk.type("authority ack")
    starts = parameters()["starts"]
    readers = "".join(f"{person(each)},{starts.get(each, '2026-01-05')}\n" for each in agents())
    desk.type(["authority", "ack", "--from", desk.write("drafts/matrix-read.csv", f"person,on\n{readers}")])
    out_of_reach = desk.type(["plan", "check", str(desk.folder / "action.yaml"), "--format", "json"], ends=(1,)).rows
    desk.verdicts = {row["letter"]: f"{row['verdict']}: {row['because']}" for row in out_of_reach}
    desk.type(["plan", "check", desk.write("check-first.yaml", ACTION)], ends=(0, 1))
    brief = desk.type(["brief", "make", desk.write("briefing.yaml", BRIEFING)]).first
    team = [person(each) for each in agents()[:8]]
    desk.type(f"brief deliver {brief} --present {','.join(team[:-1])} --absent {team[-1]}")
    desk.type(["brief", "commit", brief, "--words", "I ask for the postcode first"], team[0])
    desk.refused(f"brief close {brief}", "")
    desk.type(f"brief deliver {brief} --present {team[-1]}")
    desk.type(f"brief close {brief}")
    desk.write("definitions/resources.yaml", RESOURCES)
    asked = desk.type(
        "resource request quality-hours --amount 12 --unit hours --of p_mgr1 --effect csat --from 2026-08-03 "
        "--words 'half an hour for each of 24'"
    ).first
    desk.type(f"resource secure {asked}", MANAGER)


def argue(desk: Desk) -> None:
    """Ask for money with a case whose figures are all worked out, and have it approved by whoever decides."""
    text = IDENTITY_PANEL
    moved = {"08-14}": "09-25}", "07-10": "08-21", "06-19": "08-14", "06-12": "08-07"}
    for old, new in moved.items():
        text = text.replace(f"2026-{old}", f"2026-{new}")
    text = text.replace("open until 31 July", "open until 31 August")
    desk.write("definitions/cases/identity-panel.yaml", text)
    desk.refused("case draft identity-panel", "")
    desk.type("kpi compute survey-response --period 2026-05 --cut channel --by none")
    desk.type("case draft identity-panel")
    desk.type("case check identity-panel")
    desk.refused("case approve identity-panel", "")
    desk.type("case approve identity-panel --comment 'if the supplier keeps its offer'", MANAGER)


def govern(desk: Desk) -> None:
    """Hold registers against limits and clocks, refer a case, take in a rule and what customers say, audit the work."""
    given = voices.goodwill(desk.quarter.contacts, desk.quarter.plant)
    log = given.rename(
        columns={"decided_on": "on", "agent_id": "person", "kind": "decision", "approved_by": "approver"}
    ).assign(customer="", reason="")
    log["person"] = log["person"].map(person)
    log["approver"] = [person(each) if each in agents() else each for each in log["approver"].fillna("")]
    columns = ["on", "case", "customer", "person", "decision", "amount", "approver", "reason"]
    path = desk.write("drafts/goodwill.csv", log[columns].to_csv(index=False))
    breaches = desk.type(["authority", "replay", path, "--record", "--format", "json"]).rows
    desk.breaches = [row["breach"] for row in breaches]
    case = desk.type(
        "escalate open fraud --by p_a07 --case C1 --words 'asked to move money' --lacked 'no access'", "p_a07"
    ).first
    desk.type(f"escalate take {case} --words 'rang the bank'")
    desk.type(f"escalate handover {case} --to {MANAGER} --words 'the block is beyond me'")
    desk.refused(f"escalate close {case} --choose eo_1 --why 'safe at once' --technique call-back", "", MANAGER)
    first, _ = (
        desk.type(f"escalate option {case} --what '{what}' --customer safe --benefit trust --risk cost", MANAGER).first
        for what in ("block the account", "call back and wait")
    )
    desk.type(f"escalate close {case} --choose {first} --why 'safe at once' --technique call-back", MANAGER)
    desk.type(f"escalate support {MANAGER} --topic 'who takes fraud' --question 'at night?' --answer 'the desk'")
    desk.type("require add --register fca")
    desk.type("require check fca-payment --received 2026-04-01")
    desk.type("require review fca-payment --note 'DISP 1.6.2A as of today, 15 business days as before'")
    desk.type("require impact fca-payment")
    asked = desk.type(
        f"require consult fca-payment --change 'The case form shows the last day.' --answer-by {desk.today + timedelta(days=7)}",
        QUALITY,
    ).first
    for who, words in (
        ("p_a03", "Put the field before the notes."),
        ("p_tl1", "I want to see late ones on the board."),
    ):
        answer = desk.type(["require", "say", asked, "--words", words], who).first
        desk.type(["require", "reply", answer, "--words", "It comes before the notes.", "--altered"], QUALITY)
    left = [f"--left {part}='nothing changes'" for part in ("notice", "scorecard", "briefing")]
    live = desk.today + timedelta(days=14)
    desk.type(
        f"require implement {asked} --live-on {live} --procedure complaint-clock@1 {' '.join(left)}",
        MANAGER,
        ends=(0, 1),
    )
    export = str(desk.folder / "exports/transactions-2026-06.csv")
    desk.type(["voice", "import", export, "--instrument", "after-contact"])
    heard = desk.type(
        ["voice", "note", "--kind", "overheard", "--channel", "phone", "--words", "This is the third time I've asked"]
    )
    desk.type(f"voice triage {heard.first} --complaint complaint --case C881", QUALITY)
    desk.type("voice report")
    register = voices.complaints(desk.quarter.contacts, desk.quarter.plant)
    voices.known_by(register, desk.today).to_csv(desk.folder / "exports/complaints.csv", index=False)
    audit = desk.type(f"audit plan practices --auditor {QUALITY} --period 2026-03-30..2026-06-28").first
    desk.type(f"audit run {audit}", QUALITY, ends=(0, 1))
    desk.audited = [row["words"] for row in desk.type("export audit_exceptions --format json", QUALITY).rows]
    desk.type("audit health --from 2026-03-30 --to 2026-06-28")


def portfolio(desk: Desk) -> None:
    """Show the grid of the 157 criteria, say one thing in one's own words, and have the pack refused: nothing is live."""
    desk.write("definitions/portfolio.yaml", PORTFOLIO)
    desk.type(["portfolio", "say", "mon-k7", "--words", ACCOUNT])
    desk.grid = desk.type("portfolio coverage --format json").rows
    desk.refused("portfolio pack", "not-live")


def close(desk: Desk) -> None:
    """What is always done: what is due is told, somebody asks for their data, records leave, the trail is verified."""
    desk.type("run", ends=(0, 1))
    desk.type(["excuse", "draw/routine-chat/2026-W20", "--reason", "no customer had been told in that week"])
    desk.type(["privacy", "access", "p_a07", "-o", str(desk.folder / "out" / "access.md")], MANAGER)
    desk.type(["export", "observations", "-o", str(desk.folder / "out" / "observations.csv")])
    for line in ("check", "sample verify", "ledger verify"):
        desk.type(line)


def all_of_it(desk: Desk) -> Iterator[str]:
    """Play every chapter, and yield the name of each that is done."""
    desk.on(date(2026, 7, 20))
    understand(desk)
    yield "understand"
    contest(desk)
    yield "contest"
    sheet = feedback(desk)
    yield "feedback"
    find_the_cause(desk)
    yield "causes"
    plans(desk, sheet)
    yield "plans"
    argue(desk)
    yield "case"
    govern(desk)
    yield "govern"
    portfolio(desk)
    yield "portfolio"
    close(desk)
    yield "verified"
