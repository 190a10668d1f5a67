"""Coding themes: two people apart, a third where they differ; how far the two agree is told beside every figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.voice.feedback import FIRST, SECOND, SETTLING, Heard, ThemeCode, heard, heard_one
from qacli.model import Change, Command, Hint, QacliError, Refusal, View
from qacli.monitor.calibrating.figures import MINIMUM_UNITS, too_few
from qacli.stats import Agreement, Interval, gwet_ac, krippendorff_alpha

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.govern.voice.theme import Theme


class CodedTwice(Refusal, rule="coded-twice"):
    """Two codes of one person are no second opinion."""

    def __init__(self, code: ThemeCode) -> None:
        super().__init__(
            f"{code.by} coded {code.feedback} as {code.theme}; a second code comes from somebody else.",
            help=Hint("another person runs: ", Command(f"voice theme {code.feedback} --theme ID", "PERSON")),
        )


class ThemeSettled(Refusal, rule="theme-settled"):
    """Two who agree, or one who settled it, are enough."""

    def __init__(self, found: Heard) -> None:
        super().__init__(
            f"the theme of {found.feedback.id} is {found.theme}, coded by {len(found.codes)} people.",
            help=Hint("what is still to be coded by you: ", Command("voice list --to-code")),
        )


class CodingFaults(QacliError):
    """A file of codes is taken in whole."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["the codes cannot be recorded:", *(f"  {lack}" for lack in lacks)]), help="nothing was recorded"
        )


class Coded(NamedTuple):
    """How far two coders agree, apart: ``coefficient`` is Gwet's AC1, ``alpha`` Krippendorff's; ``contested`` counts
    remarks on which they differ and nobody has settled it."""

    twice: int
    same: int
    coefficient: Agreement
    alpha: Interval
    contested: int


def code(view: View, themes: Mapping[str, str]) -> Change:
    """Record what the actor takes remarks to be about, {remark: theme}: as first or second coder, or to settle.

    A code that is on record is a finding. Raises NoSuchRow, NoSuchDefinition, CodedTwice, ThemeSettled; of several
    remarks CodingFaults with what is wrong with each.
    """
    rows: list[ThemeCode] = []
    findings, lacks = [], []
    for feedback, name in themes.items():
        try:
            code = _code(view, feedback, name)
        except QacliError as wrong:
            if len(themes) == 1:
                raise
            lacks.append(f"{feedback}: {wrong.message}")
            continue
        if code:
            rows.append(code)
        else:
            findings.append(f"{feedback} was coded so by {view.actor}: nothing to do")
    if lacks:
        raise CodingFaults(lacks)
    return Change(rows, findings)


def _code(view: View, feedback: str, name: str) -> ThemeCode | None:
    """Return one code of the actor; None where it is on record."""
    found = heard_one(view, feedback)
    theme: Theme = view.definition("theme", name)
    own = next((each for each in found.codes if each.by == view.actor), None)
    if own and own.theme == theme.reference:
        return None
    if own:
        raise CodedTwice(own)
    if len(found.codes) > 1 and found.theme:
        raise ThemeSettled(found)
    return ThemeCode(feedback=feedback, theme=theme.reference, place=(FIRST, SECOND, SETTLING)[len(found.codes)])


def to_code(view: View, person: str) -> list[Heard]:
    """Return the remarks that a person can code: those without a second code that are not their own to code again, and
    those on which two others differ."""
    return [
        each
        for each in heard(view)
        if person not in {code.by for code in each.codes} and (len(each.codes) < 2 or each.contested)
    ]


def agreement(found: Sequence[Heard], confidence: float) -> Coded:
    """Return how far first and second codes agree; under 10 remarks coded twice no coefficient is told."""
    pairs = [
        (by_place[FIRST], by_place[SECOND])
        for each in found
        if {FIRST, SECOND} <= set(by_place := {code.place: code.theme.partition("@")[0] for code in each.codes})
    ]
    contested = sum(each.contested for each in found)
    same = sum(one == other for one, other in pairs)
    if len(pairs) < MINIMUM_UNITS:
        why = too_few(len(pairs))
        none = Agreement(None, None, None, len(pairs), why)
        return Coded(len(pairs), same, none, Interval(None, None, None, len(pairs), why), contested)
    names = sorted({name for pair in pairs for name in pair})
    alpha = krippendorff_alpha([[names.index(name) for name in pair] for pair in pairs])
    return Coded(len(pairs), same, gwet_ac(pairs, names, confidence=confidence), alpha, contested)
