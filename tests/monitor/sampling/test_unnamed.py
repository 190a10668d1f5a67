from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from command_line import run
from desk import DRAWN, FRAME, done, write
from populations import A07, MAY, OPEN, PROFILE, frame, ground, notice

from qacli.engine.connection import connect
from qacli.monitor.sampling.picking import pick
from qacli.monitor.sampling.unnamed import NoColleagues
from qacli.prepare.notices.notice import Acknowledgement, Span, everybody_told
from qacli.prepare.people import Person
from qacli.sources.population import open_population

UNNAMED = PROFILE.model_copy(
    update={"columns": {field: column for field, column in PROFILE.columns.items() if field != "colleague"}}
)
EXPORT = "id,start,channel,customer,talk\n" + "".join(f"T{day},2026-05-{day:02},phone,K,60\n" for day in range(1, 9))
A09 = Person("p_a09", "telephony", "A09")
STAFF = notice("n-ack", "colleagues", "all", date(2026, 5, 1), date(2026, 5, 31), acknowledge=True)


def knew(person, day):
    return Acknowledgement(person=person, notice=STAFF.reference, on=date(2026, 5, day), means="in person")


@pytest.fixture
def picked(tmp_path):
    def draw(asked, declared=UNNAMED, **facts):
        path = tmp_path / "calls.csv"
        path.write_text(EXPORT)
        with connect() as connection, open_population(connection, [path], declared, ZoneInfo("Europe/London")) as found:
            return pick(found, asked, MAY, "seed", ground(people=[A07, A09], **facts))

    return draw


def test_transactions_of_nobody_in_particular_can_be_drawn(picked):
    found = picked(frame(size=3), notices=OPEN)
    assert (sum(found.eligible.values()), sum(found.excluded.values())) == (8, 0)
    assert [row["colleague"] for rows in found.rows.values() for row in rows] == [""] * 3


def test_so_many_of_each_colleague_cannot_be_taken_of_an_export_that_names_none(picked):
    with pytest.raises(
        NoColleagues, match="f@1 takes transactions of each colleague, and the export names no colleague"
    ):
        picked(frame(design="quota", size=None, per_colleague=2), notices=OPEN)


def test_whoever_it_was_everybody_must_have_been_told_by_then(picked):
    told = {"notices": [OPEN[0], STAFF], "acknowledgements": [knew("p_a07", 2), knew("p_a09", 6)]}
    found = picked(frame(size=8), **told)
    # from the 6th both knew
    assert sorted(row["id"] for rows in found.rows.values() for row in rows) == ["T6", "T7", "T8"]
    assert found.excluded["no-acknowledgement"] == 5


def test_everybody_is_told_on_the_days_that_all_share():
    again = notice("n-two", "colleagues", "all", date(2026, 6, 10), None)
    known = [knew("p_a07", 2), knew("p_a09", 6)]
    spans = everybody_told([STAFF, again], known, ["p_a07", "p_a09"])
    assert spans == [Span("", date(2026, 5, 6), date(2026, 5, 31)), Span("", date(2026, 6, 10), date.max)]
    assert everybody_told([STAFF], known, ["p_a07", "p_a12"]) == []
    assert everybody_told([again], [], []) == []


@pytest.mark.parametrize("named", [True, False])
def test_what_an_export_without_colleagues_costs_is_told_with_the_draw_and_only_then(agreed, named):
    profile = agreed / "definitions/profiles/telephony.yaml"
    if not named:
        profile.write_text(profile.read_text("utf-8").replace("  colleague: {column: agent_id}\n", ""), "utf-8")
        simple = FRAME.replace("design: quota\nper_colleague: 2", "design: simple\nsize: 2")
        write(agreed, {"definitions/frames/weekly.yaml": simple.replace("version: 1", "version: 2")})
        done(run("frame agree weekly", agreed, "p_mgr1", DRAWN))
        others = "".join(f"{person},2026-01-05,in person\n" for person in ("p_ev1", "p_ev2", "p_tl1", "p_mgr1"))
        write(agreed, {"others.csv": f"person,on,means\n{others}"})
        done(run(f"notice ack n-staff --from {agreed / 'others.csv'}", agreed, "p_tl1", DRAWN))
    told = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN)).err
    assert ("nobody can be kept from scoring their own work" in told) is not named
