from __future__ import annotations

import pytest
from pydantic import ValidationError

from qacli.files.yaml import parse


@pytest.fixture
def read():
    """Read a definition from YAML, as text only."""
    return lambda model, text: model.model_validate(parse(text, "test.yaml").data)


@pytest.fixture
def wrong(read):
    """Return what is wrong with a definition: {place: message}."""

    def faults(model, text):
        with pytest.raises(ValidationError) as caught:
            read(model, text)
        return {
            ".".join(map(str, (*e["loc"], *e.get("ctx", {}).get("at", ())))): e["msg"] for e in caught.value.errors()
        }

    return faults


class Desk:
    """A View over rows in memory, enough for the acts of prepare."""

    def __init__(self, now, actor="p_tl1", definitions=(), settings=None, hashes=None):
        self.now, self.actor, self.settings = now, actor, settings
        self.made = {(kind, item.id): item for kind, item in definitions}
        self.hashes = hashes or {}
        self.table = []
        self.people = {"p_a07", "p_a22"}

    def definition(self, kind, reference, on=None):
        return self.made[kind, reference.partition("@")[0]]

    look_up = definition

    def definitions(self, kind):
        return [item for (made, _), item in self.made.items() if made == kind]

    def current(self, kind):
        return [row for row in self.table if isinstance(row, kind)]

    def sha256(self, kind, reference):
        return self.hashes.get((kind, reference), "aa")

    def commit(self, change):
        self.table += change.rows
        return change


@pytest.fixture
def desk():
    return Desk
