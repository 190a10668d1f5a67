from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from qacli.monitor.observing.reuse import WORD, Written, alike, bag_of, reused

NOTE = "The colleague confirmed the identity of the caller, then the address."
WORDS = (
    *("asked", "heard", "before", "transfer", "balance", "letter", "Friday"),
    *("refund", "invoice", "password", "branch", "angry", "waited", "closed"),
)


def written(number, text, item=""):
    return Written(f"o_{number}", item or f"t_{number}", item or f"c{number}", "p_ev1", "idv", text)


def test_c08_the_same_note_on_fourteen_forms_is_found_fourteen_times_among_others():
    """Fourteen copies, some with another full stop, capital or word; thirty notes of their own, some of them short."""
    copies = [written(n, NOTE if n % 3 else NOTE.upper().replace(".", "").replace("THEN", "AND")) for n in range(14)]
    own = [written(100 + n, " ".join(random.Random(n).sample(WORDS, 8))) for n in range(25)]
    short = [written(200 + n, "ok, as agreed.") for n in range(5)]
    [group] = reused([*own[:10], *copies, *short, *own[10:]])
    assert [each.source for each in group] == [f"o_{n}" for n in range(14)]


def test_texts_about_one_transaction_and_short_ones_are_no_reuse():
    assert reused([written(1, NOTE, "t_1"), written(2, NOTE, "t_1")]) == []
    assert reused([written(n, "named Friday at noon") for n in range(9)]) == []


def test_a_short_line_may_be_the_same_twice_by_chance_and_times_and_names_of_calls_make_no_difference():
    line = "c{0}, 00:1{0}: no cutting in, no question repeated"
    assert reused([written(n, line.format(n)) for n in (1, 2)]) == []
    assert len(reused([written(n, line.format(n)) for n in (1, 2, 3)])[0]) == 3
    assert len(reused([written(n, NOTE) for n in (1, 2)])[0]) == 2


TEXT = st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=14).map(" ".join)


@given(st.lists(TEXT, min_size=2, max_size=12))
def test_nothing_alike_is_missed_and_nothing_else_is_joined(texts):
    """Comparing every text with every other one is the rule; looking only at the rarest words must find the same."""
    rare = f"{'x ' * 9}"  # so that all are long
    texts = [f"{rare}{text}" for text in texts]
    bags = [bag_of(WORD.findall(text)) for text in texts]
    neighbours = {
        frozenset(pair) for pair in combinations(range(len(texts)), 2) if alike(*(bags[place] for place in pair))
    }
    found = reused([written(n, text) for n, text in enumerate(texts)])
    together = [{int(each.source[2:]) for each in group} for group in found]
    assert all(any(pair <= group for group in together) for pair in neighbours)
    assert all(any(frozenset({one, other}) in neighbours for other in group) for group in together for one in group)
