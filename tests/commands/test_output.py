from __future__ import annotations

import csv
import io
import json
import sys

import pytest
import stage
from approvals import approve_everything
from command_line import process, run, snapshot
from desk import CARD, DRAWN, HEADER, done, form, items, write

from qacli.commands.output import Table, _csv, _json, _rich

READING = {
    "sample list": "items",
    "frame show weekly": "frame",
    "notice list": "notices",
    "ledger show": "ledger",
    "explain {observation}": "explain",
    "summarise colleague": "summary-colleague",
    "summarise criterion": "summary-criterion",
    "feedback list": "feedback",
    "plan list": "plans",
    "source check": "source",
    "ledger show {observation}": "record",
    "notice gaps --from 2026-05-01 --to 2026-05-31": "notice-gaps",
}


@pytest.mark.parametrize("line", READING)
def test_each_reading_command_speaks_csv_json_markdown_and_table(scored_once, tmp_path, line):
    scored = scored_once
    line = line.format(observation="o_6")
    found = run(f"{line} --format json", scored, "p_tl1", DRAWN)
    data = json.loads(found.out)
    name = data["schema"].removeprefix("qacli.").removesuffix("/1")
    assert data["schema"] == f"qacli.{name}/1"
    assert name == READING.get(line.replace("o_6", "{observation}"), name)
    records = list(csv.DictReader(io.StringIO(run(f"{line} --format csv", scored, "p_tl1", DRAWN).out)))
    assert len(records) == len(data["rows"]) > 0
    assert list(records[0]) == list(data["rows"][0])
    markdown = run(f"{line} --format md", scored, "p_tl1", DRAWN).out
    assert markdown.count("\n|") >= len(records)
    assert len(run(f"{line} --format table", scored, "p_tl1", DRAWN).out.splitlines()) >= min(2, len(records))
    # -o: the name of the file says the form, and nothing else is printed
    for suffix, start in ((".json", "{"), (".csv", next(iter(records[0]))), (".md", ""))[len(line) % 3 :][:1]:
        target = tmp_path / f"result{suffix}"
        result = run([*line.split(), "-o", str(target)], scored, "p_tl1", DRAWN)
        assert (result.code, result.out) == (found.code, "")
        assert target.read_text("utf-8").startswith(start)


def test_the_name_of_the_file_beats_the_variable_and_the_option_beats_both(scored_once, tmp_path, monkeypatch):
    monkeypatch.setenv("QACLI_FORMAT", "json")
    for more, name, start in (("", "o.csv", "plan,"), ("--format md", "o.csv", "| plan"), ("", "o.MD", "| plan")):
        target = tmp_path / name
        done(run([*f"plan list {more}".split(), "-o", str(target)], scored_once))
        assert target.read_text("utf-8").startswith(start)


def test_a_form_that_cannot_be_written_is_refused_before_anything_is_recorded(scored, tmp_path):
    before = snapshot(scored)
    result = run(["notice", "ack", "n-staff", "-o", str(tmp_path / "o.xlsx")], scored, "p_ev1", DRAWN)
    assert (result.code, result.err) == (
        2,
        f"error: {tmp_path}/o.xlsx: qacli writes no .xlsx file\n"
        "  = help: end its name in .csv, .json, .md, .txt (spreadsheets open .csv), or say --format\n",
    )
    for words in (["--format", "json"], ["-o", str(tmp_path / "x.csv")]):
        result = run(["report", "plans", *words], scored, "p_tl1", DRAWN)
        assert (result.code, "a document is Markdown or a page, not" in result.err) == (2, True)
    assert snapshot(scored) == before


