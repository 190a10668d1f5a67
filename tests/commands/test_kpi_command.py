"""C14 through the command line, on a month whose figures are known."""

import shutil

import pytest
from command_line import run
from measures import HEADER, KPIS, contacts, measured

JULY = "2026-07-02"


@pytest.fixture(scope="module")
def computed_once(tmp_path_factory):
    folder = measured(tmp_path_factory.mktemp("kpis") / "desk")
    result = run(
        "kpi compute --period 2026-06-01..2026-06-28 --by none --cut none --format json", folder, "p_tl1", JULY
    )
    assert result.code == 0, result.err
    return folder, {(row["kpi"], row["variant"]): row for row in result.rows}, result.err


@pytest.fixture
def computed(computed_once, tmp_path):
    return shutil.copytree(computed_once[0], tmp_path / "desk")


def test_c14_five_service_levels_of_one_data_set(computed_once):
    # 1000 answered, 860 in time; 60 abandoned: 20 within the limit, 40 after it, 10 at once: published example of
    # service-level formulas, callcentrehelper.com, "service level threshold calculations"
    _, rows, _ = computed_once
    found = [round(rows["service-level", name]["value"], 2) for name in ("sl1", "sl2", "sl3", "sl4", "sl5")]
    assert found == [83.02, 86.0, 81.13, 82.69, 82.08]


def test_c14_answers_of_customers_stand_beside_their_response_rate(computed_once):
    # 420 of 500 = 84.0; 400 promoters, 300 detractors of 1000 = +10 (visiochart.com); effort as in measures.CES
    _, rows, _ = computed_once
    shown = {name: round(row["value"], 2) for name, row in rows.items()}
    assert (shown["csat", "top2"], shown["nps", "standard"]) == (84.0, 10.0)
    assert (shown["ces", "mean7"], shown["ces", "top3"], shown["ces", "index"]) == (4.08, 46.0, -13.0)
    assert rows["csat", "top2"]["response %"] == 50.0
    # Wilson, by scipy 1.17: binomtest(420, 500)
    assert (round(rows["csat", "top2"]["low"], 2), round(rows["csat", "top2"]["high"], 2)) == (80.53, 86.95)


def test_c14_fcr_to_28_june_holds_back_22_to_28_june(computed_once):
    _, rows, said = computed_once
    fcr = rows["fcr", "repeat-7"]
    late = sum(at % 28 + 1 >= 22 for at in range(1000))
    assert (fcr["held back"], fcr["n"]) == (late, 1000 - late)
    assert round(fcr["value"], 4) == round(100 * (1000 - late - 3) / (1000 - late), 4)
    assert f"fcr repeat-7: {late} contacts of 2026-06-22 to 2026-06-28 are held back" in said


def test_an_abandoned_attempt_is_a_coming_again_and_is_not_counted_itself(tmp_path):
    lines = [
        "a1,2026-06-01 10:00,phone,card,K1,login,10,yes,,300,30,30,90,,,",
        "a2,2026-06-02 10:00,phone,card,K1,login,,no,40,,,,,,,",  # rang again for the same, and gave up
        "a3,2026-06-01 10:00,phone,card,K2,login,10,yes,,300,30,30,90,,,",
        "a4,2026-06-02 10:00,phone,card,K2,,,no,40,,,,,,,",  # nobody knows for what
        "a5,2026-06-01 10:00,phone,card,K3,login,,no,40,,,,,,,",  # gave up, and was helped at the second try
        "a6,2026-06-02 10:00,phone,card,K3,login,10,yes,,300,30,30,90,,,",
        "a7,2026-06-20 10:00,phone,card,K4,other,10,yes,,300,30,30,90,,,",
    ]
    folder = measured(tmp_path / "desk", lines)
    told = run(
        "kpi compute fcr --period 2026-06-01..2026-06-13 --by none --cut none --format json", folder, "p_tl1", JULY
    )
    [row] = told.rows
    assert (row["n"], round(row["value"], 4)) == (3, round(100 * 2 / 3, 4))


