"""The pages on scorecards and scales show what works, and say everything that there is to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qacli.files.validate import validate, validate_all
from qacli.files.yaml import parse, read
from qacli.prepare.kpi import Kpi, unpaired
from qacli.prepare.scorecards import lint as linting
from qacli.prepare.scorecards import scale as scales_module
from qacli.prepare.scorecards import scorecard as cards_module
from qacli.prepare.scorecards.lint import lint
from qacli.prepare.scorecards.scale import Band, Point, Range, Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

ROOT = Path(__file__).parents[2]
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("scorecards", "scales")}
BLOCKS = {
    name: re.findall(r"^```(yaml|text)\n(.*?)^```", page, re.MULTILINE | re.DOTALL) for name, page in PAGES.items()
}


def shipped(folder, model):
    return [validate(read(path), model) for path in sorted((ROOT / "scorecards" / folder).glob("*.yaml"))]


SCALES = shipped("scales", Scale)
CARDS = shipped("scorecards", Scorecard)
KPI_TREE = read(ROOT / "scorecards" / "kpis.yaml")
KPIS = validate_all((KPI_TREE.part((place,)), Kpi) for place in range(len(KPI_TREE.data)))
IDS = {kpi.id for kpi in KPIS}


def rows(page):
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")
    ]


def test_c01_the_example_card_lints_clean_and_cites_procedures_that_are_shipped():
    example = BLOCKS["scorecards"][0][1]
    card = validate(parse(example, "branch.yaml"), Scorecard)
    assert lint(card, SCALES, IDS) == []
    procedures = {path.stem for path in (ROOT / "scorecards" / "procedures").glob("*.yaml")}
    assert {criterion.procedure.partition("@")[0] for criterion in card.criteria()} <= procedures


def test_c01_the_faulty_criterion_has_the_faults_that_the_page_prints():
    example, faulty, said, *_ = (text for _, text in BLOCKS["scorecards"])
    head = example.partition("sections:\n")[0] + "sections:\n  - id: a\n    title: A\n    criteria:\n"
    card = validate(
        parse(head + re.sub("^", "      ", faulty, flags=re.MULTILINE).rstrip() + "\n", "c.yaml"), Scorecard
    )
    found = [each for each in lint(card, SCALES, IDS) if each.code != "uncovered-promise"]  # of the rest of the card
    assert sorted(f"{each.code}: {each.message}" for each in found) == sorted(said.splitlines())
    assert len(found) == 5


def test_c14_the_example_measure_lacks_the_counter_that_the_page_names():
    _, text = BLOCKS["scorecards"][3]
    tree = parse(text, "kpis.yaml")
    [(_, message, _)] = unpaired([*validate_all([(tree.part((0,)), Kpi)]), *KPIS])
    assert BLOCKS["scorecards"][4][1] == f"unknown-kpi: {message}\n"


def test_c02_the_example_scales_hold_together():
    found = [validate(parse(text, "s.yaml"), Scale) for _, text in BLOCKS["scales"]]
    assert [scale.id for scale in found] == ["four", "number10"]
    assert found[1].value("7.5") == 75


def test_c01_the_table_of_cards_is_that_of_the_files():
    told = {row[0]: row[1:] for row in rows(PAGES["scorecards"]) if row[0] in {card.id for card in CARDS}}
    assert told == {
        card.id: [
            str(len(card.criteria())),
            ", ".join(
                f"{section.id} {weight}"
                for section in card.sections
                if (weight := sum(criterion.weight for criterion in section.criteria))
            ),
            str(sum(criterion.critical != "none" for criterion in card.criteria())),
        ]
        for card in CARDS
    }


def test_c02_the_table_of_scales_is_that_of_the_files():
    told = {row[0]: row[1:4] for row in rows(PAGES["scales"]) if row[0] in {scale.id for scale in SCALES}}
    assert told == {
        scale.id: [
            scale.kind,
            ", ".join(f"{point.point} {point.value}" for point in scale.points) or scale.in_words,
            scale.met_at,
        ]
        for scale in SCALES
    }


@pytest.mark.parametrize(
    ("page", "models"), [("scorecards", [Criterion]), ("scales", [Point, Range, Band])], ids=["scorecards", "scales"]
)
def test_every_setting_is_on_its_page(page, models):
    names = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", PAGES[page])] == []


@pytest.mark.parametrize(
    ("page", "modules"), [("scorecards", [linting, cards_module]), ("scales", [scales_module])], ids=["lint", "scales"]
)
def test_every_code_of_a_fault_is_on_its_page(page, modules):
    text = "".join(Path(module.__file__).read_text("utf-8") for module in modules)
    codes = set(re.findall(r'(?:Finding\(|wrong_at\(\s*\(.*?\),)\s*"([a-z-]+)"', text, re.DOTALL))
    assert len(codes) >= 10
    assert [code for code in sorted(codes) if f"`{code}`" not in PAGES[page]] == []
