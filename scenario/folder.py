"""The files of the quarter's workspace: settings, people, notices, frames, exports. Nobody in them is real."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import past
import sampling
import voices
from harbour import Quarter
from plan import Planted, agents, parameters, person

ROOT = Path(__file__).parents[1]
if str(ROOT / "examples" / "harbour") not in sys.path:
    sys.path.append(str(ROOT / "examples" / "harbour"))

import bank
import definitions

COLUMNS = (
    "txn_id", "started_at", "ended_at", "channel", "team_id", "agent_id", "queue", "reason", "product", "customer_ref",
    "vulnerable_flag", "monitoring_opt_out", "notice_id", "recording_ref", "wait_s", "answered", "abandoned_after_s",
    "talk_s", "hold_s", "acw_s", "concurrency", "first_response_s", "transferred", "escalated", "resolved_agent_flag",
    "prior_txn_id_same_reason_7d", "complaint_id", "survey_sent", "csat", "nps", "ces", "provenance",
)  # fmt: skip
TELEPHONY = """\
# How the export of the telephony system is read. Columns that are not named here are left out.
id: telephony
version: 1
owner: p_tl1
from: 2026-01-01
kind_of_source: transactions
columns:
  transaction: {column: txn_id}
  started_at: {column: started_at, dates: y-m-d}
  ended_at: {column: ended_at, dates: y-m-d}
  colleague: {column: agent_id}
  team: {column: team_id}
  channel: {column: channel}
  customer: {column: customer_ref}
  reason: {column: reason}
  queue: {column: queue}
  seconds: {column: talk_s, unit: seconds}
  satisfaction: {column: csat, lowest: 1, highest: 5}
  product: {column: product}
  wait: {column: wait_s, unit: seconds}
  answered: {column: answered}
  abandoned_after: {column: abandoned_after_s, unit: seconds}
  talk: {column: talk_s, unit: seconds}
  hold: {column: hold_s, unit: seconds}
  after_work: {column: acw_s, unit: seconds}
  concurrency: {column: concurrency}
  first_response: {column: first_response_s, unit: seconds}
  transferred: {column: transferred}
  escalated: {column: escalated}
  resolved: {column: resolved_agent_flag}
  complaint: {column: complaint_id}
  surveyed: {column: survey_sent}
  recommend: {column: nps}
  effort: {column: ces}
  need: {column: vulnerable_flag}
missing: ["", unknown]
"""
OPT_OUTS = definitions.OPT_OUTS.replace("d/m/y", "y-m-d")
AUTHORITY = """\
# Who may decide what up to which limit; a line counts once a second person has agreed it: qacli authority agree
- {id: colleague-goodwill, version: 1, owner: p_tl1, from: 2026-01-01, role: colleague, decision: goodwill, limit: 25,
   next_role: team-leader, split_days: 7}
- {id: leader-goodwill, version: 1, owner: p_tl1, from: 2026-01-01, role: team-leader, decision: goodwill, limit: 100,
   next_role: manager}
- {id: manager-goodwill, version: 1, owner: p_tl1, from: 2026-01-01, role: manager, decision: goodwill, limit: 500}
"""
PRACTICES = """\
- id: practices
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Complaints and goodwill
  scope: Complaints received and goodwill decided by customer service
  standard: The complaints procedure, the matrix of authority
  every: quarter
  tests:
    - {id: in-time, clause: complaints procedure, asks: Complaints are answered within their clock., register: complaints,
       grade: major}
    - {id: limits, clause: matrix of authority, asks: Goodwill keeps to the limits., register: goodwill}
  registers:
    complaints: {kind: complaints, path: exports/complaints.csv, clocks: {any: complaint, payment services: complaint-payment},
      columns: {case: complaint_id, received: received, acknowledged: acknowledged, answered: answered, kind: kind}}
    goodwill: {kind: decisions, path: exports/goodwill.csv,
      columns: {on: decided_on, case: case, person: agent_id, decision: kind, amount: amount, approver: approved_by}}
"""
INSTRUMENTS = """\
- id: after-contact
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Survey after contact
  kind: survey
  wording: How satisfied were you with the way in which we dealt with this?
  scale: {lowest: 1, highest: 5, favourable_from: 4}
  sent_when: by e-mail two hours after the contact, to six in ten
  columns: {transaction: txn_id, on: started_at, asked: survey_sent, score: csat, channel: channel}
  strata: [channel, team_id, vulnerable_flag]
