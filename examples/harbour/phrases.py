"""What the scripted evaluators write: facts seen or heard, per topic and level, with gaps for the contact at hand.

Levels of a skill: low (points 1 and 2), near (3), met (4), top (5). Levels of a fact: not_met, met. ``na`` says why a
topic did not come up. ``{matter}`` is what the contact is about.
"""

from __future__ import annotations

MATTERS = {
    "balance_or_payment": (
        "a payment that had not arrived",
        "the rent payment",
        "the salary",
        "a balance",
        "a standing order",
        "a payment made twice",
    ),
    "card": ("a new card", "a card kept by the machine", "a card that runs out", "a broken card", "a second card"),
    "login": ("a locked app", "a lost app code", "a new phone for the app", "a forgotten user name"),
    "fees": ("an overdraft fee", "a fee for a payment abroad", "the monthly fee", "a fee taken twice"),
    "fraud_worry": ("a payment the customer did not make", "a doubtful text message", "a call from a stranger"),
    "complaint_like": ("a fee raised for the third time", "a letter without an answer", "a promise not kept"),
    "change_details": ("a new address", "a new name after a wedding", "a new phone number", "a change of e-mail"),
    "bereavement_or_money_worry": (
        "payments of a husband who died",
        "rent the customer cannot pay",
        "an account of a mother who died",
    ),
}

