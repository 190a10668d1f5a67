"""Where `make conformance` puts the programs of others: they are too large for every run of the tests."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
TOOLS = HERE.parent / ".conformance"
PYTHON = TOOLS / "venv" / "bin" / "python"
CFN_LINT = TOOLS / "venv" / "bin" / "cfn-lint"
SERVER = TOOLS / "node_modules" / ".bin" / "yaml-language-server"


def needed(tool: Path) -> Path:
    """Return a program, or fail with what installs it: a check that did not run has not passed."""
    assert tool.exists(), f"{tool.relative_to(HERE.parent)} is missing: make conformance installs it (needs npm, pip)"
    return tool
