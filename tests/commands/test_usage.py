"""A wrong command line: all that it lacks, how the command is typed, where its help is."""

from __future__ import annotations

import pytest
from command_line import run


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "sample draw",
            "Missing argument 'FRAME'.\n"
            "  = help: usage: qacli sample draw FRAME [OPTIONS]; more: qacli sample draw --help",
        ),
        (
            "dispute decide --words x",
            "Missing argument 'DISPUTE'. Missing option '--outcome'. Choose from: upheld, partly, rejected.\n"
            "  = help: usage: qacli dispute decide DISPUTE --outcome <upheld|partly|rejected> --words WORDS [OPTIONS];"
            " more: qacli dispute decide --help",
        ),
        (
            "calibrate open",
            "Missing option '--items'. Missing option '--evaluators'.\n"
            "  = help: usage: qacli calibrate open --items ITEMS --evaluators EVALUATORS [OPTIONS];"
            " more: qacli calibrate open --help",
        ),
        (
            "score --from",  # one command, not a group
            "Option '--from' requires an argument.\n  = help: usage: qacli score [ITEM] [OPTIONS]; more: qacli score --help",
        ),
        (
            "kpi chart --by",  # its own help, not that of the group
            "Option '--by' requires an argument.\n"
            "  = help: usage: qacli kpi chart KPI [OPTIONS]; more: qacli kpi chart --help",
        ),
        ("sample list --bogus", "No such option: --bogus\n  = help: see: qacli sample list --help"),
        ("sample drw", "No such command 'drw'. Did you mean 'draw'?\n  = help: see: qacli sample --help"),
        (
            "spot zzzz",  # nothing is spelled like it
            "No such command 'zzzz'.\n  = help: its commands: list, done, miss; more: qacli spot --help",
        ),
        ("spot", "Missing command.\n  = help: its commands: list, done, miss; more: qacli spot --help"),
        ("spot --bogus", "No such option: --bogus\n  = help: its commands: list, done, miss; more: qacli spot --help"),
    ],
)
def test_a_wrong_command_line_says_how_it_is_typed(typed, said):
    result = run(typed)
    assert (result.code, result.err) == (2, f"error: {said}\n")


def test_options_before_the_command_are_no_part_of_its_name():
    result = run("--as p_ev1 sample draw")
    assert "usage: qacli sample draw FRAME [OPTIONS]; more:" in result.err
