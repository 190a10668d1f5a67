"""The records of a quarter as tables: what people would have entered week by week, with the ids that they would have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import calibrations
import judging
import numpy as np
import pandas as pd
from harbour import Quarter
from plan import parameters, person
from sampling import SPOT, Taken

from qacli.ledger.ids import base32
from qacli.model import Words
from qacli.monitor.observing.observation import CLASSES, Observation, Rating, Session
from qacli.monitor.sampling.draw import Draw, Exclusion, Item, Stratum
from qacli.workspace.cells import columns
from qacli.workspace.tables import named

LONDON = ZoneInfo("Europe/London")
COACH = "p_tl1"
LOOKED_AT = "2026-07-01 08:00"
TABLES = (Draw, Exclusion, Stratum, Item, Session, Observation, Rating)


def tables(quarter: Quarter, source: str = "", sha256: str = "0" * 64) -> dict[str, pd.DataFrame]:
    """Return every table by its name, times in UTC without zone. ``source`` and its hash are those of the export."""
    draws = _draws(quarter, source, sha256)
    items = _items(quarter, draws)
    found = {
        "draws": draws,
        "exclusions": _exclusions(quarter, draws),
        "strata": _strata(quarter, draws),
        "items": items,
        **judged(quarter.observations, quarter.ratings, items),
        **calibrations.tables(quarter, items),
    }
    return {name: completed(name, table.assign(provenance="example")) for name, table in found.items()}


def completed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the columns that nobody filled, each with the default of its field."""
    known = columns(named(name))
    return table.assign(**{each.name: _default(each.default) for each in known if each.name not in table})


def _default(value: object) -> object:
    return value.text or None if isinstance(value, Words) else value


def judged(
    observations: pd.DataFrame, ratings: pd.DataFrame, items: pd.DataFrame, first: int = 1
) -> dict[str, pd.DataFrame]:
    """Return the tables of observations, their sessions and ratings; ``item`` of both is an index of ``items``.

    ``first`` numbers the first of them: ids of others go on from there.
    """
    number = pd.Series(range(first, first + len(observations)), index=observations["item"].to_numpy())
    item = items.loc[observations["item"]].reset_index(drop=True)
    at = _scored_at(item["day"])
    sessions = pd.DataFrame(
        {
            "id": [f"s_{each}" for each in number],
            "at": at,
            "by": observations["by"].to_numpy(),
            "item": item["id"],
            "technique": item["channel"].map(_technique()),
            "kind": np.where(item["purpose"] == SPOT, "spot", "routine"),
            "transaction_kind": "routine",
            "told_at": pd.NaT,
            "started": pd.NaT,
            "ended": pd.NaT,
            "intervened": False,
            "comfort": None,
        }
    )
    heads = observations.reset_index(drop=True).assign(
        id=[f"o_{each}" for each in number], at=at, item=item["id"], session=sessions["id"], entered="file"
    )
    parent = ratings["item"].map(dict(zip(observations["item"], heads["id"], strict=True))).to_numpy()
    rows = pd.DataFrame(
        {
            "id": parent + "-" + ratings["place"].astype(str).to_numpy(),
            "at": ratings["item"].map(dict(zip(observations["item"], at, strict=True))).to_numpy(),
            "by": ratings["item"].map(dict(zip(observations["item"], heads["by"], strict=True))).to_numpy(),
            "observation": parent,
            **{name: ratings[name].to_numpy() for name in ("criterion", "answer")},
            "met": ratings["met"].map({1.0: True, 0.0: False}).astype("boolean").to_numpy(),
            **{name: ratings[name].to_numpy() for name in ("value", "weight")},
            "evidence": None,
            "offset": "",
            "comment": None,
        }
    )
    shown = ["id", "at", "by", "item", "session", "scorecard", "score", "applicable_weight", *CLASSES, "entered"]
    return {"sessions": completed("sessions", sessions), "observations": heads[shown], "ratings": rows}


def drawn_on(taken: Taken) -> datetime:
    """Return when a draw was made: on the morning after its week, UTC."""
    return datetime.combine(taken.last + timedelta(days=1), time(8), UTC)


