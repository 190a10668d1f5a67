"""Replacing an item that cannot be observed: the next of its stratum by the numbers of its draw takes its place.

Who may choose what takes a place can choose the sample, so nobody chooses: the draw says which is next, and anybody with
the source can prove it. A replaced item stays replaced, also where its recording turns up again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.files.nearest import did_you_mean
from qacli.model import NO_WORDS, Change, Command, Correction, Hint, Refusal, UsageError, View, Words, ref
from qacli.monitor.observing.observation import Observation, Session
from qacli.monitor.sampling.assignment import assign
from qacli.monitor.sampling.draw import Draw, Item, Replacement
from qacli.monitor.sampling.drawing import item_of
from qacli.monitor.sampling.ranking import Chosen, basis_of, chance_of, depth, in_order, left
from qacli.monitor.sampling.sharing import held

if TYPE_CHECKING:
    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population

CAUSES: Mapping[str, str] = MappingProxyType(
    {
        "recording-lost": "there is nothing to listen to or to read",
        "not-a-transaction": "a test, a wrong number, nobody there",
        "wrong-data": "the export names another colleague, channel or day than the recording",
        "already-known": "the evaluator took part in it, or knows the case",
        "colleague-left": "whose work it was has left",
        "opted-out": "the customer has opted out since the draw",
        "other": "say in words what it is",
    }
)
"""Why an item may be replaced; ``personal-call`` is recorded by those who close one."""
PERSONAL_CALL = "personal-call"


class NoSuchCause(UsageError):
    """Reasons are counted, so they come from a short list."""

    def __init__(self, cause: str) -> None:
        hint = f"{did_you_mean(cause, CAUSES, '')} one of: {', '.join(CAUSES)}".lstrip()
        super().__init__(f"'{cause}' is no reason to replace an item", help=hint)


class NoWords(Refusal, rule="replacement-words"):
    """A reason that is not on the list is said in words."""

    def __init__(self) -> None:
        super().__init__("'other' alone is no reason.", help='say what it is: --words "..."')


class ScoredAlready(Refusal, rule="replacement-scored"):
    """Who could put aside what was scored could put aside bad scores."""

    def __init__(self, item: Item, observation: Observation) -> None:
        super().__init__(
            f"{item.id} has been scored as {observation.id}: a scored item stays in the sample.",
            help=Hint("a mistake in it is corrected openly: ", Command(f'score {item.id} --correct "..."')),
        )


def replace_item(
    view: View, item_id: str, cause: str, next_of: Callable[[View, Item], Item | None], words: str = ""
) -> Change:
    """Put the next of its stratum in the place of an item; ``next_of`` finds it.

    What was watched but not scored is withdrawn with the item. Where the stratum holds no other, the item is closed and
    a finding says so. Raises NoSuchRow, NoSuchCause, NoWords, ScoredAlready, Chosen.
    """
    cause = cause_of(cause)
    if cause == "other" and not words.strip():
        raise NoWords
    view.one(Item, item_id)
    item = next(each for each in held(view) if each.id == item_id)
    scored = view.current(Observation, item=item.id)
    if scored:
        raise ScoredAlready(item, scored[0])
    watched = view.current(Session, item=item.id)
    new, said = next_of(view, item), words.strip()
    why = Words(said or CAUSES[cause])
    rows = [
        *([new] if new else []),
        replaced(item, new, cause, bool(watched), why if said else NO_WORDS),
        *(Correction(kind="session", old=row.id, new="", reason=why, authority=view.actor) for row in watched),
        Correction(kind="item", old=item.id, new=ref(new) if new else "", reason=why, authority=view.actor),
    ]
    findings = [] if new else [f"no other transaction of its stratum takes the place of {item.id}"]
    if watched:
        findings.append(f"{item.id} had been watched already: the audit of replacements says so")
    return Change(rows, findings)


def replaced(item: Item, new: Item | None, cause: str, watched: bool, words: Words) -> Replacement:
    """Return the record of a replacement, as the audit counts it."""
    return Replacement(
        item=item.id, new=ref(new) if new else "", cause=cause, evaluator=item.evaluator, watched=watched, words=words
    )


def cause_of(typed: str) -> str:
    """Return the cause that somebody typed, blanks for hyphens or not. Raises NoSuchCause."""
    cause = "-".join(typed.lower().split())
    if cause not in CAUSES:
        raise NoSuchCause(typed)
    return cause


def replacement(
    view: View, item: Item, population: Population, source: str, opt_outs: Sequence[Span] = ()
) -> Item | None:
    """Return the item that takes the place of another; None where its stratum holds no other that may be observed.

    It has the chance and the weight that the one it replaces has by now. Raises NoSuchDefinition, Chosen.
    """
    draw = view.one(Draw, item.draw)
    if item.weight is None:
        raise Chosen(draw)
    basis = basis_of(view, draw, source, opt_outs)
    taken = {each.transaction for each in view.rows(Item)}
    members = in_order(population, basis, {item.stratum}, depth(view, basis) + 1)
    row = next(left(members.get(item.stratum, []), taken), None)
    if row is None:
        return None
    probability, weight = chance_of(view, item)
    evaluators = [item.evaluator, *basis.frame.evaluators] if item.evaluator else basis.frame.evaluators
    return item_of(
        row,
        draw=draw.id,
        stratum=item.stratum,
        purpose=item.purpose,
        probability=probability,
        weight=weight,
        evaluator=assign([row["colleague"]], evaluators)[0],
    )
