"""The description of a data package holds for its tables, by the rules of Table Schema."""

from __future__ import annotations

import json

import pytest

from qacli.interchange.datapackage import CHOICES, REFERENCES, Exported, package_files
from qacli.monitor.observing.observation import Observation, Rating
from qacli.workspace.cells import columns
from qacli.workspace.tables import named, tables


def table(kind, *rows):
    names = [column.name for column in columns(kind)]
    return Exported(kind, names, [[row.get(name, "") for name in names] for row in rows])


def test_types_keys_and_constraints_come_from_the_rows():
    files, outside = package_files(
        [table(Observation, {"id": "o_1"}), table(Rating, {"id": "o_1-1", "observation": "o_1"})]
    )
    observations, ratings = json.loads(files["datapackage.json"])["resources"]
    assert (sorted(files), outside) == (["datapackage.json", "observations.csv", "ratings.csv"], [])
    assert ratings["schema"]["primaryKey"] == ["id"]
    assert ratings["schema"]["foreignKeys"] == [
        {"fields": ["observation"], "reference": {"resource": "observations", "fields": ["id"]}}
    ]
    field = {each["name"]: each for each in ratings["schema"]["fields"]}
    assert field["met"] == {"name": "met", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    assert field["weight"] == {"name": "weight", "type": "number", "constraints": {"required": True}}
    assert field["provenance"]["constraints"] == {"required": True, "enum": ["live", "training", "example"]}
    assert "foreignKeys" not in observations["schema"]


def test_a_reference_that_leads_outside_is_named_and_not_declared():
    files, outside = package_files(
        [table(Observation, {"id": "o_1"}), table(Rating, {"id": "o_9-1", "observation": "o_9"})]
    )
    assert outside == ["ratings.observation: 1 of its observations are not in the package"]
    assert "foreignKeys" not in json.loads(files["datapackage.json"])["resources"][1]["schema"]


@pytest.mark.parametrize("place", CHOICES)
def test_choices_are_those_of_columns_that_there_are(place):
    assert place[1] in named(place[0]).columns()


def test_references_lead_to_tables_that_there_are():
    assert set(REFERENCES.values()) <= {kind.TABLE for kind in tables()}
