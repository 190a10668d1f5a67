"""The schemas that editors use take what people write, and refuse what qacli refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml as pyyaml
from command_line import run

from qacli.workspace.schemas import FOLDER, MARK, NAMES, kind_of, schema, with_modeline

SHIPPED = Path(__file__).parents[2] / "scorecards"
# Maps of standards are no definitions: nobody writes them in a folder.
FILES = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.yaml") if path.parent.name != "units")


class Editor(pyyaml.SafeLoader):
    """Reads YAML as the core schema of YAML 1.2 does, which editors follow: yes is text, a date is text, 1.0 a number."""

    yaml_implicit_resolvers: dict = {}  # noqa: RUF012


# https://yaml.org/spec/1.2.2/#103-core-schema
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)


def as_an_editor_reads(text):
    """JSON has text for every name of a setting, and so has the editor."""
    return json.loads(json.dumps(pyyaml.load(text, Editor)))


def faults(name, text):
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    checker = jsonschema.Draft202012Validator(made, format_checker=jsonschema.FormatChecker())
    return [error.message for error in checker.iter_errors(as_an_editor_reads(text))]


def test_every_kind_has_a_schema_that_is_one():
    for name in NAMES:
        jsonschema.Draft202012Validator.check_schema(schema(name))
    assert len(NAMES) > 9


@pytest.mark.parametrize("file", FILES)
def test_every_shipped_file_is_taken(file):
    kind = "requirement" if file.startswith("registers/") else kind_of(f"definitions/{file}")
    assert faults(kind, (SHIPPED / file).read_text("utf-8")) == []


SCALE = """\
id: yes-no
version: 1.10
owner: p_tl1
from: 2026-01-01
to:
title: 2026
kind: binary
points:
  - {point: 0, value: "0", label: no}
  - {point: met, value: 99.5, label: true}
met_at: met
"""
NOTICE = """\
- id: n-1
  version: 2
  owner: p_tl1
  from: 2026-01-01
  audience: colleagues
  channel: all
  wording: We listen.
  purpose: to learn
  lawful_basis: legitimate interests
  dpia: 12
  delivered_by: e-mail
  acknowledge: yes
"""


def test_what_people_write_is_taken():
    assert faults("scale", SCALE) == []
    for written in ("yes", "no", "true", "false"):
        assert faults("notice", NOTICE.replace("acknowledge: yes", f"acknowledge: {written}")) == []


def test_anchors_may_be_named_by_numbers():
    card = (SHIPPED / "scorecards/phone.yaml").read_text("utf-8")
    assert "\n          1: " in card
    assert faults("scorecard", card.replace("\n          1: ", "\n          '1': ")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: binary", "kind: binery", "'binery' is not one of"),
        ("met_at: met", "met_att: met", "'met_att' was unexpected"),
        ("met_at: met\n", "", "'met_at' is a required property"),
        ("value: 99.5", "value: 101", "101 is greater than the maximum of 100"),
        ("value: 99.5", "value: all", "'all' does not match"),
        ("from: 2026-01-01", "from: 2026-02-30", "'2026-02-30' is not a 'date'"),
        ("owner: p_tl1", "owner: Tess", "'Tess' does not match"),
        ("version: 1.10", "version: one", "'one' does not match"),
        ("id: yes-no", "id: 12", "12 is not of type 'string'"),
        ("title: 2026", "title:", "None is not of type 'string'"),
    ],
)
def test_a_faulty_file_is_refused(old, new, said):
    assert any(said in each for each in faults("scale", SCALE.replace(old, new)))


def test_a_list_of_items_is_asked_for_where_the_file_holds_one():
    [said] = faults("notice", "id: n-1\n")
    assert "is not of type 'array'" in said
    assert faults("notice", NOTICE.replace("acknowledge: yes", "acknowledge: perhaps")) != []


def test_an_anchor_with_a_name_that_no_point_has():
    card = (SHIPPED / "scorecards/phone.yaml").read_text("utf-8")
    assert faults("scorecard", card.replace("          met: ", "          Met!: ", 1)) != []


def test_settings_may_still_be_empty(tmp_path):
    run(f"init {tmp_path} --as p_tl1")
    settings = (tmp_path / "qacli.yaml").read_text("utf-8")
    assert "\npurpose:   " in settings
    assert faults("settings", settings) == []
    assert faults("settings", settings.replace("sector: private", "sector: secret")) != []


def test_init_names_the_schema_on_top_of_every_file(tmp_path):
    run(f"init {tmp_path} --as p_tl1")
    written = [*tmp_path.glob("*.yaml"), *(tmp_path / "definitions").rglob("*.yaml")]
    assert len(written) == len([file for file in FILES if not file.startswith(("profiles/", "registers/"))]) + 1
    for path in written:
        first = path.read_text("utf-8").partition("\n")[0]
        assert first.startswith(MARK), path
        found = json.loads((path.parent / first.removeprefix(MARK)).read_text("utf-8"))
        assert found == schema(kind_of(path.relative_to(tmp_path).as_posix()))


def test_the_line_is_written_once_and_on_no_other_file():
    once = with_modeline("definitions/scales/a.yaml", "id: a\n")
    assert once == "# yaml-language-server: $schema=../.schemas/scale.json\nid: a\n"
    assert with_modeline("definitions/scales/a.yaml", once) == once
    assert with_modeline("notes.yaml", "mine\n") == "mine\n"
    assert with_modeline("qacli.yaml", "").endswith(f"$schema={FOLDER}/settings.json\n")


def test_schema_prints_one_and_writes_all(tmp_path):
    assert json.loads(run("schema notice").out) == schema("notice")
    result = run(f"schema --into {tmp_path / 'schemas'}")
    assert len(result.out.splitlines()) == len(NAMES)
    assert {path.stem for path in (tmp_path / "schemas").iterdir()} == set(NAMES)
    assert run(f"schema frame -o {tmp_path / 'frame.json'}").code == 0
    assert json.loads((tmp_path / "frame.json").read_text("utf-8")) == schema("frame")


@pytest.mark.parametrize("line", ["schema", "schema cards", "schema frame --into x"])
def test_what_there_is_no_schema_of(line):
    result = run(line)
    assert (result.code, "one of: scorecard, scale" in result.err) == (2, True)
