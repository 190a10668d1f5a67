"""What opens over the full screen: a line to type, or something to read. Keys go to it alone while it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from qacli.commands.tui.rows import Row, Rows
from qacli.model import QacliError


class Asked(ModalScreen[bool]):
    """A line to type. ``enter`` takes it and may refuse it, ``meanwhile`` hears of every letter.

    Returns whether something was entered.
    """

    def __init__(
        self,
        title: str,
        hint: str,
        text: str,
        enter: Callable[[str], None],
        meanwhile: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._hint, self._text, self._enter, self._meanwhile = title, hint, text, enter, meanwhile

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield Static(self._hint, id="hint", markup=False)
            yield Input(self._text, select_on_focus=False)
            yield Static("", id="why", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hand on what is typed so far."""
        if self._meanwhile and event.value != self._text:
            self._meanwhile(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say why it cannot be taken."""
        try:
            self._enter(event.value)
        except QacliError as wrong:
            self.query_one("#why", Static).update(wrong.message)
        else:
            self.dismiss(True)

    def on_key(self, event: events.Key) -> None:
        """Leave without entering anything."""
        if event.key == "escape":
            event.stop()
            self.dismiss(False)


class Told(ModalScreen[bool]):
    """Something to read. Returns whether it was left by Enter."""

    def __init__(self, title: str, hint: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._title, self._hint, self._rows = title, hint, rows

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield Static(self._hint, id="hint", markup=False)
            yield Rows("told")

    def on_mount(self) -> None:
        """Fill it."""
        rows = self.query_one("#told", Rows)
        rows.fill(self._rows)
        rows.focus()

    def on_rows_pressed(self, event: Rows.Pressed) -> None:
        """Scroll, or leave."""
        event.stop()
        rows = self.query_one("#told", Rows)
        steps = {"up": -1, "down": 1, "pageup": -rows.size.height, "pagedown": rows.size.height}
        if event.key in steps:
            rows.scroll_relative(y=steps[event.key], animate=False)
        elif event.key in {"enter", "escape", "q", "question_mark", "f1", "f9", "g", "ctrl+c"}:
            self.dismiss(event.key == "enter")
