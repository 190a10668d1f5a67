import pytest

from qacli.prepare.scorecards.degree import same_but_for_degree


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("The colleague is clear.", "The colleague is very clear.", "very"),
        ("The colleague is very clear", "The colleague is clear.", "very"),
        ("Mostly keeps to the script.", "Always keeps to the script.", "always"),
        ("Greets the caller.", "Greets the caller warmly.", "warmly"),
        ("good", "very good", "very"),
    ],
)
def test_descriptions_that_differ_by_degree_alone_are_found(one, other, words):
    assert same_but_for_degree(one, other) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Says the whole request back.", "Says the whole request back."),
        ("Replies within a day.", "Replies daily."),
        ("Never cuts in.", "Cuts in."),
        ("Cuts in once.", "Cuts in twice."),
        ("Uses the name once.", "Uses the name once, and where it helps."),
        ("Sends a weekly note.", "Sends a daily note."),
    ],
)
def test_descriptions_that_differ_in_substance_are_left_alone(one, other):
    assert same_but_for_degree(one, other) is None
