from __future__ import annotations

import pytest
from command_line import run, snapshot
from desk import HEADER, SETTINGS, done, write

from qacli.files.whole import replace_file


@pytest.fixture
def empty(desk_at):
    """A desk that has not been connected to any export."""
    folder = desk_at("new")
    for name in (
        "exports/may.csv",
        "exports/optouts.csv",
        "definitions/profiles/telephony.yaml",
        "definitions/profiles/optouts.yaml",
    ):
        (folder / name).unlink()
    write(
        folder,
        {
            "qacli.yaml": SETTINGS.split("sources:")[0],
            "people.csv": "person,source,source_id,from,to,name,login\np_tl1,,,,,,\n",
        },
    )
    return folder


def add(folder, text, name="may.csv", more=""):
    path = folder / "exports" / name
    path.write_text(text, "utf-8")
    return run(["source", "add", str(path), *more.split()], folder, "p_tl1", "2026-05-25")


EXPORT = f"{HEADER}\nT1,05/05/2026 10:00,A07,phone,K1,60\nT2,19/05/2026 10:00,A09,chat,K2,60\n"


def test_a_first_export_gives_a_profile_a_source_and_people_to_fill_in(empty):
    result = done(add(empty, EXPORT))
    assert "d/m/y decided by 1 of 2 cells" in result.out
    assert "wrote definitions/profiles/telephony.yaml" in result.out
    assert "wrote 2 new lines in people.csv (p_a07 to p_a09)" in result.out
    assert "  transactions: {path: exports/may.csv, profile: telephony}" in (empty / "qacli.yaml").read_text("utf-8")
    assert done(run("source check", empty)).out.startswith("read 2 records")
    # a second time it is there already, and nothing changes
    before = snapshot(empty)
    again = done(add(empty, EXPORT))
    assert "exports/may.csv is connected already, under the profile telephony: nothing to do" in again.out
    assert snapshot(empty) == before
    # another export does not take its place
    assert add(empty, EXPORT, "june.csv").code == 2


def test_where_no_cell_decides_the_order_of_dates_nothing_is_guessed(empty):
    text = f"{HEADER}\nT1,05/05/2026 10:00,A07,phone,K1,60\nT2,06/07/2026 10:00,A09,chat,K2,60\n"
    result = add(empty, text)
    assert result.code == 65
    assert "none of the 2 dates in 'started_at' tells whether the day or the month comes first" in result.err
    assert "--dates d/m/y or --dates m/d/y" in result.err
    assert not list((empty / "definitions/profiles").glob("*.yaml"))
    done(add(empty, text, more="--dates m/d/y"))
    # the profile says it from now on, and the check says that no cell bears it out
    checked = run("source check", empty)
    assert (checked.code, checked.err) == (
        1,
        "started_at: m/d/y as the profile says; none of 2 cells tells it from another order\n",
    )


def test_a_settled_source_is_not_replaced(empty):
    done(add(empty, EXPORT))
    before = (empty / "qacli.yaml").read_text("utf-8")
    result = done(add(empty, EXPORT, "june.csv", "--name other"))
    assert "qacli.yaml has a source already" in result.err
    assert "transactions: {path: exports/june.csv, profile: other}" in result.err
    assert (empty / "qacli.yaml").read_text("utf-8") == before


@pytest.mark.parametrize("name", ["may [1].csv", "ma?y.csv", "it's.csv", 'a"b.csv', "Ä b.csv", "*.csv", "x: y.csv"])
def test_an_export_may_have_any_name(empty, name):
    done(add(empty, EXPORT, name))
    write(empty, {"exports/may 1.csv": "not,meant\n"})
    assert done(run("source check", empty)).out.startswith("read 2 records")


def test_the_folder_of_the_workspace_may_look_like_a_pattern(empty, tmp_path):
    odd = tmp_path / "desk [2026]"
    empty.rename(odd)
    done(add(odd, EXPORT))
    assert done(run("source check", odd)).out.startswith("read 2 records")


def test_agent_ids_that_may_be_names_are_numbered(empty):
    done(
        add(
            empty,
            f'{HEADER}\nT1,05/05/2026 10:00,"Pryce, Gwen",phone,K1,60\nT2,19/05/2026 10:00,gwen@bank.example,phone,K1,60\n',
        )
    )
    people = (empty / "people.csv").read_text("utf-8")
    assert 'p_c001,telephony,"Pryce, Gwen",,,,\np_c002,telephony,gwen@bank.example,,,,\n' in people


def test_a_source_that_is_gone_is_named(empty):
    done(add(empty, EXPORT))
    (empty / "exports/may.csv").unlink()
    result = run("source check", empty)
    assert (result.code, "no file matches exports/may.csv, the path of source 'transactions'" in result.err) == (
        1,
        True,
    )
    assert run("sample verify", empty).code == 0  # nothing was drawn, so nothing is read


def test_people_csv_keeps_the_form_in_which_a_spreadsheet_saved_it(empty):
    saved = "\ufeffperson;login;source;source_id;from;to;name;desk\r\np_tl1;;;;;;Jürg;4"
    (empty / "people.csv").write_bytes(saved.encode())
    done(add(empty, f'{HEADER}\nT1,05/05/2026 10:00,A07,phone,K1,60\nT2,19/05/2026 10:00,"Pryce; ""G""",phone,K1,60\n'))
    added = '\r\np_a07;;telephony;A07;;;;\r\np_c001;;telephony;"Pryce; ""G""";;;;\r\n'
    assert (empty / "people.csv").read_bytes() == (saved + added).encode()
    assert "colleague   <- agent_id    2 values, all known" in done(run("source check", empty)).out


