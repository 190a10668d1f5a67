"""The worked quarter: what is planted is in it, what is drawn is what qacli draws, and the page tells the figures."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import coverage
import desk
import folder
import harbour
import judging
import make
import numpy as np
import pandas as pd
import past
import pytest
import records
import voices
from command_line import run
from desk import done, write
from plan import agents, parameters, person, planted

from qacli.monitor.scoring.score import score
from qacli.understand.patterns.changes import phases_of
from qacli.understand.patterns.falls import falls
from qacli.workspace.tables import named

ROOT = Path(__file__).parents[2]
FIRST, LAST = date(2026, 3, 30), date(2026, 6, 28)


@pytest.fixture(scope="module")
def quarter():
    return harbour.generate(planted(3))


def test_a_quarter_has_the_size_of_the_plan(quarter):
    rows = quarter.contacts
    assert 56_000 < len(rows) < 58_500  # about 57,200 contacts
    assert Counter(quarter.items["purpose"])["routine"] == 508  # 520 less the 12 chats of the week without a notice
    assert Counter(quarter.items["purpose"])["spot"] == 65
    weekly = rows.groupby("channel").size() / 13
    assert weekly["phone"] == pytest.approx(3000, rel=0.03)
    assert weekly["chat"] == pytest.approx(800, rel=0.06)


def test_what_is_planted_in_the_contacts_is_there(quarter):
    rows = quarter.contacts[quarter.contacts["agent"] != ""]
    late = rows["day"] >= "2026-04-20"
    took = rows["talk_s"] + rows["hold_s"] + rows["acw_s"]
    phone = rows["channel"] == "phone"
    cedar = rows["team"] == "cedar"
    assert took[phone & cedar & late].mean() / took[phone & cedar & ~late].mean() == pytest.approx(0.88, abs=0.02)
    followed = pd.Series(False, index=quarter.contacts.index)
    followed[quarter.contacts.loc[quarter.contacts["prior"] >= 0, "prior"]] = True
    known = rows["day"] < "2026-06-21"
    assert 1 - followed[rows.index][cedar & late & known].mean() == pytest.approx(0.71, abs=0.02)
    assert 1 - followed[rows.index][~cedar & known].mean() == pytest.approx(0.78, abs=0.02)
    top2 = (rows["csat"] >= 4)[rows["csat"].notna()].groupby(rows["vulnerable"]).mean()
    assert top2["Y"] == pytest.approx(0.66, abs=0.05)
    assert top2["N"] == pytest.approx(0.79, abs=0.02)


def test_what_only_looks_like_a_finding_is_there(quarter):
    rows = quarter.contacts
    outage = rows[(rows["day"] >= "2026-06-01") & (rows["day"] <= "2026-06-07")]["csat"].dropna()
    assert (len(outage), int((outage >= 4).sum())) == (12, 7)  # 58 % of 12
    phone = rows[rows["channel"] == "phone"]
    lost = (phone["agent"] == "").groupby(phone["day"] <= "2026-04-06").mean()
    assert lost[True] > 2 * lost[False]
    assert (rows[rows["agent"] == "A08"]["reason"] == "complaint_like").mean() > 0.4


def test_nobody_is_sampled_who_may_not_be(quarter):
    drawn = quarter.contacts.iloc[quarter.items["row"]]
    gap = (drawn["channel"] == "chat") & drawn["day"].between("2026-05-11", "2026-05-17")
    assert not gap.any()
    assert "A11" not in set(drawn["agent"])
    assert drawn.loc[drawn["agent"] == "A22", "day"].min() >= pd.Timestamp("2026-05-21")
    assert not drawn["opted_out"].any()
    assert not drawn["txn_id"].duplicated().any()


def test_the_registers_hold_what_is_planted(quarter):
    paid = voices.goodwill(quarter.contacts, quarter.plant)
    limit = parameters()["goodwill"]["limit"]
    assert ((paid["amount"] > limit) & (paid["approved_by"] == "")).sum() == 4
    assert (paid["approved_by"] == paid["agent_id"]).sum() == 1
    parts = paid[paid["amount"] == 20].groupby("case")["amount"].agg(["size", "sum"])
    assert [3, 60] in parts.values.tolist()
    logged = voices.complaints(quarter.contacts, quarter.plant)
    late = logged[logged["late"] == "Y"]
    took = (late["answered"] - late["received"]).dt.days
    assert min(took[late["strand"] == ""]) >= 41
    assert (logged["strand"] != "").sum() == 2


def test_scores_are_those_that_the_card_computes(quarter):
    for channel in ("phone", "chat"):
        place = quarter.items.index[quarter.items["channel"] == channel][5]
        rated = quarter.ratings[quarter.ratings["item"] == place]
        answers = dict(zip(rated["criterion"], rated["answer"], strict=True))
        found = score(judging.card_of(channel), judging.scale_of, answers)
        mine = quarter.observations.set_index("item").loc[place]
        assert float(found.score) == pytest.approx(mine["score"], abs=1e-5)
        assert [len(found.failed[name]) for name in found.failed] == [mine[name] for name in found.failed]


def test_every_table_has_the_columns_of_its_rows(quarter):
    tables = records.tables(quarter)
    for name, table in tables.items():
        assert set(table.columns) == set(named(name).columns()), name
    assert len(tables["ratings"]) == len(quarter.ratings)
    weight = tables["items"].groupby("draw")["weight"].sum()
    eligible = tables["draws"].set_index("id")["eligible"]
    assert weight.to_numpy() == pytest.approx(eligible[weight.index].to_numpy())


def test_the_detectors_find_the_fault_and_the_fall(quarter):
    items = quarter.items[quarter.items["purpose"] == "routine"]
    rows = quarter.contacts.iloc[items["row"]].set_index(items.index)
    shared = rows.assign(colleague=rows["agent"], evaluator=items["evaluator"])[
        ["day", "channel", "colleague", "evaluator", "reason"]
    ]
    rated = quarter.ratings[quarter.ratings["criterion"] == "ch-idv"].set_index("item").join(shared, how="inner")
    found = phases_of(rated[rated["met"].notna()], FIRST, LAST, date(2026, 5, 5), date(2026, 6, 7))
    assert (found.change, found.mended, found.spread.verdict) == ("worse", "better", "process")
    observed = quarter.observations.set_index("item").join(shared, how="inner")
    least = min((each for each in falls(observed, FIRST) if each.p is not None), key=lambda each: each.p)
    assert least.colleague == "A17"


def test_truths_can_be_drawn_anew_and_left_out():
    kinds = {
        (found.channel, found.criterion, found.colleague) for seed in range(30) if (found := planted(seed, redraw=True))
    }
    assert len(kinds) > 15
    quiet = planted(1, truths=False)
    assert (quiet.slope, quiet.latent, quiet.shorter, set(quiet.bias.values())) == (0, 0, 0, {0})
    days = np.array(["2026-05-01", "2026-05-20", "2026-06-20"], "datetime64[D]")
    assert planted(1).failure_rate(days).tolist() == [0.04, 0.36, 0.06]
    assert len(set(quiet.failure_rate(days))) == 1
    assert set(judging.abilities(quiet).values()) == {0.0}


def test_intervals_hold_what_they_promise():
    # STATISTICS of Brown, Cai and DasGupta (2001): Wilson covers about as promised on average, and dips near 1
    plain, exact = coverage.of_proportions(10)
    assert plain.mean >= 0.94
    assert plain.least < 0.9
    assert exact.least >= 0.95
    assert coverage.withheld(4)
    assert not coverage.withheld(5)


def test_identical_colleagues_are_flagged_seldom():
    alone, together = coverage.months(60)
    assert alone > 10
    assert together <= 4


def test_detectors_know_nothing_of_the_scenario():
    told = [path for path in (ROOT / "src").rglob("*.py") if "harbour-vale" in path.read_text("utf-8")]
    assert told == []


def test_the_page_tells_the_figures_that_were_kept():
    import validity

    assert validity.PAGE.read_text("utf-8") == validity.page()
    for path in validity.FIGURES.glob("*.json"):
        kept = json.loads(path.read_text("utf-8"))
        assert kept["figures"], path.name


def test_a_rate_is_judged_by_its_limits():
    import validity

    count = Counter({("D3: signal", "no"): 400, ("D4: signal", "yes"): 80, ("D4: signal", "no"): 320})
    count |= Counter({("T1: found", "yes"): 80, ("T1: found", "no"): 120, ("T2: on watch by week 10", "yes"): 3})
    verdicts = {figure.what: figure.verdict for figure in validity.figures_of(count)}
    assert verdicts == {
        "D3: signal": "ok",
        "D4: signal": "**high**",
        "T1: found": "**low**",
        "T2: on watch by week 10": "",
    }


def test_the_best_move_before_the_quarter_is_the_one_planted():
    shares = list(past.shares(planted(3)).values())
    assert list(past.shares(planted(3)))[-1] == "2026-03"
    assert max(later - before for before, later in zip(shares, shares[3:], strict=False)) == pytest.approx(0.021)


def test_t11_an_action_beyond_the_best_move_on_record_is_refused_by_name(tmp_path):
    folder = tmp_path / "bank"
    assert run(f"init {folder} --as p_tl1 --provenance example").code == 0
    kpis = folder / "definitions" / "kpis.yaml"
    kpis.write_text(kpis.read_text("utf-8").replace("from: 2026-01-01", "from: 2024-01-01"), "utf-8")
    (folder / "past.csv").write_text("\n".join([*past.figures(planted(3)), ""]), "utf-8")
    (folder / "action.yaml").write_text(past.action(planted(3)), "utf-8")
    imported = run(make.PAST.format(folder / "past.csv"), folder, "p_tl1", make.LOOKED)
    assert imported.code == 0, imported.err
    found = run(f"plan check {folder / 'action.yaml'} --format json", folder, "p_tl1", make.LOOKED)
    achievable = next(row for row in found.rows if row["letter"] == "A")
    assert achievable["verdict"] == "failed"
    assert "best 13-week move on record 2.1 (" in achievable["because"]


MATRIX = """\
- {id: goodwill, version: 1, owner: p_tl1, from: 2026-01-01, role: colleague, decision: goodwill, limit: 25}
"""


def text(rows: pd.DataFrame) -> str:
    return rows.to_csv(index=False)


def test_t8_the_complaints_that_were_late_by_the_clock_of_their_day_are_found(quarter, desk_at):
    workspace = desk_at("new")  # with the triggers that travel with qacli
    register = voices.complaints(quarter.contacts, quarter.plant)
    log = pd.DataFrame(
        {
            "case": register["complaint_id"],
            "trigger": np.where(register["kind"] == "payment services", "complaint-payment", "complaint"),
            **{name: register[name].dt.strftime("%Y-%m-%d") for name in ("received", "acknowledged", "answered")},
        }
    )
    about_data = log[register["strand"] != ""].assign(trigger="complaint-data")
    desk.write(workspace, {"log.csv": text(pd.concat([log, about_data]))})
    found = run(f"escalate replay {workspace / 'log.csv'} --format json", workspace, "p_tl1", "2026-08-31")
    late = [row for row in found.rows if row["verdict"] == "late"]
    assert {row["case"] for row in late} == set(register.loc[register["late"] == "Y", "complaint_id"])
    assert len(late) == 3
    # answered on day 41: inside eight weeks, past the 15 business days of payment services
    assert [row["days"] for row in late if row["trigger"] == "complaint-payment@1"] == [41]
    # of the two about personal data, one came before there was such a duty
    assert [(row["received"], row["verdict"]) for row in found.rows if row["trigger"].startswith("complaint-data")] == [
        ("2026-06-10", "no rule of that day")
    ]


def test_t9_what_was_granted_beyond_authority_is_found(quarter, desk_at):
    workspace = desk_at("new")
    given = voices.goodwill(quarter.contacts, quarter.plant)
    people = folder.people()
    agents = [line[0] for line in people[1:] if line[2]]
    log = pd.DataFrame(
        {
            "on": given["decided_on"].dt.strftime("%Y-%m-%d"),
            "case": given["case"],
            "customer": "",
            "person": [person(agent) for agent in given["agent_id"]],
            "decision": given["kind"],
            "amount": given["amount"],
            "approver": [person(agent) if agent else "" for agent in given["approved_by"]],
            "reason": "",
        }
    )
    desk.write(
        workspace,
        {
            "people.csv": "".join(",".join(line) + "\n" for line in people),
            "definitions/authority.yaml": MATRIX,
            "read.csv": "person,on\n" + "".join(f"{agent},2026-06-28\n" for agent in agents),
            "log.csv": text(log),
        },
    )
    desk.done(run("authority agree goodwill", workspace, "p_mgr1", "2026-03-29"))
    desk.done(run(f"authority ack --from {workspace / 'read.csv'}", workspace, "p_tl1", "2026-06-28"))
    rows = run(f"authority replay {workspace / 'log.csv'} --format json", workspace, "p_tl1", "2026-06-30").rows
    found = pd.Series([row["breach"] for row in rows]).value_counts().to_dict()
    assert {name: found[name] for name in ("over-limit", "self-approved", "split")} == {
        "over-limit": 4,
        "self-approved": 1,
        "split": 1,
    }


def test_an_audit_of_the_registers_finds_the_late_complaints_and_the_goodwill_beyond_its_limits(quarter, desk_at):
    """Truths T8 and T9: three late, one of them inside eight weeks; four over the limit, one self-approved, one split."""
    workspace = desk_at("new")
    staff = "".join(f"{person(each)},telephony,{each},,,{each},\n" for each in agents())
    others = "".join(f"{each},,,,,{each},\n" for each in ("p_tl1", "p_mgr1", "p_qm1"))
    write(
        workspace,
        {
            "people.csv": f"person,source,source_id,from,to,name,login\n{staff}{others}",
            "qacli.yaml": (workspace / "qacli.yaml").read_text("utf-8")
            + "roles: {team-leader: [p_tl1], manager: [p_mgr1]}\n",
            "definitions/authority.yaml": folder.AUTHORITY,
            "definitions/audits.yaml": folder.PRACTICES,
            "acks.csv": "person,on\n" + "".join(f"{person(each)},2026-01-05\n" for each in agents()),
        },
    )
    complaints = voices.complaints(quarter.contacts, quarter.plant)
    goodwill = voices.goodwill(quarter.contacts, quarter.plant)
    complaints.drop(columns="late").to_csv(workspace / "exports/complaints.csv", index=False)
    goodwill.to_csv(workspace / "exports/goodwill.csv", index=False)
    for line in (
        "authority agree colleague-goodwill leader-goodwill manager-goodwill --as p_qm1",
        f"authority ack --from {workspace / 'acks.csv'} --as p_tl1",
        "audit plan practices --auditor p_qm1 --period 2026-03-30..2026-06-28 --as p_tl1",
        "audit run au_3 --as p_qm1",
    ):
        done(run(line, workspace, today="2026-09-14"))
    found = pd.DataFrame(run("export audit_exceptions --format json", workspace, "p_qm1").rows)
    words = dict(zip(found["subject"], found["words"], strict=True))
    late = {case for case, said in words.items() if "eceived" in said}
    assert late == set(complaints.loc[complaints["late"] == "Y", "complaint_id"])
    (shorter,) = [said for said in words.values() if "inside 8 weeks" in said]
    assert "day 41: inside 8 weeks, past 15 business days" in shorter
    assert Counter(found["rule"]) == {"late": 3, "over-limit": 4, "self-approved": 1, "split": 1}
    assert any("3 x goodwill" in said and "in 3 days: split 60 GBP" in said for said in words.values())
