"""Rating categories of Zendesk QA (formerly Klaus), read from its list of categories or from an export of reviews.

A category counts (chosen - worst) / (best - worst); a review is the mean of its categories by weight; any critical
category below a half makes it 0. An export of reviews does not say how many points a scale has: that has to be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from qacli.files.schema import Whole, YesNo
from qacli.files.validate import validate
from qacli.files.yaml import Tree
from qacli.interchange.forms.form import Amount, Answer, Foreign, Form, Question
from qacli.interchange.forms.points import spread
from qacli.model import UsageError

HALF = 50


class Part(Foreign):
    """A part of a file: names as Zendesk QA writes them."""

    model_config = ConfigDict(alias_generator=to_camel)


class Category(Part):
    """A rating category."""

    name: str = Field(min_length=1)
    description: str = ""
    critical: YesNo = False
    archived: YesNo = False
    weight: Amount = Decimal(1)
    max_rating: Whole | None = Field(default=None, ge=2, le=5)
    scorecards: tuple[str, ...] = ()
    group_name: str = "Categories"


class Categories(Part):
    """A list of categories."""

    categories: tuple[Category, ...] = Field(min_length=1)


class Rated(Part):
    """A rating of a review, which names its category."""

    category_id: str
    category_name: str = Field(min_length=1)
    weight: Amount = Decimal(1)
    critical: YesNo = False


class Review(Part):
    """A review; only what tells of the scorecard is read."""

    ratings: tuple[Rated, ...] = ()
    scorecard: str = ""


class Conversation(Part):
    """A conversation with its reviews."""

    reviews: tuple[Review, ...] = ()


class Reviews(Part):
    """An export of reviews."""

    conversations: tuple[Conversation, ...] = Field(min_length=1)


def read(tree: Tree, scorecard: str = "", points: int = 0) -> Form:
    """Return what a list of categories, or an export of reviews, tells of one scorecard.

    ``scorecard`` names it where the file holds several, ``points`` says how many a scale has where the file does not.
    Raises FileFaults, UsageError.
    """
    if isinstance(tree.data, dict) and "conversations" in tree.data:
        found = _reviewed(validate(tree, Reviews))
    elif isinstance(tree.data, list):
        found = [validate(tree.part((place,)), Category) for place in range(len(tree.data))]
    else:
        found = list(validate(tree, Categories).categories)
    live = [each for each in found if not each.archived]
    chosen = [each for each in live if not scorecard or scorecard in each.scorecards]
    _refuse(live, chosen, scorecard, points)
    findings = [f"category '{each.name}' is archived: not taken over" for each in found if each.archived]
    title = scorecard or next((name for each in chosen for name in each.scorecards), "Scorecard of Zendesk QA")
    return Form(title, {}, [_question(each, points) for each in chosen], findings)


def _reviewed(export: Reviews) -> list[Category]:
    """Return the categories by which reviews were rated, each as it was rated last."""
    cards: dict[str, dict[str, None]] = {}
    last: dict[str, Rated] = {}
    for review in (review for each in export.conversations for review in each.reviews):
        for rating in review.ratings:
            last[rating.category_id] = rating
            cards.setdefault(rating.category_id, {}).update({review.scorecard: None} if review.scorecard else {})
    return [
        Category(name=each.category_name, weight=each.weight, critical=each.critical, scorecards=tuple(cards[id]))
        for id, each in last.items()  # noqa: A001
    ]


def _refuse(live: Sequence[Category], chosen: Sequence[Category], scorecard: str, points: int) -> None:
    names = sorted({name for each in live for name in each.scorecards})
    if not chosen or (not scorecard and len(names) > 1):
        raise UsageError(
            f"the file holds no scorecard '{scorecard}'" if scorecard else f"the file holds {len(names)} scorecards",
            help=f"say which: --only NAME, one of: {', '.join(names) or 'none; leave --only out'}",
        )
    if not points and any(each.max_rating is None for each in chosen):
        raise UsageError(
            "the file does not say how many points the rating scale has",
            help="look it up in the settings of the scorecard: --points 2, 3, 4 or 5",
        )


def _question(category: Category, points: int) -> Question:
    values = spread(category.max_rating or points)
    answers = [
        Answer(str(place), f"{place} of {len(values)}", value, "zero" if category.critical and value < HALF else "")
        for place, value in enumerate(values, start=1)
    ]
    return Question(
        category.group_name,
        category.group_name,
        "",
        category.name,
        category.weight,
        answers,
        True,
        {},
        category.description,
    )