def test_a_dry_run_shows_the_profile_and_writes_nothing(empty):
    (empty / "exports/may.csv").write_text(EXPORT, "utf-8")
    before = snapshot(empty)
    result = done(add(empty, EXPORT, more="--dry-run"))
    assert snapshot(empty) == before
    assert "would write definitions/profiles/telephony.yaml" in result.out
    assert "would write 2 new lines in people.csv (p_a07 to p_a09)" in result.out
    assert "  started_at:\n    column: started_at\n    dates: d/m/y\n" in result.out


@pytest.mark.parametrize("place", ["people.csv", "qacli.yaml", "telephony.yaml"])
def test_what_fails_half_way_can_be_run_again(empty, monkeypatch, place):
    def full(path, content):
        if path.name == place:
            raise OSError(28, "No space left on device")
        replace_file(path, content)

    monkeypatch.setattr("qacli.workspace.connect.replace_file", full)
    assert add(empty, EXPORT).code not in {0, 70}
    monkeypatch.undo()
    done(add(empty, EXPORT))
    assert done(run("source check", empty)).out.startswith("read 2 records")
    assert (empty / "people.csv").read_text("utf-8").count("A07") == 1
    assert (empty / "qacli.yaml").read_text("utf-8").count("telephony") == 1


def test_people_csv_that_cannot_take_the_lines_stops_everything(empty):
    (empty / "people.csv").write_text("person,source,source_id,from,to,name,login\np_tl1,,,2026-13-01,,,\n")
    before = snapshot(empty)
    result = add(empty, EXPORT)
    (empty / "exports/may.csv").unlink()
    assert (result.code, "'2026-13-01' is not a date" in result.err) == (65, True)
    assert snapshot(empty) == before


def test_names_of_colleagues_are_counted_on_first_contact_never_printed(empty):
    result = done(add(empty, f"{HEADER}\nT1,19/05/2026 10:00,Gwen Pryce,phone,K1,60\n"))
    assert "Gwen" not in result.out + result.err
    assert "wrote 1 new line in people.csv (p_c001): fill in" in result.out
    assert "colleague   <- agent_id    1 value  (by its name)\n" in result.out


# A German export as its spreadsheet saves it: Windows code page, semicolons, CRLF, decimal commas, the time apart
GERMAN = "Vorgang;Datum;Uhrzeit;Bearbeiter;Kanal;Kundennummer;Gespräch (Sek.);Zufriedenheit\r\n" + "".join(
    f"V{n:04};{n % 30 + 1}.{5 + n % 2}.2026;{8 + n % 10}:{n % 60:02};Mü{n % 7};{('Telefon', 'Rückruf')[n % 2]};"
    f"K{n % 90};{60 + n};{1 + n % 5},{n % 10 * (n % 5 < 4)}\r\n"
    for n in range(300)
)


def test_a_german_export_gets_through_by_options_alone(empty):
    path = empty / "exports/mai.csv"
    path.write_bytes(GERMAN.encode("cp1252"))
    refused = run(["source", "add", str(path)], empty, "p_tl1")
    assert (refused.code, "for example --encoding cp1252" in refused.err) == (65, True)
    columns = {
        "transaction": "Vorgang",
        "started_at": "Datum+Uhrzeit",
        "colleague": "Bearbeiter",
        "channel": "Kanal",
        "customer": "Kundennummer",
        "satisfaction": "Zufriedenheit",
    }
    named = [word for field, column in columns.items() for word in ("--column", f"{field}={column}")]
    result = done(run(["source", "add", str(path), "--encoding", "cp1252", *named], empty, "p_tl1", "2026-06-30"))
    assert "read 300 records in 301 lines, 300 transactions, cp1252, semicolon" in result.out
    assert "started_at   <- Datum+Uhrzeit  d/m/y decided by 180 of 300 cells" in result.out
    assert "channel      <- Kanal          2 values: ruckruf, telefon" in result.out
    assert "satisfaction <- Zufriedenheit  9 values  (as you said)" in result.out
    assert 'decimal: ","' in (empty / "definitions/profiles/telephony.yaml").read_text("utf-8")
    assert (empty / "people.csv").read_text("utf-8").endswith("p_c007,telephony,Mü6,,,,\n")
    checked = run("source check", empty)
    told = result.out.partition("wrote")[0].replace("  (as you said)", "")
    told = told.replace("7 values\n", "7 values, all known\n")
    assert (checked.code, checked.out) == (0, told)


def test_a_known_system_says_what_the_cells_cannot(empty):
    text = "call_id,start_at,handling_user_name,type,talk_time\nc1,2026-05-18T23:30:00Z,A07,inbound,212\n"
    result = done(add(empty, text, more="--system talkdesk"))
    assert "seconds     <- talk_time" in result.out
    profile = (empty / "definitions/profiles/talkdesk.yaml").read_text("utf-8")
    assert "unit: seconds" in profile
    assert "inbound: phone" in profile
    assert "talkdesk" in done(run("source systems", empty)).out


def test_a_system_that_is_not_known_is_refused_with_those_that_are(empty):
    result = add(empty, EXPORT, more="--system talkdeks")
    assert (result.code, "did you mean talkdesk?" in result.err) == (2, True)
