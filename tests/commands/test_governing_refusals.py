"""Refusals of the governing commands that have a sentence and no rule id: each line is typed, refused, and records nothing."""

from __future__ import annotations

import shlex

import pytest
from command_line import run
from desk import done, write
from test_escalate_command import MATRIX, TRIGGERS
from test_portfolio_command import PORTFOLIO
from test_require_command import CHECKS, ROLES, TELECOM

DAY = "2026-05-25"
PORTFOLIOS = PORTFOLIO + PORTFOLIO.replace("id: mine", "id: other").replace("candidate: p_tl1", "candidate: p_ev1")


@pytest.fixture(scope="module")
def folder(_desks, tmp_path_factory):
    """A desk with rules of authority, escalation and requirement, a case, a consultation with one answer, and portfolios."""
    import shutil

    desk = shutil.copytree(_desks / "new", tmp_path_factory.mktemp("refusals") / "desk")
    settings = (desk / "qacli.yaml").read_text("utf-8")
    write(
        desk,
        {
            "definitions/authority.yaml": MATRIX,
            "definitions/escalations.yaml": TRIGGERS,
            "definitions/requirements.yaml": TELECOM + CHECKS,
            "definitions/portfolio.yaml": PORTFOLIOS.replace("p_as1", "p_mgr1").replace("  verifier: p_iv1\n", ""),
            "qacli.yaml": settings + ROLES,
            "told.txt": "The calls were rated with care and talked through.",
            "said.csv": "person,words\np_a07,\n",
        },
    )
    typed(desk, "authority agree g-colleague g-leader g-manager", "p_mgr1")
    asked = typed(desk, "require consult callers --change 'Two open questions.' --answer-by 2026-06-05", "p_mgr1")
    said = typed(desk, f"require say {asked} --words 'It takes longer.'", "p_tl1")
    typed(desk, "portfolio add told.txt --covers mon-p9 --role-note 'I wrote it down after the calls.'", "p_ev1")
    return desk, {"ASKED": asked, "SAID": said, **{name: str(desk / name) for name in ("told.txt", "said.csv")}}


def typed(desk, line, actor):
    """Type a line and return the id of what it made."""
    result = done(run(line.replace("told.txt", str(desk / "told.txt")), desk, actor, DAY))
    return result.out.partition(":")[0]


ADD = "portfolio add told.txt --covers mon-p9 --role-note"
NOTE = "'I wrote it down after the calls.'"
REFUSED = [
    ("authority ack --on 2026-05-20 --from said.csv", "p_tl1", "the file says who read on which day"),
    ("authority quiz", "p_tl1", "there is no terminal to ask on"),
    ("voice report --format csv", "p_tl1", "a report is Markdown"),
    ("voice note --kind overheard --words ' '", "p_tl1", "a remark has words"),
    ("audit report au_1 --format csv", "p_tl1", "a report is Markdown"),
    ("audit health --from 2026-05-02 --to 2026-05-01", "p_tl1", "comes before"),
    ("audit propose --words ' ' --of p_ev1 --measure scoring-delay --evidence g_1", "p_ev2", "an idea has words"),
    (
        "audit propose --words w --of p_zz --measure scoring-delay --evidence g_1",
        "p_ev2",
        "'p_zz' is nobody in people.csv",
    ),
    ("audit propose --words w --of p_ev1 --measure scoring-delay --evidence ' '", "p_ev2", "rests on something seen"),
    ("escalate open limit --by p_zz --words x", "p_tl1", "p_zz"),
    ("escalate open limit --by p_a07 --words x --received 2026-06-25", "p_tl1", "is still to come"),
    ("escalate open limit --by p_a07 --words x --lacked y --to p_zz", "p_tl1", "p_zz"),
    ("escalate open limit --by p_a07 --words x --lacked y --to p_a09", "p_tl1", "holds none of the tiers of limit"),
    ("escalate support p_zz --topic x", "p_mgr1", "p_zz"),
    ("privacy access p_zz", "p_mgr1", "p_zz"),
    ("privacy hold p_zz --reason x", "p_mgr1", "p_zz"),
    ("privacy hold p_a09 --release", "p_mgr1", "reason"),
    ("privacy erase p_zz --reason x", "p_mgr1", "p_zz"),
    ("privacy erase p_a12 --reason ' '", "p_mgr1", "reason"),
    ("ledger retire nonsense 2025 --reason x", "p_mgr1", "'nonsense' is not a class of records"),
    ("ledger retire observations 2025 --reason ' '", "p_mgr1", "reason"),
    ("require add", "p_tl1", "name one rule, or a starter register"),
    ("require add callback --register general", "p_tl1", "name one rule, or a starter register"),
    ("require review nothing --note x", "p_tl1", "there is no requirement 'nothing'"),
    ("require review callers@9 --note x", "p_tl1", "there is no requirement 'callers@9'"),
    ("require review callers --note x --on 2026-06-25", "p_tl1", "is still to come"),
    ("require review callers --note x --again 2026-05-01", "p_tl1", "is no day to come"),
    ("require consult callers --change ' ' --answer-by 2026-06-05", "p_mgr1", "says what is to change"),
    ("require consult callers --change x --answer-by 2026-05-01", "p_mgr1", "is over"),
    ("require consult callers --change x --answer-by 2026-06-05 --ask p_zz", "p_mgr1", "p_zz"),
    ("require say ASKED", "p_a07", "say it with --words, or hand in a file with --from"),
    ("require say ASKED --words x --from said.csv", "p_a07", "say it with --words, or hand in a file with --from"),
    ("require say ASKED --from said.csv", "p_ev2", "p_a07 said nothing"),
    ("require reply SAID --words ' '", "p_mgr1", "a reply has words"),
    ("require implement ASKED --live-on 2026-06-15 --left notice", "p_tl1", "names no part with a reason"),
    (f"{ADD.replace('told.txt', 'o_zz')} {NOTE}", "p_tl1", "nothing in force is recorded under o_zz"),
    (f"{ADD} {NOTE} --method rumour", "p_tl1", "there is no method 'rumour'"),
    (f"{ADD.replace('mon-p9', ',')} {NOTE}", "p_tl1", "evidence is for a criterion"),
    (f"{ADD} '[your part] in the calls that were rated'", "p_tl1", "refused[template-text]"),
    (f"{ADD} 'I did'", "p_tl1", "evidence needs a note on your own part in it"),
    (f"{ADD} {NOTE}", "p_tl1", "refused[not-own-evidence]: told.txt was made by p_ev1"),
    ("portfolio sign --role assessor", "p_mgr1", "p_mgr1 signs as assessor for p_tl1, p_ev1"),
    ("portfolio sign --role candidate --comment 'as Ruth saw'", "p_ev1", "refused[personal-data]"),
]


@pytest.mark.parametrize(("line", "actor", "told"), REFUSED, ids=[f"{line} {told}"[:70] for line, _, told in REFUSED])
def test_it_is_refused_with_what_to_do_and_records_nothing(folder, line, actor, told):
    desk, names = folder
    before = (desk / "journal.csv").read_bytes()
    found = run([names.get(word, word) for word in shlex.split(line)], desk, actor, DAY)
    assert (found.code in {1, 2}, told in found.err) == (True, True), found
    assert "= help: " in found.err
    assert (desk / "journal.csv").read_bytes() == before
