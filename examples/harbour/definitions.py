"""The definitions of the example workspace, as its people would have written them."""

from __future__ import annotations

SETTINGS = """\
# The example workspace of a bank that does not exist. All people and conversations are invented.
organisation: Harbour & Vale Bank (fictional)
sector: private
provenance: example
time_zone: Europe/London
nation: england-wales
purpose: improve the quality of service to customers, and see that rules made to protect them are kept
lawful_basis: legitimate interests, assessed on 8 December 2025
dpia: DPIA-QA-2 of 15 December 2025
sources:
  transactions: {path: exports/transactions-*.csv, profile: telephony}
  transcripts: {path: "transcripts/{transaction}.*", roles: {A: colleague, C: customer}}
  opt_outs: {path: exports/optouts.csv, profile: optouts}
roles:
  evaluator: [p_ev1, p_ev2, p_ev3]
  team-leader: [p_tl1]
  manager: [p_mgr1]
  quality-manager: [p_qm1]
# Frames, scales and scorecards are agreed by the manager, never by the team leader who owns them.
agreement: {frame: manager, scale: manager, scorecard: manager, override: quality-manager}
thresholds: {minimum_n: 5, confidence: 95}
"""

TELEPHONY = """\
# How the export of the telephony system is read. Columns that are not named here are left out.
id: telephony
version: 1
owner: p_tl1
from: 2026-01-01
kind_of_source: transactions
columns:
  transaction: {column: txn_id}
  started_at: {column: started_at, dates: d/m/y}
  ended_at: {column: ended_at, dates: d/m/y}
  colleague: {column: agent_id}
  team: {column: team_id}
  channel: {column: channel, values: {Phone: phone, Chat: chat, E-mail: email, Counter/Video: desk}}
  customer: {column: customer_ref}
  reason: {column: reason}
  queue: {column: queue}
  seconds: {column: talk_s, unit: seconds}
  satisfaction: {column: csat, lowest: 1, highest: 5}
"""

OPT_OUTS = """\
# Customers who asked not to be monitored, and from which day on.
id: optouts
version: 1
owner: p_tl1
from: 2026-01-01
kind_of_source: opt_outs
columns:
  customer: {column: customer_ref}
  from: {column: from, dates: d/m/y}
  to: {column: to, dates: d/m/y}
  scope: {column: scope}
"""

_NOTICE = """\
- id: {id}
  version: 1
  owner: p_tl1
  from: {first}
  to: {last}
  audience: {audience}
  channel: {channel}
  wording: {wording}
  purpose: improve the quality of service to customers
  lawful_basis: legitimate interests, assessed on 8 December 2025
  dpia: DPIA-QA-2
  delivered_by: {means}
  acknowledge: {acknowledge}
"""
_KEPT = "A colleague may read this later, so that we can check and improve our service."
_SCORED = (
    "Your calls and chats are sampled and scored so that we can give you feedback and training; every score "
    "shows you its evidence, and you may contest it."
)
_NOTICES = (
    (
        "n-ivr-3",
        "2025-11-01",
        "2026-10-31",
        "customers",
        "phone",
        "This call may be recorded, and a colleague may listen to it, so that we can check and improve our service.",
        "announcement before the queue",
        "no",
    ),
    ("n-chat-1", "2025-05-11", "2026-05-10", "customers", "chat", _KEPT, "entry form of the chat", "no"),
    ("n-chat-2", "2026-05-18", "2027-05-17", "customers", "chat", _KEPT, "entry form of the chat", "no"),
    ("n-mail-1", "2026-01-01", "2026-12-31", "customers", "email", _KEPT, "footer of every e-mail", "no"),
    ("n-desk-1", "2026-01-01", "2026-12-31", "customers", "desk", _KEPT, "sign at the counter and on the screen", "no"),
    ("n-staff-4", "2026-01-05", "2027-01-04", "colleagues", "all", _SCORED, "team meeting and signed form", "yes"),
)
NOTICES = """\
# Who was told of monitoring, where, and from when to when. The chat notice lapsed on 10 May and its successor started
# on 18 May, so no chat of 11 to 17 May is sampled.
""" + "".join(
    _NOTICE.format(
        id=name,
        first=first,
        last=last,
        audience=audience,
        channel=channel,
        wording=wording,
        means=means,
        acknowledge=acknowledge,
    )
    for name, first, last, audience, channel, wording, means, acknowledge in _NOTICES
)

WEEKLY = """\
# What is looked at every week: 30 calls and chats, each channel its share and at least 8.
id: weekly-routine
version: 1
owner: p_tl1
from: 2026-03-30
title: Weekly routine sample of calls and chats
purpose: routine
cadence: week
population: {channel: [phone, chat]}
scorecards: {phone: phone@1.0, chat: chat@1.0}
design: proportional
stratify_by: channel
size: 30
floor: 8
seed: harbour weekly 2026
technique: {phone: recording, chat: transcript}
because: nobody is disturbed, and what was said can be heard or read again with the colleague
complement: survey
evaluators: [p_ev1, p_ev2, p_ev3]
minutes_per_evaluation: 22
"""

MONTHLY = """\
# Two conversations of every colleague, every month, for the talk about the month.
id: monthly-colleague
version: 1
owner: p_tl1
from: 2026-03-30
title: Two conversations per colleague and month
purpose: routine
cadence: month
population: {channel: [phone, chat]}
scorecards: {phone: phone@1.0, chat: chat@1.0}
design: quota
per_colleague: 2
seed: harbour monthly 2026
technique: {phone: recording, chat: transcript}
because: nobody is disturbed, and what was said can be heard or read again with the colleague
complement: survey
evaluators: [p_ev1, p_ev2, p_ev3]
minutes_per_evaluation: 22
"""

