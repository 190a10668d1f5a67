"""The workbook of forms as a file; browser/ fills it in with LibreOffice."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC
from html import unescape

import pytest
from blank_forms import FORMULA, HARM, ITEM, SCALES, blank, sheet

from qacli.monitor.observing.blank import Blank
from qacli.prepare.scorecards.scale import Point
from qacli.reports.forms.book import forms_book
from qacli.reports.forms.cells import called


def parts(blanks):
    with zipfile.ZipFile(io.BytesIO(forms_book(blanks, UTC, "live"))) as archive:
        return {name: unescape(archive.read(name).decode()) for name in archive.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def book():
    return parts([blank()])


def formulas(book):
    return {name: re.findall(r"<f>(.*?)</f>", text) for name, text in book.items() if "worksheets" in name}


def validations(xml):
    return {
        found[1]: found[0]
        for found in re.findall(r'(<dataValidation .*?sqref="([A-Z0-9:]+)".*?</dataValidation>)', xml, re.DOTALL)
    }


def test_no_text_of_people_is_a_formula(book):
    """OWASP, CSV injection: what begins with = stays text; a formula is ours and quotes nothing of theirs."""
    assert FORMULA in book["xl/sharedStrings.xml"]
    assert HARM in book["xl/sharedStrings.xml"]
    assert "=1+1 The pass comes first." in book["xl/sharedStrings.xml"]
    found = [each for texts in formulas(book).values() for each in texts]
    assert found
    assert not [each for each in found if "HYPERLINK" in each or "x.example" in each or "1+1" in each]
    assert "http" not in "".join(re.findall(r"<hyperlink .*?/>", book["xl/worksheets/sheet2.xml"]))


def test_only_what_is_to_be_filled_in_is_unlocked(book):
    styles = re.search(r"<cellXfs.*?</cellXfs>", book["xl/styles.xml"], re.DOTALL)[0].split("<xf ")[1:]
    unlocked = {str(number) for number, style in enumerate(styles) if 'locked="0"' in style}
    cells = re.findall(r'<c r="([A-Z]+)([0-9]+)" s="([0-9]+)"', book["xl/worksheets/sheet2.xml"])
    assert {column for column, _, style in cells if style in unlocked} == set("DEGHI")
    assert {int(row) for _, row, style in cells if style in unlocked} == set(range(6, 11))
    assert all("<sheetProtection" in text for name, text in book.items() if "worksheets" in name)


def test_cells_take_what_can_be_meant_and_hint_at_the_anchors(book):
    found = validations(book["xl/worksheets/sheet2.xml"])
    assert '<formula1>"not met,met,N/A"</formula1>' in found["D6"]
    assert '<formula1>"1,2,3,4,5"</formula1>' in found["D8"]
    assert 'prompt="1: No reason.' in found["D8"]
    assert '$D$9&""="N/A",AND(ISNUMBER($D$9),$D$9>=0,$D$9<=100)' in found["D9"]
    assert "<formula1>1</formula1><formula2>4</formula2>" in found["E6"]
    assert all(
        len(prompt) <= 255 for text in found.values() for prompt in re.findall(r'prompt="(.*?)"', text, re.DOTALL)
    )


def test_what_is_suggested_stands_beside_its_criterion_with_its_point(book):
    assert "suggested: 5 an example to others (friday@1, line 4: ring you on Friday)" in book["xl/sharedStrings.xml"]


def test_which_form_it_is_stands_on_a_sheet_that_nobody_sees(book):
    assert re.search(r'<sheet name="_qacli" sheetId="4" state="veryHidden"', book["xl/workbook.xml"])
    assert json.loads(blank().origin.model_dump_json())["card_hash"] in book["xl/sharedStrings.xml"]


def test_the_sheet_says_what_is_still_needed_as_the_rules_do(book):
    """What a formula comes to is written with it, for programs that do not calculate; LibreOffice agrees in browser/."""
    begun = sheet().moved("idv").answered("met").evidenced("asked").by(1).answered("met")
    texts = parts([Blank(ITEM, begun, "p_ev1")])["xl/worksheets/sheet2.xml"]
    shown = re.findall(r'<c r="J([0-9]+)"[^>]*><f>(.*?)</f><v>(.*?)</v>', texts, re.DOTALL)
    assert [value for _, _, value in shown] == ["", "evidence", "answer", "answer", "answer"]
    assert 'NOT(OR($D$7&""="met"))' in shown[2][1]
    assert '$D$9&""="N/A",N($D$9)<80,N($D$9)=100' in shown[3][1]
    assert "<v>1 of 5</v>" in parts([Blank(ITEM, begun, "p_ev1")])["xl/worksheets/sheet1.xml"]


def test_what_is_entered_already_is_in_it():
    begun = sheet().moved("idv").answered("met").evidenced("00:41 asked").moved("wait").answered("85")
    made = parts([Blank(ITEM, begun, "p_ev1")])
    strings = [
        re.sub("<.*?>", "", each) for each in re.findall(r"<si>(.*?)</si>", made["xl/sharedStrings.xml"], re.DOTALL)
    ]
    cells = dict(re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><v>(.*?)</v>', made["xl/worksheets/sheet2.xml"]))
    assert [strings[int(cells[cell])] for cell in ("D6", "G6", "H6")] == ["met", "00:41", "asked"]
    assert cells["D9"] == "85"


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("not met", "met"), ["not met", "met"]),
        # a comma would be two choices; a formula, a number, two alike, another point's name would be mistaken
        (("no, never", "met"), ["bad", "met"]),
        (("=1+1", "@x"), ["bad", "good"]),
        (("12", "+3"), ["bad", "good"]),
        (("same", "Same"), ["bad", "good"]),
        (("good", "bad"), ["bad", "good"]),
        (('a"b', "x" * 40), ["bad", "good"]),
    ],
)
def test_a_label_that_could_be_mistaken_gives_way_to_the_name_of_its_point(labels, shown):
    points = [
        Point(point=name, value=value, label=label)
        for name, value, label in zip(("bad", "good"), (0, 100), labels, strict=True)
    ]
    scale = SCALES["binary@1"].model_copy(update={"points": tuple(points)})
    assert [called(point, scale) for point in ("bad", "good")] == shown
    assert called("na", scale) == "N/A"
    assert [called(point, SCALES["point5@1"]) for point in "15"] == ["1", "5"]
