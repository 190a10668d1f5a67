"""Pages: one HTML file that needs nothing else and asks nothing of any network. Whatever came from data is shown as it is."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from qacli.files.text import visible
from qacli.reports.environment import BANNERS, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment


@cache
def _environment() -> Environment:
    """Return the Jinja2 environment of our pages: every value is escaped for HTML; a name that is not there is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: Any) -> Any:
        plain = isinstance(value, str) and not isinstance(value, Markup)
        return visible(value, layout=True) if plain else value

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, values: Mapping[str, object], provenance: str, style: str, script: str = "") -> str:
    """Return a page: one template of ours filled with values, with its style and script inside.

    ``style`` and ``script`` name files beside the templates. The page's own policy allows these two and nothing else: no
    address is ever asked for, and no script that data might bring would run.
    """
    from markupsafe import Markup

    css, js = _part(style), _part(script)
    allowed = ["default-src 'none'", f"style-src {_hash(css)}", *([f"script-src {_hash(js)}"] if js else [])]
    policy = "; ".join([*allowed, "base-uri 'none'", "form-action 'none'"])
    ours = {"style": Markup(css), "script": Markup(js), "policy": policy, "banner": BANNERS[provenance]}  # noqa: S704 - our own
    return _environment().get_template(template).render({**values, **ours})


def _part(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8") if name else ""


def _hash(text: str) -> str:
    """Return what names one inline part in a content security policy (CSP level 3, section 6.7.3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
