"""An id that nothing is recorded under: the message names the command that lists those there are."""

from __future__ import annotations

import pytest
from command_line import run
from desk import items

from qacli.cli import COMMANDS
from qacli.workspace.tables import named, tables
from qacli.workspace.view import LISTED_BY, NoSuchRow


@pytest.mark.parametrize(
    ("typed", "said", "see"),
    [
        ("sample replace t_zz --reason recording-lost", "no t_zz in items", "t_4p-2; see: qacli sample list"),
        ("explain o_zz", "no o_zz in observations", "o_4p; see: qacli sample list --scored"),
        ("sample show d_zz", "no d_zz in draws", "d_4p; see: qacli sample list --draws"),
        ("dispute show x_zz", "no x_zz in disputes", "x_4p; see: qacli dispute list"),
    ],
)
def test_the_message_names_the_command_that_lists_them(scored_once, typed, said, see):
    result = run(typed, scored_once, "p_tl1")
    assert (result.code, result.err) == (1, f"error: there is {said}\n  = help: ids look like {see}\n")


@pytest.mark.parametrize(
    ("typed", "said", "help_"),
    [
        ("score {scored}", "{scored} is a transaction; its item is t_5-1 (scored: o_6)", "name the item: t_5-1"),
        ("score {open}", "{open} is a transaction; its item is t_5-2", "name the item: t_5-2"),
        ("record check {open}", "{open} is a transaction; its item is t_5-2", "name the item: t_5-2"),
        ("score o_6", "o_6 is an observation; its item is t_5-1 (scored: o_6)", "name the item: t_5-1"),
        ("explain {scored}", "{scored} is a transaction; its observation is o_6", "name the observation: o_6"),
        (
            "explain {open}",
            "{open} is a transaction, and nothing of it is scored yet",
            "score it first: qacli score t_5-2",
        ),
        ("dispute raise t_5-1 --criterion idv --words x", "t_5-1 is an item; its", "name the observation: o_6"),
        # as a spreadsheet, or somebody in a hurry, writes an id
        ("score T_5-1", "there is no T_5-1 in items", "did you mean t_5-1?"),
        ("score t5_1", "there is no t5_1 in items", "did you mean t_5-1?"),
        ("score 5-1", "there is no 5-1 in items", "did you mean t_5-1?"),
        ("explain O6", "there is no O6 in observations", "did you mean o_6?"),
    ],
)
def test_the_id_of_something_else_is_told_with_what_to_type(scored_once, typed, said, help_):
    drawn = {item["item"]: item["transaction"] for item in items(scored_once)}
    ids = {"scored": drawn["t_5-1"], "open": drawn["t_5-2"]}
    result = run(typed.format(**ids), scored_once, "p_ev1")
    assert (result.code, result.err.startswith(f"error: {said.format(**ids)}")) == (1, True), result.err
    assert result.err.endswith(f"\n  = help: {help_}\n"), result.err


def test_what_no_other_command_lists_is_in_the_export(scored_once):
    wrong = NoSuchRow(named("consultations"), "qc_zz", withdrawn=False)
    assert wrong.help == "ids look like qc_4p; see: qacli export consultations"
    assert run("export consultations", scored_once, "p_tl1").code == 0


def test_a_row_that_was_corrected_is_shown_by_the_ledger():
    wrong = NoSuchRow(named("items"), "t_5-1", withdrawn=True)
    assert wrong.help == "see: qacli ledger show t_5-1"


@pytest.mark.parametrize(("table", "line"), LISTED_BY.items())
def test_each_of_these_commands_is_there_and_runs(scored_once, table, line):
    assert table in {kind.TABLE for kind in tables()}
    assert line.split()[0] in {command.name for command in COMMANDS}
    result = run(f"{line} --format csv -q", scored_once, "p_mgr1")
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(("table", "id_"), [("draws", "d_5"), ("items", "t_5-1"), ("observations", "o_6")])
def test_it_lists_the_ids(scored_once, table, id_):
    assert id_ in run(f"{LISTED_BY[table]} --format csv -q", scored_once, "p_tl1").out.replace("\n", ",").split(",")
