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
    assert (result.code, "did you mean 'talkdesk'?" in result.err) == (2, True)


def test_a_transcript_is_shown_as_evaluators_see_it(desk_at):
    folder = desk_at("new")
    cues = "00:01.000 --> 00:04.000\n<v C>Ring 07700 900123\n\n01:05.000 --> 01:06.000\n<v A>I do\n"
    write(folder, {"transcripts/T900.vtt": f"WEBVTT\n\n{cues}"})
    shown = done(run("source transcript T900 --format csv", folder, "p_ev1"))
    assert shown.out == ("turn,time,role,words\n1,00:00,customer,Ring [phone number removed]\n2,01:04,colleague,I do\n")
    assert shown.err == "taken out: 1 phone number\n"
    missing = run("source transcript T901", folder, "p_ev1")
    assert (missing.code, missing.out) == (1, "")
    assert "there is no transcript of T901" in missing.err


def test_without_transcripts_it_says_how_to_name_them(empty):
    found = run("source transcript T1", empty, "p_tl1")
    assert found.code == 1
    assert 'transcripts: {path: "transcripts/{transaction}.*"}' in found.err


def lay(folder, files):
    for name, content in files.items():
        path = folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def added(folder, what, more=""):
    return run(["source", "add", str(folder / what), *more.split()], folder, "p_tl1", "2026-05-25")


MAY = f"{HEADER}\nT1,19/05/2026 10:00,A07,phone,K1,60\n"
JUNE = f"{HEADER},notes\nT2,19/06/2026 10:00,A09,chat,K2,60,hi\n"


def test_a_folder_is_one_source_and_what_is_not_read_is_said(empty, monkeypatch):
    monkeypatch.chdir(empty)
    lay(empty, {"d/may.csv": MAY, "d/june.csv": JUNE, "d/july.csv.part": "", "d/~$may.xlsx": ""})
    result = done(added(empty, "exports/d"))
    assert "read 2 records in 4 lines of 2 files, 2 transactions" in result.out
    assert "{path: exports/d/, profile: telephony}" in (empty / "qacli.yaml").read_text("utf-8")
    checked = run("source check", empty)
    assert (checked.code, checked.err.splitlines()) == (
        1,
        [
            "exports/d/may.csv: other columns than exports/d/june.csv: no notes",
            "not read: exports/d/july.csv.part, still being written",
            "not read: exports/d/~$may.xlsx, somebody has the spreadsheet open",
        ],
    )
    # the next month is there as soon as its file is
    lay(empty, {"d/july.csv": JUNE.replace("T2", "T3").replace("/06/", "/07/")})
    assert "3 transactions" in run("source check", empty).out


def test_an_export_that_lies_there_twice_is_one_fault_and_not_one_for_each_row(empty, monkeypatch):
    monkeypatch.chdir(empty)
    lay(empty, {"d/may.csv": MAY, "d/may (1).csv": MAY})
    done(added(empty, "exports/d/may.csv"))
    write(empty, {"qacli.yaml": (empty / "qacli.yaml").read_text("utf-8").replace("exports/d/may.csv", "exports/d/")})
    checked = run("source check", empty)
    assert checked.code == 65
    assert "error[same-file]: this is a copy of exports/d/may.csv\n --> exports/d/may (1).csv" in checked.err
    assert checked.err.count("error[") == 1


def test_one_transaction_in_two_files_needs_a_grain(empty, monkeypatch):
    monkeypatch.chdir(empty)
    lay(empty, {"d/1.csv": MAY, "d/2.csv": MAY.replace("60", "90")})
    done(added(empty, "exports/d"))  # first contact sees it and proposes that the last row counts
    assert "keep: last" in (empty / "definitions/profiles/telephony.yaml").read_text("utf-8")
    profile = (empty / "definitions/profiles/telephony.yaml").read_text("utf-8")
    write(empty, {"definitions/profiles/telephony.yaml": profile.replace("grain: {one", "# grain: {one")})
    refused = run("source check", empty).err
    assert "'T1' in column 'txn_id' stands in several rows\n --> exports/d/1.csv:2 (cell A2)" in refused
    assert "--> exports/d/2.csv:2 (cell A2)" in refused


def test_files_of_two_kinds_are_not_mixed_unseen(empty):
    lay(empty, {"d/may.csv": MAY, "d/may.parquet": b"PAR1"})
    result = added(empty, "exports/d")
    assert (result.code, "exports/d/* holds files of several kinds: 1 CSV (may.csv); 1 Parquet" in result.err) == (
        65,
        True,
    )
    done(added(empty, "exports/d/*.csv"))
    assert "{path: exports/d/*.csv, profile: telephony}" in (empty / "qacli.yaml").read_text("utf-8")


