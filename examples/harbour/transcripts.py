"""Chats of the example bank, written so that what is planted in a contact can be read in its transcript."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from bank import Contact, applies, met, uniform

GENERAL = (
    (
        "Hi, what time does the branch in Vale Street open on Saturdays?",
        "It opens at 9 and closes at 1 on Saturdays.",
        "Can I come without an appointment?",
        "Yes, for the counter. For a talk about a mortgage please book one.",
    ),
    (
        "Hello, do you take coins at the counter?",
        "Yes, in the bags that the branch gives you, up to ten bags a day.",
        "And is there a charge?",
        "Not for personal accounts.",
    ),
    (
        "Morning, can I use my card in Norway without telling you first?",
        "Yes, you need not tell us beforehand.",
        "What does it cost there?",
        "The fee list on our page for travel shows it, under payments in other currencies.",
    ),
)


class Story(NamedTuple):
    """What a customer wants, and the account detail that must not be written before the check is passed."""

    asks: str
    said_back: str
    detail: str
    done: str
    next_step: str


STORIES = {
    "balance_or_payment": (
        Story(
            "Hi, my rent should have gone out on the 1st and my landlord says it never came.",
            "You want to know where the rent payment of the 1st is. Is that right?",
            "I can see it: 640 pounds left your account on the 1st and came back on the 4th, because a digit of the "
            "account number was wrong.",
            "I have set it up again with the number you gave me.",
            "It arrives by tomorrow evening.",
        ),
        Story(
            "Hello, was my salary paid in yet?",
            "You want to know whether your salary is in. Is that right?",
            "Yes, 1,912 pounds came in this morning and your balance is 2,084 pounds.",
            "You need not do anything.",
            "The next statement shows it on the first page.",
        ),
    ),
    "card": (
        Story(
            "My new card hasn't come and the old one runs out on Friday.",
            "You want a working card before Friday. Is that right?",
            "The card for your account ending 18 was posted on the 3rd to the address in Mill Lane.",
            "I have stopped that one and ordered another.",
            "It comes by Thursday, and I will look at noon.",
        ),
        Story(
            "Your machine kept my card last night!",
            "The machine kept your card and you need one. Is that right?",
            "I see it: the machine in Quay Road took it at 21:14 after three wrong codes.",
            "I have ordered a new one, with the same code.",
            "It is with you in three working days.",
        ),
    ),
    "login": (
        Story(
            "The app says my account is locked and I have tried everything.",
            "You want to get back into the app. Is that right?",
            "It was locked at 8:02 after a change of phone; the phone on record ends in 07.",
            "I have unlocked it and sent a code.",
            "The code holds for ten minutes; I stay here until you are in.",
        ),
        Story(
            "I can't find where to change the code for the app.",
            "You want to change the app code. Is that right?",
            "You last changed it on 2 February, and two phones are linked to your account.",
            "I have taken the old phone off.",
            "Open Settings, then Security, and choose a new code.",
        ),
    ),
    "fees": (
        Story(
            "What is this 12 pound charge on my statement?",
            "You want to know what the 12 pounds are for. Right?",
            "It is the fee for the overdraft from the 9th to the 13th, when your balance was 85 pounds below zero.",
            "I have explained how to be warned by text before it happens.",
            "The text warning starts tomorrow.",
        ),
        Story(
            "Why was I charged for a payment abroad?",
            "You want to know why that payment cost a fee. Right?",
            "The payment of 54 pounds on the 6th went through in euros, so the fee of 1.49 applied.",
            "I have sent you the page that lists these fees.",
            "Nothing else is due.",
        ),
    ),
    "fraud_worry": (
        Story(
            "I got a text from you about a payment to a shoe shop. It wasn't me.",
            "You did not make the payment in the text and want it stopped. Is that right?",
            "There is a payment of 89 pounds waiting since 7:40 today from your card ending 55.",
            "I have stopped it and blocked the card.",
            "A new card comes in three working days.",
        ),
    ),
    "complaint_like": (
        Story(
            "This is the third time I write about the same fee. I am really not happy.",
            "You want the fee back and an answer why it took three times. Is that right?",
            "The fee of 8 pounds was taken on the 2nd, and your messages of the 3rd and the 7th were closed.",
            "I have paid the 8 pounds back and logged your complaint today.",
            "The complaints team writes to you, and their letter tells you your rights.",
        ),
    ),
    "change_details": (
        Story(
            "I have moved. How do I tell you my new address?",
            "You want your address changed. Is that right?",
            "On record is the address in Mill Lane, and letters for two accounts go there.",
            "I have changed it for both accounts.",
            "You get a letter at both addresses within a week.",
        ),
    ),
    "bereavement_or_money_worry": (
        Story(
            "My husband died last month and his direct debits still go out of our account.",
            "I am very sorry. You want his payments stopped. Is that right?",
            "There are three direct debits in his name, the largest of 41 pounds for a phone.",
            "I have stopped all three, and our bereavement team can take the rest off your hands.",
            "They ring you tomorrow between 10 and 11, if that suits you.",
        ),
    ),
}
CHECKS = (
    (
        "Before I look, I need to check that it is you. Which payment left your account last, and to whom?",
        "The water bill, on Monday I think.",
        "Thank you, the check is passed.",
    ),
    (
        "First a short check. Please type the code that I have just sent to your phone.",
        "Done, it says accepted.",
        "Yes, I see it here: check passed.",
    ),
    (
        "May I check first who I am talking to? Please confirm it in the app, a window has opened there.",
        "Confirmed.",
        "Thank you. The check shows as passed.",
    ),
)
LATE = ("By the way, I still have to run the identity check. It is behind a tab here.", "Oh. After all that?")
HELLO = ("Hello, you are writing with {name}. ", "Good day, {name} here. ", "Thank you for waiting, this is {name}. ")
GREETINGS = ("How can I help?", "What can I do for you?", "What brings you here today?")
SETTLED = (
    ("Is it settled with that?", "Yes, thank you."),
    ("Have I answered what you came for?", "You have, thanks."),
    ("Does that settle it for you?", "It does. Bye!"),
)
CLOSING = (
    "You find this chat again under Messages, if you need to come back to it.",
    "If it does not happen, answer here and the next colleague sees all of it.",
    "Thank you for writing to us.",
)


def transcript(seed: int, contact: Contact, start: datetime, end: datetime) -> str:
    """Return a chat, one line per message: clock time, A for the colleague or C for the customer, words."""

    def pick(name: str, choices: tuple) -> object:
        return choices[int(uniform(seed, contact.transaction, "chat", name) * len(choices))]

    name = f"colleague {contact.colleague[3:]}"
    lines = [("A", pick("hello", HELLO).format(name=name) + pick("greeting", GREETINGS))]
    if applies(seed, contact, "idv"):
        lines += _matter(pick("story", STORIES[contact.reason]), pick("check", CHECKS), met(seed, contact, "idv"))
    else:
        lines += zip("CACA", pick("general", GENERAL), strict=True)
    asked, answered = pick("settled", SETTLED)
    lines += [("A", asked), ("C", answered), ("A", pick("closing", CLOSING))]
    return _timed(seed, contact, start, end, lines)


def _matter(story: Story, check: tuple[str, str, str], checked_first: bool) -> list[tuple[str, str]]:
    lines = [("C", story.asks), ("A", story.said_back), ("C", "Yes, exactly.")]
    identity = list(zip("ACA", check, strict=True))
    if checked_first:
        lines += [*identity, ("A", story.detail)]
    else:
        lines += [("A", story.detail), ("A", LATE[0]), ("C", LATE[1])]
    return [*lines, ("C", "I see. And now?"), ("A", story.done), ("A", story.next_step)]


def _timed(seed: int, contact: Contact, start: datetime, end: datetime, lines: list[tuple[str, str]]) -> str:
    pauses = [0.2 + uniform(seed, contact.transaction, "pause", number) for number in range(len(lines) + 1)]
    pace = (end - start).total_seconds() / sum(pauses)
    text, at = "", start
    for pause, (who, words) in zip(pauses, lines, strict=False):
        at += timedelta(seconds=pause * pace)
        text += f"{at:%H:%M:%S} {who}: {words}\n"
    return text
