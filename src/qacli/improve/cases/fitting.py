"""Whether a business case holds together: its format, the sections that it leaves to the writer, and its people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.briefing.evidence import refuse_names
from qacli.improve.cases.reckoning import Reckoned, reckon
from qacli.model import Command, Hint, QacliError, Refusal, View

if TYPE_CHECKING:
    from qacli.improve.cases.case import Case, Place
    from qacli.improve.cases.template import Template
    from qacli.prepare.people import People


class NotWhole(Refusal, rule="case-incomplete"):
    """A case names a format, people and sections that are there."""

    def __init__(self, case: Case, found: Sequence[Misfit]) -> None:
        listed = "".join(f"\n  {each.message}; {each.hint}" for each in found)
        super().__init__(
            f"{case.reference} does not hold together:{listed}", help="mend its file; nothing was recorded"
        )


class NoSuchCase(QacliError):
    """No file of the folder holds a case of that id."""

    def __init__(self, id: str, known: Sequence[str]) -> None:  # noqa: A002
        super().__init__(
            f"there is no case '{id}' in definitions/cases",
            help=Hint(f"known: {', '.join(known) or 'none'}; see: ", Command("case list")),
        )


class Misfit(NamedTuple):
    """What a case names that is not there: where in its file, a code, what is wrong and what to do."""

    place: Place
    code: str
    message: str
    hint: str


def misfits(case: Case, templates: Sequence[Template], people: People) -> Iterator[Misfit]:
    """Yield what does not fit between a case, the formats of the folder and people.csv."""
    template = _template(case, templates)
    if template is None:
        known = ", ".join(sorted({each.id for each in templates})) or "none yet; qacli init writes one"
        yield Misfit(
            ("template",), "unknown-template", f"there is no template {case.template}", f"defined are: {known}"
        )
    else:
        for name, section in template.written.items():
            if name not in case.texts:
                asks = f": {section.asks}" if section.asks else ""
                yield Misfit(
                    ("texts",), "section-missing", f"the text of section {name} is missing", f"say in it{asks}"
                )
        for name in case.texts:
            if name not in template.written:
                hint = f"sections: {', '.join(template.written)}"
                yield Misfit(
                    ("texts", name), "unknown-section", f"{template.reference} has no section {name} for a text", hint
                )
    for place, person in _people(case):
        if person not in people:
            yield Misfit(place, "unknown-person", f"nobody in people.csv is {person}", "name a person id of it")


def _people(case: Case) -> Iterator[tuple[Place, str]]:
    yield ("owner",), case.owner
    yield ("ask", "of"), case.ask.of
    for number, action in enumerate(case.actions):
        yield ("actions", number, "owner"), action.owner
    for at, option in enumerate(case.options):
        for number, risk in enumerate(option.risks):
            yield ("options", at, "risks", number, "owner"), risk.owner


def _template(case: Case, templates: Sequence[Template]) -> Template | None:
    fits = [each for each in templates if case.template in {each.id, each.reference} and each.in_force(case.from_)]
    return max(fits, key=lambda each: each.newness) if fits else None


def template_of(view: View, case: Case) -> Template:
    """Return the format of a case, in force on its first day. Raises NotWhole."""
    found = _template(case, view.definitions("template"))
    if found is None:
        raise NotWhole(case, list(misfits(case, view.definitions("template"), view.people)))
    return found


def case_of(view: View, id: str) -> Case:  # noqa: A002
    """Return a case as it stands, or as it was approved: its newest version or id@version.

    Raises NoSuchCase; while writing also ChangedVersion, where what was approved was edited.
    """
    there: Sequence[Case] = view.definitions("case")
    mine = [each for each in there if id in {each.id, each.reference}]
    if not mine:
        raise NoSuchCase(id, sorted({each.id for each in there}))
    found: Case = view.look_up("case", max(mine, key=lambda each: each.newness).reference)
    return found


def whole(view: View, case: Case) -> Reckoned:
    """Return a case with its figures as they stand now. Raises NotWhole, OnePerson, NoTrace, NoResult."""
    if wrong := list(misfits(case, view.definitions("template"), view.people)):
        raise NotWhole(case, wrong)
    for _, text in case.written():
        refuse_names(view, text)
    return reckon(view, case)
