"""JSON Schema of a model, for editors: it takes what people write in YAML, as an editor understands YAML.

An editor reads ``1.0`` as a number and ``true`` as a truth value where our loader keeps the text. So what is text for
us may be a number for the editor, and what is a number may stand in quotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from qacli.files.schema import NUMBER, WHOLE

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXTS = ["string", "number", "boolean"]
"""The types that an editor may see where any text may stand."""


def json_schema(model: type[BaseModel], title: str, *, many: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file that holds one item of a model or, with ``many``, a list of them."""
    made = model.model_json_schema(schema_generator=Generator)
    parts = made.pop("$defs", {})
    if many:
        parts = {model.__name__: made, **parts}
        made = {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
    return {"$schema": DIALECT, **made, "title": title, **({"$defs": parts} if parts else {})}


class Generator(GenerateJsonSchema):
    """Writes each type of ``files.schema`` as an editor may meet it."""

    def str_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().str_schema(schema)
        pattern = made.get("pattern")
        if pattern is None:
            return {**made, "type": TEXTS}
        numbers = "number" if re.match(pattern, "1.5") else "integer" if re.match(pattern, "1") else ""
        return {**made, "type": ["string", numbers], "minimum": 0} if numbers else made

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": ["number", "string"], "pattern": f"^{NUMBER.pattern}$", **_limits(schema)}

    def int_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": ["integer", "string"], "pattern": f"^{WHOLE.pattern}$", **_limits(schema)}

    def bool_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ARG002 - the signature is pydantic's
        return {"enum": [True, False, "yes", "no"]}

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def _limits(schema: Any) -> dict[str, float | int]:
    """Return the bounds of a number, which hold for it alone: a number in quotes is held to them by qacli check."""
    words = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
    return {words[name]: _plain(schema[name]) for name in words if name in schema}


def _plain(limit: Any) -> float | int:
    return int(limit) if limit == int(limit) else float(limit)
