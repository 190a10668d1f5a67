"""Requests of people about their data: when each came, what stopped its clock, and by when it is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.files.text import one_line
from qacli.govern.deadline import Deadline, due_on
from qacli.model import NO_WORDS, Change, Refusal, Row, View, Words
from qacli.prepare.period import in_words

PERSON = re.compile(r"p_[a-z0-9]{1,38}")
STOPPED, STARTED, EXTENDED, DONE = "clock-stopped", "clock-started", "extended", "done"


@dataclass(frozen=True, kw_only=True)
class Request(Row, table="requests", letter="q"):
    """Somebody asks for their data, wants them erased, or complains."""

    kind: str  # access, erasure or complaint
    person: str  # person id; empty where somebody outside asked
    reference: Words  # what somebody outside was called when asking
    received: date
    due: date  # as counted on the day of recording; standing() knows the day after stops and extensions
    channel: str
    words: Words = NO_WORDS  # what was asked


@dataclass(frozen=True, kw_only=True)
class RequestEvent(Row, table="request_events", letter="u", parent="request"):
    """What happened to a request."""

    request: str
    kind: str  # clock-stopped, clock-started, extended or done
    on: date
    words: Words = NO_WORDS


class Standing(NamedTuple):
    """Where a request stands on a day: ``stopped`` since when, ``done`` on which day, None where it is not."""

    request: Request
    due: date
    overdue: bool
    stopped: date | None
    extended: bool
    done: date | None


class NoOpenRequest(Refusal, rule="no-open-request"):
    """Only a request that waits for its answer has a clock."""

    def __init__(self, kind: str, subject: str) -> None:
        article = "an" if kind[0] in "ae" else "a"
        super().__init__(
            f"there is no open {kind} request of {subject}.",
            help=f"{article} {kind} request is recorded first, with the day on which it came: --received DATE",
        )


class ReceivedLater(Refusal, rule="future-request"):
    """What has not come yet is not recorded."""

    def __init__(self, what: str, on: date) -> None:
        super().__init__(f"{what} on {in_words(on)}: that day is still to come.", help="record it on the day")


class BeforeRequest(Refusal, rule="before-request"):
    """Events follow what they are about."""

    def __init__(self, on: date, since: date) -> None:
        super().__init__(
            f"{in_words(on)} lies before {in_words(since)}, when the request came or its clock last changed.",
            help="name a day on or after it",
        )


class TooLateToExtend(Refusal, rule="too-late-to-extend"):
    """People are told of an extension before the first deadline has passed."""

    def __init__(self, request: Request, due: date) -> None:
        super().__init__(
            f"{request.id} was due on {in_words(due)} and can no longer be extended.",
            help="answer it now; the record shows how late",
        )


def subject_of(request: Request) -> str:
    """Return whose request it is: a person id, or what somebody outside was called."""
    return request.person or request.reference.text


def standing(view: View, request: Request) -> Standing:
    """Return where a request stands today. Raises NoSuchDefinition where no deadline of its kind was in force."""
    today, since, stopped, extended, done = view.now.date(), None, 0, False, None
    for event in events(view, request):
        if event.kind == STOPPED:
            since = event.on
        elif event.kind == STARTED and since:
            stopped, since = stopped + (event.on - since).days, None
        extended = extended or event.kind == EXTENDED
        done = event.on if event.kind == DONE else done
    waited = (max(done or today, since) - since).days if since else 0
    deadline: Deadline = view.definition("deadline", request.kind, request.received)
    due = due_on(deadline, request.received, view.settings.nation, extended=extended, stopped=stopped + waited)
    return Standing(request, due, not done and due < today, since, extended, done)


def events(view: View, request: Request) -> Sequence[RequestEvent]:
    """Return what happened to a request, oldest first."""
    return view.current(RequestEvent, request=request.id)


def open_requests(view: View) -> list[Standing]:
    """Return the requests that wait for their answer, the most urgent first."""
    found = [standing(view, request) for request in view.current(Request)]
    return sorted((each for each in found if not each.done), key=lambda each: (each.due, each.request.id))


def open_request(view: View, kind: str, subject: str) -> Standing | None:
    """Return the open request of a kind by one person, the oldest where there are several."""
    return next(
        (each for each in open_requests(view) if (each.request.kind, subject_of(each.request)) == (kind, subject)), None
    )


def receive(view: View, kind: str, subject: str, received: date | None, channel: str = "", words: str = "") -> Change:
    """Record that a request came; one that is open already is a finding and makes no row.

    Raises ReceivedLater, NoSuchDefinition.
    """
    if waiting := open_request(view, kind, subject):
        return Change(findings=[f"{waiting.request.id} is open already, due on {in_words(waiting.due)}"])
    came = received or view.now.date()
    if came > view.now.date():
        raise ReceivedLater(f"a request cannot have come from {subject}", came)
    inside = bool(PERSON.fullmatch(subject))
    return Change(
        rows=[
            Request(
                kind=kind,
                person=subject if inside else "",
                reference=NO_WORDS if inside else Words(one_line(subject)),
                received=came,
                due=due_on(view.definition("deadline", kind, came), came, view.settings.nation),
                channel=one_line(channel),
                words=Words(one_line(words)),
            )
        ]
    )


def happen(view: View, kind: str, subject: str, what: str, on: date, words: str = "") -> Change:
    """Record one event of the open request; one that changes nothing is a finding and makes no row.

    Raises NoOpenRequest, ReceivedLater, BeforeRequest, TooLateToExtend.
    """
    now = open_request(view, kind, subject)
    if not now:
        raise NoOpenRequest(kind, subject)
    if on > view.now.date():
        raise ReceivedLater(f"{now.request.id} cannot have changed", on)
    past = events(view, now.request)
    if on < (since := past[-1].on if past else now.request.received):
        raise BeforeRequest(on, since)
    if nothing := _nothing_to_do(now, what):
        return Change(findings=[f"{now.request.id} {nothing}: nothing to do"])
    if what == EXTENDED and on > now.due:
        raise TooLateToExtend(now.request, now.due)
    return Change(rows=[RequestEvent(request=now.request.id, kind=what, on=on, words=Words(one_line(words)))])


def _nothing_to_do(now: Standing, what: str) -> str:
    if what == STOPPED and now.stopped:
        return f"has had its clock stopped since {in_words(now.stopped)}"
    if what == STARTED and not now.stopped:
        return "has its clock running"
    if what == EXTENDED and now.extended:
        return "was extended already"
    return ""


def rows_of(changes: Sequence[Change]) -> Change:
    """Return several changes as one entry."""
    return Change(
        rows=[row for change in changes for row in change.rows],
        findings=[finding for change in changes for finding in change.findings],
    )
