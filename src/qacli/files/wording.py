"""Pydantic's findings in the words of the people who write definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from qacli.files.nearest import did_you_mean
from qacli.files.schema import AnswerId, Id, ItemId, Named, PersonId, PointId, Reference, SourceName, Version

if TYPE_CHECKING:
    from collections.abc import Callable


class Words(NamedTuple):
    """How a finding is told: its code, the sentence, what to do."""

    code: str
    message: str
    help: str = ""


# What a text has to look like, by the pattern of its type in the schema.
PATTERNS = {
    get_args(Id)[1].pattern: Words(
        "not-an-id", "is no id", "an id begins with a small letter and has up to 40 small letters, digits and '-'"),
    get_args(PersonId)[1].pattern: Words(
        "not-a-person", "is no person id", "write the person's id, for example p_a07"),
    get_args(Version)[1].pattern: Words(
        "not-a-version", "is no version", "write digits and points, for example 1.0"),
    get_args(Reference)[1].pattern: Words(
        "not-a-reference", "is no reference", "write id@version, for example point5@2"),
    get_args(Named)[1].pattern: Words(
        "not-a-name", "is neither an id nor id@version", "write it as it is defined, for example recording or recording@1"),
    get_args(PointId)[1].pattern: Words(
        "not-a-point", "is no point of a scale", "write small letters, digits, _ or -, for example not_met or 4"),
    get_args(AnswerId)[1].pattern: Words(
        "not-an-answer", "is no answer of a scale", "write a point, for example not_met or 4, or a number such as 7.5"),
    get_args(SourceName)[1].pattern: Words(
        "not-a-source", "is no name of a source", "write small letters, digits or _, for example opt_outs"),
    get_args(ItemId)[1].pattern: Words(
        "not-an-item", "is no item of a sample", "write its id, for example t_4k-2; all items: qacli sample list"),
}  # fmt: skip

# The schema's own types say what is wrong in their own words.
CODES = {"number": "not-a-number", "whole": "not-a-whole-number", "yes-no": "not-yes-or-no", "date": "not-a-date"}

HELP = {"not-yes-or-no": "write yes or no", "not-a-whole-number": "write digits only, for example 12"}


def worded(error: Any) -> Words:
    """Return one of pydantic's error dicts as code, message and help."""
    kind = error["type"]
    if error["input"] is None and "at" not in error.get("ctx", {}):
        return Words("empty-setting", "nothing is written here", "write a value, or leave the whole setting out")
    for suffixes, wording in WORDINGS:
        if kind.endswith(suffixes):
            return wording(error)
    code = CODES.get(kind, kind.replace("_", "-"))
    said = error["msg"].replace(f"'{error['input']}'", _shown(error["input"]))
    return Words(code, said[:1].lower() + said[1:], HELP.get(code, ""))


def _choice(error: Any) -> Words:
    """A text outside the list of those allowed; pydantic writes the list as "'a', 'b' or 'c'"."""
    context = error["ctx"]
    expected = str(context.get("expected") or context.get("expected_tags"))
    written = error["input"] if "tag" not in context else context["tag"]
    allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
    among = f"none of {', '.join(allowed)}" if len(allowed) > 1 else f"not '{allowed[0]}'"
    return Words("not-a-choice", f"{_shown(written)} is {among}", did_you_mean(str(written), allowed, ""))


def _no_tag(error: Any) -> Words:
    name = str(error["ctx"]["discriminator"]).strip("'")
    return Words("missing-setting", f"'{name}' is needed to tell what this is", f"add a line '{name}: ...'")


def _pattern(error: Any) -> Words:
    words = PATTERNS.get(error["ctx"]["pattern"], Words("not-allowed", f"does not match {error['ctx']['pattern']}"))
    return words._replace(message=f"{_shown(error['input'])} {words.message}")


def _range(error: Any) -> Words:
    for limit, says in (("ge", "below"), ("gt", "not above"), ("le", "above"), ("lt", "not below")):
        if limit in error["ctx"]:
            return Words("out-of-range", f"{_shown(error['input'])} is {says} {error['ctx'][limit]}")
    return Words("out-of-range", error["msg"])


def _short_text(error: Any) -> Words:
    return Words(
        "empty-setting",
        "the text is empty" if not error["input"].strip() else error["msg"],
        "write a value, or leave the whole setting out",
    )


def _long_text(error: Any) -> Words:
    most = error["ctx"]["max_length"]
    return Words("too-long", f"the text has {len(error['input']):,} characters, {most:,} are allowed")


def _few(error: Any) -> Words:
    least, found = error["ctx"]["min_length"], error["ctx"]["actual_length"]
    return Words("too-few", f"at least {least} item{'s' * (least > 1)} must be written here, found {found}")


def _many(error: Any) -> Words:
    most = error["ctx"]["max_length"]
    return Words("too-many", f"at most {most} item{'s' * (most > 1)} can be written here")


def _settings(error: Any) -> Words:
    return Words(
        "not-settings",
        f"settings are needed here, not {_kind(error['input'])}",
        "write 'name: value' lines below it, further to the right",
    )


def _list(error: Any) -> Words:
    return Words(
        "not-a-list", f"a list is needed here, not {_kind(error['input'])}", "begin each item on its own line with '- '"
    )


def _text(error: Any) -> Words:
    return Words("not-text", f"text is needed here, not {_kind(error['input'])}", "write one value after the ':'")


def _number(error: Any) -> Words:
    said = f"a number is needed here, not {_kind(error['input'])}"
    return Words("not-a-number", said, "write digits, for example 12 or 12.5")


def _rule(error: Any) -> Words:
    return Words("not-allowed", str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, "))


WORDINGS: tuple[tuple[tuple[str, ...], Callable[[Any], Words]], ...] = (
    (("literal_error", "enum", "union_tag_invalid"), _choice),
    (("union_tag_not_found",), _no_tag),
    (("string_pattern_mismatch",), _pattern),
    (("greater_than", "greater_than_equal", "less_than", "less_than_equal"), _range),
    (("string_too_short",), _short_text),
    (("string_too_long",), _long_text),
    (("too_short",), _few),
    (("too_long",), _many),
    (("model_type", "model_attributes_type", "dict_type"), _settings),
    (("list_type", "tuple_type", "set_type"), _list),
    (("string_type", "date_type", "bool_type"), _text),
    (("decimal_parsing", "decimal_type", "int_parsing", "int_type", "float_parsing", "float_type"), _number),
    (("value_error", "assertion_error"), _rule),
)


def _shown(value: object) -> str:
    text = str(value)
    return f"'{text}'" if len(text) <= 60 else f"'{text[:59]}…'"


def _kind(value: object) -> str:
    return "settings" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"
