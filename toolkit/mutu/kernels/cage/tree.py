"""The read-only root of rooms, laid out on a file system in memory."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from mutu.kernels.cage import parts, system
from mutu.kernels.cage.place import Place, temporary

CANDIDATE = 1000
# where a room's writable file system is mounted for a moment
ROOM = "/.room"
_DEVICES = ("null", "full", "random", "urandom")
_ETC = {
    "passwd": f"root:x:0:0:root:/:/usr/sbin/nologin\npeserta:x:{CANDIDATE}:{CANDIDATE}::{{work}}:/bin/sh\n",
    "group": f"root:x:0:\npeserta:x:{CANDIDATE}:\n",
    "hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "hostname": "localhost\n",
}
# full gives zeros too, but no memory that is shared and that no process is charged for
_LINKS = {
    "zero": "full",
    "fd": "/proc/self/fd",
    "stdin": "fd/0",
    "stdout": "fd/1",
    "stderr": "fd/2",
    "ptmx": "pts/ptmx",
}
_READ_ONLY = system.ATTR_RDONLY | system.ATTR_NOSUID | system.ATTR_NODEV


class Tree:
    """A root that is being laid out at `base`.

    Copies of all that will be shown are taken first, and all paths are judged: `base` may lie over some of it.
    """

    def __init__(self, place: Place, base: str) -> None:
        self.place = place
        self.base = base
        self.temporary = temporary(place)
        self.masked = [os.path.realpath(path) for path in place.masked]
        self.taken: dict[str, int] = {}
        self.links: dict[str, str] = {}
        for path in parts.shown(place.shown):
            self._take(path)

    def build(self) -> None:
        """Mount the root's own file system at `base` and all that was taken in it."""
        system.mount("tmpfs", self.base, system.MS_NOSUID | system.MS_NODEV, "mode=755,size=4m", step="tmpfs")
        for path, text in self.links.items():
            self._folder(os.path.dirname(path))  # noqa: PTH120 - paths of another root are text here
            Path(self._at(path)).symlink_to(text)
        for path, tree in self.taken.items():
            self._show(path, tree)
        self._settings()
        self._devices()
        for path in ("/proc", self.temporary, ROOM, str(self.place.work)):
            self._folder(path)
        self._proc()
        for masked in self.masked:
            self._mask(masked)

    def _at(self, path: str) -> str:
        return f"{self.base}{path}"

    def _take(self, path: Path) -> None:
        """Copy what is at a path, and remember the symbolic links that lead to it."""
        real = self._follow(path)
        if any(Path(real).is_relative_to(each) for each in self.taken):
            return
        with suppress(FileNotFoundError, PermissionError):
            tree = system.clone_tree(real)
            system.set_attributes(tree, _READ_ONLY)
            self.taken[real] = tree

    def _follow(self, path: Path) -> str:
        real = "/"
        rest = list(reversed(path.parts[1:]))
        while rest:
            step = os.path.normpath(os.path.join(real, rest.pop()))  # noqa: PTH118
            if Path(step).is_symlink():
                text = os.readlink(step)  # noqa: PTH115
                if not any(Path(step).is_relative_to(each) for each in self.taken):
                    self.links[step] = text
                rest += reversed([part for part in Path(text).parts if part != "/"])
                real = "/" if text.startswith("/") else real
            else:
                real = step
        return real

    def _folder(self, path: str) -> None:
        Path(self._at(path)).mkdir(parents=True, exist_ok=True)

    def _show(self, path: str, tree: int) -> None:
        target = Path(self._at(path))
        if Path(f"/proc/self/fd/{tree}").is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
        system.attach(tree, str(target))

    def _settings(self) -> None:
        self._folder("/etc")
        for name, text in _ETC.items():
            Path(self._at(f"/etc/{name}")).write_text(text.format(work=self.place.work), encoding="ascii")

    def _devices(self) -> None:
        for name in ("shm", "pts"):
            self._folder(f"/dev/{name}")
        for name, text in _LINKS.items():
            Path(self._at(f"/dev/{name}")).symlink_to(text)
        for name in _DEVICES:
            tree = system.clone_tree(f"/dev/{name}")
            system.set_attributes(tree, system.ATTR_NOSUID | system.ATTR_NOEXEC)
            self._show(f"/dev/{name}", tree)

    def _proc(self) -> None:
        """The system allows a new /proc only where an old one is seen; the candidate's will lie over it."""
        tree = system.clone_tree("/proc")
        system.attach(tree, self._at("/proc"))

    def _mask(self, path: str) -> None:
        target = Path(self._at(path))
        if not target.exists():
            return
        empty = Path(self._at("/.nothing" if target.is_dir() else "/.empty"))
        if target.is_dir():
            empty.mkdir(exist_ok=True)
        else:
            empty.touch()
        tree = system.clone_tree(empty)
        system.set_attributes(tree, _READ_ONLY)
        system.attach(tree, str(target))
