"""What markup may hold: elements, attributes, addresses, classes. Everything that is not named here is removed."""

from __future__ import annotations

import re
from collections.abc import Callable

from mutu.course.harmless.lists import listed

# elements that start no program, load nothing and leave the reader in the same state, so that every browser reads
# what stands in them alike
TAGS = listed(
    "a abbr address article b big blockquote br caption center cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark meter ol p pre "
    "progress q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt "
    "u ul var wbr"
)
VOID = frozenset({"br", "col", "hr", "img", "wbr"})

_EVERYWHERE = listed(
    "align aria-label bgcolor border cellpadding cellspacing char charoff class color colspan datetime dir face "
    "frame halign headers height high id lang low max min nowrap open optimum reversed role rowspan rules scope size "
    "span start style summary title valign value width"
)
_OF = {"a": frozenset({"href", "target", "rel"}), "img": frozenset({"src", "alt"})}

# what pandas' Styler names its tables; any other id could be one that a page of the trainer's looks for
_ID = re.compile(r"T_[A-Za-z0-9_-]{1,100}")
# classes that lie over the page, hide parts of it, or are listened to by formgrader, Bootstrap or JupyterLab
_CLASS_OF_THE_PAGE = re.compile(
    r"(?:jp-|lm-|p-|cm-|bp\d*-|nbgrader|glyphicon|icon-|nav|modal|popover|tooltip|carousel|dropdown|dropup|collaps|"
    r"embed-|form-|has-|hidden|hide|invisible|visible|sr-only|affix|fade|tab-|btn|input|list-group|pag(?:er|ination)|"
    r"checkbox|radio|close|score|comment|save-icon|full-credit|no-credit|mark-graded|extra-credit|tabbable|name-|help|"
    r"live-|next|prev|item|active|arrow|badge|label|panel|container|jumbotron|cell|output|prompt|rendered|text_cell|"
    r"inner_cell|mermaid|mathjax|mjx|tex2jax|isolated|in$|open$|well)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://(?P<host>[A-Za-z0-9.-]+)(?::\d+)?(?:[/?#][^\s\\<>]*)?|mailto:[^\s<>\\]+|#[^\s<>]*", re.IGNORECASE
)
# an address of this machine or its network may lead to a page that does something when it is opened
_HERE = re.compile(r"(?:.*\.(?:localhost|local|internal)|[0-9a-fx.]*\d|[^.]*)\.?", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_FILE = re.compile(
    r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_ .%-]*(?:/[A-Za-z0-9_][A-Za-z0-9_ .-]*)*\.(?:png|jpe?g|gif|webp|svg)"
)


def is_link(address: str) -> bool:
    """Whether opening an address leaves the trainer's own server and runs nothing: the web, mail, the page itself."""
    read = _LINK.fullmatch(address.strip(" \t\r\n\f"))
    if read is None:
        return False
    return read["host"] is None or not _HERE.fullmatch(read["host"])


def is_picture(address: str) -> bool:
    """Whether a picture brings its own bytes or lies in the submission's own folder, so that nothing else is asked."""
    return bool(_PICTURE.fullmatch(address) or _FILE.fullmatch(address))


def classes(value: str) -> list[str]:
    """The classes that mean nothing to the trainer's pages."""
    return [name for name in value.split() if not _CLASS_OF_THE_PAGE.match(name)]


def is_attribute(tag: str, name: str, value: str) -> bool:
    """Whether an attribute with this value (entities already read) may stay; `style` is judged elsewhere."""
    if name not in _EVERYWHERE and name not in _OF.get(tag, ()):
        return False
    judges: dict[str, Callable[[str], bool]] = {
        "href": is_link,
        "src": is_picture,
        "id": lambda given: bool(_ID.fullmatch(given)),
        "class": lambda given: classes(given) == given.split(),
        "target": lambda given: given.lower() == "_blank",
    }
    return judges[name](value) if name in judges else True