SKILLS = {
    "greeting": {
        "low": (
            "Starts with 'yes?', no name given, and goes straight to {matter}.",
            "Calls the caller by a wrong name and is corrected by them.",
        ),
        "near": (
            "Greeting read out fast; the caller's name is not used again after the check.",
            "Greeting given, own name swallowed; the caller asks who is speaking.",
        ),
        "met": (
            "House greeting with own name; uses the caller's name once when starting on {matter}.",
            "Greets, says own first name, then the caller's name before looking up {matter}.",
        ),
        "top": (
            "Greets with own name, and uses the caller's name again before the wait to look up {matter}.",
            "Greets, asks how to say the caller's name, and uses it when giving the outcome on {matter}.",
        ),
    },
    "need": {
        "low": (
            "Opens the form for {matter} after the first sentence; nothing is asked or said back.",
            "Answers a question the caller did not ask; the caller says 'no, that is not it'.",
        ),
        "near": (
            "Asks what happened, then says back only one of the two points about {matter}.",
            "Asks three closed questions about {matter}; says half of it back.",
        ),
        "met": (
            "Asks 'what happened then?', says {matter} back in one sentence, caller says 'exactly'.",
            "Open question about {matter}, whole request said back, caller agrees.",
        ),
        "top": (
            "Asks what it is needed for and finds that {matter} is tied to a deadline on Friday.",
            "After saying {matter} back, asks one more question and learns of a second account.",
        ),
    },
    "linked": {
        "low": (
            "Caller mentions a second point beside {matter}; it gets no answer.",
            "Caller asks twice about the other account; never taken up.",
        ),
        "near": (
            "Second point beside {matter} is settled only after the caller comes back to it.",
            "The old card is dealt with when the caller repeats the question.",
        ),
        "met": (
            "Takes up the second point at its first mention and gives it a date.",
            "Settles {matter}, then the other question that was mentioned at the start.",
        ),
        "top": (
            "Sees on the record that a letter is on its way about {matter} and stops it, unasked.",
            "Raises the expiring card, which the caller had not thought of, and orders it.",
        ),
    },
    "own": {
        "low": (
            "Tells the customer to ring the branch about {matter}; nothing is tried first.",
            "Gives another number for {matter} and ends.",
        ),
        "near": (
            "Tries once, then passes {matter} on with a two-line note and no name.",
            "Sends a link about {matter} and does not wait to see whether it works.",
        ),
        "met": ("Stays until {matter} is settled.", "Hands {matter} to a named colleague and tells the story first."),
        "top": (
            "Settles {matter} and says 'I will look again on Thursday noon myself'.",
            "Hands over to a named colleague, and books an own check of {matter} for the next day.",
        ),
    },
    "settled": {
        "low": (
            "Ends after the last form on {matter}; does not ask, names no next step.",
            "Says goodbye while the customer is still asking about {matter}.",
        ),
        "near": (
            "Asks 'anything else?'; the next step on {matter} has no day.",
            "Says 'you will hear from us' about {matter}, by whom and when stays open.",
        ),
        "met": (
            "Asks whether {matter} is settled and says who does what by tomorrow evening.",
            "Checks against the first question and names the day for {matter}.",
        ),
        "top": (
            "Names step, person and day for {matter}; the customer repeats the day.",
            "Asks whether it is settled, gives the day, and says how to come back if it does not happen.",
        ),
    },
    "hold": {
        "low": (
            "Music starts in mid-sentence, no question before it.",
            "Transferred without a word while explaining {matter}.",
        ),
        "near": (
            "Asks before the hold, says no time; back after four minutes.",
            "Says 'one minute' for {matter}, comes back after three.",
        ),
        "met": (
            "Asks, says two minutes for looking up {matter}, back in time.",
            "Gives the reason and the time for the hold, and keeps it.",
        ),
        "top": (
            "Asks, gives a time, keeps it, and begins with the outcome on {matter}.",
            "Offers a call back instead of a second hold for {matter}.",
        ),
    },
    "listen": {
        "low": (
            "Talks over the caller three times while they explain {matter}.",
            "Cuts in at 'I only wanted' and again a minute later.",
        ),
        "near": (
            "Cuts in once about {matter}, then lets the caller finish.",
            "Asks for the date although the caller has just said it.",
        ),
        "met": (
            "Lets the caller tell {matter} to the end; asks for nothing twice.",
            "No cutting in, no question repeated.",
        ),
        "top": (
            "Comes back to the daughter whom the caller mentioned at the start.",
            "Uses the caller's own words for {matter} when explaining the outcome.",
        ),
    },
    "feeling": {
        "low": (
            "Caller says 'I am worried sick' about {matter}; next sentence asks for a postcode.",
            "Argues about who is to blame for {matter}.",
        ),
        "near": (
            "'I understand your frustration', then on with the form for {matter}.",
            "Says 'I am sorry for any inconvenience' and nothing about {matter}.",
        ),
        "met": (
            "'Three letters about {matter}, that is tiring', then deals with it.",
            "Names in one sentence what {matter} has meant for the caller.",
        ),
        "top": (
            "Names the worry about {matter} and deals with the urgent part first because of it.",
            "Pauses the identity questions for a moment when the caller's voice breaks, then goes on slowly.",
        ),
    },
    "plain": {
        "low": (
            "'The DD was returned by the payee bank' about {matter}; the caller goes quiet.",
            "Three abbreviations in one sentence, none explained.",
        ),
        "near": (
            "Explains 'pending' after the caller asks what it means.",
            "Uses a term of the trade about {matter}, explains it on request.",
        ),
        "met": ("Everyday words throughout for {matter}.", "Says what 'standing order' means as it comes up."),
        "top": (
            "Says the amount and date for {matter} slowly and has them repeated.",
            "Explains {matter} with an example from the caller's own month.",
        ),
    },
    "history": {
        "low": (
            "Asks for name and account, which stand in the form, and again what {matter} is about.",
            "Two questions about {matter} that the first message answers.",
        ),
        "near": ("Asks once for the date, which stands two lines above.", "One repeat: asks which card, stands above."),
        "met": ("Asks for nothing that stands above; goes straight to {matter}.", "Builds on the entry form."),
        "top": (
            "Takes up last week's chat on {matter} and spares the customer the story.",
            "Sees the earlier message and says what has happened with {matter} since.",
        ),
    },
    "check": {
        "low": (
            "Orders something before asking; customer writes 'no, that is not what I meant'.",
            "Acts on a guess about {matter}.",
        ),
        "near": (
            "Says back half of {matter} and starts before the customer answers.",
            "Says it back, does not wait for the yes.",
        ),
        "met": ("One line says {matter} back, customer agrees, then acts.", "'You want ... right?', 'yes', then acts."),
        "top": ("Says {matter} back and asks by when it is needed.", "Asks what it is for, so finds the quicker way."),
    },
    "gaps": {
        "low": (
            "Five minutes of silence over {matter}; customer asks 'are you still there?'.",
            "Two gaps over the limit, no word before.",
        ),
        "near": ("'Still looking' comes after the limit has passed.", "Warned late, in the second gap."),
        "met": ("Each gap over the limit announced before it starts.", "'I need a moment for {matter}', then silence."),
        "top": ("'I need three minutes for {matter}', back after two.", "Every wait with its minutes, all kept."),
    },
    "tone": {
        "low": ("A smiley after the customer writes of {matter}.", "One-word answers to a worried message."),
        "near": (
            "Neutral wording from start to end, also where the customer is upset about {matter}.",
            "Same set phrases whatever the customer writes.",
        ),
        "met": ("One line in own words about what {matter} means for the customer.", "Answers the worry first."),
        "top": (
            "Shorter lines as the customer's get shorter; one line on the worry about {matter}.",
            "Slows down when the customer writes 'too fast', and says so.",
        ),
    },
    "steps": {
        "low": ("Six steps for {matter} in one block; customer asks where to start.", "A wall of text on {matter}."),
        "near": ("Most messages hold one step, the last holds three.", "Two steps in one line, customer does one."),
        "met": ("One step per message for {matter}.", "Short messages, one step each."),
        "top": ("Steps 1 to 4, each sent after the last was done.", "Numbered steps; waits for 'done' each time."),
    },
    "template": {
        "low": ("Ready-made text on another subject than {matter}.", "The gap for the name stands in the text."),
        "near": ("Right text for {matter}, only the name filled in.", "Text fits, half of it about another product."),
        "met": ("Text for {matter} with the part on businesses cut out.", "Cut to what concerns this customer."),
        "top": ("Text cut, and a sentence on {matter} added.", "Adds the customer's own date to the ready-made text."),
    },
}

