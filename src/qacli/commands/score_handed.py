"""``qacli score --from``: filled forms, whichever way they were filled in: pages, workbooks, files of programs."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qacli.commands.options import as_before
from qacli.model import Exit, MalformedFile, QacliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from qacli.commands.context import Context
    from qacli.files.faults import Fault
    from qacli.interchange.filled.handed import Handed
    from qacli.interchange.filled.judging import Judged
    from qacli.model import View
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.observing.sheet import Sheet


class NothingHandedIn(QacliError):
    """Several things keep what was handed in from being recorded; all are told."""

    def __init__(self, wrong: Sequence[QacliError]) -> None:
        super().__init__(
            "\n".join(each.message for each in wrong), help="nothing was recorded; mend these and hand it in again"
        )
        self.wrong = wrong

    def __str__(self) -> str:
        last = f"  = help: {self.help}"  # said once, also where one of them says it for itself
        told = (str(each).removesuffix(f"\n{last}") for each in self.wrong)
        return "\n".join([*told, last])


class FaultyAndRefused(NothingHandedIn, MalformedFile):
    """Faults of files among them."""


class Sorted(NamedTuple):
    """What was handed in, sorted: to be recorded, recorded before (with the observation), not finished, untouched.

    ``faults`` are all that is wrong in any of them, ``unknown`` refuses items that there are not; ``programs`` are the
    forms that programs wrote, measures among them; ``scored`` are the items that the actor has scored.
    """

    whole: list[Judged]
    before: list[tuple[Judged, Observation]]
    unfinished: list[Judged]
    untouched: list[Handed]
    faults: list[Fault]
    unknown: list[QacliError]
    programs: list[Form]
    scored: set[str]

    @property
    def acts(self) -> list[list[Form]]:
        """The forms as they are recorded together: those of programs, then each other by itself."""
        return [
            *([self.programs] if self.programs else []),
            *([each.form] for each in self.whole if each.handed.origin),
        ]

    def reason(self, item: str, correct: str | None) -> str | None:
        """Return the reason for which an item's observation is replaced; None for what is new beside what is corrected.

        A workbook holds what was scored and what was not: its correction is of the former, and the latter is entered.
        """
        before = (judged for judged, _ in self.before)
        entered = {each.handed.item for each in (*self.whole, *self.unfinished, *before) if each.handed.origin}
        return None if item in entered - self.scored and entered & self.scored else correct


def hand_in(context: Context, paths: Sequence[Path], item: str, correct: str | None) -> int:
    """Record what is whole, each form by an act of its own, keep as drafts what is not finished; return the exit code.

    Anything wrong in any form keeps all of them from being recorded. Raises FileFaults, NothingHandedIn, and what scoring
    refuses.
    """
    from qacli.commands.items import adjusted, opted_out
    from qacli.commands.score_measured import confirmed

    handed, faults = _read(paths)
    if item and not faults and [each.item for each in handed] != [item]:
        raise UsageError(
            f"the file is about {', '.join(each.item for each in handed)}, not {item}",
            help="leave the item out: the file names it",
        )
    for line in adjusted(context, {each.item for each in handed if not each.origin}):
        context.tell(line)
    view = context.workspace.view(writing=True)
    found = _sorted(context, view, handed)
    found.faults.extend(faults)
    open_ = [each.handed.item for each in (*found.whole, *found.unfinished)]
    out = opted_out(context, open_) if open_ else set()
    found.programs.extend(confirmed(context, view, [each.form for each in found.whole if not each.handed.origin], out))
    _refuse_all(view, found, correct, out)
    for place, forms in enumerate(found.acts):
        try:
            _record(context, forms, found.reason(forms[0].item, correct), out)
        except (QacliError, OSError) as wrong:
            if not place:
                raise
            return _broken_off(context, wrong, found.acts[place:])
    for line in _beside(context, found, correct):
        context.tell(line)
    return Exit.FINE


def _broken_off(context: Context, wrong: QacliError | OSError, rest: Sequence[Sequence[Form]]) -> int:
    """Tell what kept the rest from being recorded after others were, and return the exit code."""
    context.tell(str(wrong))
    items = ", ".join(form.item for forms in rest for form in forms)
    context.tell(f"recorded is what stands above, and not {items}: hand the same file in again")
    return wrong.exit_code if isinstance(wrong, QacliError) else Exit.NOT_RECORDED


def _beside(context: Context, found: Sorted, correct: str | None) -> Iterator[str]:
    """Keep what is not finished, and yield what became of all that was not recorded now."""
    for judged in (*found.whole, *found.unfinished):
        yield from judged.told
    for judged, observation in found.before:
        yield f"{judged.handed.item} is recorded already, as {observation.id}"
    for judged in found.unfinished:
        yield _kept(context, judged, found.reason(judged.handed.item, correct))
    if found.untouched:
        names = ", ".join(each.item for each in found.untouched)
        yield f"{len(found.untouched)} form{'s are' if len(found.untouched) > 1 else ' is'} untouched: {names}"


def plain_forms(paths: Sequence[Path]) -> list[Form]:
    """Return the forms of files that programs or people wrote: their answers as they stand there.

    Raises FileFaults with all that is wrong in them, also for what only means something beside an item's conversation.
    """
    from qacli.files.faults import FileFaults
    from qacli.monitor.observing.evaluation import Form

    handed, faults = _read(paths)
    remedy = "write its answers in a file of your own, with the words of each line as evidence"
    faults += [
        each.fault("form-for-scoring", f"{each.item}: a form of qacli score, or lines, cannot be used here", remedy)
        for each in handed
        if each.origin or any(given.lines for given in each.answers.values())
    ]
    if faults:
        raise FileFaults(faults)
    return [
        Form(each.item, {name: given.typed for name, given in each.answers.items()}, each.entered) for each in handed
    ]


def _read(paths: Sequence[Path]) -> tuple[list[Handed], list[Fault]]:
    """Return the forms of all files, and what keeps files, or parts of them, from being read. Raises UsageError."""
    from qacli.files.faults import FileFaults
    from qacli.interchange.filled.mistaken import mistaken
    from qacli.interchange.filled.result import read_results
    from qacli.interchange.filled.workbook import ENDINGS, read_workbook

    found: list[Handed] = []
    faults: list[Fault] = []
    for path in paths:
        if not path.exists() or path.is_dir():
            why = "is a folder" if path.is_dir() else "is not there"
            raise UsageError(f"{path} {why}", help="name a filled form: --from FILE")
        try:
            if path.suffix.lower() in ENDINGS:
                forms, unread = read_workbook(path)
                found += forms
                faults += unread
            elif wrong_kind := mistaken(path):
                faults.append(wrong_kind)
            else:
                found += read_results(path)
        except FileFaults as wrong:
            faults += wrong.faults
    return found, [*faults, *_twice(found)]


def _twice(handed: Sequence[Handed]) -> Iterator[Fault]:
    seen: set[str] = set()
    for each in handed:
        if not each.touched and each.origin:
            continue
        if each.item in seen:
            yield each.fault("repeated-item", f"{each.item} is scored twice", "keep one form of it")
        seen.add(each.item)


def _sorted(context: Context, view: View, handed: Sequence[Handed]) -> Sorted:
    """Return what was handed in, judged."""
    from qacli.interchange.filled.judging import judge
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.view import NoSuchRow

    scored = {row.item for row in view.current(Observation) if row.by == view.actor}
    found = Sorted([], [], [], [], [], [], [], scored)
    known = {item.id for item in view.current(Item)}
    for each in handed:
        if each.origin and not each.touched:
            found.untouched.append(each)
            continue
        if each.origin and each.item not in known:
            found.faults.append(
                each.fault("no-such-item", f"there is no {each.item} here", "hand it in where it was drawn")
            )
            continue
        try:
            sheet = _sheet(context, view, each)
        except NoSuchRow as why:
            found.unknown.append(why)
            continue
        judged = judge(each, sheet, view.actor)
        observation = _observed(view, judged) if each.origin else None
        if judged.faults:
            found.faults.extend(judged.faults)
        elif observation:
            found.before.append((judged, observation))
        else:
            (found.unfinished if judged.lacks else found.whole).append(judged)
    return found


def _sheet(context: Context, view: View, handed: Handed) -> Sheet:
    """Return the sheet of an item with nothing entered. Raises NoSuchRow for an item that there is not."""
    from qacli.commands.items import transcript_of
    from qacli.commands.score_measured import suggested
    from qacli.monitor.observing.evaluation import scales_of
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.sampling.draw import Item

    item = view.one(Item, handed.item)
    card = view.definition("scorecard", item.scorecard)
    scales = scales_of(view, card)
    if not handed.origin and not any(given.lines for given in handed.answers.values()):
        return Sheet(card, scales)
    turns = transcript_of(context, item)
    said = suggested(context, view, item, card, turns) if handed.origin else ()
    return Sheet(card, scales, turns=turns, suggested=said)


def _observed(view: View, judged: Judged) -> Observation | None:
    """Return the actor's observation of an item that says what the form says; None where there is none."""
    from qacli.monitor.observing.observation import NOT_ASKED, Observation, Rating

    mine = view.current(Observation, item=judged.handed.item, by=view.actor)
    for observation in mine:
        said = {
            row.criterion: (row.answer, row.evidence.text, row.offset, row.comment.text)
            for row in view.current(Rating, observation=observation.id)
            if row.answer != NOT_ASKED
        }
        if said == {name: tuple(answer) for name, answer in judged.form.answers.items()}:
            return observation
    return None


