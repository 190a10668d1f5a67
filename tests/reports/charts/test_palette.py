"""Colours that can be read: contrast by WCAG 2.2, in light and in dark."""

from __future__ import annotations

import pytest

from qacli.reports.charts.palette import HEAT, PALETTE, contrast, variables
from qacli.reports.environment import TEMPLATES

TEXT = ("ink", "soft", "line", "signal", "good", "mark")


def test_contrast_is_that_of_wcag() -> None:
    # WCAG 2.2, definition of contrast ratio: black on white is 21:1; #767676 on white is the known least grey, 4.54:1
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("role", TEXT)
def test_words_and_lines_stand_out_from_page_and_card(role: str, mode: str) -> None:
    for ground in ("page", "card"):
        assert contrast(getattr(PALETTE[role], mode), getattr(PALETTE[ground], mode)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("shade", HEAT)
def test_numbers_can_be_read_on_every_shade(shade: str, mode: str) -> None:
    assert contrast(getattr(PALETTE["ink"], mode), getattr(HEAT[shade], mode)) >= 4.5


def test_the_style_of_the_page_holds_these_colours() -> None:
    style = (TEMPLATES / "dashboard.css").read_text("utf-8")
    assert f":root{{ {variables('light')} }}" in style
    assert f"@media screen and (prefers-color-scheme:dark){{ :root{{ {variables('dark')} }} }}" in style
