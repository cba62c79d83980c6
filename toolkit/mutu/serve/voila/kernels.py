"""The kernels behind the pages: which program, which environment, which folder, and how they end."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Unicode

from mutu.kernels.choice import WARM, provisioner
from mutu.serve.instance import InUse, lock

PREFIX = "mutu-pages-"
LOCK = "in-use.sqlite"
WITHOUT_LOCK = 60  # seconds
# What a Python process needs from its surroundings; tokens, passwords and addresses are not among it.
_SYSTEM = {"PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "LD_LIBRARY_PATH"}
_MACHINE = {"NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "LANG", "LC_ALL", "LC_CTYPE", "TZ"}
_PYTHON = {"PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "VIRTUAL_ENV"}
KEPT = frozenset(_SYSTEM | _MACHINE | _PYTHON)
_MODULE, _LOADED, _OPTIONS = "mutu.serve.voila.kernel", "mutu.serve.voila.loaded", ("-P",)
FOLDERS = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP", "IPYTHONDIR", "XDG_RUNTIME_DIR")


def private_root() -> tuple[Path, sqlite3.Connection]:
    """A folder only this user can enter, for everything the kernels write, and the lock that says it is in use.

    What a crash left is removed at the next start, never the folder of a process that is still there.
    """
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if _is_left_behind(old):
                shutil.rmtree(old, ignore_errors=True)
    root = Path(tempfile.mkdtemp(prefix=PREFIX))
    return root, lock(root / LOCK)


def _is_left_behind(folder: Path) -> bool:
    """Whether the process that made a folder is gone."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    if not (folder / LOCK).exists():  # another process may be about to lock it
        return folder.stat().st_mtime < time.time() - WITHOUT_LOCK
    try:
        lock(folder / LOCK).close()
    except (InUse, sqlite3.Error):
        return False
    return True


def environment(folder: Path, cache: Path, language: str, workspace: str) -> dict[str, str]:
    """The environment of a kernel: what Python needs, its own folder, its language, the workspace."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in KEPT}
    own = dict.fromkeys(FOLDERS, str(folder))
    more = {"MPLCONFIGDIR": str(cache), "MUTU_HOME": workspace, "MUTU_LANG": language, "OPENBLAS_NUM_THREADS": "1"}
    return kept | own | more


def _metadata() -> dict[str, Any]:
    """Whether this ipykernel encrypts, and how it is started."""
    config = {"module": _MODULE, "preload": [_LOADED]}
    forked = {"kernel_provisioner": {"provisioner_name": WARM, "config": config}} if provisioner() == WARM else {}
    return {**get_kernel_dict()["metadata"], **forked}


class OneKernelSpec(KernelSpecManager):
    """Knows one kernel, ours: a kernel.json lying about on the machine is never started."""

    spec: ClassVar[dict[str, Any]] = {
        "argv": [sys.executable, *_OPTIONS, "-m", _MODULE, "-f", "{connection_file}", "--HistoryManager.enabled=False"],
        "display_name": "mutu",
        "language": "python",
        "interrupt_mode": "signal",
        "metadata": _metadata(),
    }

    def find_kernel_specs(self) -> dict[str, str]:
        """Names and folders of the kernels that can be started."""
        return {"python3": str(Path(__file__).parent)}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel, whatever is asked for."""
        return KernelSpec(resource_dir=str(Path(__file__).parent), **self.spec)

    def get_all_specs(self) -> dict[str, Any]:
        """The same as Voila reads it."""
        return {"python3": {"resource_dir": str(Path(__file__).parent), "spec": self.spec}}


class PageKernels(AsyncMappingKernelManager):
    """Starts a kernel in a folder of its own and removes the folder with it."""

    workspace = Unicode()
    private = Unicode()

    @property
    def cache(self) -> Path:
        """Shared by all kernels: matplotlib's list of fonts, which takes seconds to make."""
        return Path(self.private) / "matplotlib"

    def warm_up(self) -> None:
        """Begin to load what every page needs, in a process that knows nothing of this one or of a page."""
        if provisioner() == WARM:
            from mutu.kernels.provisioner import warm_up

            warm_up(environment(Path(self.private), self.cache, "", self.workspace), [_LOADED], _OPTIONS)

    async def open_for(self, kernel_id: str, language: str) -> Any:
        """Start the kernel of a page.

        Parameters
        ----------
        kernel_id : the place that was taken for it
        language : "id" or "en"

        Returns
        -------
        The kernel's manager.
        """
        folder = Path(self.private) / kernel_id
        folder.mkdir(mode=0o700)
        self.cache.mkdir(exist_ok=True, mode=0o700)
        env = environment(folder, self.cache, language, self.workspace)
        manager: Any = self  # jupyter_server assigns this method, without its types
        await manager.start_kernel(kernel_id=kernel_id, kernel_name="python3", cwd=str(folder), env=env)
        return manager.get_kernel(kernel_id)

    async def end(self, kernel_id: str) -> None:
        """End a kernel at once, and what it had."""
        try:
            if kernel_id in self:
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        finally:
            await asyncio.to_thread(shutil.rmtree, Path(self.private) / kernel_id, ignore_errors=True)
