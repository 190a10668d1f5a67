"""An id that nothing is recorded under: the message names the command that lists those there are."""

from __future__ import annotations

import pytest
from command_line import run

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
