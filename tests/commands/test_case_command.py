"""qacli case: every figure of a business case is traced to what makes it, and follows it."""

from __future__ import annotations

import json
import shutil

import pytest
from command_line import run
from desk import DRAWN, done, write

from qacli.model import Change, Correction, Words
from qacli.workspace import Workspace

DESKS = """\
- {id: phone-desk, version: 1, owner: p_mgr1, from: 2026-01-01, title: Phone desk, channel: phone, contacts: 100,
   handle_s: 180, answered: {percent: 80, within_s: 20}, shrinkage_percent: 30, rostered: 18, paid_hours: 37.5,
   hour_cost: 20, source: telephony report of May 2026}
"""
CASE = """\
id: two-more
version: 1
owner: p_tl1
from: 2026-05-01
title: Two people more on the phone desk
currency: GBP
months: 12
figures:
  short: {from: resource review, row: phone-desk, column: gap}
  rota: {from: resource review, row: phone-desk, column: cost}
  late: {from: kpi show, row: service-level, column: value, where: {variant: sl3, period: 2026-W20}}
  calls: {from: kpi show, row: service-level, column: den, where: {variant: sl3, period: 2026-W20}}
assumptions:
  again: {value: 0.1, low: 0.05, high: 0.2, unit: share of late callers who call twice, source: study of 4 May 2026}
  call: {value: 22, low: 18, high: 26, unit: GBP for one call, source: payroll of April 2026}
  hiring: {value: 3000, low: 2000, high: 5000, unit: GBP for one person, source: offer of the agency of 4 May 2026}
options:
  - id: do-nothing
    title: Stay as we are
    risks: [{what: Customers go elsewhere., answer: None., owner: p_mgr1}]
  - id: hire
    title: Hire whom the rota lacks
    costs:
      - {what: Pay, amount: rota, each: week}
      - {what: Hiring, amount: short * hiring}
    benefits:
      - {what: Calls that are not made twice, amount: calls * (100 - late) / 100 * again * call, each: week, baseline: late}
    risks: [{what: Nobody applies., answer: Ask the agency again., owner: p_tl1}]
recommend: hire
because: The rota lacks {short} people.
actions: [{what: Ask the agency., owner: p_tl1, due: 2026-06-12}]
ask: {what: Approve what is asked., of: p_mgr1, by: 2026-06-05}
texts:
  summary: |
    {late} of calls were answered in time. Hiring costs {hire.cost} over {months}.
  analysis: The rota lacks {short} people, at {rota} a week.
"""
FIGURES = "kpi,variant,period,num,den\nservice-level,sl3,2026-W20,{},1000\n"


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def stated_once(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "new", tmp_path_factory.mktemp("case") / "desk")
    write(folder, {"definitions/desks.yaml": DESKS, "definitions/cases/two-more.yaml": CASE})
    measured(folder, 700)
    return folder


@pytest.fixture
def stated(stated_once, tmp_path):
    return shutil.copytree(stated_once, tmp_path / "desk")


def measured(folder, answered):
    write(folder, {"figures.csv": FIGURES.format(answered)})
    line = f"kpi import {folder / 'figures.csv'} --source switch --method 'all calls' --ready-on 2026-05-25"
    done(call(folder, line))


