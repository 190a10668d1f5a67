"""What a number of evaluations means, in words, against published figures."""

from __future__ import annotations

from qacli.monitor.sampling.meaning import meaning


def test_each_sentence_says_what_can_and_what_cannot_be_told():
    whole, change, rare, person = meaning(50, 1_000_000, 0.139, 10, "week", 0.95)
    # Wilson for 45 of 50: 78.6 to 95.7 %
    assert (
        whole == "the whole: 50 of 1,000,000 tell a share to within 13.9 points; 45 of 50 met means 79 to 96 % of all"
    )
    # R power.prop.test at 80 %: 50 in each show 22.7 points, 200 show 10.0
    assert "22.7 points (one week), 10.0 points (4 weeks together)" in change
    # 59 find a fault of 5 % and 49 one of 6 % with 95 %: ln(0.05)/ln(1 - p); 50 find 5.8 %
    assert "one that 5.8 % have is among them 95 times in 100" in rare
    # Newcombe's example and our own page: 5 of 5 met means 56.6 to 100 %
    assert "you can afford 5 each; 5 of 5 met means 57 to 100 %, 65 of 65 after 13 weeks" in person


def test_evaluations_of_unequal_weight_say_as_much_as_fewer_alike():
    whole = meaning(50, 1_000_000, 0.2, 10, "week", 0.95, alike=20)[0]
    # Wilson for 18 of 20: 69.9 to 97.2 %
    assert whole.endswith("45 of 50 met means about 70 to 97 % of all")


def test_fewer_than_colleagues_judge_nobody():
    assert meaning(10, 400, None, 20, "month", 0.95)[-1] == (
        "one colleague: 10 for 20 leave some without any; nobody can be judged or ranked by them"
    )


def test_few_show_no_drop_at_all_and_none_tells_nothing():
    told = meaning(3, 400, None, 2, "month", 0.95)
    assert told[0].startswith("the whole: no share is told to within 50 points")
    assert "none at all (one month)" in told[1]
    assert meaning(0, 400, None, 2, "month", 0.95) == ["0 evaluations tell nothing"]


def test_few_of_a_large_stratum_show_a_larger_drop_than_as_many_drawn_alike():
    # 15 of 900 and 15 of 100: 1/(.9²/15 + .1²/15) = 18.3, so that 18 drawn alike tell as much
    change = meaning(30, 1000, 0.22, 10, "week", 0.95, 18)[1]
    assert change == meaning(18, 1000, 0.22, 10, "week", 0.95)[1]
    assert change != meaning(30, 1000, 0.22, 10, "week", 0.95)[1]
