"""What somebody meant who typed the id of something else: a transaction for its item, an item for its observation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import Row, View
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Item

NO_LETTER = re.compile("[^0-9a-z]")


def meant(view: View, kind: type[Row], id_: str) -> tuple[str, str]:
    """Return what an id is that a table does not hold, and what to type instead; both empty where nothing is known of it."""
    from qacli.monitor.observing.observation import Observation
    from qacli.monitor.sampling.draw import Item

    if kind in {Item, Observation}:
        is_, items = _items(view, id_)
        made = {row.id: list(view.current(Observation, item=row.id)) for row in items}
        if items:
            return (_for_item if kind is Item else _for_observation)(id_, is_, made)
    alike = [row.id for row in view.current(kind) if _bare(row.id) in {_bare(id_), f"{kind.LETTER}{_bare(id_)}"}]
    return ("", f"did you mean {' or '.join(alike)}?") if alike else ("", "")


def _items(view: View, id_: str) -> tuple[str, Sequence[Item]]:
    """Return what an id is, and the items that it belongs to."""
    from qacli.monitor.observing.observation import Observation, Session
    from qacli.monitor.sampling.draw import Item

    if found := view.current(Item, transaction=id_):
        return "a transaction", found
    if found := view.current(Item, id=id_):
        return "an item", found
    watched = ("an observation", view.current(Observation, id=id_)), ("a session", view.current(Session, id=id_))
    for is_, rows in watched:
        if found := view.current(Item, id={row.item for row in rows}):
            return is_, found
    return "", []


def _for_item(id_: str, is_: str, made: dict[str, list[Observation]]) -> tuple[str, str]:
    said = [f"{item} (scored: {', '.join(row.id for row in rows)})" if rows else item for item, rows in made.items()]
    open_ = [item for item, rows in made.items() if not rows]
    its = "its item is" if len(made) == 1 else "its items are"
    return f"{id_} is {is_}; {its} {', '.join(said)}", f"name the item: {(open_ or list(made))[0]}"


def _for_observation(id_: str, is_: str, made: dict[str, list[Observation]]) -> tuple[str, str]:
    found = [row for rows in made.values() for row in rows]
    if not found:
        return f"{id_} is {is_}, and nothing of it is scored yet", f"score it first: qacli score {next(iter(made))}"
    its = "its observation is" if len(found) == 1 else "its observations are"
    return f"{id_} is {is_}; {its} {', '.join(row.id for row in found)}", f"name the observation: {found[-1].id}"


def _bare(id_: str) -> str:
    """Return an id without what is easily typed otherwise: capitals, blanks, hyphens, underscores."""
    return NO_LETTER.sub("", id_.lower())
