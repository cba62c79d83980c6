"""What this machine lacks for isolation, in a sentence."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from mutu.errors import N_
from mutu.kernels.cage import calls

_SWITCHES = (
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        N_("AppArmor forbids user namespaces here. Ask for: sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        N_("User namespaces are switched off here. Ask for: sysctl kernel.unprivileged_userns_clone=1"),
    ),
    (
        "/proc/sys/user/max_user_namespaces",
        "0",
        N_("User namespaces are switched off here. Ask for: sysctl user.max_user_namespaces=10000"),
    ),
)
_NO_LINUX = N_("Isolation needs Linux. On Windows, grade inside WSL.")
_NO_MACHINE = N_("Isolation knows the processors x86-64 and ARM64 only.")
_NO_NAMESPACES = N_("This machine does not allow namespaces of one's own; in a container, its settings forbid them.")
_NO_PROC = N_("A new /proc may not be mounted here; in a container, parts of its own are covered.")
_NO_MOUNT = N_("Folders may not be mounted here; this needs Linux 5.14 or later, and a container that allows it.")
_NO_FILTER = N_("The filter of system calls is missing here; this needs a Linux built with seccomp.")
_NO_ROOM = N_("A process cannot be isolated here, and the reason is not known.")


@cache
def lacking() -> str | None:
    """What this machine lacks for isolation: an English sentence of the catalogues, without fields; None if nothing.

    Found by trying it in a process of its own, once.
    """
    if not sys.platform.startswith("linux"):
        return _NO_LINUX
    if calls.of(platform.machine()) is None:
        return _NO_MACHINE
    refused = _tried()
    return None if refused is None else _sentence(str(refused["step"]))


def _tried() -> dict[str, Any] | None:
    done = subprocess.run(
        [sys.executable, "-m", "mutu.kernels.cage.trial"], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    try:
        answer: dict[str, Any] | None = json.loads(done.stdout)
    except ValueError:
        return {"step": "room"}
    return answer


def _sentence(step: str) -> str:
    if step in ("user namespace", "mount namespace", "namespaces", "setgroups", "uid_map", "gid_map"):
        return next((said for path, value, said in _SWITCHES if _holds(path, value)), _NO_NAMESPACES)
    if step == "mount proc":
        return _NO_PROC
    if step in ("seccomp", "no_new_privs"):
        return _NO_FILTER
    return _NO_ROOM if step == "room" else _NO_MOUNT


def _holds(path: str, value: str) -> bool:
    try:
        return Path(path).read_text(encoding="ascii").strip() == value
    except OSError:
        return False
