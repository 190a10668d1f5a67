"""The console script, and ``python -m qacli``. What needs no machinery is answered before anything is imported."""

import sys


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    words = sys.argv[1:]
    known = _known(words)
    if known is None:
        from qacli.cli import main as run

        sys.exit(run(words))
    try:
        sys.stdout.write(known)
        sys.stdout.flush()
    except (OSError, AttributeError):  # a full disk, a reader that went away; no standard output at all
        from qacli.cli import show

        sys.exit(show(known))


def _known(words: list[str]) -> str | None:
    """Return what is answered without machinery; None for everything else."""
    if words == ["--version"]:
        from qacli import __version__

        return f"qacli {__version__}\n"
    if len(words) == 2 and words[0] == "--show-completion" and words[1].isalpha():
        # A static script, so that TAB starts no Python at all.
        place = f"{__file__.rpartition('__main__')[0]}completion/qacli.{words[1]}"
        try:
            with open(place, encoding="utf-8") as script:  # noqa: PTH123 - pathlib would be an import
                return script.read()
        except FileNotFoundError:
            return None  # the front door says which shells there are
    return None


if __name__ == "__main__":
    main()
