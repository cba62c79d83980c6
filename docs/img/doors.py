"""Pictures of the landing page, of a lesson, and of a graded submission."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stage import DESKTOP, PHONE, Stage, shot

START = 90_000


def pintu(stage: Stage) -> None:
    """The landing page."""
    shot(stage.page(DESKTOP), "pintu", full_page=True)


def pintu_hp(stage: Stage) -> None:
    """The landing page on a phone, where its first door fills the view."""
    shot(stage.page(PHONE), "pintu-hp")


def belajar(stage: Stage) -> None:
    """The lesson in JupyterLab, run, at its figure of the elements."""
    page = stage.page(DESKTOP)
    page.get_by_role("link", name="Buka pelajaran").click()
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=START)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=START)
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator("[data-command='runmenu:run-all']").click()
    page.locator(".jp-StatusBar-TextItem", has_text="| Busy").wait_for(timeout=START)
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=START)
    _scroll_to(page, "5. Mana yang paling lemah?")
    shot(page, "belajar")


def _scroll_to(page: Any, heading: str) -> None:
    """JupyterLab draws only the cells near the view, so the way there is in steps."""
    view = page.locator(".jp-WindowedPanel-outer").first
    view.evaluate("view => view.scrollTo(0, 0)")
    found = page.locator(".jp-NotebookPanel h3", has_text=heading)
    for _step in range(60):
        if found.count():
            found.evaluate("heading => heading.scrollIntoView()")
        else:
            view.evaluate("view => view.scrollBy(0, 300)")
        page.wait_for_timeout(250)
        if found.count() and abs(found.bounding_box()["y"] - view.bounding_box()["y"]) < 60:
            break
    page.wait_for_timeout(1500)


def menilai(stage: Stage) -> None:
    """Formgrader at the reflection of a graded submission, with its points and a comment."""
    page = stage.page(DESKTOP)
    page.goto(f"{stage.platform.base}/formgrader/gradebook/skm/skm")
    page.locator("a.name-shown", has_text="Satu, Peserta").wait_for(state="attached", timeout=START)
    page.locator("a.name-shown", has_text="Satu, Peserta").evaluate("link => link.click()")
    page.locator("input.score#refleksi").wait_for()
    page.wait_for_load_state("networkidle")  # before its marks have come the page saves nothing
    page.locator("input.score#refleksi").fill("3")
    page.keyboard.press("Tab")
    comment = page.locator("textarea.comment").last
    comment.fill("Sebabnya jelas dan berbukti. Langkah berikutnya: siapa yang membuka loket kedua, dan kapan?")
    comment.blur()
    page.wait_for_timeout(1500)  # formgrader glides to what has the focus
    page.locator("h2", has_text="Refleksi").evaluate("heading => window.scrollTo(0, heading.offsetTop - 90)")
    page.wait_for_timeout(1500)
    shot(page, "menilai")


PICTURES: dict[str, Callable[[Stage], None]] = {
    "pintu": pintu,
    "pintu-hp": pintu_hp,
    "belajar": belajar,
    "menilai": menilai,
}
