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

FILES = {
    "qacli.yaml": SETTINGS,
    "definitions/profiles/telephony.yaml": TELEPHONY,
    "definitions/profiles/optouts.yaml": OPT_OUTS,
    "definitions/notices.yaml": NOTICES,
    "definitions/rules.yaml": RULES,
    "definitions/frames/weekly-routine.yaml": WEEKLY,
    "definitions/frames/monthly-colleague.yaml": MONTHLY,
}
