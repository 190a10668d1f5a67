"""The portfolio of one candidate: who they are in it, who assesses it, and what is masked before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, PersonId, Text, Whole, wrong_at
from qacli.model import UsageError, View

UnitId = Literal["mon", "d13", "per", "gde", "cfa"]
UNITS = get_args(UnitId)
FEWEST_WORDS = 40
Masked = Literal["names", "numbers"]


class Portfolio(Definition):
    """What a candidate states of their own portfolio."""

    candidate: PersonId = Field(description="Whose it is.")
    role: Text | None = Field(default=None, description="The candidate's own job, in one line; needed for the pack.")
    sector: Literal["private", "public", "not-for-profit"] | None = Field(
        default=None, description="Kind of organisation they work in; needed for the pack."
    )
    assessor: PersonId | None = Field(default=None, description="Who assesses it: a person of people.csv.")
    verifier: PersonId | None = Field(default=None, description="The internal verifier: a person of people.csv.")
    units: tuple[UnitId, ...] = Field(default=UNITS, min_length=1, description="Which standards it is for.")
    mask: tuple[Masked, ...] = Field(
        default=(),
        description="What is masked in free text before the pack is written: names of people.csv, numbers and "
        "addresses. Left out: a row that holds any is refused.",
    )
    never: tuple[Text, ...] = Field(
        default=(), description="Words that must not stand in a pack, such as names of customers or of products."
    )
    fewest_words: Whole = Field(
        default=FEWEST_WORDS, ge=1, le=1000, description="Own words of one criterion are so many at least; our number."
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return people who would judge their own work."""
        if self.assessor == self.candidate:
            yield wrong_at(("assessor",), "own-assessor", f"{self.candidate} cannot assess their own portfolio")
        if self.verifier and self.verifier in {self.candidate, self.assessor}:
            yield wrong_at(
                ("verifier",), "own-verifier", f"{self.verifier} has another part in it: name a third person"
            )

    def person(self, role: str) -> str:
        """Return who signs in a role; empty where nobody is named."""
        return {"candidate": self.candidate, "assessor": self.assessor, "verifier": self.verifier}[role] or ""


class NoPortfolio(UsageError):
    """Nothing states whose portfolio is meant."""

    def __init__(self, candidate: str) -> None:
        super().__init__(
            f"definitions/portfolio.yaml holds no portfolio of {candidate}",
            help="add one there: candidate, role, sector, assessor; qacli init writes the file with an example",
        )


def portfolio_of(view: View, candidate: str = "") -> Portfolio | None:
    """Return the portfolio in force of a candidate, or else of the actor, or the only one there is.

    None where nobody has written one.
    """
    known: list[Portfolio] = [each for each in view.definitions("portfolio") if each.in_force(view.now.date())]
    wanted = candidate or view.actor
    mine = [each for each in known if each.candidate == wanted]
    if not mine and not candidate and len({each.candidate for each in known}) == 1:
        mine = known
    return max(mine, key=lambda each: each.newness, default=None)


def require_portfolio(view: View, candidate: str = "") -> Portfolio:
    """Return the portfolio of a candidate as ``portfolio_of`` does. Raises NoPortfolio."""
    found = portfolio_of(view, candidate)
    if not found:
        raise NoPortfolio(candidate or view.actor)
    return found
