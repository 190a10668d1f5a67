"""A workbook of forms that comes back: what was typed, and everything that can be wrong with it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC

import pytest
import xlsxwriter
from blank_forms import blank, typed

from qacli.files.faults import FileFaults
from qacli.interchange.filled import workbook
from qacli.interchange.filled.workbook import read_workbook
from qacli.reports.forms.book import forms_book


@pytest.fixture(scope="module")
def book():
    return forms_book([blank()], UTC, "live")


@pytest.fixture
def read(tmp_path):
    """Read a workbook in which nothing may be wrong."""

    def of(data, name="forms.xlsx"):
        (tmp_path / name).write_bytes(data)
        handed, faults = read_workbook(tmp_path / name)
        if faults:
            raise FileFaults(faults)
        return handed

    return of


def refused(read, data, name="forms.xlsx"):
    with pytest.raises(FileFaults) as wrong:
        read(data, name)
    return [(fault.code, fault.cell) for fault in wrong.value.faults]


def test_an_untouched_form_is_seen_as_such(read, book):
    (handed,) = read(book)
    assert (handed.item, handed.origin, handed.touched) == ("t_5-1", blank().origin, False)
    assert list(handed.answers) == ["idv", "hold", "why", "wait", "next"]


def test_what_was_typed_comes_back_as_text(read, book):
    cells = {"D6": " Met ", "E6": 3, "H6": "asked\nfor it ", "D9": 85, "D10": 5, "G10": "04:00", "I10": "=no"[1:]}
    (handed,) = read(typed(book, cells))
    found = {name: (*given.typed, given.lines) for name, given in handed.answers.items() if any(given.typed)}
    assert found == {
        "idv": ("Met", "asked for it", "", "", (3,)),
        "wait": ("85", "", "", "", ()),
        "next": ("5", "", "04:00", "no", ()),
    }


@pytest.mark.parametrize(
    ("typed_", "offset"),
    # 02:41 typed into a cell that is not text is a time of day: a part of a day
    [("02:41", "02:41"), ("1:02:41", "1:02:41"), (" 2:41 ", "2:41")],
)
def test_a_time_comes_back_as_it_was_meant(read, book, typed_, offset):
    (handed,) = read(typed(book, {"G6": typed_}))
    assert handed.answers["idv"].offset == offset


def test_a_time_that_the_spreadsheet_took_for_a_time_of_day():
    from datetime import time, timedelta

    times = (time(2, 41), time(1, 2, 41), timedelta(hours=2, minutes=41))
    assert [workbook._offset(each) for each in times] == ["02:41", "1:02:41", "02:41"]


def test_several_lines_and_lines_that_are_none(read, book):
    assert read(typed(book, {"E6": "1, 3"}))[0].answers["idv"].lines == (1, 3)
    assert refused(read, typed(book, {"E6": "the third", "E7": 2.5})) == [
        ("no-such-line", "'t_5-1'!E6"),
        ("no-such-line", "'t_5-1'!E7"),
    ]


def test_every_formula_is_told_with_its_cell(read, book):
    assert refused(read, typed(book, {"D6": "=1+3", "H7": '="met"', "I10": "=A1"})) == [
        ("formula", "'t_5-1'!D6"),
        ("formula", "'t_5-1'!H7"),
        ("formula", "'t_5-1'!I10"),
    ]


def test_what_a_formula_came_to_is_no_answer_and_the_others_are_read(tmp_path, book):
    (tmp_path / "forms.xlsx").write_bytes(typed(book, {"D6": "=1+3", "H6": "asked", "D10": 5}))
    (handed,), (fault,) = read_workbook(tmp_path / "forms.xlsx")
    assert fault.message == "idv: Answer: the cell holds a formula"
    assert [handed.answers[name].typed[:2] for name in ("idv", "next")] == [("", "asked"), ("5", "")]


def test_the_hidden_sheet_cannot_be_forged_into_something_else(read, book):
    origin = blank().origin.model_dump_json()
    for cells, cell in (
        ({"B2": "../../etc"}, "A2"),
        ({"C2": "{}"}, "A2"),
        ({"C2": origin.replace("p_ev1", "x")}, "A2"),
        ({"C2": origin[:-1] + ',"more":1}'}, "A2"),
        ({"A1": "qacli.forms/9"}, "A1"),
    ):
        ((_, where),) = refused(read, typed(book, cells, sheet=4))
        assert where == f"'_qacli'!{cell}"


def test_a_sheet_that_was_thrown_away_is_not_handed_in(read, book):
    other_item = typed(typed(book, {"A2": "t_9-9", "B2": "t_9-9"}, sheet=4), {"D10": 5})
    assert read(other_item) == []


def renamed(book, name, sheet_named="t_5-1"):
    """The workbook with another name for a sheet, as a double click on its tab gives it."""
    return changed(book, lambda text: text.replace(f'<sheet name="{sheet_named}"', f'<sheet name="{name}"'))


def copied(book, name):
    """The workbook with a copy of the form put in place of the sheet with the conversation."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        form = archive.read("xl/worksheets/sheet2.xml")
    return changed(renamed(book, name, "t_5-1 words"), lambda text: text, {"xl/worksheets/sheet3.xml": form})


def changed(book, change, parts=None):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = (parts or {}).get(name) or source.read(name)
            target.writestr(name, change(data.decode()).encode() if name == "xl/workbook.xml" else data)
    return made.getvalue()


def test_a_sheet_with_another_name_is_handed_in(read, book):
    (handed,) = read(renamed(typed(book, {"D10": 5}), "Mrs Hill"))
    assert (handed.item, handed.answers["next"].answer) == ("t_5-1", "5")


def test_a_second_sheet_of_an_item_is_told_where_anything_was_entered_in_it(read, book):
    (handed,) = read(copied(book, "t_5-1 (2)"))
    assert not handed.touched
    assert refused(read, copied(typed(book, {"D10": 5}), "t_5-1 (2)")) == [("repeated-item", "'t_5-1 (2)'!A1")]


def test_a_criterion_that_stands_twice_is_told(read, book):
    assert refused(read, typed(book, {"A10": "idv", "D6": "met", "D10": "no"})) == [("spoiled-form", "'t_5-1'!A10")]


def test_a_header_that_was_changed_is_told(read, book):
    assert refused(read, typed(book, {"D5": "Mark"})) == [("spoiled-form", "'t_5-1'!A5")]
    assert refused(read, typed(book, {"A5": None})) == [("spoiled-form", "'t_5-1'!A1")]


def other():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book_:
        book_.add_worksheet("Start").write("A1", "x")
    return made.getvalue()


def with_entities(book):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text = text.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            target.writestr(name, text)
    return made.getvalue()


def forged(book):
    """An archive that says its names are UTF-8, which one of them is not."""
    made = io.BytesIO(book)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("ö", b"")
    return made.getvalue().replace("ö".encode(), b"\xff\xff")


def test_what_is_no_workbook_of_forms_is_refused(read, book, monkeypatch):
    assert refused(read, other()) == [("no-form", "")]
    assert refused(read, b"PK\x03\x04 cut off") == [("not-a-spreadsheet", "")]
    assert refused(read, forged(book)) == [("not-a-spreadsheet", "")]
    assert refused(read, book[:4000]) == [("not-a-spreadsheet", "")]
    assert refused(read, b"", "forms.ods") == [("not-a-spreadsheet", "")]
    assert refused(read, with_entities(book)) == [("not-a-spreadsheet", "")]
    monkeypatch.setattr(workbook, "MOST_BYTES", 1000)
    assert refused(read, book) == [("spreadsheet-too-big", "")]
