"""The full screen: keys change the sheet, the sheet is kept as a draft, and all that is shown is drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from qacli.commands.tui import content
from qacli.commands.tui.boxes import Asked, Told
from qacli.commands.tui.keys import ACTIONS, last_line
from qacli.commands.tui.look import CSS, FULL, PLAIN
from qacli.commands.tui.rows import Rows
from qacli.files.cards import masked
from qacli.model import QacliError
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.monitor.observing.sheet import Sheet
from qacli.monitor.observing.typed import keepable, offered

TYPED_ON = 0.5
"""Seconds within which the next letter belongs to the one before, as in a word; keys are pressed one by one."""


class Scoring(App[Sheet]):
    """One sheet being filled; returns it once it is to be recorded, None where only the draft stays."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self,
        sheet: Sheet,
        keep: Callable[[Sheet], None],
        heading: Sequence[str],
        *,
        total: bool = False,
        plain: bool = False,
    ) -> None:
        super().__init__()
        self.sheet, self._keep, self.heading, self.total = sheet, keep, heading, total
        self.marks = PLAIN if plain else FULL
        self._plain, self._kept, self._sought = plain, sheet, ""
        self._stray = -TYPED_ON  # when a letter came that is no key

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static(id="head", markup=False)
        with Horizontal(id="panes"):
            yield Rows("talk")
            yield Rows("list")
        yield Rows("guide", takes_focus=False)
        yield Static(id="said", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the sheet as its draft left it, and go on typing what was being typed."""
        self.talk, self.list, self.guide = (self.query_one(f"#{name}", Rows) for name in ("talk", "list", "guide"))
        self.set_class(self._plain, "plain")
        self.talk.border_title = "Conversation"
        self.list.border_title = self.sheet.card.title
        self.talk.here = self.marks.here if self.sheet.turns else ""
        numbers = [turn.number for turn in self.sheet.turns]
        here = numbers.index(self.sheet.line) if self.sheet.line in numbers else 0
        self.talk.fill(content.conversation(self.sheet, self._half()), here if numbers else None)
        self.list.focus()
        done = sum(map(self.sheet.done, self.sheet.asked))
        draft = [f"draft: {done} of {len(self.sheet.asked)} done"] if self.sheet.answers else []
        self.say("; ".join([*self.heading[1:], *draft]))
        self.draw()
        if typing := self.sheet.typing:
            self.act_comment(typing.text) if typing.what == "comment" else self.act_write(typing.text)

    def on_resize(self, event: events.Resize) -> None:
        """Stand the panes one below the other where there is little room."""
        self.screen_stack[0].set_class(event.size.width < content.NARROW, "narrow")
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        self.talk.fill(content.conversation(self.sheet, self._half()), self.talk.marked)
        self.draw()

    def _half(self) -> int:
        return self.talk.scrollable_content_region.width

    def draw(self) -> None:
        """Show the sheet as it is."""
        width = self.list.scrollable_content_region.width or self.size.width * 2 // 5
        self.list.fill(content.criteria(self.sheet, self.marks, width), self.sheet.place)
        self.talk.signs = content.signs(self.sheet, self.marks)
        self.talk.refresh()
        self.guide.fill(content.guidance(self.sheet, self.marks))
        self.guide.border_title = content.guidance_title(self.sheet)
        self.guide.scroll_home(animate=False)
        room = self.size.width - 2
        progress = content.progress(self.sheet, total=self.total)
        title = self.heading[0]
        title = title if len(title) + len(progress) + 2 <= room else f"{title[: max(0, room - len(progress) - 3)]}…"
        head, keys = (self.screen_stack[0].query_one(f"#{name}", Static) for name in ("head", "keys"))
        head.update(f"{title}{progress:>{max(0, room - len(title))}}")
        keys.update(last_line(room))

    def say(self, text: str) -> None:
        """Say something in the line above the keys; a number that could be a card's is not shown."""
        self.screen_stack[0].query_one("#said", Static).update(masked(text))

    def enter(self, sheet: Sheet, said: str = "") -> None:
        """Take a sheet as it is now: keep it as the draft, then show it."""
        line = self.talk.marked
        self.sheet = sheet = sheet.reading(0 if line is None else sheet.turns[line].number)
        self.say(said)
        before = self._kept
        begun = sheet.steps or before.steps or sheet.answers or sheet.typing or before.typing
        if begun and (sheet.answers, sheet.at, sheet.typing) != (before.answers, before.at, before.typing):
            try:
                self._keep(sheet)
                self._kept = sheet
            except OSError as wrong:
                self.say(f"the draft cannot be written: {wrong.strerror or wrong}; free some room, then press any key")
        self.draw()

    # --- keys ---

    def on_rows_pressed(self, event: Rows.Pressed) -> None:
        """Do what a key stands for: an answer to the open criterion first, then what it always does."""
        box = self.screen
        if isinstance(box, Asked | Told) and not box.over:
            # people type ahead: what was pressed before the box could be seen is meant for it
            box.ahead(event.key, event.character)
            return
        if event.time - self._stray < TYPED_ON and (event.character or event.key == "enter"):
            # somebody types words without a box for them: the next letters of a word would be answers
            self._stray = event.time
            self.say(
                "words are typed after w or F3 (evidence), c or F4 (comment): these are not taken; u or F5 takes an entry back"
            )
            return
        character, keys = event.character.casefold(), self.sheet.keys()
        try:
            if character in keys:
                self._answer(keys[character])
            elif self.sheet.scale.range_ and character.isdecimal() and character:
                self._number(character)
            elif action := ACTIONS.get(event.key) or ACTIONS.get(event.key.casefold()):
                getattr(self, f"act_{action}")()
            else:
                self._stray = event.time if event.character.isalpha() else self._stray
                self._wrong(event.character or event.key)
        except QacliError as wrong:
            self.bell()
            self.say(wrong.message)

    def _wrong(self, pressed: str) -> None:
        self.bell()
        self.say(f"'{pressed}' is no answer here: {self.sheet.criterion.id} takes {self._takes()}; ? shows all keys")

    def _takes(self) -> str:
        choice = offered(self.sheet.criterion, self.sheet.scale)
        return choice.replace("/na", ", F6 for N/A").replace("/", ", ")

    def on_rows_pointed(self, event: Rows.Pointed) -> None:
        """Go to what is clicked."""
        if event.rows is self.talk and self.sheet.turns:
            self.talk.mark(event.number)
        elif event.rows is self.list:
            self.enter(self.sheet.moved(self.sheet.asked[event.number].id))

    # --- answers ---

    def _answer(self, point: str) -> None:
        earlier, sheet = self.sheet.answer, self.sheet.answered(point)
        if not sheet.done(sheet.criterion):
            self._ask_evidence(sheet)
        elif earlier.evidence and earlier.answer not in {"", point}:
            self.enter(sheet, f"see that the evidence, given for {earlier.answer}, bears out {point}: e or w, or Enter")
        else:
            self._onward(sheet)

    def _ask_evidence(self, sheet: Sheet) -> None:
        (self.talk if sheet.turns else self.list).focus()
        how = "e quotes the marked line, w writes" if sheet.turns else "w writes what was seen or heard"
        self.enter(sheet, f"{sheet.why_evidence()}: {how}")

    def _onward(self, sheet: Sheet) -> None:
        self.list.focus()
        after = sheet.onward()
        self.enter(after, "" if sheet.missing else "all is answered: Ctrl+S shows it, Enter then records")

    def _evidenced(self, sheet: Sheet) -> None:
        """Take evidence; where that was all that was lacking, go on."""
        lacked = bool(self.sheet.answer.answer) and not self.sheet.done(self.sheet.criterion)
        if lacked and sheet.done(sheet.criterion):
            self._onward(sheet)
        else:
            self.enter(sheet, "" if sheet.answer.answer else "kept as evidence; now the answer")

    def _number(self, digit: str) -> None:
        def take(text: str) -> None:
            point = self.sheet.scale.read(text.strip())
            if not point:
                raise QacliError(f"'{text}' is none of {self.sheet.scale.in_words}")
            self._answer(point)

        self.push_screen(Asked(self.sheet.criterion.id, self.sheet.scale.in_words, digit, take))

    def act_away(self) -> None:
        """Answer not applicable."""
        if not self.sheet.criterion.may_be_not_applicable:
            raise QacliError(f"{self.sheet.criterion.id} always applies: it takes {self._takes()}")
        self._answer(NOT_APPLICABLE)

    def act_fail(self) -> None:
        """Fail a critical criterion."""
        criterion = self.sheet.criterion
        if criterion.critical == "none":
            raise QacliError(f"{criterion.id} is not critical: it takes {self._takes()}")
        self._answer(criterion.fails_on[0] if criterion.fails_on else self.sheet.scale.bottom)

    def act_accept(self) -> None:
        """Take what is suggested."""
        sheet = self.sheet.accepted()
        self._onward(sheet) if sheet.done(sheet.criterion) else self._ask_evidence(sheet)

    def act_undo(self) -> None:
        """Take the last entry back."""
        if not self.sheet.steps:
            raise QacliError("there is nothing to take back")
        self.enter(self.sheet.undone(), f"taken back: the last entry for {self.sheet.steps[-1].criterion}")

    # --- evidence and comment ---

    def act_quote(self) -> None:
        """Quote the marked line."""
        if self.talk.marked is None:
            self.act_write()
            return
        self._evidenced(self.sheet.quoted(self.sheet.turns[self.talk.marked].number))

    def act_write(self, text: str | None = None) -> None:
        """Type the evidence."""
        answer, offers = self.sheet.answer, self.sheet.offers()
        begun = f"{answer.offset} {answer.evidence}".strip() if text is None else text
        why = self.sheet.why_evidence() or "what was seen or heard"
        takes = "".join(f"\n{number}  {offer.told}" for number, offer in enumerate(offers, 1))

        def take(typed: str) -> None:
            number = int(typed) if typed.isdecimal() and typed.isascii() else 0
            self._evidenced(self.sheet.taken(number) if 1 <= number <= len(offers) else self.sheet.evidenced(typed))

        hint = f"{why}; 02:41 in front sets the time. Enter keeps it, Esc leaves it.{takes}"
        self._type("evidence", hint, begun, take)

    def act_comment(self, text: str | None = None) -> None:
        """Type the comment."""
        begun = self.sheet.answer.comment if text is None else text
        self._type(
            "comment", "Enter keeps it, Esc leaves it.", begun, lambda typed: self.enter(self.sheet.commented(typed))
        )

    def _type(self, what: str, hint: str, text: str, take: Callable[[str], None]) -> None:
        def meanwhile(typed: str) -> None:
            if keepable(typed):
                self.enter(self.sheet.typed(what, typed))

        def end(entered: bool | None) -> None:
            if not entered:
                self.enter(self.sheet.typed("", ""))

        self.push_screen(Asked(f"{self.sheet.criterion.id}: {what}", hint, text, take, meanwhile), end)

    # --- moving ---

    def act_switch(self) -> None:
        """Give the keyboard to the other side."""
        (self.list if self.talk.has_focus else self.talk).focus()

    def act_up(self) -> None:
        """Go up on the side that has the keyboard."""
        self._line(-1) if self.talk.has_focus else self._criterion(-1)

    def act_down(self) -> None:
        """Go down on the side that has the keyboard."""
        self._line(1) if self.talk.has_focus else self._criterion(1)

    def _criterion(self, step: int) -> None:
        self.enter(self.sheet.by(step))

    def act_onward(self) -> None:
        """Go to the next criterion that lacks something."""
        self._onward(self.sheet)

    def _line(self, step: int) -> None:
        if self.talk.marked is not None:
            self.talk.mark(min(max(self.talk.marked + step, 0), len(self.sheet.turns) - 1))

    def act_line_up(self) -> None:
        """Go up a line of the conversation."""
        self._line(-1)

    def act_line_down(self) -> None:
        """Go down a line of the conversation."""
        self._line(1)

    def act_page_up(self) -> None:
        """Go up a page of the conversation."""
        self._line(-max(1, self.talk.size.height // 2))

    def act_page_down(self) -> None:
        """Go down a page of the conversation."""
        self._line(max(1, self.talk.size.height // 2))

    def act_first(self) -> None:
        """Go to the first line."""
        self._line(-len(self.sheet.turns))

    def act_last(self) -> None:
        """Go to the last line."""
        self._line(len(self.sheet.turns))

    def act_find(self) -> None:
        """Find words in the conversation, from the marked line on."""

        def take(typed: str) -> None:
            self._sought = typed.strip()
            here = self.talk.marked or 0
            order = [*range(here + 1, len(self.talk.rows)), *range(here + 1)]
            for place in order if self.sheet.turns and self._sought else ():
                if self._sought.casefold() in "".join(text for text, _ in self.talk.rows[place].pieces).casefold():
                    self.talk.mark(place)
                    return
            raise QacliError(f"no line holds '{self._sought}'")

        hint = "Enter goes to the next line that holds it, after the last from the top again. Esc leaves."
        self.push_screen(Asked("find in the conversation", hint, self._sought, take))

    # --- reading, and the end ---

    def act_guidance(self) -> None:
        """Show all that is said about the criterion."""
        title = content.guidance_title(self.sheet)
        self.push_screen(Told(title, "Esc goes back.", content.whole_guidance(self.sheet, self.marks)))

    def act_help(self) -> None:
        """Show the keys."""
        self.push_screen(Told("keys", "Esc goes back.", content.all_keys()))

    def act_submit(self) -> None:
        """Show every answer; Enter there records, or goes to the first that lacks something."""
        missing = self.sheet.missing
        title = f"{len(missing)} still missing" if missing else f"all {len(self.sheet.asked)} answered"
        hint = f"Enter goes to {missing[0].criterion}; Esc goes back." if missing else "Enter records; Esc goes back."
        self.push_screen(Told(title, hint, content.review(self.sheet, self.marks)), self._submitted)

    def _submitted(self, entered: bool | None) -> None:
        if entered and not self.sheet.missing:
            self.exit(self.sheet)
        elif entered:
            self.enter(self.sheet.moved(self.sheet.missing[0].criterion))

    def act_keep(self) -> None:
        """Stop; the draft stays."""
        self.exit(None)

    async def action_quit(self) -> None:
        """Stop, as q does; what asks to end the program keeps the draft."""
        self.exit(None)
