"""Pictures of the two assessment pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from stage import DESKTOP, PHONE, SURVEY, Stage, shot

LABEL = "Kantor Kecamatan Contoh 2026 (data sintetis)"
TALL = {"viewport": {"width": 1280, "height": 1000}}
LEVELS = (3, 4, 2, 5, 1, 4, 3)
PATIENCE = 120_000


def pekppp(stage: Stage, name: str, size: dict[str, Any]) -> None:
    """An aspect that is being answered."""
    page = _begin(stage, size)
    _answer(page, 12)
    page.evaluate("document.querySelector('[data-link-note]').hidden = true")  # its link is of this run
    shot(page, name)


def pekppp_result(stage: Stage, name: str, size: dict[str, Any]) -> None:
    """The index with what raises it most."""
    page = _begin(stage, size)
    _answer(page, 30)
    page.evaluate("document.querySelector('[data-nav]').open = true")
    page.click("nav [data-go=result]")
    page.wait_for_selector("[data-result] .figure-value")
    shot(page, name)


def skm(stage: Stage, name: str, size: dict[str, Any]) -> None:
    """The index of a survey file with its interval."""
    page = stage.page(size)
    page.goto(f"{stage.pages}/skm")
    page.set_input_files("#file", SURVEY)
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] .figure-value", timeout=PATIENCE)
    page.evaluate("document.activeElement.blur()")
    shot(page, name)


def _begin(stage: Stage, size: dict[str, Any]) -> Any:
    page = stage.page(size)
    page.goto(f"{stage.pages}/pekppp")
    page.fill("#label", LABEL)
    page.click("[data-form=create] button")
    page.wait_for_selector("#item-1 label")
    return page


def _answer(page: Any, items: int) -> None:
    chosen = {str(item): LEVELS[item % len(LEVELS)] for item in range(1, items + 1)}
    clicks = "(levels) => Object.entries(levels).forEach(([code, level]) => document.querySelector("
    page.evaluate(clicks + "`[name=level-${code}][value='${level}']`).click())", chosen)
    page.wait_for_selector("[data-saved][data-tone=good]", timeout=PATIENCE)


PICTURES: dict[str, Callable[[Stage], None]] = {
    name: partial(show, name=name, size=size)
    for name, show, size in (
        ("pekppp", pekppp, DESKTOP),
        ("pekppp-hp", pekppp, PHONE),
        ("pekppp-hasil", pekppp_result, DESKTOP),
        ("skm", skm, TALL),
        ("skm-hp", skm, PHONE),
    )
}
