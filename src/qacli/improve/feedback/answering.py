"""The colleague's part: a reply in their own words, or that they would rather not, and then that they took note of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qacli.files.text import one_line
from qacli.improve.feedback.sheet import (
    ACKNOWLEDGED,
    DECLINED,
    DELIVERED,
    REPLIED,
    Feedback,
    FeedbackEvent,
    NotDelivered,
    NotTheColleague,
    events,
    points_of,
    sheet_of,
)
from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.prepare.period import in_words

AGREE = ("yes", "partly", "no")
"""Whether the colleague sees it the same way."""


class Answer(NamedTuple):
    """What a colleague says to a feedback, or to one item of it, counted from 1; 0 is the whole."""

    words: str
    agree: str = ""
    item: int = 0


class NoReply(Refusal, rule="no-reply"):
    """A reply has words."""

    def __init__(self, feedback: str) -> None:
        super().__init__(f"the reply to {feedback} has no words.", help='write them: --words "..."')


class Unanswered(Refusal, rule="unanswered"):
    """Nobody signs in silence: what they say of it stands beside what was said to them."""

    def __init__(self, feedback: str) -> None:
        super().__init__(
            f"{feedback} has no reply of its colleague yet, and no word that they would not give one.",
            help=Hint(
                "first: ",
                Command(f'feedback reply {feedback} --words "..."'),
                "; or: ",
                Command(f"feedback decline {feedback}"),
            ),
        )


class AcknowledgedAlready(Refusal, rule="feedback-acknowledged"):
    """The colleague's own note that they have read it is the last word on a talk."""

    def __init__(self, feedback: str, on: date) -> None:
        super().__init__(
            f"{feedback} was acknowledged on {in_words(on)}, and is over since.",
            help=Hint(
                "what is still to be said is said in the next talk; a rating is contested with: ",
                Command("dispute raise"),
            ),
        )


class NotTheirs(Refusal, rule="not-of-this-talk"):
    """That somebody would not answer is said by them, or by who gave them the feedback."""

    def __init__(self, actor: str, sheet: Feedback, givers: str) -> None:
        super().__init__(
            f"{actor or 'nobody'} was not in the talk about {sheet.id}.",
            help=f"{sheet.colleague} records it, or {givers}, who delivered it: --as PERSON",
        )


def reply(view: View, feedback: str, words: str, agree: str = "", item: int = 0) -> Change:
    """Record what the colleague says to it; there may be several replies, the same twice is a finding.

    Raises NoSuchRow, NotTheColleague, NotDelivered, NoReply, AcknowledgedAlready, UsageError for an item that
    is not there.
    """
    _colleagues_part(view, feedback, "reply to")
    said = one_line(words)
    if not said:
        raise NoReply(feedback)
    to = _item(view, feedback, item)
    for event in events(view, feedback, REPLIED):
        if (event.words.text, event.item, event.agree) == (said, to, agree):
            return Change(findings=[f"{feedback} already has this reply: nothing to do"])
    if done := events(view, feedback, ACKNOWLEDGED):
        raise AcknowledgedAlready(feedback, done[0].on)
    row = FeedbackEvent(feedback=feedback, kind=REPLIED, on=view.now.date(), words=Words(said), item=to, agree=agree)
    return Change(rows=[row])


def _item(view: View, feedback: str, position: int) -> str:
    if not position:
        return ""
    found = points_of(view, feedback)
    for row in found:
        if row.position == position:
            return row.id
    raise UsageError(f"{feedback} has no item {position}", help=f"it has {len(found)}; left out: the whole")


def decline(view: View, feedback: str, words: str = "") -> Change:
    """Record that the colleague would not reply: by the colleague, or by whoever gave the feedback, who then says more.

    What stands already is a finding. Raises NoSuchRow, NotDelivered, NotTheirs, NoReply.
    """
    sheet = sheet_of(view, feedback)
    givers = [event.by for event in events(view, feedback, DELIVERED)]
    if not givers:
        raise NotDelivered(sheet)
    if view.actor not in {sheet.colleague, *givers}:
        raise NotTheirs(view.actor, sheet, ", ".join(givers))
    said = one_line(words)
    if not said and view.actor != sheet.colleague:
        raise NoReply(feedback)
    if events(view, feedback, REPLIED):
        return Change(findings=[f"{feedback} has a reply of {sheet.colleague}: nothing to do"])
    if done := events(view, feedback, DECLINED):
        return Change(findings=[f"that there is no reply was recorded on {in_words(done[0].on)}: nothing to do"])
    return Change(rows=[FeedbackEvent(feedback=feedback, kind=DECLINED, on=view.now.date(), words=Words(said))])


def acknowledge(view: View, feedback: str) -> Change:
    """Record that the colleague has taken note of it; done already is a finding and makes no row.

    Raises NoSuchRow, NotTheColleague, NotDelivered, Unanswered.
    """
    _colleagues_part(view, feedback, "acknowledge")
    if done := events(view, feedback, ACKNOWLEDGED):
        return Change(findings=[f"{feedback} was acknowledged on {in_words(done[0].on)}: nothing to do"])
    if not events(view, feedback, REPLIED) and not events(view, feedback, DECLINED):
        raise Unanswered(feedback)
    return Change(rows=[FeedbackEvent(feedback=feedback, kind=ACKNOWLEDGED, on=view.now.date())])


def _colleagues_part(view: View, feedback: str, what: str) -> None:
    sheet = sheet_of(view, feedback)
    if view.actor != sheet.colleague:
        raise NotTheColleague(view.actor, sheet, what)
    if not any(event.on <= view.now.date() for event in events(view, feedback, DELIVERED)):
        raise NotDelivered(sheet)
