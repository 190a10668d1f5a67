"""A small export as a population, and what decides which of its rows may be observed."""

from __future__ import annotations

from datetime import date, timedelta

from qacli.monitor.sampling.eligibility import Ground
from qacli.prepare.frames.frame import Frame, Population
from qacli.prepare.frames.size import Size
from qacli.prepare.notices.notice import Notice
from qacli.prepare.people import People, Person
from qacli.prepare.period import parse_period
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
            "population": Population(),
            "scorecards": {"any": "desk@1"},
            "design": "simple",
            "stratify_by": "none",
            "size": Size.model_validate(size if isinstance(size, dict) else {"n": size}) if size else None,
            "per_colleague": None,
            "allocation": "proportional",
            "floor": 0,
            "cap": None,
            "technique": {"any": "recording"},
            **more,
        }
    )


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