FACTS = {
    "notice": {
        "not_met": ("No announcement on the recording or in the log, and it is not said either.",),
        "met": ("Announcement is in the log, version 3.", "Notice heard before the first question."),
    },
    "idv": {
        "not_met": (
            "Tells about {matter} before any check; the check comes afterwards.",
            "Account detail on {matter} given, no pass logged.",
            "Reads out the postcode and asks whether it is right; then talks about {matter}.",
        ),
        "met": (
            "Check passed and logged before {matter} is touched.",
            "Three questions answered, then the account.",
            "Code accepted, then {matter}.",
        ),
    },
    "correct": {
        "not_met": (
            "Date given for {matter} does not agree with the system: one week too early.",
            "Fee for {matter} left out; the system shows one.",
        ),
        "met": (
            "Compared with the account and the knowledge base: {matter} agrees.",
            "Checked the amount and the date for {matter} on the system: both right.",
        ),
    },
    "card": {
        "not_met": ("The first digits are heard before the pause starts.",),
        "met": ("Keypad tones only, from first digit to confirmation.", "Paused before the card is asked for."),
    },
    "authority": {
        "not_met": ("Refund above the limit, no approver on the record.",),
        "met": ("Sum for {matter} is within the limit.", "Approver named on the record before the promise."),
    },
    "vulnerable": {
        "not_met": (
            "Customer says it is hard since the funeral; nothing is asked or offered.",
            "Writes that small print is hard to read; no other way is offered.",
        ),
        "met": (
            "Asks gently, offers the specialist team, notes it with consent.",
            "Offers a pause in payments and large print; consent is on the record.",
        ),
    },
    "complaint": {
        "not_met": ("'I am really not happy with you' about {matter}; nothing on the log that day.",),
        "met": ("Logged the same day, customer told so.", "On the log for {matter}; rights explained."),
    },
    "record": {
        "not_met": (
            "Code says balance, the contact was about {matter}.",
            "The promised call about {matter} is missing in the note.",
        ),
        "met": ("Code fits; the note has {matter} and the day.", "Note and code agree with what is heard."),
    },
    "first-reply": {
        "not_met": ("Time stamps: first words of a colleague after the promised time.",),
        "met": ("Time stamps: first words after 38 seconds.", "Time stamps: first words inside the promised time."),
    },
    "secrets": {
        "not_met": ("Asks for the PIN to sort out {matter}.",),
        "met": ("None asked for and none in the transcript.", "A code the customer sends is blanked out."),
    },
    "cross-paste": {
        "not_met": ("A first name from another chat stands in the fourth message.",),
        "met": (
            "Checked the name and the amount against the record: both this customer's.",
            "Two details compared with the record: both fit.",
        ),
    },
}

NOT_APPLICABLE = {
    "idv": ("General question, no account opened.", "Asked about opening hours only; nothing disclosed."),
    "linked": ("Nothing linked is mentioned or on the record.", "One point only."),
    "settled": ("The customer leaves before that point.",),
    "hold": ("No hold and no transfer.", "Straight through, no hold."),
    "card": ("No card payment.", "Nothing is paid."),
    "authority": ("No money is offered.", "No refund and no gesture in it."),
    "feeling": ("Even voice throughout, no feeling expressed about {matter}.", "Short and factual on both sides."),
    "vulnerable": ("Heard to the end: no sign of it.", "No sign in anything the customer says about {matter}."),
    "complaint": ("No dissatisfaction with us expressed.", "Customer thanks us twice about {matter}."),
    "first-reply": ("The customer left before the promised time was up.",),
    "history": ("First contact, empty form.",),
    "template": ("No ready-made text used.", "All typed by hand."),
    "cross-paste": ("Only this chat was open.",),
}
