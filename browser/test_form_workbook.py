"""The workbook of forms, filled in by LibreOffice as people do, saved as .xlsx and as .ods, and handed in."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from chromium import HERE, needed
from command_line import run
from desk import DRAWN, done

PYTHON = "/usr/bin/python3"
"""The Python for which LibreOffice comes with its ``uno``."""
TYPED = [
    ["t_5-1", "D6", "met"],
    ["t_5-1", "E6", 1],
    ["t_5-1", "D7", "not met"],
    ["t_5-1", "G7", "02:41"],
    ["t_5-1", "H7", "put on hold without a word"],
    ["t_5-1", "D9", 85],
    ["t_5-1", "D10", 5],
    ["t_5-1", "E10", 3],
    ["t_5-3", "D7", "met"],
]
SHOWN = {
    ("Start", "D5"): "4 of 4",
    ("Start", "E5"): "ready",
    ("Start", "D6"): "0 of 5",
    ("Start", "E6"): "unfinished",
    ("Start", "E7"): "not begun",
    ("t_5-1", "J8"): "not asked",
    ("t_5-3", "J7"): "evidence",
    ("t_5-3", "J8"): "answer",
    ("t_5-1", "F6"): "Which postcode, please?",
    # what a customer wrote is shown, and nothing else happens with it
    ("t_5-1", "F10"): '=HYPERLINK("http://x.example","press")',
}


def fill(source: Path, targets: list[Path], typed, read):
    """Type into a workbook in LibreOffice, save it, and return the texts that are then shown in some cells."""
    needed("soffice", "libreoffice-calc")
    asked = json.dumps({"type": typed, "read": read})
    line = [PYTHON, str(HERE / "office_fill.py"), str(source), *map(str, targets)]
    ended = subprocess.run(line, input=asked, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr + "\n(it needs: apt-get install libreoffice-calc python3-uno)"
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def saved(desk, tmp_path_factory):
    """The workbook as LibreOffice saves it in both formats, and what it showed."""
    place = tmp_path_factory.mktemp("saved")
    targets = [place / "filled.xlsx", place / "filled.ods"]
    shown = fill(desk / "out/forms/p_ev1.xlsx", targets, TYPED, list(SHOWN))
    return dict(zip(targets, [shown] * 2, strict=True))


def test_the_workbook_says_itself_how_far_it_is(saved):
    assert dict(zip(SHOWN, next(iter(saved.values())), strict=True)) == SHOWN


@pytest.mark.parametrize("number", [0, 1])
def test_what_libreoffice_saved_is_recorded(saved, number, desk, tmp_path):
    folder = shutil.copytree(desk, tmp_path / "desk")
    path = list(saved)[number]
    told = done(run(f"score --from {path}", folder, "p_ev1", DRAWN))
    assert told.out == (
        "o_6: 93.6 of 100 on 70 of 100 weight (not asked: why); criticals: customer 1 (hold at 02:41), business 0, "
        "compliance 0\n"
    )
    assert (
        "t_5-3 is not finished, so it is not recorded: no answer to idv, why, wait, next; no evidence for hold"
        in told.err
    )
    assert "1 form is untouched: t_5-5" in told.err
    noted = {row["column"]: row["value"] for row in run("ledger show o_6-1 --format json", folder).rows}
    assert (noted["evidence"], noted["offset"]) == ("colleague: Which postcode, please?", "00:00")
    again = done(run(f"score --from {path}", folder, "p_ev1", DRAWN))
    assert (again.out, "t_5-1 is recorded already, as o_6" in again.err) == ("", True)


def test_a_formula_is_told_with_its_cell(desk, tmp_path):
    for ending in ("xlsx", "ods"):
        target = tmp_path / f"computed.{ending}"
        fill(desk / "out/forms/p_ev1.xlsx", [target], [["t_5-3", "D10", "=2+2"]], [])
        told = run(f"score --from {target}", desk, "p_ev1", DRAWN)
        assert (told.code, "cell 't_5-3'!D10" in told.err, "holds a formula" in told.err) == (65, True, True)


def test_locks_choices_and_the_hidden_sheet_survive(saved):
    """Opened, changed and saved by another program, it is still a form."""
    with zipfile.ZipFile(next(iter(saved))) as archive:
        book = archive.read("xl/workbook.xml").decode()
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert 'name="_qacli"' in book
    assert "hidden" in book.lower()
    for kept in ("<sheetProtection", "<dataValidation ", "not met,met,N/A", "<conditionalFormatting"):
        assert kept in sheet, kept
