"""The console script, and ``python -m qacli``. What needs no machinery is answered before anything is imported."""

import sys


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    words = sys.argv[1:]
    if words == ["--version"]:
        from qacli import __version__

        sys.exit(print(f"qacli {__version__}"))
    if len(words) == 2 and words[0] == "--show-completion" and words[1].isalpha():
        # A static script, so that TAB starts no Python at all.
        try:
            script = open(f"{__file__.rpartition('__main__')[0]}completion/qacli.{words[1]}", encoding="utf-8")  # noqa: PTH123, SIM115
        except FileNotFoundError:
            pass  # the front door says which shells there are
        else:
            sys.exit(sys.stdout.write(script.read()) and None)
    from qacli.cli import main as run

    sys.exit(run(words))


if __name__ == "__main__":
    main()
