"""``qacli record note``: notes made while watching, each with the time it was made at."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, TodayInLive, command
from qacli.commands.items import opted_out
from qacli.commands.options import as_before
from qacli.model import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from qacli.prepare.scorecards.scorecard import Scorecard
    from qacli.workspace.notebook import Notebook

HELP = """\
  + or - and what was said or done. In front, if you know it, the criterion; behind, => and what it led to.
  Enter alone stamps the time for the line you type next; a time in front, 02:41, takes the place of the clock's.
  0 the conversation begins now   #2 ph-idv -  mends note 2   #2 drop   l list   ? criteria   q go on later   . the end"""


def join(app: typer.Typer) -> None:
    """Add the command to those of ``qacli record``."""
    command(app, "note")(note)


def note(
    context: Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Item that is being watched, for example t_4k-5.")],
    fact: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="One note; else line by line, from the terminal or a pipe.")
    ] = "",
    criterion: Annotated[
        str, typer.Option(help="Criterion that it is about; it may stand in front of the words.")
    ] = "",
    polarity: Annotated[str, typer.Option(metavar="+|-", help="Did it go well or not.")] = "",
    impact: Annotated[str, typer.Option(help="What it led to for the customer; or behind => in the words.")] = "",
    offset: Annotated[str, typer.Option(help="Time from the start, 02:41; else the clock since the notes began.")] = "",
) -> None:
    """Take notes while you watch. Each is kept at once, with its time; record session takes them up later.

    The clock starts with the first note, or line, of the item. Whatever ends the program, what was entered is there.
    """
    from qacli.monitor.observing.noting import NotUnderstood, in_words
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.notebook import Notebook

    workspace = context.workspace
    if context.today and workspace.settings.provenance == "live":
        raise TodayInLive
    view = workspace.view(writing=True)
    found = view.one(Item, item)
    refuse_unobservable(view, found, opted_out(context, [item]))
    card: Scorecard = view.look_up("scorecard", found.scorecard)
    criteria = {each.id: each.observable for each in card.criteria()}
    book = Notebook(workspace.folder, item, workspace.actor)
    taker = _Taker(book, criteria, workspace.clock)
    before = book.load()
    _refuse_options(offset, criterion, polarity, criteria)
    if fact:
        given = (offset, criterion, polarity, fact, f"=> {impact}" if impact else "")
        try:
            taker.begin()
            taker.take(" ".join(part for part in given if part))
        except NotUnderstood as problem:
            if before.began is None:
                book.remove()
            raise UsageError(str(problem), help='for example: qacli record note t_4k-5 "ph-idv - no check"') from None
        kept = book.load().notes
        context.say(in_words(len(kept), kept[-1]))
        return
    if before.notes:
        context.say(f"{item}: {len(before.notes)} notes so far")
    taker.begin()
    wrong = _sit(context, taker)
    page, ended = book.load(), taker.over
    count = len(page.notes)
    context.say(
        f"{item}: {count} note{'s' * (count != 1)} kept, next: qacli record {'' if ended else 'note '}{item}"
        f"{' --technique TECHNIQUE' if ended else ''}{as_before(workspace)}"
    )
    for line in _unfinished(page.notes):
        context.tell(line)
    if wrong:
        raise NotKept(wrong)


def _refuse_options(offset: str, criterion: str, polarity: str, criteria: Collection[str]) -> None:
    """Refuse what would be taken for the first words of the note. Raises UsageError."""
    from qacli.files.nearest import did_you_mean
    from qacli.monitor.observing.answers import OFFSET
    from qacli.monitor.observing.noting import SIGNS

    if offset and not OFFSET.fullmatch(offset):
        raise UsageError(f"--offset: '{offset}' is no time from the start", help="write 02:41 or 1:02:41")
    if criterion and criterion not in criteria:
        known = did_you_mean(criterion, criteria, f"its criteria: {', '.join(criteria)}")
        raise UsageError(f"--criterion: {criterion} is no criterion of this card", help=known)
    if polarity and polarity not in SIGNS:
        raise UsageError(f"--polarity: '{polarity}' is neither + nor -", help="write --polarity=+ or --polarity=-")


