"""Every broken file of the gallery is refused in the words beside it, and the manual shows those words."""

from __future__ import annotations

import re
from pathlib import Path

import gallery
import pytest

import qacli.files
from qacli.files.syntax import AFTER_QUOTE, KINDS, OTHER

CASES = gallery.cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_file_is_refused_in_these_words(case):
    assert case.expected, f"{case.name} has no message beside it: python tests/gallery.py --update, then read it"
    assert gallery.message(case) == case.expected


def test_every_message_belongs_to_a_broken_file():
    known = {f"{case.name}{note}" for case in CASES for note in ("", ".expected", ".read-as")}
    assert {path.name for path in gallery.ERRORS.iterdir()} - known == set()


def test_the_manual_shows_the_messages_of_today():
    assert gallery.main("--check") == 0, "out of date: python tests/gallery.py"


def test_the_check_of_the_manual_fails_when_it_is_out_of_date(tmp_path, monkeypatch):
    page = tmp_path / "errors.md"
    page.write_text(gallery.page() + "stale", "utf-8")
    monkeypatch.setattr(gallery, "PAGE", page)
    assert gallery.main("--check") == 1


# Not reached by any file we know of, or not to be had in a folder that is shared.
UNSHOWN = {OTHER.code, "unreadable-file"}


def test_every_fault_of_the_yaml_floor_has_its_place_in_the_gallery():
    modules = ("door", "events", "wording", "validate", "yaml")
    floor = [Path(qacli.files.__file__).with_name(f"{module}.py") for module in modules]
    source = "".join(path.read_text("utf-8") for path in floor)
    raised = {kind.code for kind in (*KINDS, AFTER_QUOTE, OTHER)}
    raised |= set(re.findall(r'(?:fault|Fault|refusal|_refuse|_stop|Words)\(\s*(?:name, )?"([a-z0-9-]+)"', source))
    assert len(raised) > 40
    shown = {code for case in CASES for code in re.findall(r"^error\[([a-z0-9-]+)\]", case.expected, re.MULTILINE)}
    assert raised - shown == UNSHOWN
