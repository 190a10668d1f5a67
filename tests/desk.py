"""A small desk as files: three colleagues, two evaluators, a card of three criteria, 24 conversations of May 2026."""

from __future__ import annotations

import shutil
from pathlib import Path

from approvals import approve_everything
from command_line import Result, run

SETTINGS = """\
organisation: Harbour & Vale Bank
sector: private
provenance: example
purpose: improve the quality of service to customers
lawful_basis: legitimate interests, assessed on 2 March 2026
dpia: DPIA-QA-2
sources:
  transactions: {path: exports/may.csv, profile: telephony}
  opt_outs: {path: exports/optouts.csv, profile: optouts}
  transcripts: {path: "transcripts/{transaction}.*", roles: {A: colleague, C: customer}}
feedback: {lead_hours: 0}
"""
PEOPLE = """\
person,source,source_id,from,to,name,login
p_a07,telephony,A07,,,Gwen,
p_a09,telephony,A09,,,Bridie,
p_a12,telephony,A12,,,Owen,
p_ev1,,,,,Ruth,
p_ev2,,,,,Milan,
p_tl1,,,,,Joan,
p_mgr1,,,,,Victor,
"""
CARD = """\
id: desk
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Calls and chats
channels: [phone, chat]
promises: {safe: Your money is safe with us., sorted: We sort it out the first time.}
sections:
  - id: open
    title: Opening
    criteria:
      - {id: idv, observable: The customer passes the check before any detail is given., scale: binary@1, weight: 0,
         critical: compliance, anchors: {not_met: A detail comes first., met: The pass comes first.},
         not_applicable: General question., procedure: idv@1, promise: safe}
      - {id: check, observable: The colleague says back what the customer wants., scale: point5@1, weight: 60,
         anchors: {1: Acts on a guess., 3: Says back a part., 4: Says it back and waits.,
           5: As 4 and asks one question more.},
         not_applicable: never, procedure: need@1, promise: sorted}
      - {id: next, observable: The next step is said., scale: point5@1, weight: 40,
         anchors: {1: No next step., 3: A next step., 4: A next step with a day., 5: As 4 and who does it.},
         not_applicable: Nothing is left to do., procedure: need@1, promise: sorted}
"""
IDV = """\
id: idv
version: 1
owner: p_tl1
from: 2026-01-01
title: Checking identity
standard: Nothing is said before the check is passed.
text: Ask open questions. Wait for the pass.
pass_mark: 100
questions:
  - {id: q1, asks: When may you name a detail?, answers: {a: At once., b: After the pass.}, right: b,
     why: Before the pass it may be anybody.}
  - {id: q2, asks: How do you ask?, answers: {a: Openly., b: By reading out the answer.}, right: a,
     why: What you read out is given away.}
"""
NEED = """\
{id: need, version: 1, owner: p_tl1, from: 2026-01-01, title: Finding out what is needed,
 standard: The request is said back in one sentence., text: Say it back and wait for a yes.}
"""
CATALOGUE = """\
- {id: idv-drill, version: 1, owner: p_tl1, from: 2026-01-01, title: Identity drill, method: Plays eight cases.,
   minutes: 45, cost: 0, source: risk team, fits: [idv, check, next], book: Every Tuesday at 9.}
"""
FRAME = """\
id: weekly
version: 1
owner: p_tl1
from: 2026-01-01
title: Weekly
purpose: routine
cadence: week
population: {channel: [phone, chat]}
scorecards: {any: desk@1.0}
design: quota
per_colleague: 2
seed: desk 2026
technique: {phone: recording, chat: transcript}
because: nobody is disturbed
evaluators: [p_ev1, p_ev2]
minutes_per_evaluation: 20
"""
TIMES = """\
design: times
spot:
  reason: calls at the desk are not recorded
  opening: {mon-fri: 08:00-18:00}
  minutes: 30
  of_each: 1
"""
NOTICE = """\
- id: {id}
  version: 1
  owner: p_tl1
  from: {first}
  to: {last}
  audience: {audience}
  channel: {channel}
  wording: This may be listened to, so that we can improve our service.
  purpose: improve the quality of service to customers
  lawful_basis: legitimate interests
  dpia: DPIA-QA-2
  delivered_by: announcement
  acknowledge: {acknowledge}
"""
# The chat notice lapses on 10 May and its successor starts on 18 May.
NOTICES = (
    ("n-phone", "2026-01-01", "2026-12-31", "customers", "phone", "no"),
    ("n-chat-1", "2026-01-01", "2026-05-10", "customers", "chat", "no"),
    ("n-chat-2", "2026-05-18", "2026-12-31", "customers", "chat", "no"),
    ("n-staff", "2026-01-01", "2026-12-31", "colleagues", "all", "yes"),
)
PROFILES = {
    "telephony": """\
id: telephony
version: 1
owner: p_tl1
from: 2026-01-01
columns:
  transaction: {column: txn_id}
  started_at: {column: started_at, dates: d/m/y}
  colleague: {column: agent_id}
  channel: {column: channel}
  customer: {column: customer_ref}
  seconds: {column: talk_s, unit: seconds}
  talk: {column: talk_s, unit: seconds}
""",
    "optouts": """\
id: optouts
version: 1
owner: p_tl1
from: 2026-01-01
kind_of_source: opt_outs
columns: {customer: {column: customer_ref}, from: {column: from, dates: y-m-d}}
""",
}
HEADER = "txn_id,started_at,agent_id,channel,customer_ref,talk_s"
AGENTS, DAYS = ("A07", "A09", "A12"), (5, 6, 13, 14, 19, 20)
STAFF = ("p_a07", "p_a09", "p_a12")
EVALUATORS = ("p_ev1", "p_ev2")
TOLD = "person,on,means\n" + "".join(f"{person},2026-01-05,in person\n" for person in STAFF)
READ = "person,procedure,on,means\n" + "".join(
    f"{person},{name}@1,2026-01-05,read\n" for person in EVALUATORS for name in ("idv", "need")
)
ANSWERS = "person,procedure,question,answer\n" + "".join(
    f"{person},idv@1,{question},{answer}\n" for person in EVALUATORS for question, answer in (("q1", "b"), ("q2", "a"))
)
WEEK, DRAWN = "2026-W21", "2026-05-25"
FORM = """\
item: {item}
answers:
  idv: {{answer: {idv}, evidence: asked for the postcode, offset: "00:41"}}
  check: 4
  next: {{answer: {next}, evidence: named Friday}}
"""
TRIAL = "transaction,scorer,criterion,point\n" + "".join(
    f"trial-{number},{scorer},{criterion},{points[number % len(points)]}\n"
    for number in range(12)
    for scorer in ("p_ev1", "p_ev2")
    for criterion, points in (("idv", ("met", "met", "not_met")), ("check", "12345"))
)
"""A trial of both scales of the card, with full agreement of two scorers."""


