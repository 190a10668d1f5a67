"""Signatures: candidate, assessor and internal verifier, each for the pack as it stood when they signed.

What is signed is the list of the files of the pack with the sha256 of each, but for those that tell of the signing
itself; and each signature names the one before it. A command line cannot prove who sits at it. The record says who typed
for whom; a detached SSH signature of the same statement says more, where its key is known to be that person's alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from qacli.govern.portfolio.own_words import personal
from qacli.govern.portfolio.portfolio import Portfolio
from qacli.govern.portfolio.records import SIGNERS, PortfolioSignature
from qacli.govern.portfolio.saying import PersonalData, all_names
from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, UsageError, View, Words

FORM = "qacli-portfolio/1"
NAMESPACE = "qacli-portfolio"


class Contents(NamedTuple):
    """What there is to sign: sha256 of the list of its files, and how many rows of evidence they hold."""

    sha256: str
    rows: int


class Statement(NamedTuple):
    """What somebody signs, line by line. ``after`` is the sha256 of the statement that was signed before it."""

    candidate: str
    role: str
    person: str
    sha256: str
    rows: int
    on: date
    sampled: date | None = None
    after: str = ""
    comment: str = ""

    def __str__(self) -> str:
        sampled = f"sampled {self.sampled}\n" if self.sampled else ""
        after = f"after {self.after}\n" if self.after else ""
        comment = f"comment {self.comment}\n" if self.comment else ""
        return (
            f"{FORM}\ncandidate {self.candidate}\nrole {self.role}\nperson {self.person}\n"
            f"evidence {self.sha256}\nrows {self.rows}\non {self.on}\n{sampled}{after}{comment}"
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
            help=Hint("first: ", Command("portfolio sign --role candidate", candidate)),
        )


class NothingToSign(Refusal, rule="nothing-to-sign"):
    """A signature is for evidence."""

    def __init__(self, candidate: str) -> None:
        super().__init__(
            f"there is no evidence of {candidate} to sign for.", help=Hint("see: ", Command("portfolio coverage"))
        )


BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
WIDTH = 70


def bare(signature: str) -> str:
    """Return the body of an armoured SSH signature on one line, as a row holds it."""
    return "".join(line for line in signature.split("\n") if line and not line.startswith("-----"))


def armoured(body: str) -> str:
    """Return a signature as ``ssh-keygen -Y verify`` reads it."""
    lines = [body[at : at + WIDTH] for at in range(0, len(body), WIDTH)]
    return "\n".join([BEGIN, *lines, END, ""])


def signatures_of(view: View, candidate: str) -> Sequence[PortfolioSignature]:
    """Return the signatures for a candidate's evidence, oldest first; nobody takes one back."""
    return view.rows(PortfolioSignature, candidate=candidate)


def statements_of(view: View, candidate: str) -> Iterator[tuple[PortfolioSignature, Statement]]:
    """Yield each signature for a candidate with what was signed, oldest first."""
    after = ""
    for row in signatures_of(view, candidate):
        what = row.candidate, row.role, row.by, row.sha256, row.rows, row.on, row.sampled
        stated = Statement(*what, after, row.comment.text)
        yield row, stated
        after = _sha256(stated)


def _sha256(stated: Statement) -> str:
    return sha256(str(stated).encode()).hexdigest()


def statement(
    view: View, candidate: str, contents: Contents, role: str, sampled: date | None = None, comment: str = ""
) -> Statement:
    """Return what the actor would sign in a role now. Raises NothingToSign, UsageError."""
    if not contents.rows:
        raise NothingToSign(candidate)
    if sampled and role != "verifier":
        raise UsageError("the internal verifier samples", help="leave --sampled out, or --role verifier")
    if sampled and sampled > view.now.date():
        raise UsageError(f"{sampled} is still to come", help="--sampled is the day on which the sample was taken")
    after = [_sha256(stated) for _, stated in statements_of(view, candidate)]
    what = candidate, role, view.actor, *contents, view.now.date(), sampled
    return Statement(*what, after[-1] if after else "", " ".join(comment.split()))


def sign(view: View, portfolio: Portfolio, stated: Statement, ssh: str = "") -> Change:
    """Record the actor's signature. Raises WrongSigner, NotSignedYet, PersonalData, UsageError."""
    if stated.role not in SIGNERS:
        raise UsageError(f"nobody signs as '{stated.role}'", help=f"one of: {', '.join(SIGNERS)}")
    if portfolio.person(stated.role) != view.actor:
        raise WrongSigner(view.actor, stated.role, portfolio)
    standing = [row for row in signatures_of(view, stated.candidate) if row.sha256 == stated.sha256]
    if stated.role != "candidate" and not any(row.role == "candidate" for row in standing):
        raise NotSignedYet(stated.role, stated.candidate)
    mine = [row for row in standing if (row.role, row.by) == (stated.role, view.actor)]
    if any((row.ssh or not ssh) and stated.sampled in (None, row.sampled) for row in mine):
        return Change(findings=[f"{view.actor} has signed for this evidence as {stated.role}: nothing to do"])
    if found := list(personal(stated.comment, all_names(view), portfolio.never)):
        raise PersonalData([f"the comment: {each}" for each in found])
    row = PortfolioSignature(
        candidate=stated.candidate,
        role=stated.role,
        sha256=stated.sha256,
        rows=stated.rows,
        on=stated.on,
        sampled=stated.sampled,
        comment=Words(stated.comment) if stated.comment else NO_WORDS,
        ssh=ssh,
    )
    return Change([row])
