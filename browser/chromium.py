"""A real browser for the pages that qacli writes: Chromium without a window and without a network.

It is spoken to over two pipes (Chrome DevTools Protocol, ``--remote-debugging-pipe``), so that nothing is installed for it.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
AXE = HERE.parent / ".browser" / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # whatever a page asks for has nowhere to go
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
)
LEFT = "leftBehind"
"""A mark on the page that is about to go."""
PATIENCE = 30
"""Seconds to wait for a page."""
KEYS = {"Enter": ("\r", 13), "Tab": ("", 9), "Escape": ("", 27), "ArrowDown": ("", 40), "ArrowUp": ("", 38)}


class Broken(AssertionError):
    """The browser, or a script in a page, said no."""


def needed(program: str, package: str) -> str:
    """Return the path of a program, or fail with what installs it: a check that did not run has not passed."""
    found = shutil.which(program)
    assert found, f"{program} is missing: apt-get install {package}"
    return found


class Browser:
    """One Chromium with a profile of its own. What it downloads lies in ``downloads``."""

    def __init__(self, home: Path) -> None:
        program = needed("chromium", "chromium")
        self.downloads = home / "downloads"
        self.downloads.mkdir(parents=True)
        command_end, self._write = os.pipe()
        self._read, answer_end = os.pipe()

        def on_3_and_4() -> None:
            first, second = os.dup(command_end), os.dup(answer_end)  # out of the way of 3 and 4 themselves
            os.dup2(first, 3)
            os.dup2(second, 4)

        self._process = subprocess.Popen(
            [program, *OPTIONS, f"--user-data-dir={home / 'profile'}"],
            preexec_fn=on_3_and_4,
            pass_fds=(3, 4),
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home)},
        )
        os.close(command_end)
        os.close(answer_end)
        self._numbers = itertools.count(1)
        self._rest = b""
        self.events: list[dict[str, Any]] = []
        self.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads), eventsEnabled=True)

    def page(self) -> Page:
        """Return an empty page."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        return Page(self, self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result. Raises Broken."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise Broken(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._read, 1 << 16)
            if not part:
                raise Broken("the browser ended")
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def close(self) -> None:
        """End it."""
        with suppress(Broken, OSError):
            self.send("Browser.close")
        self._process.wait(timeout=30)
        os.close(self._write)
        os.close(self._read)


class Page:
    """One page, driven as a person drives it: keys and clicks."""

    def __init__(self, browser: Browser, session: str) -> None:
        self.browser, self.session = browser, session
        for part in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{part}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command to this page."""
        return self.browser.send(method, self.session, **parameters)

    def open(self, path: Path) -> None:
        """Open a file as a double click would, and wait for it."""
        self.browser.events.clear()
        self.run(f"window.{LEFT} = true")
        failed = self.send("Page.navigate", url=path.resolve().as_uri()).get("errorText")
        assert not failed, failed
        self._loaded()

    def reload(self) -> None:
        """Load the page anew, and wait for it."""
        self.run(f"window.{LEFT} = true")
        self.send("Page.reload")
        self._loaded()

    def _loaded(self) -> None:
        """Wait until the page that was left is gone and the next is whole.

        The page itself is asked: an event does not say which page was loaded, and that of the empty one may come late.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(Broken):  # between two pages there is none to ask
                if self.run(f"!window.{LEFT} && document.readyState === 'complete'"):
                    return
            time.sleep(0.01)
        raise Broken(f"the page was not there after {PATIENCE} s")

    def run(self, script: str) -> Any:
        """Return what a script in the page returns; it may wait. Raises Broken."""
        done = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in done:
            raise Broken(done["exceptionDetails"].get("exception", {}).get("description", "a script failed"))
        return done["result"].get("value")

    def text(self, selector: str) -> str:
        """Return the text of an element as it is shown."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str) -> None:
        """Click in the middle of an element and wait until the page is at rest. Raises Broken where it would hit another."""
        found = f"document.querySelector({json.dumps(selector)})"
        box, hit = self.run(
            f"(() => {{ const e = {found}; e.scrollIntoView({{block: 'center'}}); const b = e.getBoundingClientRect();"
            " const x = b.x + b.width / 2, y = b.y + b.height / 2, met = document.elementFromPoint(x, y);"
            " return [[x, y], e.contains(met) || (met && met.contains(e)) ? '' : met && met.outerHTML || 'nothing']; })()"
        )
        if hit:
            raise Broken(f"a click on {selector} would hit {hit[:200]}")
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        # what a click sets off may be put off to a timer, which a script of ours would overtake: no person is that fast
        self.run("new Promise((rested) => setTimeout(rested))")

    def press(self, key: str, *, control: bool = False) -> None:
        """Press and release one key, as text where it is one."""
        text, code = KEYS.get(key, (key, ord(key[0].upper())))
        held = {
            "modifiers": 2,
            "key": key,
            "windowsVirtualKeyCode": code,
            "code": f"Key{key.upper()}" if control else "",
        }
        common = held if control else {"key": key, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
        self.send("Input.dispatchKeyEvent", type="keyDown", **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in common.items() if k != "text"})

    def type(self, text: str) -> None:
        """Type a text where the cursor is."""
        self.send("Input.insertText", text=text)

    def colours(self, scheme: str, *, paper: bool = False) -> None:
        """Ask for light or dark, and for the screen or for paper."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", features=features, media="print" if paper else "screen")

    def size(self, width: int, height: int) -> None:
        """Set the size of the window."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def violations(self) -> list[str]:
        """Return what axe finds: the rule, what it asks for, and the elements."""
        assert AXE.exists(), "axe-core is missing: make browser installs it (needs npm)"
        if not self.run("typeof axe === 'object'"):
            self.run(AXE.read_text("utf-8") + "; 0")
        found = self.run("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{each['id']}: {each['help']}: {', '.join(str(node['target']) for node in each['nodes'][:5])}"
            for each in found
        ]

    def asked_of_the_network(self) -> list[str]:
        """Return every address that was asked for and is no file, no blob and no data."""
        asked = [each for each in self.browser.events if each.get("method") == "Network.requestWillBeSent"]
        urls = [each["params"]["request"]["url"] for each in asked]
        return [url for url in urls if not url.startswith(("file:", "blob:", "data:", "about:"))]

    def complaints(self) -> list[str]:
        """Return what the page wrote to its console as an error: a script that failed, what its policy forbade."""
        said = [e["params"]["entry"]["text"] for e in self.browser.events if e.get("method") == "Log.entryAdded"]
        thrown = [
            e["params"]["exceptionDetails"]
            .get("exception", {})
            .get("description", e["params"]["exceptionDetails"]["text"])
            for e in self.browser.events
            if e.get("method") == "Runtime.exceptionThrown"
        ]
        return said + thrown

    def picture(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))
