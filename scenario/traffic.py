"""A quarter of contacts: when, who, on which channel, about what, how long, and which of them are followed by another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from plan import Planted, agents, days, parameters, team_of

Array = np.ndarray[Any, Any]
LONGEST_GAP = 4
"""Days after which a contact is followed at most; holidays may add two, so that it stays within the week."""


def contacts(plant: Planted) -> pd.DataFrame:
    """Return every contact in order of time, without surveys and complaints.

    Columns: day (datetime64), second (of the day), channel, agent (empty where abandoned), team, reason, product,
    customer, vulnerable, opted_out, prior (position of the contact that it follows, -1 where none), seconds by kind.
    """
    draw = np.random.default_rng([plant.seed, 2])
    rows = _first_contacts(draw)
    _handled(rows, draw)
    _complaint_like(rows, draw)
    rows["prior"] = np.full(len(rows["day"]), -1)
    found, before = [rows], 0
    while len(found[-1]["day"]):
        made, parents = _following(found[-1], plant, draw)
        made["prior"] = parents + before
        before += len(found[-1]["day"])
        _handled(made, draw)
        found.append(made)
    return _ordered(_timed(pd.concat(map(pd.DataFrame, found), ignore_index=True), plant, draw))


def open_days() -> Array:
    """Return how much of a weekday's traffic each day of the quarter has: 1, less on a Saturday, 0 where closed."""
    all_days = days()
    weekday = (all_days.astype(int) + 3) % 7
    share = np.where(weekday < 5, 1.0, np.where(weekday == 5, parameters()["opens"]["saturday_share"], 0.0))
    share[np.isin(all_days, np.array(parameters()["bank_holidays"], "datetime64[D]"))] = 0.0
    return share


def present() -> dict[str, Array]:
    """Return for each agent on which days of the quarter they work."""
    all_days, found = days(), {}
    for agent in agents():
        first, last = map(np.datetime64, parameters()["absent"].get(agent, ("1900-01-01", "1900-01-02")))
        starts = np.datetime64(parameters()["starts"].get(agent, "1900-01-01"))
        found[agent] = (all_days >= starts) & ~((all_days >= first) & (all_days <= last))
    return found


def _first_contacts(draw: np.random.Generator) -> dict[str, Array]:
    """Return contacts that follow no other; the first week has more, as nothing before it is followed in it."""
    open_, weeks, stays = open_days(), parameters()["weeks"], parameters()["first_contact"]
    place, channel = [], []
    for name, settings in parameters()["channels"].items():
        for week in range(weeks):
            share = stays + (1 - stays) * (0.6 if week == 0 else 0.0)
            chance = open_[7 * week : 7 * week + 7]
            place.append(7 * week + draw.choice(7, draw.poisson(settings["weekly"] * share), p=chance / chance.sum()))
            channel += [name] * len(place[-1])
    day = np.concatenate(place)
    reasons = parameters()["reasons"]
    return {
        "day": day,
        "channel": np.array(channel, object),
        "customer": draw.integers(parameters()["customers"], size=len(day)),
        "reason": draw.choice(np.array(list(reasons), object), len(day), p=list(reasons.values())),
    }


def _handled(rows: dict[str, Array], draw: np.random.Generator) -> None:
    """Give each contact to one of those who work on its channel that day; of calls some are abandoned."""
    there, names = present(), np.array(agents(), object)
    agent = np.full(len(rows["day"]), "", object)
    for channel in parameters()["channels"]:
        skilled = parameters()["skills"].get(channel, agents())
        can = np.array([there[name] & (name in skilled) for name in agents()])
        # for each day the agents at work first, in order, and how many they are
        order, many = np.argsort(~can, axis=0, kind="stable"), can.sum(axis=0)
        mine = np.flatnonzero(rows["channel"] == channel)
        at = rows["day"][mine]
        agent[mine] = names[order[(draw.random(len(mine)) * many[at]).astype(int), at]]
    lost = draw.random(len(agent)) < _abandonment(rows["day"])
    agent[lost & (rows["channel"] == "phone")] = ""
    rows["agent"] = agent


def _abandonment(day: Array) -> Array:
    spike = parameters()["decoys"]["D4"]
    when = days()[day]
    high = (when >= np.datetime64(spike["from"])) & (when <= np.datetime64(spike["to"]))
    found: Array = np.where(high, spike["abandoned"], parameters()["telephone"]["abandoned"])
    return found


def _complaint_like(rows: dict[str, Array], draw: np.random.Generator) -> None:
    """One colleague gets many contacts of a kind that is harder than others."""
    odd = parameters()["decoys"]["D1"]
    theirs = (rows["agent"] == odd["colleague"]) & (draw.random(len(rows["agent"])) < odd["reason_share"])
    rows["reason"][theirs] = odd["reason"]


