"""What customers say and get: survey answers, complaints with their clocks, decisions about goodwill."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from plan import Planted, parameters

Array = np.ndarray[Any, Any]
TOP = 4
"""Answers of so much and more are the top two."""


def surveyed(rows: pd.DataFrame, plant: Planted) -> pd.DataFrame:
    """Add the answers to the survey (NaN without one), and ``settled``: what the linked criterion has of them.

    ``settled`` is standard normal, and correlates with the wish behind the satisfaction by ``plant.latent``.
    """
    draw = np.random.default_rng([plant.seed, 4])
    n, survey = len(rows), parameters()["survey"]
    asked = (draw.random(n) < survey["sent"]) & (rows["agent"] != "").to_numpy()
    answered = asked & (draw.random(n) < survey["answered"])
    rows["settled"] = draw.standard_normal(n)
    wish = plant.latent * rows["settled"].to_numpy() + np.sqrt(1 - plant.latent**2) * draw.standard_normal(n)
    uniform = _normal_cdf(wish)
    top2 = np.where(rows["vulnerable"] == "Y", plant.top2["Y"], plant.top2["others"])
    rows["asked"] = asked
    rows["csat"] = np.where(answered, _points(uniform, top2), np.nan)
    _outage(rows, draw)
    csat = rows["csat"].to_numpy()
    rows["nps"] = np.clip(np.round(2 * csat + 1.3 * draw.standard_normal(n)), 0, 10)
    rows["ces"] = np.clip(np.round(1.2 * csat + 1 + draw.standard_normal(n)), 1, 7)
    return rows


def _normal_cdf(values: Array) -> Array:
    """Return the normal distribution function, read off a fine table: no package for one function."""
    grid = np.linspace(-6, 6, 4801)
    table = np.array([NormalDist().cdf(each) for each in grid])
    found: Array = np.interp(values, grid, table)
    return found


def _points(uniform: Array, top2: Array) -> Array:
    """Return answers from 1 to 5 in the order of a number from 0 to 1, so many of them 4 or 5."""
    survey = parameters()["survey"]
    below = np.searchsorted(np.cumsum(survey["below"])[:-1], uniform / (1 - top2)) + 1
    above = np.where((uniform - (1 - top2)) / top2 > 1 - survey["five_of_top"], 5, 4)
    return np.where(uniform < 1 - top2, np.minimum(below, 3), above).astype(float)


def _outage(rows: pd.DataFrame, draw: np.random.Generator) -> None:
    """Leave a few answers of the week in which the surveys were not sent."""
    out = parameters()["decoys"]["D3"]
    during = ((rows["day"] >= pd.Timestamp(out["from"])) & (rows["day"] <= pd.Timestamp(out["to"]))).to_numpy()
    answers = draw.permutation(np.flatnonzero(during & rows["csat"].notna().to_numpy()))[: out["answers"]]
    satisfaction = rows["csat"].to_numpy().copy()
    satisfaction[during] = np.nan
    content = np.arange(len(answers)) < out["top2"]
    satisfaction[answers] = np.where(
        content, TOP + (draw.random(len(answers)) < 0.5), draw.integers(1, TOP, len(answers))
    )
    rows["csat"] = satisfaction
    rows["asked"] = rows["asked"].to_numpy() & (~during | ~np.isnan(satisfaction))


def complained(rows: pd.DataFrame, plant: Planted) -> pd.DataFrame:
    """Add the id of the complaint that a contact gave rise to, empty without one."""
    draw = np.random.default_rng([plant.seed, 5])
    rate = np.where(rows["vulnerable"] == "Y", plant.complaints["Y"], plant.complaints["others"])
    found = np.flatnonzero((draw.random(len(rows)) < rate) & (rows["agent"] != "").to_numpy())
    ids = np.full(len(rows), "", object)
    ids[found] = [f"C{2000 + place}" for place in range(len(found))]
    rows["complaint_id"] = ids
    return rows


def complaints(rows: pd.DataFrame, plant: Planted) -> pd.DataFrame:
    """Return the register of complaints: received, acknowledged and answered when, of which kind, upheld, on time.

    So many as planned are late, one of them about a payment service that is answered inside eight weeks and past the
    shorter clock of such services. Two are about personal data, one from before that duty and one from after.
    """
    draw = np.random.default_rng([plant.seed, 6])
    settings, mine = parameters()["complaints"], rows[rows["complaint_id"] != ""]
    n = len(mine)
    payment = draw.random(n) < settings["payment_services"]
    soon = draw.random(n) < settings["within_three_days"]
    took = np.where(soon, draw.integers(1, 4, n), np.where(payment, draw.integers(5, 15, n), draw.integers(6, 50, n)))
    slow = np.flatnonzero(~soon & ~payment)[: settings["late"] - 1]
    took[slow] = 60 + np.arange(len(slow))
    shorter = np.flatnonzero(~soon & payment)[:1]
    took[shorter] = settings["late_payment_day"]
    received = mine["day"].to_numpy().copy()
    strand = np.full(n, "", object)
    for day, at in zip(settings["data_protection"], draw.choice(n, 2, replace=False), strict=True):
        received[at], strand[at] = np.datetime64(day), "data protection"
    late = np.zeros(n, bool)
    late[[*slow, *shorter]] = True
    return pd.DataFrame(
        {
            "complaint_id": mine["complaint_id"].to_numpy(),
            "txn_id": mine["txn_id"].to_numpy(),
            "received": received,
            "acknowledged": received + np.where(soon, 0, draw.integers(1, 3, n)).astype("timedelta64[D]"),
            "answered": received + took.astype("timedelta64[D]"),
            "kind": np.where(payment, "payment services", "other"),
            "strand": strand,
            "upheld": np.where(draw.random(n) < settings["upheld"], "Y", "N"),
            "late": np.where(late, "Y", "N"),
            "provenance": "example",
        }
    )


def known_by(register: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the register of complaints as it is kept on a day: what comes later stands in no cell yet."""
    days = {name: register[name].where(register[name] <= pd.Timestamp(day)) for name in ("acknowledged", "answered")}
    return register[register["received"] <= pd.Timestamp(day)].assign(**days)


