from __future__ import annotations

import pytest

from qacli.sources.transcripts.folder import Transcripts


@pytest.fixture
def read(tmp_path):
    """Write a transcript of T1 and read it: turns as (seconds, role, words), or the whole transcript."""

    def act(name, content, roles=None, whole=False, **options):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        found = Transcripts(tmp_path, "{transaction}.*", roles, **options).read("T1")
        return found if whole else [(turn.seconds, turn.role, turn.text) for turn in found.turns]

    return act
