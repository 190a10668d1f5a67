"""``qacli explain``: the arithmetic of one score, line by line, with its evidence and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qacli.model import View
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Item
    from qacli.monitor.scoring.account import Account, Entry

app = new_app("Show how a score came about, line by line.")
SUM = ("criterion", "answer", "value", "weight", "weight used", "points", "rule")
BESIDE = (
    "means",
    "looks for",
    "weight if all applied",
    "offset",
    "evidence",
    "comment",
    "transcript",
    "suggested",
    "by",
)
"""Columns that people read as lines below the sum."""


def refuse_item(view: View, id_: str) -> None:
    """Raise UsageError where an id is that of an item, and say which observation is meant or how to make one."""
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Item

    if view.current(Item, id=id_):
        made = [row.id for row in view.current(Observation, item=id_)]
        commands = [f"qacli explain {each}" for each in made]
        raise UsageError(
            f"{id_} is an item; {'its score is' if made else 'it has no score yet, and a score is'} of an observation",
            help=", ".join(commands) if made else f"score it: qacli score {id_}",
        )


@command(app)
def explain(
    context: Context, observation: Annotated[str, typer.Argument(metavar="OBSERVATION", help="For example o_4p.")]
) -> int:
    """Compute a score again from its ratings under its own scorecard version, and show every step.

    One that was replaced since can be explained as well. With --format md it is a page for the colleague.
    """
    from qacli.improve.feedback.assessing import refuse_sealed
    from qacli.monitor.scoring.account import account, agrees

    view = context.workspace.view()
    refuse_item(view, observation)
    found = _observation(view, observation)
    refuse_sealed(view, found.id)
    item = _item(view, found)
    explained = account(view, found, _turns(context, view, found, item))
    said = _Said(context, explained, item)
    if context.form == "md":
        context.say(said.page())
    else:
        columns = SUM if context.for_people else (*SUM, *BESIDE)
        rows = [[_cells(entry)[name] for name in columns] for entry in explained.entries]
        context.show("explain", columns, rows, beside=said.beside())
        for line in said.lines():
            context.tell(line)
    if not agrees(explained):
        context.tell(f"the record says {found.score}: run qacli ledger verify")
        return 1
    return 0


def _observation(view: View, id_: str) -> Observation:
    """Return an observation, one that was replaced or withdrawn too. Raises NoSuchRow."""
    from qacli.monitor.observing.observation import Observation

    return next(iter(view.rows(Observation, id=id_)), None) or view.one(Observation, id_)


def _item(view: View, found: Observation) -> Item | None:
    from qacli.monitor.sampling.draw import Item

    return next(iter(view.rows(Item, id=found.item)), None)


def _turns(context: Context, view: View, found: Observation, item: Item | None) -> Sequence[Any]:
    """Return the transcript of an item; none where it is not to be read any more, or cannot be, which is told."""
    from qacli.commands.items import opted_out, transcript_of
    from qacli.model import Correction, QacliError

    if item is None or any(row.old == found.id and not row.new for row in view.rows(Correction)):
        return ()
    try:
        turns = transcript_of(context, item)
        if turns and opted_out(context, [item.id]):
            context.tell("no line is quoted: the customer has opted out since")
            return ()
    except QacliError as wrong:
        context.tell(f"no line is quoted: {wrong.message}")
        return ()
    return turns


def _cells(entry: Entry) -> dict[str, Any]:
    """Return the cells of one criterion by column."""
    line, rating = entry.line, entry.rating
    return {
        "criterion": line.criterion.id,
        "answer": line.answer,
        "value": line.value,
        "weight": line.criterion.weight,
        "weight used": line.applied,
        "points": line.points,
        "rule": line.rule or ("" if not line.met else _kept(line.criterion.critical)),
        "means": entry.means,
        "looks for": line.criterion.observable,
        "weight if all applied": entry.before,
        "offset": rating.offset if rating else "",
        "evidence": str(rating.evidence) if rating else "",
        "comment": str(rating.comment) if rating else "",
        "transcript": _quoted(entry),
        "suggested": "; ".join(f"{each.answer} ({each.measured or each.source})" for each in entry.suggested),
        "by": {None: "", True: "overruled", False: "confirmed"}[entry.overruled],
    }


def _kept(critical: str) -> str:
    return "" if critical == "none" else "critical: not failed"


def _quoted(entry: Entry) -> str:
    """Return the line of the transcript that an answer rests on: 00:41 colleague: May I have ..."""
    from qacli.monitor.scoring.account import offset_of

    turn = entry.quoted
    if turn is None:
        return ""
    time = f"{offset_of(turn.seconds)} " if turn.seconds is not None else ""
    return f"{time}{turn.role}: {turn.text}"


class _Said:
    """An account in words: lines below a table, or a whole page."""

    def __init__(self, context: Context, found: Account, item: Item | None) -> None:
        self.context, self.found, self.item = context, found, item

    def lines(self) -> Iterator[str]:
        """Yield what stands below the table; where it holds no evidence, that as well."""
        if self.context.for_people:
            yield from self._under("seen or heard", self._evidence("  "))
            yield from self._under("suggested", self._suggested())
        yield from self._under("the sum", [*self.policy(), *self.sum()])
        yield from self._under("what became of it", self._events())
        yield self.told()

    def _under(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield lines, for people below a title and further in; nothing where there are none."""
        found = list(lines)
        if found and self.context.for_people:
            yield f"{title}:"
        yield from (f"  {line}" if self.context.for_people else line for line in found)

    def policy(self) -> list[str]:
        """Return how the card makes a score, and what became of its sections."""
        from qacli.monitor.scoring.explaining import parts_in_words, policy_in_words

        return [*policy_in_words(self.found.card), *parts_in_words(self.found.card, self.found.score)]

    def sum(self) -> list[str]:
        """Return the sum of the points, the same exactly, and how it is rounded."""
        from qacli.monitor.scoring.exactly import exactly
        from qacli.monitor.scoring.telling import rounding_in_words, sum_in_words

        again, card = self.found.score, self.found.card
        if again.score is None:
            return []
        points = sum_in_words([line.points for line in again.lines if line.points], again.steps)
        word = "exactly, before that" if again.steps else "exactly"
        lines = [f"{word}: {line}" for line in exactly(card, again)]
        return [f"points: {points}", *lines, rounding_in_words(card, again.score)]

    def told(self) -> str:
        """Return the score as it was told when it was recorded."""
        from qacli.monitor.scoring.telling import told

        return told(self.found.card, self.found.observation, self.found.ratings)

    def _evidence(self, indent: str) -> Iterator[str]:
        for entry in self.found.entries:
            cells = _cells(entry)
            if cells["evidence"] or cells["comment"]:
                at = f" at {cells['offset']}" if cells["offset"] else ""
                means = f" ({entry.means})" if entry.means else ""
                words = "; ".join(part for part in (cells["evidence"], cells["comment"]) if part)
                yield f"{cells['criterion']}: {cells['answer']}{means}{at}: {words}"
                if cells["transcript"]:
                    yield f"{indent}> {cells['transcript']}"

    def _suggested(self) -> Iterator[str]:
        from qacli.monitor.scoring.account import suggestion_in_words

        for entry in self.found.entries:
            for each in entry.suggested:
                yield f"{entry.line.criterion.id}: {suggestion_in_words(entry, each)}"

    def _events(self) -> Iterator[str]:
        if len(self.found.versions) > 1:
            yield "versions: " + ", then ".join(
                f"{each.id} {'no score' if each.score is None else f'{each.score:f}'} by {each.by}"
                for each in self.found.versions
            )
        for event in self.found.events:
            when = f"{event.at.astimezone(self.context.workspace.zone):%Y-%m-%d} {event.by}: " if event.at else ""
            changed = "; ".join(f"{name} from {before} to {after}" for name, before, after in event.changed)
            yield f"{when}{event.words}{f'; {changed}' if changed else ''}"

    def beside(self) -> dict[str, Any]:
        """Return what JSON holds beside the rows."""
        found, again = self.found, self.found.score
        return {
            "observation": found.observation.id,
            "scorecard": found.card.reference,
            "score": None if again.score is None else float(again.score),
            "applicable_weight": float(again.applicable_weight),
            "steps": [{"rule": words, "score": float(after)} for words, after in again.steps],
            "failed": {kind: list(names) for kind, names in again.failed.items()},
            "policy": self.policy(),
            "sum": self.sum(),
            "told": self.told(),
            "versions": [each.id for each in found.versions],
            "history": list(self._events()),
        }

    def page(self) -> str:
        """Return the account as Markdown, for somebody who has never seen a scorecard."""
        from qacli.files.text import markdown

        title = f"# How {markdown(self.found.observation.id)} was scored"
        parts = [title, *map(markdown, self._heading()), self._table()]
        for title, lines in (
            ("What was seen or heard", self._evidence("")),
            ("What a program suggested", self._suggested()),
            ("The sum", [*self.policy(), *self.sum()]),
            ("What became of it", self._events()),
        ):
            if listed := [f"- {markdown(line)}" if line[:2] != "> " else f"  > {markdown(line[2:])}" for line in lines]:
                parts += [f"## {title}", "\n".join(listed)]
        return "\n\n".join([*parts, f"**{markdown(self.told())}**"])

    def _heading(self) -> Iterator[str]:
        found, item = self.found.observation, self.item
        zone = self.context.workspace.zone
        if item:
            yield (
                f"{item.channel} {item.transaction} of {item.started_at.astimezone(zone):%d %B %Y, %H:%M}, handled by "
                f"{item.colleague or 'nobody named'}; scored by {found.by}"
                f"{f' on {found.at.astimezone(zone):%d %B %Y}' if found.at else ''} on {found.scorecard}."
            )
        yield (
            "An answer has a value of 0 to 100. What did not apply is taken out as the card says, and the weight that "
            "is left is a share of 100. Points = weight used x value / 100; the score is their sum."
        )

    def _table(self) -> str:
        from qacli.commands.output import Table, markdown_of

        columns = ("criterion", "looks for", "answer", *SUM[2:])
        rows = []
        for entry in self.found.entries:
            cells = _cells(entry)
            cells["answer"] += f" ({entry.means})" if entry.means else ""
            rows.append([cells[name] for name in columns])
        return markdown_of(Table("explain", columns, rows))