def _refuse_all(view: View, found: Sorted, correct: str | None, out: set[str]) -> None:
    """Raise all that is wrong and all that is refused in any form, before the first is recorded.

    Raises FileFaults or the one refusal where there is nothing else, NothingHandedIn for several.
    """
    from qacli.files.faults import FileFaults
    from qacli.monitor.observing.evaluation import evaluate

    tried: list[Callable[[], object]] = [
        partial(evaluate, view, forms, found.reason(forms[0].item, correct), out) for forms in found.acts
    ]
    tried += [partial(_begin, view, each, found.reason(each.handed.item, correct), out) for each in found.unfinished]
    wrong: list[QacliError] = [*([FileFaults(found.faults)] if found.faults else []), *found.unknown]
    if len(tried) > 1 or wrong or not found.programs:  # a single act of programs refuses for itself
        wrong += filter(None, map(_refusal, tried))
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise (FaultyAndRefused if found.faults else NothingHandedIn)(wrong)


def _refusal(act: Callable[[], object]) -> QacliError | None:
    from qacli.monitor.observing.evaluation import AlreadyScored

    try:
        act()
    except AlreadyScored as why:
        why.help = 'to replace it openly, hand the file in again with --correct "why"'
        return why
    except QacliError as why:
        return why
    return None


