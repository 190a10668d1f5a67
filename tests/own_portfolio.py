"""What a leader types behind the story of the campaign for a portfolio: everything by commands, on a desk of examples."""

from __future__ import annotations

import desk
from command_line import run

LEADER, MANAGER, OTHER, DAY = "p_tl1", "p_mgr1", "p_ev2", "2026-06-25"
PORTFOLIO = """\
- {id: mine, version: 2, owner: p_tl1, from: 2026-01-01, candidate: p_tl1, role: team leader of three, sector: private,
   assessor: p_mgr1, verifier: p_ev2, fewest_words: 5, mask: [names, numbers]}
"""
QUIZ = "person,procedure,question,answer\np_tl1,idv@1,q1,b\np_tl1,idv@1,q2,a\n"
FORM = """\
- item: {}
  answers:
    idv: {{answer: not_met, evidence: the balance came first, offset: "00:41"}}
    check: 4
    next: {{answer: 1, evidence: named Friday}}
"""
ITEMS = """\
model: sbi
items:
  - {{kind: strength, observation: {0}, criterion: check, situation: the call, behaviour: you said it back, impact: she said yes,
     effect: it is right the first time}}
  - {{kind: development, observation: {0}, criterion: idv, situation: the same call, behaviour: the balance came first,
     impact: anybody could have heard it, next: ask first, effect: the money is safe}}
"""
CUTS = "kpi,variant,period,cut,slice,num,den\n" + "".join(
    f"service-level,sl3,2026-W20,reason,{reason},{num},500\n" for reason, num in (("card", 400), ("loan", 410))
)
SAID = "I planned the checks so that every contact had the same chance, and sat beside two whom I had told before."
ACCOUNT = "I compared two weeks of May; with so few calls the difference is no more than what comes and goes."
ROLE = "I did this myself and wrote it down."


def type_all(folder, known):
    """Type it; ``known`` are the criteria that are shown by what somebody knows, in their own words."""
    desk.write(folder, {"definitions/portfolio.yaml": PORTFOLIO, "quiz.csv": QUIZ, "cuts.csv": CUTS})

    def typed(*words, actor=LEADER):
        return desk.done(
            run(
                [word for each in words for word in (each if isinstance(each, list) else each.split())],
                folder,
                actor,
                DAY,
            )
        )

    def last(line, column, **wanted):
        rows = typed(f"{line} --format json").rows
        return [row[column] for row in rows if all(row[name] == value for name, value in wanted.items())][-1]

    item = last("sample list", "item", transaction="LIVE-1")
    typed("procedure ack idv@1 need@1")
    typed("procedure quiz --from", [str(folder / "quiz.csv")])
    typed(
        f"record session {item} --kind spot --technique side-by-side --started 2026-05-25T15:20 --ended 2026-05-25T15:30"
    )
    desk.write(folder, {"mine.yaml": FORM.format(item)})
    typed("score --from", [str(folder / "mine.yaml")])
    seen = last("sample list", "observation", item=item)
    sheet = typed(f"feedback prepare {seen} --for p_a12").first
    desk.write(folder, {"talk.yaml": ITEMS.format(seen)})
    typed(f"feedback deliver {sheet} --items", [str(folder / "talk.yaml")])
    plan = typed(f"plan propose --for p_a12 --need {sheet} --criterion idv --option idv-drill").first
    typed(f"plan book {plan}")
    typed(f"plan done {plan} --words", ["eight cases played"])
    typed("require add charter --kind policy --title Charter --from 2026-01-01 --checked-on 2026-05-20 --says",
          ["Calls are returned."], "--source", ["service charter, page 3"])  # fmt: skip
    typed("require review charter --note", ["page 3 reads as before"])
    assert "nan" not in typed("require check recorded --period 2026-05 --record").out
    before, after = (
        next(row["id"] for row in _values(typed, days) if (row["cut"], row["variant"]) == ("all", "standard"))
        for days in ("2026-05-05..2026-05-08", "2026-05-11..2026-05-15")
    )
    typed("kpi import", [str(folder / "cuts.csv")], "--source switch --method all --ready-on 2026-05-25")
    claim = f"--before {before} --after {after} --claim not-told-apart"
    typed("portfolio say gde-t6", claim, "--words", [ACCOUNT])
    typed("portfolio say", [",".join(known)], "--words", [SAID])
    for record in (seen, sheet, plan):
        typed(f"portfolio add {record} --covers gde-t5 --role-note", [ROLE])
    typed("portfolio sign --role candidate")
    typed("portfolio sign --role assessor", actor=MANAGER)
    typed("portfolio sign --role verifier --sampled 2026-06-20", actor=OTHER)


def _values(typed, days):
    typed(f"kpi compute aht --period {days} --by none")
    return [row for row in typed("export kpi_values --format json").rows if row["period"] == days]
