"""A sample for the comparison with satisfaction: by chance among transactions whose customers answered."""

from __future__ import annotations

from populations import A07, MAY, OPEN, frame, ground

from qacli.engine.connection import connect
from qacli.monitor.sampling.picking import pick
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
            "satisfaction": {"column": "csat", "lowest": 1, "highest": 5},
        },
    }
)
CALLS = "id,start,agent,channel,csat\n" + "".join(
    f"T{n},2026-05-{1 + n % 31:02} 10:00,A07,phone,{5 if n % 4 == 0 else ''}\n" for n in range(80)
)


def picks(folder, purpose):
    from zoneinfo import ZoneInfo

    path = folder / "calls.csv"
    path.write_text(CALLS, "utf-8")
    asked = frame(size=8, purpose=purpose)
    with connect() as connection, unread_population(connection, [path], PROFILE, ZoneInfo("Europe/London")) as found:
        return pick(found, asked, MAY, "2026", ground(OPEN, people=[A07]))


def test_only_who_answered_can_be_drawn_for_the_comparison(tmp_path):
    found = picks(tmp_path, "kpi-link")
    drawn = [row["id"] for rows in found.rows.values() for row in rows]
    assert len(drawn) == 8
    assert all(int(each[1:]) % 4 == 0 for each in drawn)
    assert found.eligible == {"all": 20}
    assert found.sizes["all"].probability == 8 / 20


def test_a_routine_sample_takes_whoever_comes(tmp_path):
    assert picks(tmp_path, "routine").eligible == {"all": 80}
