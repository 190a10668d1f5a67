"""The claim of a reflective account: two figures of one measure, and what they say when they are compared again."""

from __future__ import annotations

from typing import Final, NamedTuple

from qacli.files.numbers import four_digits
from qacli.model import Command, Hint, Refusal, UsageError, View
from qacli.prepare.period import in_words
from qacli.understand.kpis.value import KpiValue

BETTER: Final = "better"
WORSE: Final = "worse"
ALIKE: Final = "not-told-apart"
CLAIMS = (BETTER, WORSE, ALIKE)


class Claimed(NamedTuple):
    """Two figures of an account, and what they say: better, worse or not told apart."""

    before: KpiValue
    after: KpiValue
    title: str
    unit: str
    says: str

    @property
    def in_words(self) -> str:
        """Both figures with period, interval and n, and what comes of them."""
        told = ", then ".join(_figure(each, self.unit) for each in (self.before, self.after))
        return f"{self.title} ({self.before.variant}): {told}: {self.says.replace('-', ' ')}"


class NotComparable(UsageError):
    """Two figures that are not of one measure say nothing of a change."""

    def __init__(self, before: KpiValue, after: KpiValue) -> None:
        super().__init__(
            f"{before.id} and {after.id} are not two figures of one measure, the second after the first",
            help=Hint(
                "name two values of one KPI, variant and slice whose periods do not overlap: ", Command("kpi show")
            ),
        )


class ClaimNotHeld(Refusal, rule="claim-not-held"):
    """A claim of improvement is what the measures say, or it is no claim."""

    def __init__(self, claim: str, found: Claimed) -> None:
        super().__init__(
            f"the account claims '{claim.replace('-', ' ')}', and the measures say otherwise: {found.in_words}.",
            help=f"say what they show: --claim {found.says}; an honest account of no change is evidence too",
        )


def compared(view: View, before: str, after: str) -> Claimed:
    """Return what two recorded figures say of a change. Raises NoSuchRow, NotComparable.

    Better or worse is said where their intervals do not overlap, which is stricter than a test of their difference
    (Schenker and Gentleman, The American Statistician 55, 2001); without both intervals they are not told apart.
    """
    first, then = view.one(KpiValue, before), view.one(KpiValue, after)
    measures = {(each.id_of_kpi, each.variant, each.cut, each.slice) for each in (first, then)}
    if len(measures) > 1 or then.first <= first.last:
        raise NotComparable(first, then)
    kpi = view.look_up("kpi", first.kpi)
    return Claimed(first, then, kpi.title, kpi.unit, _says(first, then, kpi.better))


def refuse_untrue(view: View, before: str, after: str, claim: str) -> None:
    """Compare the figures of an account again. Raises ClaimNotHeld, NoSuchRow, NotComparable."""
    found = compared(view, before, after)
    if claim != found.says:
        raise ClaimNotHeld(claim, found)


def _says(first: KpiValue, then: KpiValue, better: str) -> str:
    if first.low is None or first.high is None or then.low is None or then.high is None:
        return ALIKE
    rose, fell = then.low > first.high, then.high < first.low
    if not rose and not fell:
        return ALIKE
    return BETTER if rose == (better == "higher") else WORSE


def _figure(value: KpiValue, unit: str) -> str:
    days = f"{in_words(value.first)} to {in_words(value.last)}"
    if value.value is None:
        return f"not known in {days}, n {value.n or 0}"
    limits = (
        "interval not known"
        if value.low is None or value.high is None
        else f"{four_digits(value.low)} to {four_digits(value.high)}"
    )
    return f"{four_digits(value.value)} {unit} ({limits}, n {value.n}) in {days}"
