"""Many conversations in one file: a table with a row for each utterance, or a JSON list as ABCD has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from qacli.engine.ranks import normal
from qacli.files.csv import read
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import Quoting
from qacli.files.schema import Strict, Text
from qacli.sources.profile import Encoding
from qacli.sources.transcripts.systems import Unlike, read_system
from qacli.sources.transcripts.turns import Reading, Said

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
IDS = ("convo_id", "conversation_id", "id")


class Utterances(Strict):
    """A table with a row for each utterance, in the order in which they were said."""

    transaction: Text = Field(description="Column of the transaction that the utterance belongs to.")
    text: Text = Field(description="Column of the words.")
    speaker: Text | None = Field(default=None, description="Column of who speaks; left out: roles needs any.")
    separator: Literal["comma", "semicolon", "tab", "pipe"] = Field(default="comma", description="Between the cells.")
    quoting: Quoting = Field(
        default="doubled",
        description="How a quote in a quoted cell is written; none: a quote is a character like others.",
    )
    encoding: Encoding | None = Field(default=None, description="How the file was saved, where it is not UTF-8.")


def utterances(path: Path, table: Utterances) -> Mapping[str, Reading]:
    """Return the conversations of a table by transaction. Raises FileFaults for columns and rows that do not fit."""
    columns = [table.transaction, table.text, *([table.speaker] if table.speaker else [])]
    said: dict[str, list[Said]] = defaultdict(list)
    for row in read(path, table.encoding, columns, DELIMITERS[table.separator], table.quoting):
        transaction, words, *speaker = row.cells
        said[normal(transaction)].append(Said(None, "".join(speaker), words, row.line))
    return {transaction: Reading(each, Counter()) for transaction, each in said.items()}


def conversations(trees: Sequence[Any], name: str) -> Mapping[str, Reading]:
    """Return the conversations of a JSON list by their id. Raises FileFaults."""
    found = {}
    for number, tree in enumerate(trees, 1):
        try:
            id_ = next((tree[key] for key in IDS if key in tree), None) if isinstance(tree, dict) else None
            if id_ is None:
                raise Unlike("it has no id")
            found[normal(str(id_))] = read_system(tree)
        except Unlike as wrong:
            raise FileFaults([Fault("no-conversation", f"conversation {number}: {wrong}", name)]) from None
    return found
