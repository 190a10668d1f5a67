"""Forms of Amazon Connect pass cfn-lint as a resource of CloudFormation, in every pattern and limit of the schema."""

from __future__ import annotations

import json
import subprocess

import pytest
from cards import card, scales, shipped
from tools import CFN_LINT, needed

from qacli.interchange.forms.systems import SYSTEMS, exported

ARN = "arn:aws:connect:eu-west-2:123456789012:instance/00000000-0000-0000-0000-000000000000"


def linted(form, folder):
    """What cfn-lint says of a form."""
    resource = {"Type": "AWS::Connect::EvaluationForm", "Properties": {**form, "InstanceArn": ARN, "Status": "DRAFT"}}
    path = folder / "form.json"
    path.write_text(json.dumps({"Resources": {"Form": resource}}), "utf-8")
    command = [needed(CFN_LINT), "--regions", "eu-west-2", "--template", path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("one", "used"), [*shipped(), (card(), scales())], ids=lambda each: getattr(each, "id", ""))
def test_a_card_is_a_resource(one, used, tmp_path):
    done = linted(exported(SYSTEMS["amazon-connect"], one, used).form, tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)


def test_a_faulty_form_is_none(tmp_path):
    form = exported(SYSTEMS["amazon-connect"], card(), scales()).form
    form["Items"][0]["Section"]["RefId"] = "not an id"
    done = linted(form, tmp_path)
    assert "E3031" in done.stdout
    assert done.returncode == 2
