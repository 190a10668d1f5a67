"""A small export as a population, and what decides which of its rows may be observed."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from qacli.monitor.sampling.eligibility import Ground
from qacli.monitor.sampling.picking import pick
from qacli.prepare.frames.frame import Frame, Population
from qacli.prepare.frames.size import Size
from qacli.prepare.notices.notice import Notice
from qacli.prepare.people import People, Person
from qacli.prepare.period import parse_period
from qacli.sources.population import unread_population
from qacli.sources.profile import Profile

PROFILE = Profile.model_validate(
    {
        "id": "telephony",
        "version": "1",
        "owner": "p_tl1",
        "from": "2026-01-01",
        "columns": {
            "transaction": {"column": "id"},
            "started_at": {"column": "start", "dates": "y-m-d"},
            "colleague": {"column": "agent"},
            "channel": {"column": "channel"},
            "customer": {"column": "customer"},
            "seconds": {"column": "talk", "unit": "seconds"},
        },
    }
)
HEADER = "id,start,agent,channel,customer,talk\n"
MAY = parse_period("2026-05")
DAYS = [date(2026, 4, 30) + timedelta(days=n) for n in range(33)]


def frame(**more):
    """Return a frame; ``size`` is a number, or an aim as it is written."""
    size = more.pop("size", 8)
    return Frame.model_construct(
        **{
            "id": "f",
            "version": "1",
            "purpose": "routine",
            "population": Population(),
            "scorecards": {"any": "desk@1"},
            "design": "simple",
            "stratify_by": "none",
            "size": Size.model_validate(size if isinstance(size, dict) else {"n": size}) if size else None,
            "per_colleague": None,
            "floor": 0,
            "technique": {"any": "recording"},
            **more,
        }
    )


def draw(connection, folder, text, frame, ground, period=None, seed="2026"):
    """Return what a frame picks from an export, the lines below HEADER."""
    path = folder / "export.csv"
    path.write_text(HEADER + text, "utf-8")
    with unread_population(connection, [path], PROFILE, ZoneInfo("Europe/London")) as population:
        return pick(population, frame, period or MAY, seed, ground)


def ids(picks):
    """Return the ids that were picked."""
    return [row["id"] for rows in picks.rows.values() for row in rows]


def ground(notices=(), acknowledgements=(), people=(), opt_outs=(), sampled=()):
    return Ground(notices, acknowledgements, People(people), opt_outs, sampled, "telephony")


def notice(id_, audience, channel, first, last, acknowledge=False):
    return Notice.model_construct(
        id=id_, version="1", audience=audience, channel=channel, from_=first, to=last, acknowledge=acknowledge
    )


OPEN = (
    notice("n-all", "customers", "all", date(2020, 1, 1), None),
    notice("n-staff", "colleagues", "all", date(2020, 1, 1), None),
)
A07 = Person("p_a07", "telephony", "A07")
