"""docs/calibration.md and docs/disputes.md, typed line by line in the example bank: what they show is what is seen.

Its scripted evaluators fill the forms that the pages hand in, and answer the quizzes of the expert.

python tests/docs/test_calibration_page.py DIR    type them in a copy of the bank in DIR and write what they print
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))

from test_readme import BLOCK, Walk, fits, steps  # noqa: E402

from qacli.commands.demo import _example, needed  # noqa: E402
from qacli.monitor.sampling.draw import Item  # noqa: E402
from qacli.workspace import Workspace  # noqa: E402

PAGES = ("calibration.md", "disputes.md")
FILLED = re.compile(r"calibrate score (k_\w+) --from (\S+) --as (\w+)")
READER = re.compile(r"procedure (?:ack|quiz) --from \S+ --as (\w+)")


def typed(walk, line):
    """Type a line as the team leader where it names nobody, once the files that it names are there."""
    if READER.search(line):
        _know(walk.folder, READER.search(line)[1])
    if found := FILLED.search(line):
        _fill(walk.folder, *found.groups())
    return walk.type(line if "--as" in line else f"{line} --as p_tl1")


def _know(folder, person):
    _, cited = needed(Workspace.find(folder, "p_tl1"))
    with _example() as (_, evaluators):
        read = evaluators.readings(cited, [person], date(2026, 5, 4))
        answers = evaluators.quiz_answers(cited, person)
    (folder / "read.csv").write_text("\n".join(["person,procedure,on,means", *map(",".join, read), ""]), "utf-8")
    header = "person,procedure,question,answer"
    (folder / "answers.csv").write_text("\n".join([header, *map(",".join, answers), ""]), "utf-8")


def _fill(folder, session, name, person):
    view = Workspace.find(folder, "p_tl1").view()
    from qacli.monitor.calibrating.calibration import standing

    with _example() as (_, evaluators):
        forms = [
            evaluators.score_file(item.id, item.__dict__, view.definition("scorecard", item.scorecard), person)
            for row in standing(view, session).items
            for item in [view.one(Item, row.item)]
        ]
    (folder / name).write_text(json.dumps(forms), "utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_shows_what_is_printed(tmp_path, demo_once, name):
    walk = Walk(shutil.copytree(demo_once[0], tmp_path / "harbour"))
    told = [step for _, block in BLOCK.findall((ROOT / "docs" / name).read_text("utf-8")) for step in steps(block)]
    assert len(told) > 5
    for line, shown in told:
        seen = typed(walk, line)
        assert fits(seen, shown), f"$ {line}\n{seen}\nbut the page shows\n{shown}"


def rewrite(demo: Path, name: str) -> None:
    """Type a page in a copy of the example bank and write what it prints; blocks that still fit are kept."""
    walk = Walk(Path(shutil.copytree(demo, Path(tempfile.mkdtemp()) / "harbour")))

    def block(found: re.Match[str]) -> str:
        if found[1] != "console":
            return found[0]
        lines = [(line, shown, typed(walk, line)) for line, shown in steps(found[2])]
        told = [f"$ {line}\n{shown if fits(seen, shown) else seen}" for line, shown, seen in lines]
        return f"```console\n{''.join(told)}```"

    page = ROOT / "docs" / name
    page.write_text(BLOCK.sub(block, page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    for each in PAGES:
        rewrite(Path(sys.argv[1]), each)
