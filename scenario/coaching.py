"""Coaching, laid over a quarter: everybody is looked at more closely on either side of a day, and one is coached on it.

Of all colleagues and criteria the worst is picked, as people do; so what follows looks better with no coaching at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import sampling
from bench import Laid
from frames import rows_of
from harbour import Quarter, observed
from plan import agents, parameters, person
from records import COACH, completed, judged, spot_items
from sampling import SPOT

from qacli.improve.coaching.effect import effect
from qacli.improve.coaching.plan import CoachingEffect
from qacli.improve.coaching.proposing import propose
from qacli.improve.coaching.sharing import SharedFault, spread_on
from qacli.model import Refusal, Row
from qacli.monitor.observing.observation import Observation, Rating
from qacli.understand.facts import Selection, ratings
from qacli.workspace.cells import columns
from qacli.workspace.tables import named

R = TypeVar("R", bound=Row)
DAY = timedelta(days=1)
CHANNEL, DRAW, PLAN = "phone", "d_zy", "a_zz"
FEWEST = 10
ROOM = 0.8
"""What all meet more often than this leaves no room for an effect of one."""


class Picked(NamedTuple):
    """The colleague and the criterion that looked worst before coaching, and an observation that shows it."""

    colleague: str
    criterion: str
    need: str


class Near(Laid):
    """Records of which only one observation is read row by row: all that a plan needs to know of its need.

    What is asked by SQL sees all of them.
    """

    need = ""

    def _read(self, kind: type[R]) -> Iterator[R]:
        frame = self.frames.get(kind.TABLE)
        if frame is not None and kind in {Rating, Observation}:
            own = frame["observation" if kind is Rating else "id"] == self.need
            yield from rows_of(kind, frame[own])
        else:
            yield from super()._read(kind)


def near(view: Laid, need: str) -> Near:
    """Return the same records, of which only one observation is read row by row."""
    made = view.copied(Near)
    made.need = need
    return made


def closer(view: Laid, quarter: Quarter) -> Laid:
    """Return the records with as many fresh checks of everybody on either side of the day as are planned."""
    picked = _fresh(quarter)
    items = spot_items(quarter, picked, DRAW)
    draw = pd.DataFrame(view.frames["draws"].iloc[[-1]]).assign(id=DRAW, purpose=SPOT, design="simple")
    scores = judged(*observed(quarter.contacts, quarter.plant, picked, quarter.stream(17)), items, 200_000)
    laid = view.copied(Laid)
    laid.add({"draws": draw, "items": items, **scores})
    return laid


def _fresh(quarter: Quarter) -> pd.DataFrame:
    """Return the places of contacts that no sample holds, by chance, of each colleague on each side of the day."""
    plan, rows, draw = parameters()["coaching"], quarter.contacts, quarter.stream(20)
    free = (sampling.why_not(rows) == "") & ~np.isin(np.arange(len(rows)), quarter.items["row"])
    free &= (rows["channel"] == CHANNEL).to_numpy()
    day, agent = rows["day"].to_numpy(), rows["agent"].to_numpy()
    done = np.datetime64(plan["done"])
    sides = [np.flatnonzero(free & (agent == name) & side) for name in agents() for side in (day < done, day > done)]
    place = np.concatenate([draw.choice(each, plan["checks"], replace=False) for each in sides if len(each) > 99])
    found = pd.DataFrame({"row": np.sort(place), "purpose": SPOT, "channel": CHANNEL})
    found["evaluator"] = sampling.evaluators(rows, quarter.plant, found["row"].to_numpy(), f"{SPOT} coaching")
    return found


def worst(view: Laid) -> Picked | None:
    """Return the pair of colleague and criterion that looks worst before the day, of those rated often enough.

    The colleague who is planted to fall does get worse, and is no case of nothing done.
    """
    plan = parameters()["coaching"]
    rows = ratings(view, Selection(parameters()["first_day"], plan["done"] - DAY, "all", CHANNEL))
    rows = rows[rows["met"].notna()]
    found = rows.groupby(["colleague", "criterion"])["met"].agg(["mean", "size"])
    level = rows.groupby("criterion")["met"].mean()
    room = level.index[(level <= ROOM).to_numpy(bool)]
    falling = person(view.quarter.plant.colleague) if view.quarter.plant.slope else ""
    found = found[found.index.get_level_values("colleague") != falling]
    found = found[(found["size"] >= FEWEST) & found.index.get_level_values("criterion").isin(room)]
    if found.empty:
        return None
    # by how many standard errors it lies below what all others do: the lowest share alone is that of the hardest criterion
    share = level.reindex(found.index.get_level_values("criterion")).to_numpy(float)
    below = (found["mean"].to_numpy(float) - share) / np.sqrt(np.maximum(share * (1 - share), 0.01) / found["size"])
    colleague, criterion = found.index[int(np.argmin(below))]
    mine = rows[(rows["colleague"] == colleague) & (rows["criterion"] == criterion) & ~rows["met"].astype(bool)]
    return Picked(str(colleague), str(criterion), str(mine["observation"].iloc[-1]))


def planned(view: Laid, picked: Picked) -> Laid:
    """Return the records with a plan for what was picked, carried out on the day."""
    day, last = parameters()["coaching"]["done"], view.quarter.contacts["day"].max().date()
    plan = {
        "id": PLAN,
        "colleague": picked.colleague,
        "need": picked.need,
        "criterion": picked.criterion,
        "option": "coaching-talk@1",
        "owner": COACH,
        "starts": pd.Timestamp(day),
        "due": pd.Timestamp(day),
        "review_on": pd.Timestamp(last),
        "goal": "as the card says",
    }
    steps = [
        {"id": f"{PLAN}-{at}", "plan": PLAN, "kind": kind, "on": pd.Timestamp(day)}
        for at, kind in enumerate(("booked", "done"), 1)
    ]
    view.add({"coaching_plans": _table("coaching_plans", [plan]), "coaching_events": _table("coaching_events", steps)})
    return view


def _table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    known = [each.name for each in columns(named(name))]
    found = completed(
        name, pd.DataFrame(rows).assign(at=pd.Timestamp("2026-05-14 10:00"), by=COACH, provenance="example")
    )
    return found.reindex(columns=known)


def looked(view: Laid, picked: Picked) -> CoachingEffect | None:
    """Return the effect of the plan; None where it may not be claimed."""
    try:
        rows = effect(near(view, picked.need), [PLAN]).rows
    except Refusal:
        return None
    return next((row for row in rows if isinstance(row, CoachingEffect)), None)


def coached(view: Laid, picked: Picked, share: float, seed: int) -> Laid:
    """Return the records with another share met, by the colleague picked, after the day."""
    draw = np.random.default_rng([view.quarter.plant.seed, 18, seed])
    made = view.copied(Laid)
    day = parameters()["coaching"]["done"]
    items, observations = view.frames["items"], view.frames["observations"]
    mine = items[(items["colleague"] == picked.colleague) & (items["day"] > pd.Timestamp(day))]["id"]
    heads = observations[observations["item"].isin(mine)]["id"]
    rated = view.frames["ratings"].copy()
    place = rated["observation"].isin(heads) & (rated["criterion"] == picked.criterion) & rated["met"].notna()
    met = draw.random(int(place.sum())) < share
    rated.loc[place, "met"] = pd.array(met, dtype="boolean")
    rated.loc[place, "value"] = np.where(met, 100.0, 25.0)
    made.frames["ratings"] = rated
    return made


def alone(view: Laid, quarter: Quarter) -> tuple[Laid, Picked] | None:
    """Return the records in which one colleague often fails what all others seldom fail, and that colleague."""
    draw = np.random.default_rng([quarter.plant.seed, 19])
    rows = ratings(view, Selection(channel=CHANNEL))
    names = sorted(set(rows["colleague"]))
    who, criterion = str(names[draw.integers(len(names))]), "ph-correct"
    mine = rows[(rows["colleague"] == who) & (rows["criterion"] == criterion) & rows["met"].notna()]
    fails = mine.loc[draw.random(len(mine)) < parameters()["coaching"]["personal"], "observation"]
    if fails.empty:
        return None
    made = view.copied(Laid)
    rated = view.frames["ratings"].copy()
    place = rated["observation"].isin(fails) & (rated["criterion"] == criterion)
    rated.loc[place, ["met", "value"]] = [False, 0.0]
    made.frames["ratings"] = rated
    return made, Picked(who, criterion, str(fails.iloc[-1]))


def refused_as_shared(view: Laid, picked: Picked) -> bool:
    """Return whether coaching what was picked is refused as a fault of many hands. Any other refusal is a mistake of ours."""
    try:
        propose(
            near(view, picked.need),
            colleague=picked.colleague,
            need=picked.need,
            criterion=picked.criterion,
            option="coaching-talk",
        )
    except SharedFault:
        return True
    return False


def said_shared(view: Laid, picked: Picked) -> bool:
    """Return whether the rule behind that refusal calls what was picked a fault of many hands, by the routine samples."""
    rows = ratings(view, Selection(channel=CHANNEL, purpose="all", colleague=picked.colleague))
    mine = rows[(rows["observation"] == picked.need) & (rows["criterion"] == picked.criterion)].iloc[0]
    day = mine["day"].date()
    return spread_on(view, picked.criterion, mine["scorecard"], CHANNEL, day, picked.colleague) is not None


def failing(view: Laid, quarter: Quarter) -> Picked | None:
    """Return an observation of the shared fault in its days: that of the colleague who failed it last."""
    plant = quarter.plant
    rows = ratings(view, Selection(plant.release, plant.repair - DAY, channel=plant.channel))
    rows = rows[(rows["criterion"] == plant.failing) & rows["met"].notna() & ~rows["met"].fillna(True).astype(bool)]
    if rows.empty:
        return None
    return Picked(str(rows["colleague"].iloc[-1]), plant.failing, str(rows["observation"].iloc[-1]))
