"""A fault reads as a compiler's: place, excerpt, carets below what is meant, help."""

from __future__ import annotations

from qacli.files.faults import REST, Fault, FileFaults


def caret_line(text, column, width):
    return str(Fault("c", "m", "f", 1, column, excerpt=((1, text),), width=width)).splitlines()[-2:]


def test_carets_stand_below_what_is_meant_whatever_comes_before():
    assert caret_line("label: b", 8, 1) == ["1 | label: b", "  |        ^"]
    assert caret_line("世界: bad", 5, 3) == ["1 | 世界: bad", "  |       ^^^"]
    assert caret_line("e\u0301: bad", 5, 3) == ["1 | e\u0301: bad", "  |    ^^^"]
    assert caret_line("a\x1b: x", 5, 1) == [r"1 | a\x1b: x", "  |        ^"]
    assert caret_line("x: 世界", 4, 2) == ["1 | x: 世界", "  |    ^^^^"]


def test_of_a_long_line_the_part_around_the_fault_is_shown():
    shown, carets = caret_line("x" * 5000 + "BAD" + "y" * 5000, 5001, 3)
    assert len(shown) < 130
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "BAD"


def test_faults_are_told_in_order_of_place_with_their_number():
    error = FileFaults([Fault("b", "second", "f.yaml", 9), Fault("a", "first", "f.yaml", 2, cell="B2")])
    assert str(error) == ("error[a]: first\n --> f.yaml:2 (cell B2)\n\nerror[b]: second\n --> f.yaml:9\n2 errors")


def test_what_counts_the_rest_of_a_file_stands_last_and_names_no_line():
    error = FileFaults(
        [Fault("a", "and 9 more cells", "may.csv", REST), Fault("a", "first", "may.csv", 4000, cell="G4000")]
    )
    assert (
        str(error)
        == "error[a]: first\n --> may.csv:4000 (cell G4000)\n\nerror[a]: and 9 more cells\n --> may.csv\n2 errors"
    )
