"""Exports of known systems, a few lines each as the vendors' own texts name the columns."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from qacli.engine.connection import connect
from qacli.sources.population import open_population
from qacli.sources.propose import propose
from qacli.sources.satisfaction import score_sql
from qacli.workspace.connect import system, systems

TODAY = date(2026, 5, 25)
EXPORTS = {
    "amazon-connect": """\
ContactId,Channel,InitiationTimestamp,DisconnectTimestamp,Agent.Username,Queue.Name,Agent.AgentInteractionDuration,LastUpdateTimestamp
c1,VOICE,2026-05-18T23:30:00Z,2026-05-18T23:34:00Z,gwen,Cards,200,2026-05-18T23:35:00Z
c1,VOICE,2026-05-18T23:30:00Z,2026-05-18T23:34:00Z,gwen,Cards,212,2026-05-18T23:40:00Z
c2,CHAT,2026-05-19T08:00:00Z,2026-05-19T08:20:00Z,owen,Cards,900,2026-05-19T08:21:00Z
""",
    "genesys": """\
conversationId,conversationStart,conversationEnd,userId,mediaType,queueId,wrapUpCode,tHandle
c1,2026-05-18T23:30:00.000Z,2026-05-18T23:34:00.000Z,u1,voice,q1,w1,212000
c2,2026-05-19T08:00:00.000Z,2026-05-19T08:20:00.000Z,u2,message,q1,w2,900000
""",
    "zendesk": """\
id,created_at,solved_at,assignee_id,group_id,via.channel,requester_id,full_resolution_time_in_minutes,satisfaction_rating.score
c1,2026-05-18T23:30:00Z,2026-05-18T23:34:00Z,9001,7,voice,501,3.533333,good
c2,2026-05-19T08:00:00Z,2026-05-19T08:20:00Z,9002,7,native_messaging,502,15,unoffered
""",
    "nice-cxone": """\
contactId,contactStart,agentId,teamName,mediaTypeName,skillName,agentSeconds
c1,2026-05-18T23:30:00Z,31,Ash,Call,Cards,212
c2,2026-05-19T08:00:00Z,32,Ash,Chat,Cards,900
""",
    "talkdesk": """\
call_id,start_at,end_at,handling_user_name,team_name,type,ring_groups,disposition_code,talk_time,csat_score
c1,2026-05-18T23:30:00Z,2026-05-18T23:34:00Z,Gwen,Ash,inbound,cards,D1,212,4
c2,2026-05-19T08:00:00Z,2026-05-19T08:20:00Z,Owen,Ash,outbound,cards,D2,900,
""",
    "five9": """\
CALL ID,TIMESTAMP,AGENT,AGENT GROUP,CALL TYPE,SKILL,DISPOSITION,HANDLE TIME
c1,05/19/2026 00:30:00,gwen@example.org,Ash,Inbound,Cards,Done,00:03:32
c2,05/19/2026 09:00:00,owen@example.org,Ash,Outbound,Cards,Done,00:15:00
""",
    "aircall": """\
id,direction,started_at,ended_at,user.name,teams,number,duration
c1,inbound,1779147000,1779147240,Gwen,Ash,+44 20 0000 0000,212
c2,outbound,1779177600,1779178800,Owen,Ash,+44 20 0000 0000,900
""",
    "freshdesk": """\
id,created_at,responder_id,group_id,source,type,requester_id
c1,2026-05-18T23:30:00Z,9001,7,3,Question,501
c2,2026-05-19T08:00:00Z,9002,7,7,Problem,502
""",
    "intercom": """\
id,created_at,admin_assignee_id,team_assignee_id,source.type,statistics.handling_time,conversation_rating.rating
c1,1779147000,9001,7,phone_call,212,5
c2,1779177600,9002,7,conversation,900,
""",
    "hubspot": """\
hs_object_id,hs_timestamp,hubspot_owner_id,hs_call_direction,hs_call_disposition,hs_call_duration
c1,2026-05-18T23:30:00Z,9001,INBOUND,d1,212000
c2,2026-05-19T08:00:00Z,9002,OUTBOUND,d2,900000
""",
}
CHATS = {"amazon-connect", "genesys", "zendesk", "nice-cxone", "freshdesk", "intercom"}


@pytest.fixture
def first_contact(tmp_path):
    """Propose a profile for the export of a system, and read the export under it."""

    def read(name, text):
        path = tmp_path / "export.csv"
        path.write_text(text, "utf-8")
        zone = ZoneInfo("Europe/London")
        with connect() as connection:
            proposal = propose(connection, [path], zone, id=name, owner="p_tl1", today=TODAY, system=system(name))
            with open_population(connection, [path], proposal.profile, zone) as population:
                rows = population.connection.execute("SELECT * FROM population ORDER BY id").fetchall()
                columns = [column[0] for column in population.connection.description or ()]
        return proposal, [dict(zip(columns, row, strict=True)) for row in rows]

    return read


def test_there_is_an_export_for_each_system():
    assert {profile.id for profile in systems()} == set(EXPORTS)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_reads_without_a_word_from_the_user(first_contact, name):
    _, (call, other) = first_contact(name, EXPORTS[name])
    # half past midnight in London, summer time: what UTC calls Monday is Tuesday there
    assert (call["id"], str(call["started_at"]), str(call["local_date"])) == ("c1", "2026-05-18 23:30:00", "2026-05-19")
    assert (call["channel"], other["channel"]) == ("phone", "chat" if name in CHATS else "phone")
    assert call["colleague"]
    if name != "freshdesk":  # its tickets have no duration
        assert (call["seconds"], other["seconds"]) == (pytest.approx(212, abs=0.01), 900)


def test_what_the_export_lacks_is_named(first_contact):
    text = "\n".join(",".join(line.split(",")[:3]) for line in EXPORTS["talkdesk"].splitlines()) + "\n"
    proposal, _ = first_contact("talkdesk", text)
    assert "# the export has no column for colleague (handling_user_name)" in proposal.text


def test_cells_win_over_what_the_system_is_known_for(first_contact):
    # a call log with its dates the European way: 19 cannot be a month
    text = EXPORTS["five9"].replace("05/19/2026", "19/05/2026")
    proposal, rows = first_contact("five9", text)
    assert proposal.profile.columns["started_at"].dates == "d/m/y"
    assert str(rows[0]["local_date"]) == "2026-05-19"


def test_good_and_bad_are_a_scale_and_not_asked_is_no_answer(first_contact):
    proposal, rows = first_contact("zendesk", EXPORTS["zendesk"])
    # kept as it was said; what it counts is declared
    assert [row["satisfaction"] for row in rows] == ["good", None]
    with connect() as connection:
        counted = score_sql("said", proposal.profile.columns["satisfaction"], ".")
        words = "(VALUES ('good'), ('bad'), ('so-so'), (NULL)) AS words(said)"
        assert connection.execute(f"SELECT {counted} FROM {words}").fetchall() == [(1,), (0,), (None,), (None,)]


def test_times_without_a_zone_are_those_of_the_system_and_days_those_of_the_workspace(first_contact):
    # Genesys exports UTC; a file that a spreadsheet saved has lost the Z
    text = EXPORTS["genesys"].replace(".000Z", "")
    _, rows = first_contact("genesys", text)
    assert (str(rows[0]["started_at"]), str(rows[0]["local_date"])) == ("2026-05-18 23:30:00", "2026-05-19")
