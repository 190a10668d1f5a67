"""Result files: what the page saves, and what a script writes to hand in scores (YAML or JSON)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.files import yaml
from qacli.files.faults import FileFaults
from qacli.files.validate import validate_all
from qacli.interchange.filled.handed import Given, Handed
from qacli.model import UsageError
from qacli.monitor.observing.form import ScoreForm

if TYPE_CHECKING:
    from qacli.files.faults import Fault
    from qacli.files.yaml import Place, Tree
    from qacli.monitor.observing.form import AnswerForm


def read_results(path: Path) -> list[Handed]:
    """Return the forms of a file; it holds one, or a list. Raises FileFaults with all that is wrong in it, UsageError."""
    tree = yaml.read(path)
    if isinstance(tree.data, str):
        help_ = "hand in a workbook or a page of qacli score --form, saved, or a form in YAML"
        raise FileFaults([tree.document.fault("no-form", "this is text, and no filled form", tree.place(()), help_)])
    trees = [tree.part((i,)) for i in range(len(tree.data))] if isinstance(tree.data, list) else [tree]
    if not trees:
        raise UsageError(f"{path} holds no form", help="a list needs at least one form")
    forms: Sequence[ScoreForm] = validate_all([(each, ScoreForm) for each in trees])
    return [_handed(each, form) for each, form in zip(trees, forms, strict=True)]


def _handed(tree: Tree, form: ScoreForm) -> Handed:
    at = tree.place(("item",))
    answers = {name: _given(tree, name, answer) for name, answer in form.answers.items()}
    return Handed(
        form.item,
        form.form_,
        answers,
        "page" if form.form_ else "file",
        f"{tree.name}",
        lambda code, message, help: tree.document.fault(code, message, at, help),  # noqa: A006 - the word users see
    )


def _given(tree: Tree, criterion: str, form: AnswerForm) -> Given:
    return Given(
        form.answer, form.evidence, form.offset, form.comment, form.lines, _faulty(tree, ("answers", criterion))
    )


def _faulty(tree: Tree, place: Place) -> Callable[[str, str, str, str], Fault]:
    def fault(part: str, code: str, message: str, help: str) -> Fault:  # noqa: A002 - the word users see
        at = (*place, part)
        found = at if len(tree.nodes(at)) == len(at) else place
        return tree.document.fault(code, f"{tree.readable(found)}: {message}", tree.place(found), help)

    return fault
