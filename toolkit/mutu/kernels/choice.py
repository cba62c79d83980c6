"""Which provisioner starts the kernels here: jupyter_client knows it by a name."""

from __future__ import annotations

import os
from importlib.metadata import entry_points

from mutu.kernels.warm import can_fork

GROUP = "jupyter_client.kernel_provisioners"
WARM, ORDINARY = "mutu-warm", "local-provisioner"


def provisioner() -> str:
    """The name of ours where kernels can be forked and the installation has it, else that of Jupyter's own."""
    return WARM if _can_follow() and entry_points(group=GROUP, name=WARM) else ORDINARY


def _can_follow() -> bool:
    """Whether children can be forked, and followed by a descriptor (Linux 5.3 and later)."""
    if not can_fork() or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True