WIDE = Table(
    "x",
    ("colleague", "scorecard", "n", "mean", "low", "high", "verdict", "empty", "compliance", "not_applicable", "note"),
    [
        (
            "p_a07",
            "chat@1.0",
            12,
            84.6,
            80.0,
            89.2,
            "interval",
            None,
            1,
            3,
            "fewer than 5 evaluations of this colleague",
        ),
        ("p_a12", "phone@1.0", 2, None, None, None, "too few", "", 0, 14, ""),
    ],
)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_tables_on_a_terminal_break_no_id_and_no_number(width, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    _rich(WIDE._replace(title="Scores"))
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert max(map(len, lines)) <= width
    for row in (("p_a07", "chat@1.0", "84.6"), ("p_a12", "phone@1.0", "too few")):
        assert all(any(f" {cell} " in f"{line} " for line in lines) for cell in row), (row, said)
    assert all(name in said for name in WIDE.columns if name != "empty")
    assert ("empty" in said) is (width == 200)
    heads = sum(line.startswith("  colleague") for line in lines)
    assert said.count("p_a07") == said.count("p_a12") == heads
    assert (heads == 1) is (width == 200)


def test_what_is_said_beside_a_result_is_broken_between_words(scored_once):
    said = stage.typed(f"qacli -C {scored_once} summarise colleague", scored_once, terminal=True, COLUMNS="80").text
    notes = said[said.index("1 observation of 3 colleagues") :].splitlines()
    assert max(map(len, notes)) <= 80
    assert sum(line.startswith("    ") for line in notes) >= 2
    whole = run("summarise colleague", scored_once).err
    assert " ".join(" ".join(notes).split()) == " ".join(whole.split())


def test_csv_has_six_decimals_at_most_and_json_every_one():
    table = Table("x", ("a", "b", "c", "d"), [(700 / 9, 0.5, 1e-9, 12.0)])
    assert _csv(table) == "a,b,c,d\n77.777778,0.5,0,12\n"
    assert json.loads(_json(table))["rows"][0]["a"] == 700 / 9


def test_json_of_a_summary_says_what_its_figures_rest_on(scored_once):
    found = json.loads(run("summarise colleague --format json", scored_once).out)
    assert list(found) == ["schema", "statement", "notes", "rows"]
    assert found["statement"] == "1 observation of 3 colleagues; enough for a mean: 0 of 3"
    notes = "\n".join(found["notes"])
    for said in ("period: all days; purpose: routine", "drawn 6, observed 1", "draw d_5: frame weekly@1", "95 %"):
        assert said in notes
    assert "statement" not in run("summarise colleague --format csv", scored_once).out


def test_a_filter_that_names_nothing_is_refused_with_what_is_known(scored_once):
    for line, known in {
        "summarise colleague --channel phne": "did you mean 'phone'?",
        "summarise criterion --channel fax": "known: phone",
        "summarise team --team north": "known: none",
        "summarise colleague --colleague someone": "known: p_a07, p_a09, p_a12",
        "sample list --for p_ev8": "did you mean 'p_ev2'?",
        "sample list --for someone": "known: p_a07, p_a09",
        "plan list --for someone": "known: p_a07, p_a09",
        "report plans --team north": "known: none",
    }.items():
        result = run(line, scored_once)
        assert (result.code, result.out, known in result.err) == (2, "", True), (line, result)
    # a colleague who was never sampled is no mistake
    assert run("summarise colleague --colleague p_ev1", scored_once).err.count("no observations in this period") == 1


def test_no_command_writes_a_terminal_table_to_a_pipe(scored):
    assert run("sample list", scored).out == run("sample list --format csv", scored).out


@pytest.mark.parametrize(
    "line", ["sample verify", "notice gaps --from 2026-01-01 --to 2027-03-31", "source check", "ledger verify"]
)
def test_o_keeps_every_line(drawn, tmp_path, line):
    done(run("sample draw weekly --period 2026-W20", drawn, "p_tl1", DRAWN))
    journal = drawn / "journal.csv"
    if line == "ledger verify":
        for name in ("items", "draws.2"):
            path = drawn / f"records/2026/{name}.csv"
            path.write_bytes(path.read_bytes().replace(b"p_tl1", b"p_tl2", 1))
    printed = run(line, drawn)
    assert len(printed.out.splitlines()) > 1
    result = run([*line.split(), "-o", str(tmp_path / "out.txt")], drawn)
    assert (result.code, result.out, result.err) == (printed.code, "", printed.err)
    assert (tmp_path / "out.txt").read_text("utf-8") == printed.out
    assert journal.exists()


def test_programs_get_a_table_where_no_fault_is_found_and_people_silence(drawn):
    found = run("check --format json", drawn)
    assert (found.code, found.rows) == (0, [])
    assert run("check --format csv", drawn).out == "code,file,line,column,message,help\n"
    assert run("check", drawn).out == ""


@pytest.mark.parametrize(
    "name",
    ["journal.csv", "people.csv", "qacli.yaml", "records/2026/items.csv", "records/mine.csv", "out/../journal.csv"],
)
@pytest.mark.parametrize("line", ["export items", "sample list", "ledger seal", "export all"])
def test_nothing_is_written_over_what_the_workspace_keeps(drawn, line, name):
    before = {path: path.read_bytes() for path in drawn.rglob("*") if path.is_file()}
    refused = run([*line.split(), "-o", str(drawn / name)], drawn, "p_tl1")
    assert refused.code == 2
    assert "would overwrite what the workspace keeps in" in refused.err
    assert {path: path.read_bytes() for path in drawn.rglob("*") if path.is_file()} == before


def test_what_was_put_into_the_workspace_is_not_written_over_either(drawn):
    frame = drawn / "definitions/frames/weekly.yaml"
    before = frame.read_bytes()
    refused = run(["export", "items", "-o", str(frame)], drawn)
    assert refused.code == 2
    assert "would overwrite what the workspace keeps in definitions" in refused.err
    assert frame.read_bytes() == before
    assert run(["export", "items", "-o", str(drawn / "exports/items.csv")], drawn).code == 0


def test_a_proof_is_a_table_to_programs(drawn):
    assert run("ledger verify --format csv", drawn).out == "kind,file,first,last,entry,at,actor,command,message\n"
    assert run("ledger verify", drawn).out == ""
    (row,) = run("sample verify --format json", drawn).rows
    assert row["same"] is True
    assert row["message"].startswith("drawn again, ")
    items = drawn / "records/2026/items.csv"
    items.write_bytes(items.read_bytes().replace(b",phone,", b",phony,", 1))
    found = run("ledger verify --format json", drawn)
    assert (found.code, found.rows[0]["kind"], found.rows[0]["file"]) == (1, "broken", "records/2026/items.csv")
    assert found.rows[0]["entry"] > 0
    again = run("sample verify --format json", drawn)
    assert (again.code, {row["same"] for row in again.rows}) == (1, {False})


def test_a_report_that_cannot_be_written_says_so(drawn, tmp_path):
    folder = tmp_path / "no"
    for target, why, todo in (
        (tmp_path, "Is a directory", "name another file: -o FILE"),
        (folder / "x.csv", "No such file or directory", f"make the folder first: {folder}"),
    ):
        result = run(["sample", "list", "-o", str(target)], drawn)
        assert (result.code, result.err) == (74, f"error: {target} cannot be written: {why}\n  = help: {todo}\n")


# --- data is never markup ---

HOSTILE = "[red]x[/red] [/b] :warning: <b>|_*`"


@pytest.fixture
def hostile(agreed):
    """A desk whose export, card, people and words hold what terminals, Markdown and spreadsheets take for orders."""
    ids = ["[red]T1[/red]", "[/b]", ":warning:", "=HYPERLINK(1)", "+1", "@SUM(1)", "-T"]
    lines = [f"{id_},19/05/2026 10:{n},A07,phone,K{n},60" for n, id_ in enumerate(ids, 10)]
    write(
        agreed,
        {
            "exports/may.csv": "\n".join([HEADER, *lines, ""]),
            "definitions/scorecards/desk.yaml": CARD.replace("The next step is said.", f"'{HOSTILE}'").replace(
                "version: 1.0", "version: 1.1"
            ),
        },
    )
    frame = agreed / "definitions/frames/weekly.yaml"
    text = frame.read_text("utf-8").replace("per_colleague: 2", "per_colleague: 9").replace("desk@1.0", "desk@1.1")
    frame.write_text(text.replace("version: 1", "version: 2"), "utf-8")
    approve_everything(agreed, "weekly", "p_mgr1", DRAWN)
    done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    return agreed, ids


def test_ids_appear_exactly(hostile):
    folder, ids = hostile
    assert sorted(row["transaction"] for row in items(folder)) == sorted(ids)
    for form_ in ("csv", "table"):
        shown = run(f"sample list --format {form_}", folder).out
        assert all(id_ in shown for id_ in ids)
    markdown = run("sample list --format md", folder).out
    assert r"\[red\]T1\[/red\]" in markdown
    assert r"\@SUM(1)" in markdown


def test_ids_appear_exactly_on_a_terminal(hostile):
    folder, ids = hostile
    found = process(
        'script -qec \'stty cols 200; qacli_() { "$@"; }; ' + '"$PYTHON" -m qacli sample list\' /dev/null',
        folder,
        env={"PYTHON": sys.executable, "TERM": "xterm", "COLUMNS": "200"},
    )
    assert found.returncode == 0, found
    assert all(f" {id_} " in found.stdout for id_ in ids), found.stdout


def test_words_come_back_as_they_were_said(hostile):
    folder, _ = hostile
    item = items(folder)[0]["item"]
    answers = {
        "idv": {"answer": "not_met", "evidence": HOSTILE, "comment": "=1+1 \U0001f600"},
        "check": "4",
        "next": {"answer": "na", "evidence": "[/b]"},
    }
    path = folder / "drafts" / "x.json"
    # as most programs write JSON: with escapes, and tabs before each line
    path.write_text(json.dumps([{"schema": "qacli.score/1", "item": item, "answers": answers}], indent="\t"), "utf-8")
    result = done(run(f"score --from {path}", folder, "p_ev1", DRAWN))
    observation = result.out.split(":")[0]
    shown = {row["value"] for row in run(f"ledger show {observation} --format json", folder).rows}
    assert {HOSTILE, "=1+1 \U0001f600", "[/b]"} <= shown


def test_reading_changes_no_byte(scored):
    before = snapshot(scored)
    for line in READING:
        run(line.format(observation="o_6"), scored, "p_tl1", DRAWN)
    run("sample verify", scored)
    run("ledger verify", scored)
    run("", scored, "p_ev1")
    assert snapshot(scored) == before


def test_dry_run_of_every_writing_command_records_nothing(scored):
    notes = scored / "notes.csv"
    notes.write_text("criterion,offset,polarity,fact\nidv,,-,late\n", "utf-8")
    third = form(scored, "t_5-3")
    done(run("feedback deliver f_7", scored, "p_tl1", DRAWN))
    done(run("feedback reply f_7 --words so", scored, "p_a07", DRAWN))
    before = snapshot(scored)
    lines = [
        ("notice ack n-staff", "p_ev1"),
        ("frame agree weekly --decline", "p_mgr1"),
        ("sample draw weekly --period 2026-W20", "p_tl1"),
        (f"record t_5-3 --technique recording --notes {notes}", "p_ev1"),
        (f"score --from {third}", "p_ev1"),
        ("feedback prepare o_6 --for p_a07 --strengths 1 --on 2026-06-01", "p_mgr1"),
        ("feedback reply f_7 --words yes", "p_a07"),
        ("feedback ack f_7", "p_a07"),
        ("plan propose --for p_a07 --need o_6 --criterion idv --option idv-drill", "p_tl1"),
        ("ledger host take", "p_tl1"),
    ]
    told = 0
    for line, actor in lines:
        result = run(f"{line} --dry-run", scored, actor, DRAWN)
        done(result)
        told += "dry run: nothing was recorded" in result.err
        assert snapshot(scored) == before, line
    assert told == 8
