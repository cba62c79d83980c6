"""What a file is, by its first bytes and its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

HEAD = 4096
_JUNK = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git"}
_JUNK_FILES = {"thumbs.db", "desktop.ini", "timestamp.txt"}
_TEXTS = {".ipynb", ".json", ".txt", ""}
_AFTER = {".txt", ".json", ".crdownload", ".part", ".download", ".bak", ".tmp"}  # behind .ipynb
_OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}:[ \t])")
_PAGE = re.compile(r"<(?:!doctype|html|head)\b", re.IGNORECASE)
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def kind(name: str, head: bytes) -> str:
    """One of "notebook", "zip", "mailbox", "mail", "outlook" (a mail), "outlook store", "archive" (of other kinds),
    "page" (of the web, under a notebook's name) and "other"."""
    path = PurePosixPath(name.casefold())
    if path.suffix == ".zip" or (path.suffix == "" and head.startswith(b"PK\x03\x04")):
        return "zip"
    if path.suffix in (".mbox", ".mbx") or (path.suffix in ("", ".txt") and head.startswith(b"From ")):
        return "mailbox"
    if path.suffix == ".eml" and _HEADER.match(head):
        return "mail"
    if path.suffix == ".msg":
        return "outlook"
    if path.suffix in (".pst", ".ost"):
        return "outlook store"
    if path.suffix in _OTHER_ARCHIVES:
        return "archive"
    if not _is_notebook(path, head):
        return "other"
    return "page" if _PAGE.match(decoded(head[:200]).lstrip()) else "notebook"


def is_junk(steps: tuple[str, ...]) -> bool:
    """Whether a file is what systems and JupyterLab leave behind, or claims a time of its own."""
    name = steps[-1].casefold()
    return name.startswith(".") or name in _JUNK_FILES or any(step in _JUNK for step in steps)


def decoded(raw: bytes) -> str:
    """The text of a file that may begin with a byte order mark; what is no text becomes replacement characters."""
    for mark, encoding in _BOMS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    return raw.decode("utf-8", "replace")


def _is_notebook(path: PurePosixPath, head: bytes) -> bool:
    if path.suffix == ".ipynb":
        return True
    text = decoded(head).lstrip()
    if ".ipynb" in path.suffixes[-2:]:
        return path.suffix in _AFTER or _PAGE.match(text) is not None or _has_cells(text)
    return path.suffix in _TEXTS and _has_cells(text)


def _has_cells(text: str) -> bool:
    return text.startswith("{") and '"cells"' in text[:1000]