def test_a_list_of_agents_fills_people_csv_and_teams(empty):
    users = "id,name,email,group\nA07,Gwen Pryce,gwen,Ash\nA09,Owen Parry,gwen,Elm\n"
    lay(empty, {"may.csv": EXPORT, "users.csv": users})
    result = done(added(empty, "exports/may.csv", f"--agents {empty / 'exports/users.csv'}"))
    assert "team        <- (list of agents)  2 values: Ash, Elm" in result.out
    assert "wrote definitions/profiles/telephony-agents.yaml" in result.out
    people = (empty / "people.csv").read_text("utf-8").splitlines()
    # a login is somebody's: the second to claim it goes without
    assert people[-2:] == ["p_a07,telephony,A07,,,Gwen Pryce,gwen", "p_a09,telephony,A09,,,Owen Parry,"]
    assert done(run("source check", empty)).out.count("(list of agents)") == 1
    swapped = (empty / "qacli.yaml").read_text("utf-8").replace("profile: telephony-agents", "profile: telephony")
    write(empty, {"qacli.yaml": swapped})
    assert (
        "source 'agents' in qacli.yaml names the profile telephony, which reads transactions"
        in run("source check", empty).err
    )


def test_dates_that_a_spreadsheet_counted_are_read_when_somebody_says_so(empty):
    text = EXPORT.replace("05/05/2026 10:00", "46147.4166666667").replace("19/05/2026 10:00", "46161.4166666667")
    refused = add(empty, text)
    assert (refused.code, "say that a spreadsheet counted days: --dates sheet-days" in refused.err) == (65, True)
    assert "dates: sheet-days" not in done(add(empty, text, more="--dates sheet-days")).err
    assert "dates: sheet-days" in (empty / "definitions/profiles/telephony.yaml").read_text("utf-8")


def test_a_sheet_of_a_workbook_is_named_in_the_source(empty):
    import xlsxwriter

    with xlsxwriter.Workbook(empty / "exports/may.xlsx") as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in ("Notes", "May calls"):
            page = made.add_worksheet(sheet)
            for row, line in enumerate(EXPORT.splitlines()):
                page.write_row(row, 0, line.split(","))
        page.write_number(1, 1, 46147, day)  # one date became a real one, the other stayed as text
    refused = added(empty, "exports/may.xlsx")
    assert "2 sheets can be read: Notes, May calls" in refused.err
    refused = run(["source", "add", str(empty / "exports/may.xlsx"), "--sheet", "May calls"], empty, "p_tl1")
    assert "1 y-m-d ('2026-05-05', cell 'May calls'!B2)" in refused.err
    assert "swaps day and month of the others: export again and do not convert them" in refused.err
    done(run(["source", "add", str(empty / "exports/may.xlsx"), "--sheet", "Notes"], empty, "p_tl1"))
    assert "{path: exports/may.xlsx, sheet: Notes, profile: telephony}" in (empty / "qacli.yaml").read_text("utf-8")
    assert "read 2 records, 2 transactions, sheet Notes" in done(run("source check", empty)).out


CHANGED = f"{HEADER}\nT1,13/05/2026 10:00,A07,phone,K1,60\nT2,2026-05-19 10:00,A09,chat,K2,60\nT3,04/05/2026 10:00,A09,chat,K2,60\n"


def test_two_ways_of_writing_dates_are_declared_never_guessed(empty):
    refused = add(empty, CHANGED)
    assert refused.code == 65
    assert "error[date-mixed]" in refused.err
    assert "--dates y-m-d,d/m/y" in refused.err
    result = done(add(empty, CHANGED, more="--dates y-m-d,d/m/y"))
    assert "1 y-m-d, 2 d/m/y" in result.out
    profile = empty / "definitions/profiles/telephony.yaml"
    assert "dates: [y-m-d, d/m/y]" in profile.read_text("utf-8")
    assert done(run("source check", empty)).out.startswith("read 3 records")
    # the fourth of May, or the fifth of April: with these ways nobody can tell
    profile.write_text(profile.read_text("utf-8").replace("[y-m-d, d/m/y]", "[y-m-d, d/m/y, m/d/y]"), "utf-8")
    wrong = run("source check", empty)
    assert wrong.code == 65
    assert "error[date-ambiguous]: '04/05/2026 10:00' in column 'started_at' is one day by one way" in wrong.err


@pytest.mark.parametrize("ways", ["y-m-d", "d/m/y,epoch-s", "d/m/y,tomorrow"])
def test_ways_that_decide_nothing_are_refused(empty, ways):
    result = add(empty, CHANGED, more=f"--dates {ways}")
    assert result.code == 2
    assert "--dates" in result.err