def goodwill(rows: pd.DataFrame, plant: Planted) -> pd.DataFrame:
    """Return decisions about goodwill: who gave how much on which case, and who approved it.

    Some are over the colleague's limit without an approver, one was approved by the giver, and one case was paid in
    parts that each stay below the limit.
    """
    draw = np.random.default_rng([plant.seed, 7])
    settings = parameters()["goodwill"]
    pounds, times = settings["split"]
    handled = rows.index[(rows["agent"] != "") & rows["day"].between(*_inner(rows))]
    mine = rows.loc[np.sort(draw.choice(handled, settings["decisions"], replace=False))]
    amount = draw.integers(1, settings["limit"] // 5 + 1, len(mine)) * 5
    approver = np.full(len(mine), "", object)
    odd = draw.choice(len(mine), settings["over_limit"] + settings["self_approved"], replace=False)
    amount[odd] = settings["limit"] + 5 * draw.integers(1, 5, len(odd))
    own = odd[settings["over_limit"] :]
    approver[own] = mine["agent"].to_numpy()[own]
    found = pd.DataFrame(
        {
            "decided_on": mine["day"].to_numpy(),
            "case": mine["txn_id"].to_numpy(),
            "agent_id": mine["agent"].to_numpy(),
            "kind": "goodwill",
            "amount": amount,
            "approved_by": approver,
            "provenance": "example",
        }
    )
    whole = next(at for at in range(len(found)) if at not in set(odd))
    parts = found.loc[[whole] * times].assign(amount=pounds)
    parts["decided_on"] = [parts["decided_on"].iloc[0] + timedelta(days=day) for day in range(times)]
    return pd.concat([found.drop(index=whole), parts]).sort_values(["decided_on", "case"], ignore_index=True)


def _inner(rows: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the days on which a decision can begin so that its parts lie within the quarter."""
    return rows["day"].min(), rows["day"].max() - pd.Timedelta(days=7)
