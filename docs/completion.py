"""The completion scripts: static, so that TAB starts no Python at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from commandline import Known, Option

    from qacli.cli import Command

HEAD = "# Written by docs/pages.py from the commands themselves; load it with:\n#   {load}\n"
ANYWHERE = "--help -h"

BASH = r"""_qacli_files() {{
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
}}
_qacli() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} called= value= word i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${{COMP_WORDS[i]}}
        if [[ -n $value ]]; then value=; continue; fi
        case $word in
            {valued}) value=$word; continue ;;
            -*) continue ;;
        esac
        case "$called $word" in
            {paths}) called="$called $word" ;;
        esac
    done
    case "$called $value" in
{choices}
    esac
    case $value in
        {files}) _qacli_files; return ;;
        ?*) return ;;
    esac
    if [[ $current == -* ]]; then
        case $called in
{options}
        esac
        return
    fi
    case $called in
{words}
{arguments}
    esac
}}
complete -F _qacli qacli
"""

ZSH = r"""#compdef qacli
_qacli() {{
    local current=${{words[CURRENT]}} called= value= word
    for word in ${{words[2,CURRENT-1]}}; do
        if [[ -n $value ]]; then value=; continue; fi
        case $word in
            ({valued}) value=$word; continue ;;
            (-*) continue ;;
        esac
        case "$called $word" in
            ({paths}) called="$called $word" ;;
        esac
    done
    case "$called $value" in
{choices}
    esac
    case $value in
        ({files}) _files; return ;;
        (?*) return ;;
    esac
    if [[ $current == -* ]]; then
        case $called in
{options}
        esac
        return
    fi
    case $called in
{words}
{arguments}
    esac
}}
compdef _qacli qacli
"""


def bash(commands: Sequence[Command], known: Sequence[Known]) -> str:
    """Return the script of bash; it holds to what bash 3.2 of macOS knows."""

    def reply(words: str) -> str:
        return f'COMPREPLY=($(compgen -W "{words}" -- "$current"))'

    return HEAD.format(load='eval "$(qacli --show-completion bash)"') + BASH.format(
        **_parts(commands, known, lambda pattern, act: f"        {pattern}) {act} ;;", reply, "_qacli_files")
    )


def zsh(commands: Sequence[Command], known: Sequence[Known]) -> str:
    """Return the script of zsh."""
    first, rest = ZSH.split("\n", 1)  # zsh reads the first line to learn what the script completes
    text = rest.format(
        **_parts(
            commands,
            known,
            lambda pattern, act: f"        ({pattern}) {act} ;;",
            lambda words: f"compadd -- {words}",
            "_files",
        )
    )
    return f"{first}\n" + HEAD.format(load='eval "$(qacli --show-completion zsh)"   (after compinit)') + text


def _parts(
    commands: Sequence[Command],
    known: Sequence[Known],
    line: Callable[[str, str], str],
    reply: Callable[[str], str],
    files: str,
) -> Mapping[str, str]:
    """Return the branches of a script, as ``line(pattern, act)`` writes one."""
    branches = {
        "choices": [
            (f"{_path(each)} {name}", f"{reply(' '.join(option.takes))}; return")
            for each in known
            for option in each.options
            for name in option.names
            if isinstance(option.takes, tuple)
        ],
        "options": [
            ("", reply(f"{ANYWHERE} --version -C --folder --as")),
            *((_path(each), reply(_names(each))) for each in known),
        ],
        "words": [
            ("", reply(" ".join(command.name for command in commands))),
            *((_path(each), reply(" ".join(each.below))) for each in known if each.below),
        ],
        "arguments": [
            (_path(each), files if each.argument == "file" else reply(" ".join(each.argument)))
            for each in known
            if each.argument and each.argument != "text"
        ],
    }
    return {
        name: "\n".join(line(pattern, act) for pattern, act in _together(each)) for name, each in branches.items()
    } | {
        "valued": "|".join(_valued(known)),
        "files": "|".join(_valued(known, "file")),
        "paths": "|".join(_quoted(_path(each)) for each in known),
    }


def _together(branches: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the branches as (pattern, act), those that act alike in one."""
    acts: dict[str, list[str]] = {}
    for called, act in branches:
        acts.setdefault(act, []).append(_quoted(called))
    return [("|".join(patterns), act) for act, patterns in acts.items()]


def _path(each: Known) -> str:
    return f" {each.path}"


def _quoted(text: str) -> str:
    return f"'{text}'"


def _names(each: Known) -> str:
    return " ".join([*(name for option in each.options for name in option.names), *ANYWHERE.split()])


def _valued(known: Sequence[Known], kind: str = "") -> list[str]:
    """Return the options that take a value, or only those that take a file. Some take a day here and a file there."""

    def takes(option: Option) -> bool:
        return option.takes == kind if kind else bool(option.takes)

    found = {name: None for each in known for option in each.options if takes(option) for name in option.names}
    flags = {name for each in known for option in each.options if not option.takes for name in option.names}
    if mixed := flags & set(found):
        raise ValueError(f"an option takes a value in one command and none in another: {sorted(mixed)}")
    return list(found)


FISH = r"""function __qacli_words
    set -l value
    for word in (commandline -opc)
        if test -n "$value"
            set value
            continue
        end
        switch $word
            case {valued}
                set value $word
            case '-*'
            case '*'
                echo $word
        end
    end
end
function __qacli_called
    string match -q -- "qacli $argv *" (__qacli_words | string join ' ')' '
end
function __qacli_calls
    test (__qacli_words | string join ' ') = (string trim "qacli $argv")
end
complete -c qacli -f
"""


def fish(commands: Sequence[Command], known: Sequence[Known]) -> str:
    """Return the script of fish. What every command takes is said once."""
    lines = [
        HEAD.format(load="qacli --show-completion fish | source")
        + FISH.rstrip().format(valued=" ".join(_valued(known)))
    ]
    lines += [_fish("__qacli_calls", f"-a {command.name} -d {_quoted_fish(command.help)}") for command in commands]
    summaries = {each.path: each.summary for each in known}
    last = [each for each in known if not each.below]
    shared = [option for option in last[0].options if all(option in each.options for each in last)]
    lines += [f"complete -c qacli {_fish_option(option)}" for option in shared]
    for each in known:
        lines += [
            _fish(f"__qacli_calls {each.path}", f"-a {name} -d {_quoted_fish(summaries[f'{each.path} {name}'])}")
            for name in each.below
        ]
        here = f"__qacli_called {each.path}"
        lines += [_fish(here, _fish_option(option)) for option in each.options if option not in shared]
        if isinstance(each.argument, tuple):
            lines.append(_fish(here, f"-a '{' '.join(each.argument)}'"))
        elif each.argument == "file":
            lines.append(_fish(here, "-F"))
    return "\n".join(lines) + "\n"


def _fish(condition: str, act: str) -> str:
    return f"complete -c qacli -n '{condition}' {act}"


def _fish_option(option: Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    values = ""
    if isinstance(option.takes, tuple):
        values = f" -x -a '{' '.join(option.takes)}'"
    elif option.takes:
        values = " -r -F" if option.takes == "file" else " -x"
    return f"{names}{values} -d {_quoted_fish(option.help)}"


def _quoted_fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
