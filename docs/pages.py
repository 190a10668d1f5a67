"""Write what is generated: docs/reference.md, docs/errors.md, the completion scripts, the help in README.md,
the keys in docs/entering.md.

python docs/pages.py            write them
python docs/pages.py --check    change nothing; name what is out of date and end with 1
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(HERE)]

import completion  # noqa: E402
import gallery  # noqa: E402
from commandline import Known, known, settle  # noqa: E402

from qacli.cli import COMMANDS  # noqa: E402
from qacli.commands.help import plain_help  # noqa: E402
from qacli.commands.tui.keys import table  # noqa: E402
from qacli.model import Exit  # noqa: E402

MEANING = {
    Exit.FINE: "done; or nothing to do",
    Exit.FINDINGS: "`check` or `verify` found something, or a rule refused; nothing was recorded",
    Exit.USAGE: "the command line cannot be acted on",
    Exit.MALFORMED: "a file is not what it should be, or the trail is broken: nothing is written to it",
    Exit.BUG: "a bug in qacli, with the lines to report",
    Exit.NOT_RECORDED: "the disk failed, reading or writing, before the commit: nothing was recorded",
    Exit.BUSY: "another qacli is writing in this folder",
    Exit.PERMISSION: "the system, or the rule of one writing computer, does not let qacli write here",
    Exit.CONFIGURATION: "no workspace, a missing part of the installation, or records of a newer qacli",
    Exit.INTERRUPTED: "interrupted from the keyboard, or the input ended",
}
PART = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def generated() -> dict[Path, str]:
    """Return every generated file with the text it should hold."""
    found = known()
    scripts = ROOT / "src" / "qacli" / "completion"
    return {
        HERE / "reference.md": reference(found),
        gallery.PAGE: gallery.page(),
        scripts / "qacli.bash": completion.bash(COMMANDS, found),
        scripts / "qacli.zsh": completion.zsh(COMMANDS, found),
        scripts / "qacli.fish": completion.fish(COMMANDS, found),
        HERE / "entering.md": entering((HERE / "entering.md").read_text("utf-8")),
        ROOT / "README.md": readme((ROOT / "README.md").read_text("utf-8"), found),
    }


def reference(found: list[Known]) -> str:
    """Return docs/reference.md: every command's help, exit codes, environment, completion."""
    parts = [
        "# Reference\n",
        "Written by `make docs` from the commands themselves.\n",
        "## Commands\n",
        block(plain_help(COMMANDS)),
    ]
    for each in found:
        parts += [f"{'#' * (2 + len(each.path.split()))} qacli {each.path}\n", block(each.help)]
    return "\n".join([*parts, EXITS, exits(), ENVIRONMENT, environment(found), COMPLETION])


EXITS = """## Exit codes

Scripts may rely on these. A code that is not listed means failure.
"""
ENVIRONMENT = """
## Environment

An option on the command line goes before its variable.
"""
COMPLETION = """
## Completion

TAB completes commands, options and their choices. The scripts are static: no TAB starts qacli.

| shell | line to put into its start-up file |
|---|---|
| bash | `eval "$(qacli --show-completion bash)"` |
| zsh | `eval "$(qacli --show-completion zsh)"`, after `compinit` |
| fish | `qacli --show-completion fish \\| source` |
"""


def block(text: str) -> str:
    """Return text as a fenced block."""
    return f"```text\n{text.rstrip()}\n```\n"


def exits() -> str:
    """Return the table of exit codes."""
    return "\n".join(["| code | meaning |", "|--:|---|", *(f"| {code.value} | {MEANING[code]} |" for code in Exit)])


def environment(found: list[Known]) -> str:
    """Return the table of environment variables, each with the option it stands for."""
    variables = {option.variable: option for each in found for option in each.options if option.variable}
    lines = [f"| `{name}` | `{option.names[0]}` | {option.help} |" for name, option in sorted(variables.items())]
    return "\n".join(
        ["| variable | option | meaning |", "|---|---|---|", *lines, "| `NO_COLOR` | | No colour in tables. |"]
    )


def readme(text: str, found: list[Known]) -> str:
    """Return the README with its generated parts filled in: `help`, or the help of one command."""
    helps = {each.path: each.help for each in found} | {"help": plain_help(COMMANDS)}
    return PART.sub(lambda part: f"{part[1]}{block(helps[part[2]])}{part[3]}", text)


def entering(text: str) -> str:
    """Return docs/entering.md with the keys of the full screen."""
    lines = ["| key | what it does |", "|---|---|", *(f"| {shown} | {does} |" for shown, does in table())]
    return PART.sub(lambda part: f"{part[1]}{chr(10).join(lines)}\n{part[3]}", text)


def main(option: str = "") -> int:
    """Write or check; return the exit code."""
    stale = [
        (path, text)
        for path, text in generated().items()
        if not path.exists() or path.read_bytes().decode("utf-8") != text
    ]
    for path, text in stale:
        if option == "--check":
            print(f"{path.relative_to(ROOT)} is out of date: make docs")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            print(f"wrote {path.relative_to(ROOT)}")
    return int(option == "--check" and bool(stale))


if __name__ == "__main__":
    settle()
    sys.exit(main(*sys.argv[1:]))
