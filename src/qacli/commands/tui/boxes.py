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
        self._early: list[tuple[str, str]] = []
        self._ready = self.over = False

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield Static(self._hint, id="hint", markup=False)
            yield Input(self._text, select_on_focus=False)
            yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Take over what was typed while the box was being opened: people type ahead."""
        self.query_one(Input).focus()
        self._ready = True
        for key, character in self._early:
            self.ahead(key, character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hand on what is typed so far."""
        if self._meanwhile and event.value != self._text:
            self._text = event.value
            self._meanwhile(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        self._take(event.value)

    def _take(self, typed: str) -> None:
        """Enter what was typed, once, or say why it cannot be entered."""
        if self.over:
            return
        try:
            self._enter(typed)
        except QacliError as wrong:
            self.query_one("#why", Static).update(wrong.message)
        else:
            self.over = True
            self.dismiss(True)

    def on_key(self, event: events.Key) -> None:
        """Hear of a key that the line does not take."""
        letter = event.character if event.is_printable and event.character else ""
        if event.key == "escape" or letter or not self._ready:
            event.stop()
            self.ahead(event.key, letter)

    def ahead(self, key: str, character: str) -> None:
        """Take a key that comes before the line can be typed in, or leave without entering anything."""
        if not self._ready:
            self._early.append((key, character))
        elif key == "escape":
            self.over = True
            self.dismiss(False)
        elif key == "enter":
            self._take(self.query_one(Input).value)
        elif character:
            self.query_one(Input).insert_text_at_cursor(character)


class Told(ModalScreen[bool]):
    """Something to read. Returns whether it was left by Enter."""

    def __init__(self, title: str, hint: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._title, self._hint, self._rows, self.over = title, hint, rows, False

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
        else:
            self.ahead(event.key, event.character)

    def on_key(self, event: events.Key) -> None:
        """Hear of a key that comes before there is anything to read."""
        event.stop()
        self.ahead(event.key, "")

    def ahead(self, key: str, character: str) -> None:  # noqa: ARG002 - as the line to type has it
        """Leave, where the key is one for leaving."""
        if not self.over and key in {"enter", "escape", "q", "question_mark", "f1", "f9", "g", "ctrl+c"}:
            self.over = True
            self.dismiss(key == "enter")