def _begin(view: View, judged: Judged, correct: str | None, out: set[str]) -> None:
    """Refuse what may not be scored at all, finished or not."""
    from qacli.monitor.observing.evaluation import refuse_twice
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.monitor.sampling.draw import Item

    item = view.one(Item, judged.handed.item)
    refuse_unobservable(view, item, out)
    refuse_twice(view, item, correct)


def _record(context: Context, forms: Sequence[Form], correct: str | None, out: set[str]) -> None:
    from qacli.commands.items import told_of
    from qacli.commands.record_told import tell_remarks
    from qacli.monitor.observing.evaluation import evaluate
    from qacli.workspace.drafts import Draft

    outcome = context.commit(partial(evaluate, forms=forms, correct=correct, opted_out=out))
    for line in told_of(context, outcome.rows):
        context.say(line)
    tell_remarks(context, outcome.rows)
    if outcome.seq:
        for form in forms:
            Draft(context.workspace.folder, form.item, context.workspace.actor).remove()


def _kept(context: Context, judged: Judged, correct: str | None) -> str:
    """Keep an unfinished form as the actor's draft, unless that would overwrite another entry; return what to tell."""
    from qacli.monitor.observing.sheet import resumed
    from qacli.workspace.drafts import Draft

    item, sheet = judged.handed.item, judged.sheet
    draft = Draft(context.workspace.folder, item, context.workspace.actor)
    before = draft.load()
    other = [name for name, given in before.items() if given.answer and sheet.answers.get(name, given) != given]
    said = f"{item} is not finished, so it is not recorded: {_missing(judged)}"
    why = f" --correct {shlex.quote(correct)}" if correct else ""
    go_on = f"fill in the form and hand it in again, or qacli score {item}{why}{as_before(context.workspace)}"
    if other:
        return f"{said}; your draft of it says otherwise of {', '.join(other)} and was left as it is: {go_on}"
    if not context.dry_run:
        draft.keep(resumed(sheet, {**before, **sheet.answers}))
    return f"{said}; kept as your draft: {go_on}"


def _missing(judged: Judged) -> str:
    """Return what a form that is not finished lacks, in words."""
    of = {
        rule: ", ".join(lack.criterion for lack in judged.lacks if lack.rule == rule)
        for rule in ("missing-answer", "missing-evidence")
    }
    parts = (f"no answer to {of['missing-answer']}", f"no evidence for {of['missing-evidence']}")
    return "; ".join(part for part, names in zip(parts, of.values(), strict=True) if names)
