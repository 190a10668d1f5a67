"""Quality monitoring for customer service on plain files."""

TYPE_CHECKING = False  # typing.TYPE_CHECKING without typing, whose import alone would double the time of --version
if TYPE_CHECKING:
    from pathlib import Path

    from qacli.workspace import Workspace

__version__ = "0.1.0"


def open(folder: "str | Path" = ".") -> "Workspace":  # noqa: A001 - read as qacli.open("harbour")
    """Open a workspace for reading, for notebooks: ``qacli.open("harbour").table("ratings")``.

    Raises NoWorkspace where the folder holds no qacli.yaml.
    """
    from qacli.workspace import Workspace

    return Workspace.find(folder)