def changed(folder, *changes, name="definitions/cases/two-more.yaml"):
    text = (folder / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    write(folder, {name: text})


def paper(folder, today=DRAWN):
    done(call(folder, "case draft two-more", today=today))
    return (folder / "out/cases/two-more.md").read_text("utf-8").replace("\\", "")


def state(folder):
    (row,) = call(folder, "case list --format json").rows
    return row["state"]


TYPED = [
    ("amount: calls * (100 - late) / 100 * again * call", 'amount: "£40,000"'),
    ("amount: calls * (100 - late) / 100 * again * call", "amount: 40000"),
    ("amount: calls * (100 - late) / 100 * again * call", "amount: 1000 * 12"),
    ("amount: calls * (100 - late) / 100 * again * call", "amount: late + 1000"),
    ("The rota lacks {short} people.", "It brings £40,000 a year."),
    ("The rota lacks {short} people.", "It brings GBP40 for each call."),
    ("The rota lacks {short} people.", "It brings forty thousand pounds."),
    ("The rota lacks {short} people.", "It halves the ½ that calls twice."),
]


@pytest.mark.parametrize("change", TYPED, ids=[new for _, new in TYPED])
def test_c18_a_benefit_typed_as_40000_is_refused_for_want_of_a_trace(stated, change):
    changed(stated, change)
    for line in ("check", "case draft two-more"):
        found = call(stated, line)
        assert (found.code != 0, "no-trace" in found.out + found.err) == (True, True), found
    assert "no record that makes it" in found.err
    assert call(stated, "export case_drafts --format json").rows == []


FAULTS = {
    "no-do-nothing": ("id: do-nothing", "id: wait"),
    "no-baseline": (", baseline: late", ""),
    "unknown-figure": ("{hire.cost}", "{hire.price}"),
    "assumption-range": ("{value: 22, low: 18", "{value: 22, low: 23"),
    "unknown-option": ("recommend: hire", "recommend: buy"),
    "same-person": ("of: p_mgr1, by", "of: p_tl1, by"),
    "no-cost": (
        "    costs:\n      - {what: Pay, amount: rota, each: week}\n      - {what: Hiring, amount: short * hiring}\n",
        "",
    ),
    "counted-twice": (
        "    title: Stay as we are\n",
        "    title: Stay as we are\n    costs: [{what: Calls, amount: late * call}]\n",
    ),
    "unknown-person": ("owner: p_tl1, due", "owner: p_nobody, due"),
    "section-missing": ("  analysis: The", "  summary2: The"),
    "unknown-template": ("currency: GBP", "currency: GBP\ntemplate: board"),
    "missing-setting": (", source: payroll of April 2026", ""),
    "formula": ("amount: short * hiring", "amount: short hiring"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_hold_together_is_refused(stated, fault):
    changed(stated, FAULTS[fault])
    found = call(stated, "check")
    assert (found.code, f"error[{fault}]" in found.out + found.err) == (1, True), found.out + found.err
    assert call(stated, "case draft two-more").code != 0


def test_every_figure_is_worked_out_and_says_where_it_is_from(stated):
    text = paper(stated)
    # 20 on the rota against 18: 2 x 37.5 h x 20 a week; 52 weeks and 2 x 3,000 at once: 84,000
    assert "Hiring costs GBP 84,000 over 12 months." in text
    # 1000 x 30 % x 0.1 x 22 = 660 a week
    assert (
        "| Benefit | Calls that are not made twice | calls [F4] * (100 - late [F3]) / 100 * again [A1] * call [A2] |"
        in text
    )
    assert "- it costs GBP 84,000 and brings GBP 34,320;\n- that is GBP 49,680 worse than doing nothing;" in text
    assert "**It does not pay for itself at these figures.**" in text
    assert "| F2 | rota | GBP 1,500 | no range | GBP, each week | qacli resource review | phone-desk@1:" in text
    assert (
        "| A3 | hiring | GBP 3,000 | GBP 2,000 to GBP 5,000 | GBP for one person | offer of the agency of 4 May 2026 |"
        in text
    )
    # benefit 34,320 at 22 for a call; it is worth 84,000 at 53.85 (84,000 / 34,320 x 22)
    assert "| call [A2] | GBP 22.00 | GBP 18.00 | -55,920 | GBP 26.00 | -43,440 | GBP 53.85 |" in text
    page = (stated / "out/cases/two-more.html").read_text("utf-8")
    assert "<h1>Two people more on the phone desk</h1>" in page
    assert "default-src &#39;none&#39;" in page


def test_the_paper_as_a_board_reads_it(stated, golden):
    done(call(stated, "case draft two-more"))
    golden("case.md", (stated / "out/cases/two-more.md").read_text("utf-8"))


def test_it_is_read_without_a_draft_of_it(stated):
    done(call(stated, "report case two-more"))
    text = (stated / "out/cases/two-more.md").read_text("utf-8")
    assert "Not on record yet: nobody can decide on it." in text
    assert "at GBP 1,500 \\[F2\\] a week" in text
    done(call(stated, "report case two-more --html"))
    assert "Not on record yet" in (stated / "out/cases/two-more.html").read_text("utf-8")
    assert call(stated, "export case_drafts --format json").rows == []


def test_it_is_written_where_somebody_says(stated, tmp_path):
    done(call(stated, f"case draft two-more -o {tmp_path / 'paper.html'}"))
    assert (tmp_path / "paper.html").read_text("utf-8").startswith("<!doctype html>")
    assert not (stated / "out/cases").exists()
    found = call(stated, "case draft two-more --format json")
    assert (found.code, "a paper is Markdown or a page" in found.err) == (2, True)


def test_c18_all_figures_change_when_the_data_change(stated):
    before = paper(stated)
    assert "at GBP 1,500 [F2] a week" in before
    changed(stated, ("hour_cost: 20", "hour_cost: 30"), name="definitions/desks.yaml")
    found = call(stated, "case check two-more --format json")
    assert (
        found.code,
        [(row["figure"], row["value"], row["at the draft"]) for row in found.rows if row["changed"]],
    ) == (1, [("rota", "2250", "1500")])
    after = paper(stated)
    assert "at GBP 2,250 [F2] a week" in after
    assert "Hiring costs GBP 123,000 over 12 months." in after  # 52 x 2,250 + 6,000
    assert "70 % [F3] of calls" in after
    measured(stated, 900)
    third = paper(stated)
    assert "90 % [F3] of calls" in third
    assert "brings GBP 11,440;" in third  # 1000 x 10 % x 0.1 x 22 x 52


def without_desk(folder):
    write(folder, {"definitions/desks.yaml": "[]\n"})


def without_value(folder):
    (row,) = call(folder, "export kpi_values --format json").rows
    gone = Correction(kind="kpi_values", old=row["id"], new="", reason=Words("counted by mistake"), authority="")
    Workspace.find(folder, "p_tl1").commit(lambda _: Change([gone]), "kpi import")


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (without_desk, "rota: resource review has no row phone-desk"),
        (without_value, "late: kpi show has no row service-level with variant sl3, period 2026-W20"),
    ],
)
def test_a_figure_whose_record_has_gone_is_refused(stated, gone, told):
    paper(stated)
    gone(stated)
    for line in ("case draft two-more", "case check two-more"):
        found = call(stated, line)
        assert (found.code, "refused[no-trace]" in found.err, told in found.err) == (1, True, True), found.err
    assert state(stated) == "drafted, a figure cannot be made now"
    assert "refused[no-trace]" in call(stated, "case approve two-more", "p_mgr1").err


def test_a_case_is_approved_by_whom_it_asks_with_its_text_and_figures(stated):
    assert "refused[not-drafted]" in call(stated, "case approve two-more", "p_mgr1").err
    paper(stated)
    assert "nothing to do" in call(stated, "case draft two-more").err
    assert "p_tl1 asks for a decision on two-more@1" in call(stated, "run --ahead 20", "p_mgr1").out
    for actor, rule in (("p_tl1", "same-person"), ("p_ev1", "case-not-asked-of")):
        assert f"refused[{rule}]" in call(stated, "case approve two-more", actor).err
    changed(stated, ("hour_cost: 20", "hour_cost: 30"), name="definitions/desks.yaml")
    found = call(stated, "case approve two-more", "p_mgr1")
    assert "refused[figures-moved]: 1 figure of two-more@1 changed" in found.err
    assert "rota was 1500 and is 2250" in found.err
    changed(stated, ("hour_cost: 30", "hour_cost: 20"), name="definitions/desks.yaml")
    done(call(stated, "case approve two-more --comment 'one of them first'", "p_mgr1"))
    assert state(stated) == "approved"
    assert "nothing to do" in call(stated, "case approve two-more", "p_mgr1").err
    text = (stated / "out/cases/two-more.md").read_text("utf-8")
    assert "approved by Victor on 25 May 2026 with these figures: one of them first" in text
    assert "asks for a decision" not in call(stated, "run --ahead 20", "p_mgr1").out
    # what has changed since is told, and has to be decided on again
    changed(stated, ("hour_cost: 20", "hour_cost: 30"), name="definitions/desks.yaml")
    assert state(stated) == "approved, figures changed since"
    text = paper(stated)
    assert "Draft ic_3 was approved" not in text
    assert "Figures that changed since the decision" in text
    assert "- rota was 1500 and is 2250" in text
    assert state(stated) == "drafted again, approved before"
    # the approved text itself is kept, and what is shown is worked out by it
    done(call(stated, "case approve two-more --comment 'still'", "p_mgr1"))
    [approved] = call(stated, "case list --format json").rows
    changed(stated, ("months: 12", "months: 24"))
    [shown] = call(stated, "case list --format json").rows
    assert shown == {**approved, "state": "approved, text changed since"}
    found = call(stated, "case check two-more --format json")
    assert (found.code, "read here as it was cited" in found.err) == (1, True)
    assert "changed after records cited it" in call(stated, "check").out


def test_the_list_on_a_terminal_is_short(stated):
    paper(stated)
    shown = call(stated, "case list --format table").out.splitlines()
    assert shown[0].split("  ")[0] == "case"
    assert "two-more@1  drafted  hire        84,000.0  -49,680.0  -75,251.4  p_mgr1  2026-06-05" in " ".join(shown[1:])
    assert max(map(len, shown)) < 100


def test_without_a_case_it_is_said_where_one_goes(desk_at):
    assert "no case is written yet: definitions/cases/NAME.yaml" in call(desk_at("new"), "case list").err


def test_who_drafted_it_does_not_decide_it(stated):
    done(call(stated, "case draft two-more", "p_mgr1"))
    assert "refused[drafted-by-oneself]" in call(stated, "case approve two-more", "p_mgr1").err


def test_it_may_be_declined_even_after_its_figures_moved(stated):
    paper(stated)
    changed(stated, ("hour_cost: 20", "hour_cost: 30"), name="definitions/desks.yaml")
    done(call(stated, "case approve two-more --decline --comment 'too dear'", "p_mgr1"))
    assert state(stated) == "declined, figures changed since"


def test_nobodys_own_figures_are_in_it(stated):
    changed(stated, ("The rota lacks {short} people.", "Gwen cannot do it all."))
    assert "refused[names-a-person]" in call(stated, "case draft two-more").err


OWN = """\
- id: business-case
  version: 2
  owner: p_tl1
  from: 2026-04-01
  title: Paper for the board
  sections:
    - {id: summary, title: Why, holds: text}
    - {id: analysis, title: Today, holds: text}
    - {id: ask, title: Motion, holds: ask}
    - {id: options, title: Ways, holds: options}
    - {id: wrong, title: Doubts, holds: sensitivity}
    - {id: risks, title: Risks, holds: risks}
    - {id: next, title: Then, holds: actions}
    - {id: taken, title: Taken, holds: assumptions}
    - {id: figures, title: Origins, holds: figures}
  jinja: |
    # Board of {{ organisation }}
    ## 1. {{ title|upper }}
    {{ parts.status }}
    {% for name in ["ask", "summary", "analysis", "options", "wrong", "risks", "next", "taken", "figures"] %}
    {{ parts[name] }}
    {% endfor %}
"""


def test_the_organisations_own_format(stated):
    write(stated, {"definitions/templates.yaml": OWN})
    text = paper(stated)
    assert text.startswith("# Board of Harbour &amp; Vale Bank\n## 1. TWO PEOPLE MORE")
    assert text.index("## Motion") < text.index("## Why") < text.index("## Origins")
    assert "at GBP 1,500 [F2] a week" in text
    changed(stated, ('"risks", ', ""), name="definitions/templates.yaml")
    assert (
        "refused[template-leaves-out]: the jinja of business-case@2 leaves out risks"
        in call(stated, "case draft two-more").err
    )
    assert len(call(stated, "export case_drafts --format json").rows) == 1
    changed(stated, ("## 1. {{ title|upper }}", "It brings GBP 40,000."), name="definitions/templates.yaml")
    assert "error[no-trace]" in call(stated, "case draft two-more").err


def test_json_tells_every_figure_with_its_command(stated):
    found = json.loads(call(stated, "case check two-more --format json").out)
    assert {row["figure"]: row["made by"] for row in found["rows"]} == {
        "short": "qacli resource review",
        "rota": "qacli resource review",
        "late": "qacli kpi show service-level --variant sl3 --period 2026-W20",
        "calls": "qacli kpi show service-level --variant sl3 --period 2026-W20",
        "again": "assumption",
        "call": "assumption",
        "hiring": "assumption",
    }
    for row in found["rows"][:4]:  # the command that is named works
        assert call(stated, row["made by"].removeprefix("qacli ")).code in {0, 1}


MAY = """\
- {id: manager-case, version: 1, owner: p_tl1, from: 2026-01-01, role: manager, decision: business-case, limit: 50000}
"""


def test_nobody_approves_more_than_the_matrix_lets_them(stated):
    settings = (stated / "qacli.yaml").read_text("utf-8")
    write(stated, {"definitions/authority.yaml": MAY, "qacli.yaml": settings + "roles: {manager: [p_mgr1]}\n"})
    done(call(stated, "authority agree manager-case", "p_mgr1"))
    paper(stated)
    found = call(stated, "case approve two-more", "p_mgr1")
    assert "refused[beyond-authority]: two-more@1 costs 84,000.00 GBP; p_mgr1 may decide up to 50000 GBP." in found.err
    write(stated, {"definitions/authority.yaml": MAY.replace("version: 1", "version: 2").replace("50000", "90000")})
    assert call(stated, "case approve two-more", "p_mgr1").code == 1  # nobody has agreed the higher limit
    done(call(stated, "authority agree manager-case", "p_mgr1"))
    done(call(stated, "case approve two-more", "p_mgr1"))
