from __future__ import annotations

from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from qacli.engine.connection import connect
from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.sources.agents import Known, open_agents
from qacli.sources.check import check
from qacli.sources.population import open_population
from qacli.sources.profile import Profile
from qacli.sources.propose_agents import propose_agents

LONDON = ZoneInfo("Europe/London")
USERS = "id;full name;email;group\n7001;Gwen Pryce;gwen;Ash\n7002;Owen Parry;owen;\n7001;Gwen Pryce;gwen;Ash\n"
TICKETS = "id,start,assignee,group\nT1,2026-05-18,7001,\nT2,2026-05-18,7002,Elm\nT3,2026-05-18,7003,\nT4,2026-05-18,,\n"


def profile(columns, **more):
    fixed = {"id": "calls", "version": "1", "owner": "p_tl1", "from": "2026-01-01"}
    return Profile.model_validate({**fixed, "columns": columns, **more})


CALLS = profile(
    {
        "transaction": {"column": "id"},
        "started_at": {"column": "start", "dates": "y-m-d"},
        "colleague": {"column": "assignee"},
        "team": {"column": "group"},
    }
)


@pytest.fixture(scope="module")
def connection():
    with connect() as connection:
        yield connection


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / name

    return write


def proposed(connection, path, **more):
    return propose_agents(connection, path, id="calls-agents", owner="p_tl1", today=date(2026, 6, 1), **more)


def looked_up(connection, users, tickets, listed, declared=CALLS):
    with (
        open_agents(connection, [users], listed, LONDON) as agents,
        open_population(connection, [tickets], declared, LONDON, agents=agents) as population,
    ):
        rows = connection.execute("SELECT id, colleague, team FROM population ORDER BY id").fetchall()
        return rows, population.digest, agents.known()


def test_a_list_of_agents_fills_in_teams_and_says_who_is_who(connection, file):
    users, tickets = file("users.csv", USERS), file("tickets.csv", TICKETS)
    listed = proposed(connection, users)
    assert validate(parse(listed.text, "agents.yaml"), Profile) == listed.profile
    rows, digest, known = looked_up(connection, users, tickets, listed.profile)
    # what the export says of the team counts, and an agent whom nobody lists stays as the export says
    assert rows == [("T1", "7001", "Ash"), ("T2", "7002", "Elm"), ("T3", "7003", None), ("T4", None, None)]
    assert known == {"7001": Known("Gwen Pryce", "gwen"), "7002": Known("Owen Parry", "owen")}
    # the list decides strata, so it belongs to what was drawn from
    lines = sorted(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in (users, tickets))
    assert digest == sha256("".join(lines).encode()).hexdigest()


def test_colleagues_may_be_called_by_another_column_than_their_id(connection, file):
    users, tickets = file("users.csv", USERS), file("tickets.csv", TICKETS)
    listed = profile({"agent": {"column": "id"}, "colleague": {"column": "email"}}, kind_of_source="agents")
    rows, _, known = looked_up(connection, users, tickets, listed)
    assert [row[:2] for row in rows] == [("T1", "gwen"), ("T2", "owen"), ("T3", "7003"), ("T4", None)]
    assert set(known) == {"gwen", "owen"}


def test_of_several_rows_of_a_transaction_the_one_that_counts_is_looked_up(connection, file):
    users = file("users.csv", USERS)
    tickets = file("tickets.csv", TICKETS + "T1,2026-05-18,7002,\n")
    declared = CALLS.model_copy(
        update={
            "grain": profile(
                {"transaction": {"column": "id"}, "started_at": {"column": "s", "dates": "y-m-d"}},
                grain={"one_per": "transaction", "keep": "first"},
            ).grain
        }
    )
    rows, _, _ = looked_up(connection, users, tickets, proposed(connection, users).profile, declared)
    assert rows[0] == ("T1", "7001", "Ash")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (";Nobody;nobody;Ash\n", ("agent-blank", "A5", "column 'id' is blank: no agent is named")),
        (
            "7002;Owen Parry;owen;Elm\n",
            ("agent-twice", "A3", "'7002' in column 'id' stands in several rows that differ"),
        ),
    ],
)
def test_an_agent_is_named_once(connection, file, row, expected):
    users = file("users.csv", USERS + row)
    with (
        pytest.raises(FileFaults) as caught,
        open_agents(connection, [users], proposed(connection, users).profile, LONDON),
    ):
        pass
    assert expected in [(fault.code, fault.cell, fault.message) for fault in caught.value.faults]


def test_a_check_says_who_is_not_listed_and_what_was_looked_up(connection, file):
    users, tickets = file("users.csv", USERS), file("tickets.csv", TICKETS)
    columns = {field: column for field, column in CALLS.columns.items() if field != "team"}
    with open_agents(connection, [users], proposed(connection, users).profile, LONDON) as agents:
        report = check(connection, [tickets], CALLS.model_copy(update={"columns": columns}), LONDON, agents=agents)
    assert report.findings == ("colleague: 1 not in the list of agents, for example 7003",)
    assert report.columns[-1] == ("team", "(list of agents)", "1 value: Ash, 3 blank")


def test_a_list_that_names_no_agent_is_refused(connection, file):
    with pytest.raises(FileFaults, match="no column was recognised as agent"):
        proposed(connection, file("users.csv", "person,email\n1,gwen\n"))


def test_the_encoding_of_the_export_is_only_a_second_guess_for_the_list(connection, file):
    text = "id,name\n1,Jürg\n"
    assert proposed(connection, file("utf.csv", text), encoding="cp1252").profile.encoding is None
    assert proposed(connection, file("old.csv", text.encode("cp1252")), encoding="cp1252").profile.encoding == "cp1252"


def test_only_transactions_have_a_grain():
    with pytest.raises(ValidationError, match="agents have no grain"):
        profile({"agent": {"column": "id"}}, kind_of_source="agents", grain={"one_per": "transaction", "keep": "last"})