def spot(id_: str) -> str:
    """A frame of unannounced checks beside the colleague, one of each in a week."""
    text = FRAME.replace("id: weekly", f"id: {id_}").replace("purpose: routine", "purpose: spot")
    text = text.replace("design: quota\nper_colleague: 2\n", TIMES).replace("[phone, chat]", "[phone]")
    return text.replace("{phone: recording, chat: transcript}", "side-by-side")


def conversations() -> list[str]:
    """24 lines: each colleague one call on each of six days, and one chat on two of them."""
    calls = [
        f"{agent}-{day:02},{day:02}/05/2026 10:{day:02},{agent},phone,K{day}{agent},300"
        for agent in AGENTS
        for day in DAYS
    ]
    chats = [
        f"{agent}c{day},{day:02}/05/2026 11:{day},{agent},chat,K{day}{agent}c,200"
        for agent in AGENTS
        for day in (13, 19)
    ]
    return calls + chats


def make(folder: Path) -> Path:
    """Write the desk into a folder."""
    result = run(["init", str(folder), "--as", "p_tl1", "--provenance", "example"])
    assert result.code == 0, result.err
    for path in (folder / "definitions").glob("*/*.yaml"):
        if path.parent.name in {"frames", "scorecards", "procedures"}:
            path.unlink()
    shutil.rmtree(folder / "definitions" / ".schemas")  # for editors: a copy of the desk for each test goes faster
    write(
        folder,
        {
            "qacli.yaml": SETTINGS,
            "people.csv": PEOPLE,
            "definitions/scorecards/desk.yaml": CARD,
            "definitions/frames/weekly.yaml": FRAME,
            "definitions/notices.yaml": notices(NOTICES),
            "definitions/catalogue.yaml": CATALOGUE,
            "definitions/procedures/idv.yaml": IDV,
            "definitions/procedures/need.yaml": NEED,
            "told.csv": TOLD,
            "read.csv": READ,
            "answers.csv": ANSWERS,
            "exports/may.csv": "\n".join([HEADER, *conversations(), ""]),
            "exports/optouts.csv": "customer_ref,from\n",
            "transcripts/A07-20.txt": "10:20 A: Which postcode, please?\n10:21 C: [b]EC1[/b]\n",
            **{f"definitions/profiles/{name}.yaml": text for name, text in PROFILES.items()},
        },
    )
    return folder


def notices(lines) -> str:
    names = ("id", "first", "last", "audience", "channel", "acknowledge")
    return "".join(NOTICE.format(**dict(zip(names, line, strict=True))) for line in lines)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def agreed(folder: Path) -> Path:
    """The desk with everybody told, its procedures known to the evaluators; scales tried; scales, card, frame approved."""
    done(run(f"notice ack n-staff --from {folder / 'told.csv'}", folder, "p_tl1", DRAWN))
    done(run(f"procedure ack --from {folder / 'read.csv'}", folder, "p_tl1", DRAWN))
    done(run(f"procedure quiz --from {folder / 'answers.csv'}", folder, "p_tl1", DRAWN))
    approve_everything(folder, "weekly", "p_mgr1", DRAWN)
    return folder


def drawn(folder: Path) -> Path:
    """The agreed desk with its sample of week 21: two items for each of three colleagues."""
    done(run(f"sample draw weekly --period {WEEK}", folder, "p_tl1", DRAWN))
    return folder


def done(result: Result) -> Result:
    assert result.code == 0, f"{result.out}\n{result.err}"
    return result


def refused(result: Result, rule: str, *said: str) -> str:
    """Return what a refused command said, on one line: exit code 1, the rule, each of some sentences, and what to do."""
    told = " ".join(result.err.split())
    assert (result.code, f"refused[{rule}]: " in told) == (1, True), f"{result.out}\n{result.err}"
    assert " = help: " in told
    for each in said:
        assert each in told, told
    return told


def items(folder: Path, more: str = "") -> list[dict]:
    return run(f"sample list {more} --format json", folder, "p_tl1").rows


def form(folder: Path, item: str, idv: str = "met", next: str = "4") -> Path:  # noqa: A002
    path = folder / "drafts" / f"{item}.score.yaml"
    path.write_text(FORM.format(item=item, idv=idv, next=next), "utf-8")
    return path
