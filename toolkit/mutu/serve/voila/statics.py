"""Scripts and styles: read and packed once at the start, kept by browsers for good, looked up by exact name."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mutu.serve.voila.safe import Safe
from mutu.widgets import bundle

_OWN = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Prepared:
    """A file ready to be sent, as it is and packed."""

    kind: str
    plain: bytes
    packed: bytes


class Statics(dict[str, Prepared]):
    """Path below /static/ -> file; the path carries the content's hash, so it never changes."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: dict[str, str] = {}
        link = (_OWN / "link.js").read_text(encoding="utf-8")
        for name in bundle.SCRIPTS:
            self._add(f"{name}.js", "text/javascript", f"{bundle.script(name)}\n{link}")
        self._add("retry.js", "text/javascript", (_OWN / "retry.js").read_text(encoding="utf-8"))
        self._add("page.css", "text/css", bundle.page_style())

    def _add(self, name: str, kind: str, text: str) -> None:
        data = text.encode()
        path = f"{sha256(data).hexdigest()[:16]}/{name}"
        self.paths[name] = path
        self[path] = Prepared(f"{kind}; charset=utf-8", data, gzip.compress(data, 9, mtime=0))

    def url(self, name: str) -> str:
        """The address of a file."""
        return f"/static/{self.paths[name]}"


class StaticHandler(Safe):
    """Sends what `Statics` holds; nothing on the disk is looked up."""

    def get(self, path: str) -> None:
        """One file."""
        found = self.settings["mutu_statics"].get(path)
        if found is None:
            self.send_error(404)
            return
        packed = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if packed:
            self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Content-Type", found.kind)
        self.finish(found.packed if packed else found.plain)
