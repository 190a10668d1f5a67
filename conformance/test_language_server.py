"""What an editor shows of a workspace: nothing for what `init` and `demo` write, the right lines for planted faults."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run
from tools import HERE, SERVER, needed

GENERATOR = HERE.parent / "examples" / "harbour"
SETTINGS = {"yaml": {"validate": True, "hover": True, "schemaStore": {"enable": False, "url": ""}, "schemas": {}}}


class Editor:
    """As much of an editor as it takes to be told of faults (Language Server Protocol, over standard input)."""

    def __init__(self, folder: Path) -> None:
        self.server = subprocess.Popen([needed(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.send("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}, number=1)
        self.receive(lambda message: message.get("id") == 1)
        self.send("initialized", {})
        self.send("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def send(self, method, parameters, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": parameters}
        self.write({**message, "id": number} if number is not None else message)

    def write(self, message):
        body = json.dumps(message).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def receive(self, wanted):
        """The first message that is wanted; what the server asks in between is answered with the settings, or nothing."""
        while True:
            length = 0
            while line := self.server.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert length, "the server ended"
            message = json.loads(self.server.stdout.read(length))
            if "id" in message and "method" in message:
                asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
                answer = None if asked is None else [SETTINGS.get(each.get("section", "")) for each in asked]
                self.write({"jsonrpc": "2.0", "id": message["id"], "result": answer})
            elif wanted(message):
                return message

    def faults(self, path):
        """What the editor underlines in a file: (line, message)."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        self.send("textDocument/didOpen", {"textDocument": document})
        said = self.receive(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == path.as_uri()
            )
        )
        found = said["params"]["diagnostics"]
        return [(each["range"]["start"]["line"] + 1, each["message"].partition("\n")[0]) for each in found]

    def close(self):
        self.server.kill()
        self.server.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("editor") / "ours"
    assert run(f"init {place} --as p_tl1").code == 0
    return place


@pytest.fixture(scope="module")
def editor(folder):
    opened = Editor(folder)
    yield opened
    opened.close()


def test_nothing_is_underlined_in_what_init_writes(editor, folder):
    files = sorted(path for path in folder.rglob("*.yaml"))
    assert len(files) > 20
    assert {str(path): found for path in files if (found := editor.faults(path))} == {}


def test_nothing_is_underlined_in_the_example(editor, folder):
    """The definitions of the example, as its people would write them."""
    from qacli.workspace.schemas import with_modeline

    sys.path.insert(0, str(GENERATOR))
    import generate

    generate.generate(folder)
    found = {}
    for path in [folder / "qacli.yaml", *sorted((folder / "definitions").rglob("*.yaml"))]:
        path.write_text(with_modeline(path.relative_to(folder).as_posix(), path.read_text("utf-8")), "utf-8")
        found[str(path)] = editor.faults(path)
    assert len(found) > 25
    assert {path: faults for path, faults in found.items() if faults} == {}


PLANTED = (
    ("definitions/scales/point5.yaml", "kind: ordinal", "kind: ordinary", "Value is not accepted"),
    ("definitions/scales/point5.yaml", "met_at: 4", "meet_at: 4", "Property meet_at is not allowed"),
    ("definitions/scorecards/phone.yaml", "weight: 20", "weight: 200", "Value is above the maximum of 100"),
    ("definitions/frames/weekly-routine.yaml", "cadence: week", "cadence: sometimes", "Value is not accepted"),
    ("definitions/scorecards/chat.yaml", "from: 2026-01-01", "from: 1 January", "String is not a RFC3339 date"),
    ("qacli.yaml", "sector: private", "sector: secret", "Value is not accepted"),
)


@pytest.mark.parametrize(("name", "old", "new", "said"), PLANTED)
def test_a_planted_fault_is_underlined_on_its_line(editor, folder, name, old, new, said):
    text = (folder / name).read_text("utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), start=1) if each.strip().startswith(old))
    broken = (folder / name).with_name(f"broken-{line}.yaml")
    broken.write_text(text.replace(old, new), "utf-8")
    found = editor.faults(broken)
    broken.unlink()
    assert [(each, message) for each, message in found if each == line and message.startswith(said)] != [], found