RULES = r"""# Two rules over chats: one suggests that the identity check is missing, one measures the first reply.
- id: check-before-details
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: The colleague asks for the identity check.
  criterion: ch-idv
  any_of:
    - 'need to check (that it is|it is|who) you'
    - '(security|identity) (check|questions?)'
    - 'before I (look|go on|can)\b'
  missing: not_met
- id: first-chat-reply
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: The first words of a colleague come within the minute that the chat page promises.
  criterion: ch-first-reply
  measure: first-reply-seconds
  best_at: 60
  worst_at: 120
"""

IDENTITY_PANEL = """\
# A business case: every figure is named with what makes it, and worked out each time. qacli case draft identity-panel
id: identity-panel
version: 1
owner: p_tl1
from: 2026-06-01
title: Open the identity panel before the first reply
currency: GBP
months: 12
figures:
  chats: {from: kpi show, row: survey-response, column: den, where: {cut: channel, slice: chat, period: 2026-05},
          unit: chats in May 2026}
  missed: {from: summarise criterion, row: ch-idv, column: percent, where: {channel: chat}}
  seen: {from: summarise criterion, row: ch-idv, column: n, where: {channel: chat}}
  colleagues: {from: summarise criterion, row: ch-idv, column: colleagues, where: {channel: chat}}
  missed-by: {from: summarise criterion, row: ch-idv, column: colleagues-failed, where: {channel: chat}}
  drill-minutes: {from: catalogue, row: idv-drill, column: minutes}
assumptions:
  recheck: {value: 14, low: 9, high: 20, unit: minutes for one chat, source: "time sheets of the risk team, 12 chats of May 2026"}
  hour: {value: 24.50, low: 23, high: 26, unit: GBP for one hour, source: "payroll of April 2026, on-costs included"}
  by-panel: {value: 0.7, low: 0.4, high: 0.9, unit: share of misses that no longer happen,
             source: "trial of the supplier at another bank, 3 March 2026; not ours"}
  by-drill: {value: 0.3, low: 0.05, high: 0.5, unit: share of misses that no longer happen, source: "our drill of 2025, two teams"}
  change: {value: 3900, low: 3900, high: 5200, unit: GBP, source: "offer of the supplier, 20 May 2026, open until 31 July 2026"}
  upkeep: {value: 35, low: 35, high: 50, unit: GBP a month, source: "the same offer"}
options:
  - id: do-nothing
    title: Leave the panel behind its tab
    risks:
      - {what: Somebody who is not the customer hears of an account., answer: Nothing; chance finds it., owner: p_mgr1}
  - id: panel
    title: The panel opens itself
    costs:
      - {what: Change by the supplier, amount: change}
      - {what: Upkeep, amount: upkeep, each: month}
    benefits:
      - {what: Chats that the risk team need not check again, each: month, baseline: missed,
         amount: chats * missed / 100 * by-panel * recheck / 60 * hour}
    risks:
      - {what: The release is late., answer: The drill is offered meanwhile., owner: p_tl1}
      - {what: Colleagues click it away., answer: A fresh sample of chats is drawn in the month after., owner: p_tl1}
  - id: drill
    title: An identity drill for every chat colleague
    costs:
      - {what: Working time, amount: colleagues * drill-minutes / 60 * hour}
    benefits:
      - {what: Chats that the risk team need not check again, each: month, baseline: missed,
         amount: chats * missed / 100 * by-drill * recheck / 60 * hour}
    risks:
      - {what: It is forgotten after some weeks., answer: The share is looked at each month., owner: p_tl1}
recommend: panel
because: >-
  {missed-by} of the {colleagues} colleagues who were observed missed the check, so it is the way of working that fails, not one
  person. A drill teaches people to walk round it, and pays only as long as they remember.
actions:
  - {what: Order the change from the supplier., owner: p_mgr1, due: 2026-06-19}
  - {what: Tell the chat teams before the release., owner: p_tl1, due: 2026-07-10}
  - {what: Draw a fresh sample of chats after the release and compare., owner: p_tl1, due: 2026-08-14}
ask: {what: "Approve {panel.cost} over {months}, so that the chat window opens the identity panel itself.", of: p_mgr1,
      by: 2026-06-12}
texts:
  summary: >-
    In {missed} of our chats a customer is told of an account before the identity check is passed ({missed.range}; {seen} chats were
    observed). Every such chat that comes to light is checked again by the risk team.

    We propose to let the identity panel open itself. It costs {panel.cost} over {months} and saves checks worth {panel.benefit}.
    Against doing nothing that is a gain of {panel.gain}; with every figure at its worse end at once it is {panel.worst}.
  analysis: >-
    {chats} chats were handled in May 2026. Since the release of 5 May the identity panel lies behind a tab. Of {colleagues} colleagues
    observed in chat, {missed-by} missed the check at least once.

    What we do not know: whether an account was ever told to a stranger, and what that would have cost. No benefit is counted for it.
"""

FILES = {
    "qacli.yaml": SETTINGS,
    "definitions/profiles/telephony.yaml": TELEPHONY,
    "definitions/profiles/optouts.yaml": OPT_OUTS,
    "definitions/notices.yaml": NOTICES,
    "definitions/rules.yaml": RULES,
    "definitions/frames/weekly-routine.yaml": WEEKLY,
    "definitions/frames/monthly-colleague.yaml": MONTHLY,
    "definitions/cases/identity-panel.yaml": IDENTITY_PANEL,
}