def test_whoever_was_talked_to_did_not_give_up_after_0_seconds(tmp_path):
    lines = [f"a{at},2026-06-01 10:00,phone,card,,,10,,0,300,,,90,,," for at in range(9)]
    lines += ["b,2026-06-01 10:00,phone,card,,,,,40,,,,,,,", "c,2026-06-01 10:00,phone,card,,,,,3,0,,,,,,"]
    folder = measured(tmp_path / "desk", [*lines, "z,2026-06-20 10:00,phone,card,,,10,yes,,300,,,90,,,"])
    compute = "kpi compute abandonment aht:standard --period 2026-06-01..2026-06-13 --by none --cut none --format json"
    rows = {row["kpi"]: row for row in run(compute, folder, "p_tl1", JULY).rows}
    assert (rows["abandonment"]["n"], rows["abandonment"]["value"]) == (10, 10)
    assert (rows["aht"]["n"], rows["aht"]["value"]) == (9, 300)


def test_whoever_answered_was_asked_after_an_abandoned_contact_too(tmp_path):
    lines = [
        "a1,2026-06-01 10:00,phone,card,K1,login,10,yes,,300,30,30,90,5,,",
        "a2,2026-06-01 10:00,phone,card,K2,login,10,yes,,300,30,30,90,,,",
        "a3,2026-06-01 10:00,phone,card,K3,login,,no,40,,,,,1,,",  # not handled, and answered the survey
        "a4,2026-06-01 10:00,phone,card,K4,login,,no,40,,,,,,,",
        "a5,2026-06-20 10:00,phone,card,K5,login,10,yes,,300,30,30,90,,,",
    ]
    response = KPIS[KPIS.index("- id: csat") : KPIS.index("- id: nps")]
    for old, new in (("id: csat", "id: response"), ("top2: {formula: csat-top2}", "top2: {formula: survey-response}")):
        response = response.replace(old, new)
    folder = measured(tmp_path / "desk", lines, KPIS + response)
    compute = "kpi compute csat response --period 2026-06-01..2026-06-13 --by none --cut none --format json"
    rows = {row["kpi"]: row for row in run(compute, folder, "p_tl1", JULY).rows}
    assert (rows["csat"]["n"], round(rows["csat"]["response %"], 4)) == (2, round(100 * 2 / 3, 4))
    assert (rows["response"]["n"], round(rows["response"]["value"], 4)) == (3, round(100 * 2 / 3, 4))