def _followed(rows: Mapping[str, Array], plant: Planted, draw: np.random.Generator) -> Array:
    """Return which contacts are followed by another one; an abandoned call is not."""
    team = np.array([team_of(name) if name else "" for name in agents()] + [""], object)
    place = {name: at for at, name in enumerate(agents())}
    teams = team[[place.get(name, -1) for name in rows["agent"]]]
    cut = (teams == plant.team) & (days()[rows["day"]] >= np.datetime64(plant.cut))
    stays = np.where(cut, plant.first_contact, parameters()["first_contact"])
    found: Array = (draw.random(len(teams)) >= stays) & (rows["agent"] != "")
    return found


def _following(rows: Mapping[str, Array], plant: Planted, draw: np.random.Generator) -> tuple[dict[str, Array], Array]:
    """Return the contacts that follow some others, a few days later: same customer, reason and channel; and which."""
    open_ = open_days() > 0
    length = len(open_)
    # the next open day from each day on; past the quarter there is none
    next_open = np.full(length + LONGEST_GAP + 1, length)
    for at in range(length - 1, -1, -1):
        next_open[at] = at if open_[at] else next_open[at + 1]
    parents = np.flatnonzero(_followed(rows, plant, draw))
    day = next_open[rows["day"][parents] + 1 + draw.integers(LONGEST_GAP, size=len(parents))]
    parents, day = parents[day < length], day[day < length]
    return {"day": day, **{name: rows[name][parents] for name in ("channel", "customer", "reason")}}, parents


def _timed(rows: pd.DataFrame, plant: Planted, draw: np.random.Generator) -> pd.DataFrame:
    """Add the time of day and how long everything took, all in seconds."""
    n, channel = len(rows), rows["channel"].to_numpy()
    found = parameters()
    rows["day"] = days()[rows["day"]]
    saturday = (rows["day"].dt.day_of_week == 5).to_numpy()
    hours = np.where(saturday[:, None], found["opens"]["saturday"], found["opens"]["weekday"])
    rows["second"] = (3600 * (hours[:, 0] + draw.random(n) * 0.97 * (hours[:, 1] - hours[:, 0]))).astype(int)
    lost = (rows["agent"] == "").to_numpy()
    median, sigma = (_per_channel(channel, name) for name in ("talk", "sigma"))
    team = rows["agent"].map({name: team_of(name) for name in agents()}).fillna("")
    rows["team"] = team
    cut = ((team == plant.team) & (rows["day"] >= pd.Timestamp(plant.cut))).to_numpy()
    handled = median * np.exp(sigma * draw.standard_normal(n)) * np.where(cut, 1 - plant.shorter, 1.0)
    acw = handled * draw.uniform(0.10, 0.20, n)
    hold = np.where((channel == "phone") & (draw.random(n) < 0.4), handled * draw.uniform(0.05, 0.25, n), 0.0)
    for name, value in (("talk_s", handled - acw - hold), ("hold_s", hold), ("acw_s", acw)):
        rows[name] = np.where(lost, 0, value).astype(int)
    phone, patience = found["telephone"], draw.exponential(found["telephone"]["patience"] / 3, n)
    rows["wait_s"] = np.where(lost, patience, draw.exponential(phone["waiting"], n)).astype(int)
    reply = found["chat_reply"]
    rows["first_response_s"] = np.exp(np.log(reply["median"]) + reply["sigma"] * draw.standard_normal(n)).astype(int)
    rows["concurrency"] = np.where(channel == "chat", draw.integers(1, 4, n), 1)
    rows["product"] = np.array(found["products"], object)[draw.integers(len(found["products"]), size=n)]
    rows["transferred"] = (draw.random(n) < found["transferred"]) & ~lost
    rows["escalated"] = (draw.random(n) < found["escalated"]) & ~lost
    flags = np.random.default_rng([plant.seed, 3]).random((2, found["customers"]))[:, rows["customer"]]
    shares = found["vulnerable"]
    rows["vulnerable"] = np.select(
        [flags[0] < shares["Y"], flags[0] < shares["Y"] + shares["unknown"]], ["Y", "unknown"], "N"
    )
    rows["opted_out"] = flags[1] < found["opted_out"]
    return rows


def _per_channel(channel: Array, name: str) -> Array:
    known = {key: settings[name] for key, settings in parameters()["channels"].items()}
    return pd.Series(channel).map(known).to_numpy(float)


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the contacts in order of time, ``prior`` pointing to their new places."""
    order = np.lexsort((rows["customer"], rows["second"], rows["day"]))
    place = np.empty(len(rows), int)
    place[order] = np.arange(len(rows))
    rows["prior"] = np.where(rows["prior"] < 0, -1, place[rows["prior"]])
    return rows.iloc[order].reset_index(drop=True)
