"""S: one verb, one object, a scope, one named owner, no wish in place of a deed, and why this type of action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qacli.improve.actions.action import Action
from qacli.improve.actions.verdict import FAILED, HELD, Part
from qacli.model import View
from qacli.understand.patterns.finding import OPEN
from qacli.understand.patterns.finding import standings as findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.improve.actions.draft import Draft
    from qacli.improve.actions.smart import Smart

SEVERAL = re.compile(r"\s+(?:and|or|then)\s+|[,;/&+]", re.IGNORECASE)


def specific(view: View, draft: Draft, rules: Smart) -> Iterator[Part]:
    """Yield what is and is not specific about an action."""
    yield from _verb(draft, rules)
    yield from _object(draft)
    for word in dict.fromkeys(rules.vague_in(f"{draft.object} {draft.scope}")):
        yield Part(FAILED, f"nobody can hold anybody to '{word}': say what, or by when")
    yield from _owner(view, draft)
    yield from _reason(view, draft)
    yield from _finding(view, draft)


def _verb(draft: Draft, rules: Smart) -> Iterator[Part]:
    named = draft.metric.kpi or draft.metric.criterion
    if not draft.verb:
        yield Part(FAILED, "no verb: say what is done")
    elif len(draft.verb.split()) > 1 or SEVERAL.search(draft.verb):
        yield Part(FAILED, f"'{draft.verb}' is more than one verb: one action does one thing")
    elif rules.is_vague(draft.verb) and not named:
        yield Part(FAILED, f"'{draft.verb}' is a wish as long as no metric says what is meant")
    else:
        yield Part(HELD, f"one verb, {draft.verb}")


def _object(draft: Draft) -> Iterator[Part]:
    for name in ("object", "scope"):
        if not getattr(draft, name):
            yield Part(FAILED, f"no {name}: say {'what it is done to' if name == 'object' else 'where it holds'}")
    if ";" in draft.object:
        yield Part(FAILED, f"'{draft.object}' is more than one object: one action does one thing")
    if draft.object and draft.scope:
        yield Part(HELD, "object, scope")


def _owner(view: View, draft: Draft) -> Iterator[Part]:
    people = [part for part in SEVERAL.split(draft.owner) if part]
    if len(people) > 1:
        yield Part(FAILED, f"{len(people)} owners, {draft.owner}: name the one who answers for it")
    elif not people:
        yield Part(FAILED, "no owner: name one person")
    elif draft.owner not in view.people:
        yield Part(FAILED, f"the owner '{draft.owner}' is nobody in people.csv: name a person id of it")
    else:
        yield Part(HELD, f"one owner, {draft.owner}")


def _reason(view: View, draft: Draft) -> Iterator[Part]:
    if not draft.why:
        yield Part(FAILED, "it does not say why this type of action: why, in your own words")
        return
    before = next((row for row in view.current(Action) if _plain(row.why.text) == _plain(draft.why)), None)
    if before and before.name != draft.id:
        yield Part(FAILED, f"why it is done stands word for word in {before.id}: use your own words")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _finding(view: View, draft: Draft) -> Iterator[Part]:
    if draft.finding:
        known = {each.finding.id: each.status for each in findings(view)}
        status = known.get(draft.finding)
        if status is None:
            yield Part(FAILED, f"there is no finding {draft.finding}: see qacli finding list")
        elif status not in OPEN:
            yield Part(FAILED, f"{draft.finding} is {status}: it gives no ground for an action")
        else:
            yield Part(HELD, f"answers {draft.finding} ({status})")