def _unfinished(notes: Sequence[Any]) -> Iterable[str]:
    from qacli.monitor.observing.remarks import one_sided

    bare = [f"#{number}" for number, each in enumerate(notes, 1) if not each.polarity]
    if bare:
        yield f"without + or -: {', '.join(bare)}; say it before the session is recorded: {bare[0]} +"
    if asked := one_sided([each.polarity for each in notes]):
        yield asked


class NotKept(UsageError):
    """Some lines of a pipe are no notes; nobody was there to be asked again."""

    def __init__(self, wrong: Sequence[str]) -> None:
        many = f"{len(wrong)} lines were" if len(wrong) > 1 else "1 line was"
        super().__init__("\n  ".join([f"{many} not kept, all others were:", *wrong]), help="hand these in again")


def _sit(context: Context, taker: _Taker) -> list[str]:
    """Take line after line; return what is wrong with those that were not kept, where nobody could be asked again."""
    from qacli.monitor.observing.noting import NotUnderstood

    people = sys.stdin.isatty() and sys.stdout.isatty()
    if people:
        print(HELP)
    wrong: list[str] = []
    try:
        for number, line in enumerate(_typed(taker) if people else sys.stdin, 1):
            try:
                if not taker.heard(line.strip(), print if people else None):
                    return wrong
            except NotUnderstood as problem:
                if people:
                    print(f"  {problem}")
                else:
                    wrong.append(f"line {number}: {problem}")
    except (EOFError, KeyboardInterrupt):
        print(f"\nkept; go on with: qacli record note {taker.book.item}{as_before(context.workspace)}")
        raise typer.Exit(Exit.INTERRUPTED) from None
    return wrong


def _typed(taker: _Taker) -> Iterable[str]:
    while True:
        yield input(f"{taker.time}{' *' if taker.stamp else ''}> ")


class _Taker:
    """Who takes down what is typed: the notebook, the criteria of the card by id, and the clock."""

    def __init__(self, book: Notebook, criteria: dict[str, str], clock: Callable[[], datetime]) -> None:
        self.book, self.criteria, self.clock = book, criteria, clock
        self.stamp = ""
        self.over = False

    def begin(self) -> None:
        """Start the clock, unless it runs."""
        page = self.book.load()
        if page.began is None or page.ended:
            self.book.begin(self.clock())

    @property
    def time(self) -> str:
        """The time of the next note: the one that was stamped, else now."""
        from qacli.monitor.observing.noting import since

        zero = self.book.load().zero
        return self.stamp or (since(zero, self.clock()) if zero else "00:00")

    def take(self, line: str) -> None:
        """Keep one note. Raises NotUnderstood."""
        from qacli.monitor.observing.noting import noted

        self.book.note(noted(line, self.criteria, self.time))
        self.stamp = ""

    def heard(self, line: str, show: Callable[[str], None] | None) -> bool:
        """Act on a line; return whether to go on. ``show`` is where answers go, None where nobody reads them.

        Raises NotUnderstood.
        """
        from qacli.monitor.observing.noting import in_words, mended

        if line in {".", "q"}:
            self.over = line == "."
            if self.over:
                self.book.end(self.clock())
            return False
        if not line:
            self.stamp = self.time
        elif line == "0":
            self.book.zero(self.clock())
        elif line.startswith("#"):
            self.book.mend(*mended(line, list(self.book.load().notes), self.criteria))
        elif line in {"l", "?"}:
            notes = (in_words(number, each) for number, each in enumerate(self.book.load().notes, 1))
            for each in notes if line == "l" else (f"{name}  {text}" for name, text in self.criteria.items()):
                (show or (lambda _: None))(f"  {each}")
        else:
            self.take(line)
        return True