def test_the_seconds_of_a_large_centre_are_a_number(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    (tmp_path / "year.csv").write_text(
        "kpi,variant,period,num,den\naht,standard,2026-Q1,3700000000,10000000\n", "utf-8"
    )
    told = run(IMPORT.format(tmp_path / "year.csv"), folder, "p_tl1", JULY)
    assert told.code == 0, told.err
    [row] = [row for row in run("export kpi_values --format json", folder, "p_tl1", JULY).rows if row["kpi"] == "aht@1"]
    assert (row["num"], row["value"]) == (3_700_000_000, 370)


TEAMS = """\
kpi,variant,period,cut,slice,value,num,den
aht,standard,2026-W20,team,ash,300,,
aht,standard,2026-W20,team,cedar,310,,
aht,standard,2026-W20,team,oak,340,,
occupancy,standard,2026-W20,team,ash,,800,1000
occupancy,standard,2026-W20,team,cedar,,900,1000
occupancy,standard,2026-W20,team,oak,,50,100
occupancy,standard,2026-W20,team,not stated,,1,100
"""


def test_a_gap_is_of_figures_that_are_there_and_add_up(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    (tmp_path / "teams.csv").write_text(TEAMS, "utf-8")
    assert run(IMPORT.format(tmp_path / "teams.csv"), folder, "p_tl1", JULY).code == 0
    [named] = run("kpi gap aht --of team=ash --against cedar --format json", folder, "p_tl1", JULY).rows
    assert (named["value"], named["other"], named["n"], named["difference"]) == (300, 310, None, -10)
    others = run("kpi gap aht --of team=ash --format json", folder, "p_tl1", JULY)
    assert [(row["value"], row["other"], row["verdict"]) for row in others.rows] == [(300, None, "cannot tell")]
    assert "only with their counts, num and den: name one of them with --against" in others.err
    # minutes add up, not per cents: 950 of 1,100; contacts of no team are none of the other teams
    [busy] = run("kpi gap occupancy --of team=ash --format json", folder, "p_tl1", JULY).rows
    assert (busy["value"], round(busy["other"], 4)) == (80, round(100 * 950 / 1100, 4))


def test_medians_of_several_slices_are_not_averaged(tmp_path):
    lines = [
        f"{product}{at},2026-06-01 10:00,phone,{product},,,10,yes,,{first + at},,,90,,,"
        for product, first in (("card", 100), ("loan", 200), ("home", 900))
        for at in range(20)
    ]
    folder = measured(tmp_path / "desk", [*lines, "z,2026-06-20 10:00,phone,card,,,10,yes,,300,,,90,,,"])
    compute = "kpi compute aht:p90 --period 2026-06-01..2026-06-13 --by none --cut product"
    assert run(compute, folder, "p_tl1", JULY).code == 0
    told = run("kpi gap aht --variant p90 --of product=card --format json", folder, "p_tl1", JULY)
    assert [(row["other"], row["verdict"]) for row in told.rows] == [(None, "cannot tell")]
    assert "medians and percentiles of several slices make none of all of them" in told.err


def test_the_longest_of_few_handling_times_bounds_nothing(tmp_path):
    lines = [f"a{at},2026-06-01 10:00,phone,card,,,10,yes,,{100 + at},,,90,,," for at in range(20)]
    folder = measured(tmp_path / "desk", [*lines, "z,2026-06-20 10:00,phone,card,,,10,yes,,300,,,90,,,"])
    compute = "kpi compute aht --period 2026-06-01..2026-06-13 --by none --cut none --format json"
    rows = {row["variant"]: row for row in run(compute, folder, "p_tl1", JULY).rows}
    assert (rows["p90"]["value"], rows["p90"]["low"], rows["p90"]["high"]) == (117.1, None, None)
    assert rows["standard"]["low"] < 109.5 < rows["standard"]["high"]


def test_c14_times_are_sums_over_sums_and_percentiles(computed_once):
    _, rows, _ = computed_once
    assert rows["aht", "standard"]["value"] == rows["aht", "p90"]["value"] == 360
    assert rows["occupancy", "standard"]["value"] == 80.0  # 360 of 360 + 90
    assert round(rows["abandonment", "less-short"]["value"], 3) == round(100 * 50 / 1050, 3)


def test_c14_the_same_data_changes_nothing_and_other_data_corrects(computed):
    again = "kpi compute --period 2026-06-01..2026-06-28 --by none --cut none"
    assert "no new figure" in run(again, computed, "p_tl1", JULY).err
    (computed / "exports/june.csv").write_text("\n".join([HEADER, *contacts(repeats=5), ""]), "utf-8")
    told = run(again, computed, "p_tl1", JULY)
    assert "1 changed since they were recorded" in told.err
    shown = run("kpi show fcr --period 2026-06-01..2026-06-28 --format json", computed, "p_tl1").rows
    [row] = [row for row in shown if row["cut"] == "all"]
    assert round(row["value"], 4) == round(100 * (row["n"] - 5) / row["n"], 4)
    assert "fcr@1,repeat-7" in run("export kpi_values --format csv", computed, "p_tl1").out


def test_c14_a_figure_without_its_variant_is_refused(computed):
    told = run("kpi chart service-level", computed, "p_tl1")
    assert told.code == 1
    assert "refused[kpi-without-variant]: service-level has 5 variants, and none is named" in told.err


def test_c14_a_period_that_is_not_over_is_refused(computed):
    told = run("kpi compute csat --period 2026-06 --cut none", computed, "p_tl1", JULY)
    assert "2026-06 itself is not over, or not all in the source" in told.err
    told = run("kpi compute csat --period 2026-07-01", computed, "p_tl1", JULY)
    assert told.code == 1
    assert "refused[kpi-period-open]: 2026-07-01 cannot be computed yet" in told.err


def test_c14_a_month_as_a_whole_change_is_taken_apart(tmp_path):
    # Kidney stones, Charig et al. 1986, BMJ 292:879-882: keyhole 234/270 and 55/80, open surgery 81/87 and 192/263; the
    # second is better for small and for large stones, and worse on the whole
    def month(day, groups):
        for product, good, n in groups:
            for at in range(n):
                yield f"{day}{product}{at},{day} 10:00,phone,{product},,,1,yes,,9,,,,{5 if at < good else 1},,"

    folder = measured(
        tmp_path / "desk",
        [
            *month("2026-05-11", (("small", 234, 270), ("large", 55, 80))),
            *month("2026-06-11", (("small", 81, 87), ("large", 192, 263))),
        ],
    )
    told = run("kpi drill csat --period 2026-06 --by product --format json", folder, "p_tl1", "2026-08-01")
    assert told.code == 0, told.err
    assert "reversal: the whole fell, and every product rose" in told.err
    assert "csat: 82.6 in 2026-05, 78.0 in 2026-06, change -4.6" in told.err
    assert [(row["slice"], round(row["change"], 1)) for row in told.rows] == [("large", 4.3), ("small", 6.4)]
    asked = "kpi compute csat --period 2026-06 --by none --cut product"
    computing = run(asked, folder, "p_tl1", "2026-08-01")
    assert "up to 14 June 2026" in computing.err
    assert "say that nobody came after that: --until 2026-06-30" in computing.err
    computing = run(f"{asked} --until 2026-06-30 --dry-run", folder, "p_tl1", "2026-08-01")
    assert "dry run: nothing was recorded" in computing.err
    assert run(f"{asked} --until 2026-06-30", folder, "p_tl1", "2026-08-01").code == 0
    [gap] = run("kpi gap csat --of product=small --format json", folder, "p_tl1", "2026-08-01").rows
    assert (gap["against"], round(gap["difference"], 1), gap["verdict"]) == ("the others", 20.1, "differ")
    assert round(sum(row["by rate"] + row["by mix"] for row in told.rows), 6) == round(100 * (273 - 289) / 350, 6)


COMPLAINTS = """\
- id: complaint-rate
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Complaint rate
  purpose: see how many complain
  variants: {per-1000-contacts: complaints in a thousand contacts}
  computed: {per-1000-contacts: {formula: complaint-rate}}
  unit: complaints per 1,000
  better: lower
  gaming: not logging what customers say
  counter: csat
  source: complaints log
"""


def test_a_cell_that_says_no_is_no_complaint(tmp_path):
    cells = ("yes", "No", "C-17", "", "0", "false", "n", "Y")
    lines = [f"a{at},2026-06-01 10:0{at},phone,{cell},,,1,yes,,300,,,,,," for at, cell in enumerate(cells)]
    folder = measured(tmp_path / "desk", lines, KPIS + COMPLAINTS)
    profile = folder / "definitions/profiles/telephony.yaml"
    profile.write_text(
        profile.read_text("utf-8").replace("product: {column: product}", "complaint: {column: product}"), "utf-8"
    )
    asked = "kpi compute complaint-rate --period 2026-06-01 --by none --cut none --format json"
    told = run(asked, folder, "p_tl1", JULY)
    assert told.code == 0, told.err
    [row] = told.rows
    assert (row["value"], row["n"]) == (375, 8)  # yes, C-17 and Y of eight


IMPORT = 'kpi import {} --source "switch, report 7" --method "counted per half hour" --complete 98'


def test_c14_ready_figures_are_judged_cell_by_cell(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    (tmp_path / "bad.csv").write_text(
        "kpi,variant,period,num,den,value,asked\n"
        "servicelevel,sl1,2026-06,1,2,,\n"
        "service-level,,2026-06,1,2,,\n"
        "service-level,sl1,June,1,2,,\n"
        "csat,top2,2026-06,420,500,,\n"
        "occupancy,standard,2026-06,,,104,\n"
        "abandonment,all,2026-06,90,1000,7.5,\n"
        "abandonment,all,2026-06,x,1000,,\n",
        "utf-8",
    )
    told = run(IMPORT.format(tmp_path / "bad.csv"), folder, "p_tl1", JULY)
    assert told.code == 65
    for code, cell in (
        ("no-such-kpi", "A2"),
        ("kpi-without-variant", "B3"),
        ("not-a-period", "C4"),
        ("no-response-rate", "G5"),
        ("occupancy-over-100", "F6"),
        ("figures-disagree", "F7"),
        ("number", "D8"),
    ):
        at = told.err.index(f"error[{code}]")
        assert f"(cell {cell})" in told.err[at : told.err.index("\n", told.err.index("\n", at) + 1)], code
    assert not (folder / "records").exists()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nps,standard,2026-W22,140,,,900", "error[index-out-of-range]: 140 is no index of -100 to 100"),
        ("nps,standard,2026-W22,,-301,300,900", "error[index-out-of-range]: -301 more for than against, of 300 in all"),
        ("nps,standard,2026-W22,0.1,30,300,900", "error[figures-disagree]: 0.1 is not what num and den give: 10"),
        ("nps,standard,2026-W22,+-5,,300,900", "error[number]: '+-5' is no number"),
        ("aht,standard,2026-W22,-5,,,", "error[below-nothing]: -5 s is shorter than nothing"),
    ],
)
def test_a_figure_that_cannot_be_is_no_figure(tmp_path, line, fault):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    (tmp_path / "ready.csv").write_text(f"kpi,variant,period,value,num,den,asked\n{line}\n", "utf-8")
    told = run(IMPORT.format(tmp_path / "ready.csv"), folder, "p_tl1", JULY)
    assert (told.code, fault in told.err) == (65, True), told.err


def test_an_index_of_counts_is_of_a_hundred_and_not_of_one(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    lines = "nps,standard,2026-W20,+10,+30,300,900\nnps,standard,2026-W21,-100,-300,300,900\nces,mean7,2026-W21,,1200,300,900\n"
    (tmp_path / "ready.csv").write_text(f"kpi,variant,period,value,num,den,asked\n{lines}", "utf-8")
    told = run(IMPORT.format(tmp_path / "ready.csv"), folder, "p_tl1", JULY)
    assert told.code == 0, told.err
    rows = run("kpi chart nps --format json", folder, "p_tl1", JULY).rows
    assert [(row["period"], row["value"]) for row in rows] == [("2026-W20", 10), ("2026-W21", -100)]
    [effort] = run("kpi chart ces --variant mean7 --format json", folder, "p_tl1", JULY).rows
    assert effort["value"] == 4


def test_c14_imports_keep_who_counted_how_complete_and_how_late(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    (tmp_path / "good.csv").write_text("kpi,variant,period,num,den,asked\ncsat,top2,2026-06,420,500,2500\n", "utf-8")
    asked = IMPORT.format(tmp_path / "good.csv")
    told = run(asked + " --format json", folder, "p_tl1", "2026-07-04")
    assert "came up to 4 days after its period ended; least complete: 98 %" in told.err
    assert "no new figure" in run(asked, folder, "p_tl1", "2026-07-04").err
    [row] = run("kpi show csat --format json", folder, "p_tl1").rows
    assert (row["value"], row["response %"], row["origin"]) == (84.0, 20.0, "ki_1")
    assert run(f"kpi import {tmp_path / 'good.csv'}", folder, "p_tl1").err.startswith("refused[import-undescribed]")


def test_c14_questions_stay_open_until_somebody_answers_with_data(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    assert (
        run('kpi question "why did chat FCR fall?" --kpi fcr --from "chart of week 24"', folder, "p_tl1", JULY).code
        == 0
    )
    assert "refused[question-open]" in run("kpi close kq_1", folder, "p_ev1", JULY).err
    assert "refused[answer-without-data]" in run("kpi answer kq_1 --words slow", folder, "p_ev1", JULY).err
    [row] = run("kpi questions --open --format json", folder, "p_tl1", "2026-07-20").rows
    assert (row["days"], row["state"], row["raised from"]) == (18, "overdue", "fcr chart of week 24")
    assert "question kq_1 has been open for 18 days" in run("run --format json", folder, "p_tl1", "2026-07-20").out
    answer = 'kpi answer kq_1 --data "kpi drill fcr" --words "another reason code since May" --close'
    assert run(answer, folder, "p_ev1", "2026-07-20").code == 0
    [row] = run("kpi questions --format json", folder, "p_tl1", "2026-07-21").rows
    assert (row["closed by"], row["state"], row["data"]) == ("p_ev1", "closed", "kpi drill fcr")
    assert "refused[question-closed]" in run("kpi close kq_1", folder, "p_tl1", "2026-07-21").err


def test_c14_definitions_are_approved_by_a_second_person(tmp_path):
    folder = measured(tmp_path / "desk", ["a,2026-06-01 10:00,phone,,,,1,yes,,1,,,,,,"])
    assert "refused[same-person]" in run("kpi approve csat", folder, "p_tl1").err
    assert "csat@1 approved by p_ev1" in run("kpi approve csat", folder, "p_ev1").out
    (folder / "definitions/kpis.yaml").write_text(
        KPIS.replace("counter: fcr\n  source: surveys", "counter: fcrr\n  source: surveys"), "utf-8"
    )
    assert "refused[" in run("kpi approve nps csat", folder, "p_ev2").err
