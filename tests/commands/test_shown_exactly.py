"""What people write is shown as they wrote it, and is harmless wherever it is shown."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
import stage

FORMULAS = ('=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "=1+1")
MARKS = (
    "[red]x[/red]",
    "[todo] call",
    "see [/b]",
    ":warning: hold",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "{{ ''.__class__ }}",
    "C:\\temp\\new",
)
TEXTS = (*FORMULAS, *MARKS)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = stage.prepared(tmp_path_factory.mktemp("shown"))
    with (folder / "notes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("criterion", "offset", "polarity", "fact"), *(("ch-tone", "00:10", "+", text) for text in TEXTS)]
        )
    stage.done("qacli record t_3-2 --technique transcript --notes notes.csv --as p_ev2 --today 2026-05-11", folder)
    return folder


def shown(workspace, *options, **more):
    said = stage.typed(" ".join(["qacli ledger show s_7", *options]), workspace, COLUMNS="200", **more)
    assert said.code == 0
    return said.text


@pytest.mark.parametrize("text", TEXTS)
def test_a_terminal_shows_it_exactly(workspace, text):
    assert f" {text} " in shown(workspace, terminal=True)


def test_json_holds_it_exactly(workspace):
    rows = json.loads(shown(workspace, "--format json", "--quiet"))["rows"]
    assert [row["value"] for row in rows if row["column"] == "fact"] == list(TEXTS)


def test_a_spreadsheet_takes_none_of_it_for_a_formula(workspace):
    rows = csv.DictReader(io.StringIO(shown(workspace, "--format csv", "--quiet")))
    facts = [row["value"] for row in rows if row["column"] == "fact"]
    assert facts == [*(f"'{text}" for text in FORMULAS), *MARKS]


def test_what_a_spreadsheet_marked_is_read_as_it_was_meant(tmp_path):
    folder = stage.prepared(tmp_path)
    (folder / "notes.csv").write_text("criterion,offset,polarity,fact\nch-tone,00:10,+,'=1+1\n", "utf-8")
    stage.done("qacli record t_3-2 --technique transcript --notes notes.csv --as p_ev2 --today 2026-05-11", folder)
    assert "fact,'=1+1\n" in stage.done("qacli ledger show s_7 --format csv -q", folder)
    assert '"=1+1"' in stage.done("qacli ledger show s_7 --format json -q", folder)


def test_numbers_stay_numbers(workspace):
    rows = list(csv.DictReader(io.StringIO(stage.done("qacli explain o_6-3 --format csv -q", workspace))))
    numbers = ("value", "weight", "weight used", "points")
    assert "'" not in "".join(row[name] for row in rows for name in numbers)
    assert {row["criterion"]: row["weight"] for row in rows}["ch-own"] == "18"


def test_markdown_holds_no_link_and_no_markup_of_it(workspace):
    page = shown(workspace, "--format md", "--quiet")
    assert "<script>" not in page
    assert re.findall(r"(?<!\\)\]\(", page) == []