"""
FRAME = """\
# {about}
id: {id}
version: 1
owner: p_tl1
from: {first}
title: {title}
purpose: {purpose}
cadence: week
population: {{channel: [{channels}]}}
scorecards: {{{cards}}}
design: {design}
size: {size}
seed: harbour {id} 2026
technique: {{{techniques}}}
because: nobody is disturbed, and what was said can be heard or read again with the colleague
complement: survey
evaluators: [p_ev1, p_ev2, p_ev3]
minutes_per_evaluation: 22
"""


def write(folder: Path, quarter: Quarter) -> None:
    """Write every file of the workspace that is no record into a folder that ``qacli init`` made."""
    for path in (folder / "definitions" / "frames").glob("*.yaml"):
        path.unlink()
    for name, text in _definitions(quarter.plant).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "people.csv").write_text(_csv(people()), "utf-8")
    (folder / "people.csv").chmod(0o600)
    (folder / "acknowledgements.csv").write_text(_csv(acknowledgements()), "utf-8")
    rows = export(quarter)
    for month, mine in rows.groupby(quarter.contacts["day"].dt.strftime("%Y-%m"), sort=True):
        mine.to_csv(folder / f"exports/transactions-{month}.csv", index=False, lineterminator="\n")
    opt_outs(quarter).to_csv(folder / "exports/optouts.csv", index=False, lineterminator="\n")
    voices.complaints(quarter.contacts, quarter.plant).to_csv(folder / "exports/complaints.csv", index=False)
    voices.goodwill(quarter.contacts, quarter.plant).to_csv(folder / "exports/goodwill.csv", index=False)


def export(quarter: Quarter) -> pd.DataFrame:
    """Return the export of the telephony system: one row per contact, local times, empty where nothing is known."""
    rows = quarter.contacts
    start = rows["day"] + pd.to_timedelta(rows["second"], unit="s")
    took = rows["wait_s"] + rows["talk_s"] + rows["hold_s"]
    answered, chat = rows["agent"] != "", rows["channel"] == "chat"
    prior = rows["prior"].to_numpy()
    found = {
        "txn_id": rows["txn_id"],
        "started_at": start.dt.strftime("%Y-%m-%d %H:%M:%S"),
        "ended_at": (start + pd.to_timedelta(took, unit="s")).dt.strftime("%Y-%m-%d %H:%M:%S"),
        "channel": rows["channel"],
        "team_id": rows["team"],
        "agent_id": rows["agent"],
        "queue": rows["channel"] + "-main",
        "reason": rows["reason"],
        "product": rows["product"],
        "customer_ref": "K" + (100_000 + rows["customer"]).astype(str),
        "vulnerable_flag": rows["vulnerable"],
        "monitoring_opt_out": rows["opted_out"].map({True: "Y", False: "N"}),
        "notice_id": _notice(rows),
        "recording_ref": "r" + rows.index.astype(str),
        "wait_s": rows["wait_s"],
        "answered": answered.map({True: "Y", False: "N"}),
        "abandoned_after_s": rows["wait_s"].where(~answered, None).astype("Int64"),
        **{name: rows[name].where(answered, None).astype("Int64") for name in ("talk_s", "hold_s", "acw_s")},
        "concurrency": rows["concurrency"],
        "first_response_s": rows["first_response_s"].where(chat, None).astype("Int64"),
        **{name: rows[name].map({True: "Y", False: "N"}) for name in ("transferred", "escalated")},
        "resolved_agent_flag": _resolved(rows),
        "prior_txn_id_same_reason_7d": pd.Series(rows["txn_id"].to_numpy()[prior]).where(prior >= 0, ""),
        "complaint_id": rows["complaint_id"],
        "survey_sent": rows["asked"].map({True: "Y", False: "N"}),
        **{name: rows[name].astype("Int64") for name in ("csat", "nps", "ces")},
        "provenance": "example",
    }
    return pd.DataFrame(found)[list(COLUMNS)]


def people() -> list[Sequence[str]]:
    """Return the lines of people.csv."""
    starts = parameters()["starts"]
    lines = [
        (person(agent), "telephony", agent, str(starts.get(agent, "2024-01-08")), "", name, "")
        for agent, name in zip(agents(), bank.NAMES, strict=True)
    ]
    staff = [(who, "", "", "", "", name, "") for who, name in bank.STAFF]
    return [("person", "source", "source_id", "from", "to", "name", "login"), *lines, *staff]


def acknowledgements() -> list[Sequence[str]]:
    """Return who had acknowledged the notice to staff when the quarter began."""
    later = {*parameters()["acknowledged"], *parameters()["never_acknowledged"]}
    lines = [(person(each), "2026-01-07", "signed form") for each in agents() if each not in later]
    return [("person", "on", "means"), *lines]


def opt_outs(quarter: Quarter) -> pd.DataFrame:
    """Return the customers who asked not to be monitored, all from before the quarter."""
    rows = quarter.contacts
    customers = (100_000 + rows.loc[rows["opted_out"], "customer"].drop_duplicates().sort_values()).astype(str)
    return pd.DataFrame({"customer_ref": "K" + customers, "from": "2025-06-01", "to": "", "scope": "all"})


def events(plant: Planted) -> str:
    """Return what people knew of at the time."""
    days = {"release": plant.release, "repair": plant.repair, "cut": plant.cut}
    lines = ["# What happened around the desk, and when: candidates for why a figure moved, never its cause.\n"]
    for each in parameters()["events"]:
        first = days[each["at"]] if "at" in each else each["from"]
        kind = "change" if "at" in each else "disturbance"
        to = "" if "at" in each else f", to: {each['to']}"
        channels = f", channels: [{plant.channel}]" if each.get("at") in {"release", "repair"} else ""
        lines.append(
            f"- {{id: {each['id']}, version: 1, owner: p_tl1, from: {first}{to}, what: {each['what']}, kind: {kind}{channels}}}\n"
        )
    return "".join(lines)


def _definitions(plant: Planted) -> dict[str, str]:
    channels = parameters()["channels"]
    frames = {name: _frame(sampling.frame_of(name), sampling.ROUTINE, [name]) for name in channels}
    return {
        "qacli.yaml": definitions.SETTINGS,
        "definitions/profiles/telephony.yaml": TELEPHONY,
        "definitions/profiles/optouts.yaml": OPT_OUTS,
        "definitions/notices.yaml": definitions.NOTICES,
        "definitions/events.yaml": events(plant),
        "definitions/authority.yaml": AUTHORITY,
        "definitions/audits.yaml": (ROOT / "scorecards" / "audits.yaml").read_text("utf-8") + PRACTICES,
        "definitions/instruments.yaml": INSTRUMENTS,
        # counted so since 2024, so that figures of these years can be held beside those of the quarter
        "definitions/kpis.yaml": (ROOT / "scorecards" / "kpis.yaml")
        .read_text("utf-8")
        .replace("from: 2026-01-01", "from: 2024-01-01"),
        "past.csv": "\n".join([*past.figures(plant), ""]),
        "action.yaml": past.action(plant),
        **{f"definitions/frames/{sampling.frame_of(name)}.yaml": text for name, text in frames.items()},
        f"definitions/frames/{sampling.CHECKS}.yaml": _frame(sampling.CHECKS, sampling.SPOT, ["phone", "chat"]),
        f"definitions/frames/{sampling.ANSWERED}.yaml": _frame(sampling.ANSWERED, sampling.LINK, ["phone"]),
    }


def _frame(id: str, purpose: str, channels: Sequence[str]) -> str:  # noqa: A002
    settings = parameters()["channels"]
    about, title, size = {
        sampling.ROUTINE: ("What is looked at every week", f"Weekly routine sample, {channels[0]}", None),
        sampling.SPOT: ("Five a week that nobody expects", "Unannounced checks", parameters()["spot_per_week"]),
        sampling.LINK: ("To compare ratings with satisfaction", "Calls with an answer", parameters()["link_per_week"]),
    }[purpose]
    cards = {name: f"{settings[name]['card']}@1.0" for name in channels}
    said = {
        "about": about,
        "id": id,
        "first": parameters()["first_day"],
        "title": title,
        "purpose": purpose,
        "channels": ", ".join(channels),
        "cards": ", ".join(f"{name}: {card}" for name, card in cards.items()),
        "design": "simple" if size else "systematic\norder_by: colleague",
        "size": size or settings[channels[0]]["sampled"],
        "techniques": ", ".join(f"{name}: {settings[name]['technique']}" for name in channels),
    }
    return FRAME.format(**said)


def _notice(rows: pd.DataFrame) -> pd.Series[str]:
    found = pd.Series("", index=rows.index, dtype=object)
    for each in parameters()["notices"]:
        mine = (rows["channel"] == each["channel"]) & rows["day"].between(
            pd.Timestamp(each["from"]), pd.Timestamp(each["to"])
        )
        found[mine] = each["id"]
    return found


def _resolved(rows: pd.DataFrame) -> pd.Series[str]:
    """Return what colleagues ticked: too often yes, as people do."""
    followed = pd.Series(False, index=rows.index)
    followed.loc[rows.loc[rows["prior"] >= 0, "prior"]] = True
    ticked = (rows.index % 10 < 9) & (~followed | (rows.index % 3 > 0))
    found: pd.Series[str] = (
        pd.Series(ticked, index=rows.index).map({True: "Y", False: "N"}).where(rows["agent"] != "", "")
    )
    return found


def _csv(lines: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(line) + "\n" for line in lines)
