"""Cards go through the model classes of the Genesys Cloud SDK and come back as they went."""

from __future__ import annotations

import json
import subprocess

import pytest
from cards import card, scales, shipped, under
from forms import read_back
from tools import HERE, PYTHON, needed

from qacli.interchange.forms.systems import SYSTEMS, exported


def through_sdk(form):
    """The form as the SDK gives it back."""
    command = [needed(PYTHON), HERE / "genesys_sdk.py"]
    done = subprocess.run(command, input=json.dumps(form), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


HELD = ("conditions in a row", "sections multiply", "number and points")
CARDS = [*shipped(), (card(), scales()), *map(under, HELD)]


@pytest.mark.parametrize(("one", "used"), CARDS, ids=lambda each: getattr(each, "id", ""))
def test_a_card_comes_back_through_the_sdk(one, used):
    form, _ = exported(SYSTEMS["genesys"], one, used)
    again = through_sdk(form)
    assert again == form
    back, new = read_back("genesys", again, one.id, known=used)
    assert (back, new) == (one.model_copy(update={"owner": "p_reader"}), [])


def test_the_sdk_would_not_keep_what_it_does_not_know():
    """So that equality above means something."""
    form, _ = exported(SYSTEMS["genesys"], card(), scales())
    assert "colour" not in through_sdk({**form, "colour": "red"})
    changed = json.loads(json.dumps(form))
    changed["questionGroups"][0]["questions"][1]["type"] = "essay"
    assert through_sdk(changed)["questionGroups"][0]["questions"][1]["type"] != "essay"
