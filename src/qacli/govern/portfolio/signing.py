"""Signatures: candidate, assessor and internal verifier, each for the evidence as it stood when they signed.

A command line cannot prove who sits at it. The record says who typed for whom; a detached SSH signature of the same
statement says more, where its key is known to be that person's alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from qacli.govern.portfolio.coverage import Coverage
from qacli.govern.portfolio.own_words import personal
from qacli.govern.portfolio.portfolio import Portfolio
from qacli.govern.portfolio.records import SIGNERS, PortfolioSignature
from qacli.govern.portfolio.saying import PersonalData, all_names
from qacli.model import NO_WORDS, Change, Refusal, Row, UsageError, View, Words

FORM = "qacli-portfolio/1"
NAMESPACE = "qacli-portfolio"


class Statement(NamedTuple):
    """What somebody signs, line by line."""

    candidate: str
    role: str
    person: str
    sha256: str
    rows: int
    on: date
    sampled: date | None = None

    def __str__(self) -> str:
        sampled = f"sampled {self.sampled}\n" if self.sampled else ""
        return (
            f"{FORM}\ncandidate {self.candidate}\nrole {self.role}\nperson {self.person}\n"
            f"evidence {self.sha256}\nrows {self.rows}\non {self.on}\n{sampled}"
        )


class WrongSigner(Refusal, rule="wrong-signer"):
    """Each signature is that of the person whom the portfolio names for it."""

    def __init__(self, actor: str, role: str, portfolio: Portfolio) -> None:
        named = portfolio.person(role)
        super().__init__(
            f"{actor} does not sign as {role} of {portfolio.candidate}"
            f"{f': {named} does' if named else ', and nobody is named for it'}.",
            help="see definitions/portfolio.yaml" if not named else f"--as {named}",
        )


class NotSignedYet(Refusal, rule="not-signed-by-candidate"):
    """An assessor signs for what the candidate has signed for."""

    def __init__(self, role: str, candidate: str) -> None:
        super().__init__(
            f"{candidate} has not signed for this evidence as it stands, so there is nothing for the {role} to sign.",
            help=f"first: qacli portfolio sign --role candidate --as {candidate}",
        )


class NothingToSign(Refusal, rule="nothing-to-sign"):
    """A signature is for evidence."""

    def __init__(self, candidate: str) -> None:
        super().__init__(f"there is no evidence of {candidate} to sign for.", help="see: qacli portfolio coverage")


BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
WIDTH = 70


def bare(signature: str) -> str:
    """Return the body of an armoured SSH signature on one line, as a row holds it."""
    return "".join(line for line in signature.split("\n") if line and not line.startswith("-----"))


def armoured(body: str) -> str:
    """Return a signature as ``ssh-keygen -Y verify`` reads it."""
    lines = [body[at : at + WIDTH] for at in range(0, len(body), WIDTH)]
    return "\n".join([BEGIN, *lines, END, ""])


def evidence_list(found: Coverage) -> str:
    """Return what a signature is bound to: the ids of the rows behind the grid, one a line, those of signatures left out.

    Rows never change, and each id names the entry of the journal that made it; so the list names their content too.
    """
    return "".join(f"{row.id} {type(row).TABLE}\n" for row in _signed(found.rows()))


def _signed(rows: Iterable[Row]) -> list[Row]:
    return sorted((row for row in rows if not isinstance(row, PortfolioSignature)), key=lambda row: row.id)


def statement(view: View, found: Coverage, role: str, sampled: date | None = None) -> Statement:
    """Return what the actor would sign in a role now. Raises NothingToSign, UsageError."""
    listed = evidence_list(found)
    if not listed:
        raise NothingToSign(found.candidate)
    if sampled and role != "verifier":
        raise UsageError("the internal verifier samples", help="leave --sampled out, or --role verifier")
    if sampled and sampled > view.now.date():
        raise UsageError(f"{sampled} is still to come", help="--sampled is the day on which the sample was taken")
    digest = sha256(listed.encode()).hexdigest()
    return Statement(found.candidate, role, view.actor, digest, listed.count("\n"), view.now.date(), sampled)


def sign(view: View, portfolio: Portfolio, stated: Statement, comment: str = "", ssh: str = "") -> Change:
    """Record the actor's signature. Raises WrongSigner, NotSignedYet, PersonalData, UsageError."""
    if stated.role not in SIGNERS:
        raise UsageError(f"nobody signs as '{stated.role}'", help=f"one of: {', '.join(SIGNERS)}")
    if portfolio.person(stated.role) != view.actor:
        raise WrongSigner(view.actor, stated.role, portfolio)
    before = [row for row in view.current(PortfolioSignature) if row.candidate == stated.candidate]
    standing = [row for row in before if row.sha256 == stated.sha256]
    if stated.role != "candidate" and not any(row.role == "candidate" for row in standing):
        raise NotSignedYet(stated.role, stated.candidate)
    mine = [row for row in standing if (row.role, row.by) == (stated.role, view.actor)]
    if any((row.ssh or not ssh) and stated.sampled in (None, row.sampled) for row in mine):
        return Change(findings=[f"{view.actor} has signed for this evidence as {stated.role}: nothing to do"])
    if found := list(personal(comment, all_names(view), portfolio.never)):
        raise PersonalData([f"the comment: {each}" for each in found])
    row = PortfolioSignature(
        candidate=stated.candidate,
        role=stated.role,
        sha256=stated.sha256,
        rows=stated.rows,
        on=stated.on,
        sampled=stated.sampled,
        comment=Words(" ".join(comment.split())) if comment.strip() else NO_WORDS,
        ssh=ssh,
    )
    return Change([row])
