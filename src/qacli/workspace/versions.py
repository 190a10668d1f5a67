"""Cited versions: which definition of which version governed a record, by its hash."""

from __future__ import annotations

from dataclasses import dataclass

from qacli.model import Row


@dataclass(frozen=True)
class CitedVersion(Row, table="versions", letter="v"):
    """The first time that a record cited a version of a definition."""

    kind: str
    item: str
    version: str
    sha256: str

    @property
    def reference(self) -> str:
        """id@version"""
        return f"{self.item}@{self.version}"
