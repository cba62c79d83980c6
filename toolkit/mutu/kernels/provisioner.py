"""Jupyter's way to warm kernels: `jupyter_client` starts every kernel through a provisioner."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from mutu.kernels.order import LAUNCHER, order, recipe
from mutu.kernels.standby import standby

# what nearly every notebook loads; debugpy is what ipykernel itself loads for every kernel
PRELOAD = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "ipywidgets",
    "anywidget",
)


class WarmProvisioner(LocalProvisioner):
    """Forks an ipykernel of this Python from a loaded process; every other kernel is started in the ordinary way.

    So is one that asks for what only a new interpreter can give, and every kernel when there is no loaded process.
    """

    module = Unicode(LAUNCHER, help="what stands behind -m; one of ours has a function `prepare`, called first")
    preload = List(Unicode(), list(PRELOAD), help="modules to load")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel; returns how to connect to it."""
        wanted = order(cmd, self.module, kwargs)
        forked = None
        if wanted is not None:
            forked = await asyncio.to_thread(standby.fork, wanted, wanted.recipe(self.preload))
        if wanted is None or forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = forked
        self.pid: Any = forked.pid
        self.pgid: Any = forked.pid  # it leads a session, and so a group, of its own
        self.cwd: Any = wanted.folder
        return self.connection_info


def warm_up(
    environment: Mapping[str, str] = os.environ, preload: Sequence[str] = PRELOAD, options: Sequence[str] = ()
) -> None:
    """Begin to load in the background what the first kernel will need; returns at once.

    Parameters
    ----------
    environment : variables of the kernels to come
    preload : modules to load
    options : of the kernels' interpreter
    """
    standby.begin(recipe(options, preload, environment))
