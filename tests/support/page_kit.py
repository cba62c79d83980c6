"""How a page is used without a mouse and heard without being seen."""

from __future__ import annotations

from typing import Any

_FOCUS_SEEN = """() => { const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at.type === 'radio' ? at.closest('label') : at);
  return at !== document.body && outlineStyle === 'solid' && parseFloat(outlineWidth) > 1; }
"""
_LISTEN = """() => { window.heard = [];
  const place = document.querySelector('[data-live]');
  const keep = () => place.textContent && window.heard.push(place.textContent);
  new MutationObserver(keep).observe(place, { childList: true }); }
"""


def tab_to(page: Any, selector: str, most: int = 80) -> None:
    """Go there with the Tab key; wherever it stops, the focus can be seen."""
    for _turn in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(_FOCUS_SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def heading_in_focus(page: Any) -> str:
    """The text of the heading that has the focus and shows it."""
    assert page.evaluate(_FOCUS_SEEN)
    assert page.evaluate("/^H[1-6]$/.test(document.activeElement.tagName)")
    return str(page.evaluate("document.activeElement.innerText"))


def listen(page: Any) -> None:
    """From now on, keep what stands in the page's live region."""
    page.evaluate(_LISTEN)


def heard(page: Any, text: str) -> None:
    """Wait until a text that begins so has stood in the live region."""
    page.wait_for_function("(text) => window.heard.some((said) => said.startsWith(text))", arg=text)