def _draws(quarter: Quarter, source: str, sha256: str) -> pd.DataFrame:
    notices = " ".join(sorted(f"{each}@1" for each in [*(n["id"] for n in parameters()["notices"]), "n-staff-4"]))
    return pd.DataFrame(
        [
            {
                "id": f"d_{base32(place)}",
                "at": drawn_on(each).replace(tzinfo=None),
                "by": COACH,
                "frame": f"{each.frame}@1",
                "period": each.period,
                "first": pd.Timestamp(each.first),
                "last": pd.Timestamp(each.last),
                "purpose": each.purpose,
                "design": each.design,
                "seed": each.seed,
                "notices": notices,
                "source": source,
                "sha256": sha256,
                "population": each.eligible + sum(each.excluded.values()),
                "eligible": each.eligible,
                "drawn": len(each.rows),
                "rule": "",
            }
            for place, each in enumerate(quarter.taken, 100)
        ]
    )


def _under(draws: pd.DataFrame, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> pd.DataFrame:
    """Return rows below draws, given as (place of the draw, what they hold), with their ids and stamps."""
    parents = [draws.iloc[place] for place, _ in rows]
    number = pd.Series([place for place, _ in rows], dtype=int).groupby([place for place, _ in rows]).cumcount() + 1
    return pd.DataFrame(
        [
            {"id": f"{parent['id']}-{at}", "at": parent["at"], "by": COACH, "draw": parent["id"], **row}
            for parent, at, (_, row) in zip(parents, number, rows, strict=True)
        ]
    )


def _exclusions(quarter: Quarter, draws: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (place, {"reason": reason, "transactions": n})
        for place, each in enumerate(quarter.taken)
        for reason, n in each.excluded.items()
        if n
    ]
    return _under(draws, rows)


def _strata(quarter: Quarter, draws: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for place, each in enumerate(quarter.taken):
        asked = len(each.rows)
        rows.append((place, {"stratum": "all", "eligible": each.eligible, "asked": asked, "drawn": asked}))
    return _under(draws, rows)


def _items(quarter: Quarter, draws: pd.DataFrame) -> pd.DataFrame:
    picked, rows = quarter.items, quarter.contacts.iloc[quarter.items["row"]].reset_index(drop=True)
    draw = draws.iloc[picked["draw"]].reset_index(drop=True)
    number = (picked.groupby("draw").cumcount() + 1).astype(str)
    return item_cells(rows, picked["evaluator"]).assign(
        id="t" + draw["id"].str[1:] + "-" + number,
        at=draw["at"],
        by=COACH,
        draw=draw["id"],
        stratum="all",
        purpose=picked["purpose"],
        probability=picked["probability"],
        weight=1 / picked["probability"],
    )


def spot_items(quarter: Quarter, picked: pd.DataFrame, draw: str) -> pd.DataFrame:
    """Return the items of a draw of fresh checks, such as ``harbour.fresh`` picks; their index is that of ``picked``."""
    cells = item_cells(quarter.contacts.iloc[picked["row"]].reset_index(drop=True), picked["evaluator"])
    number = pd.Series(range(1, len(cells) + 1)).astype(str)
    return cells.assign(
        id=f"t{draw[1:]}-" + number,
        at=pd.Timestamp(LOOKED_AT),
        by=COACH,
        provenance="example",
        draw=draw,
        stratum="all",
        purpose=SPOT,
        probability=0.01,
        weight=100.0,
    )


def item_cells(rows: pd.DataFrame, evaluator: pd.Series[str]) -> pd.DataFrame:
    """Return what an item says of its contact, one row for each."""
    local = rows["day"] + pd.to_timedelta(rows["second"], unit="s")
    return pd.DataFrame(
        {
            "transaction": rows["txn_id"],
            "started_at": local.dt.tz_localize(LONDON).dt.tz_convert("UTC").dt.tz_localize(None),
            "day": rows["day"],
            "channel": rows["channel"],
            "team": rows["team"],
            "colleague": rows["agent"].map(person),
            "reason": rows["reason"],
            "seconds": rows["talk_s"],
            "scorecard": rows["channel"].map(
                {name: judging.card_of(name).reference for name in parameters()["channels"]}
            ),
            "evaluator": evaluator.to_numpy(),
        }
    )


def _technique() -> dict[str, str]:
    return {name: settings["technique"] for name, settings in parameters()["channels"].items()}


def _scored_at(day: pd.Series[Any]) -> pd.Series[Any]:
    """Return when contacts were scored: on the Wednesday after their week, UTC."""
    monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    at: pd.Series[Any] = monday + pd.Timedelta(days=9, hours=9)
    return at
