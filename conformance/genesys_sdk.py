"""Reads a form with the model classes of the Genesys Cloud SDK and writes it again: standard input to standard output."""

from __future__ import annotations

import json
import sys

from PureCloudPlatformClientV2 import ApiClient


class Response:
    """An answer of the API that holds a form."""

    def __init__(self, data: str) -> None:
        self.data = data

    def getheader(self, _: str) -> str:
        return "application/json"


client = ApiClient()
form = client.deserialize(Response(sys.stdin.read()), "EvaluationForm")
json.dump(client.sanitize_for_serialization(form), sys.stdout)
