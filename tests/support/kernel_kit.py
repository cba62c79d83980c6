"""A kernel behind one of the provisioners, and what it answers."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager

from mutu.kernels.choice import WARM

SECONDS = 90


@dataclass
class Said:
    """What a kernel answered to a cell."""

    status: str = ""
    out: str = ""
    err: str = ""
    error: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)
    comms: list[dict[str, Any]] = field(default_factory=list)

    def take(self, message: dict[str, Any]) -> None:
        """Keep what a message says."""
        content, kind = message["content"], message["msg_type"]
        if kind == "stream":
            setattr(self, name := content["name"][3:], getattr(self, name) + content["text"])
        elif kind in ("display_data", "execute_result"):
            self.data.append(content["data"])
        elif kind == "error":
            self.error = f"{content['ename']}: {content['evalue']}"
        elif kind.startswith("comm_"):
            self.comms.append(content)


class Kernel:
    """A running kernel; a context manager, after which it is gone."""

    def __init__(self, provisioner: str, manager: dict[str, Any] | None = None, **launch: Any) -> None:
        self.manager = KernelManager(kernel_name="python3", **(manager or {}))
        set_provisioner(self.manager, provisioner)
        if provisioner == WARM:
            from mutu.kernels.provisioner import warm_up  # not there on Windows, where other tests need this module

            warm_up(surroundings())
        self.manager.start_kernel(**{"env": surroundings(), **launch})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)

    @property
    def process(self) -> Any:
        """What follows the process."""
        return self.manager.provisioner.process

    def run(self, code: str, answer: str | None = None) -> Said:
        """Execute a cell; a question is answered with `answer`."""
        said = Said()
        reply = self.client.execute_interactive(
            code,
            timeout=SECONDS,
            output_hook=said.take,
            allow_stdin=answer is not None,
            stdin_hook=lambda _message: self.client.input(answer),
        )
        said.status = reply["content"]["status"]
        return said

    def value(self, expression: str) -> str:
        """What an expression prints."""
        said = self.run(f"print(({expression}))")
        assert said.status == "ok", said.error
        return said.out.rstrip("\n")

    def again(self) -> None:
        """Wait until it answers after a restart."""
        self.client.wait_for_ready(timeout=SECONDS)

    def end(self) -> None:
        """Nothing is left of it."""
        with contextlib.suppress(Exception):
            self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()


def surroundings(**more: str) -> dict[str, str]:
    """This process's environment without pytest's mark: where that is, ipykernel leaves descriptors 1 and 2 alone."""
    return {**{name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}, **more}


def set_provisioner(manager: Any, name: str) -> None:
    """Choose how a manager starts its kernels."""
    manager.kernel_spec.metadata = {**manager.kernel_spec.metadata, "kernel_provisioner": {"provisioner_name": name}}


def memory_of(pid: int) -> bytes:
    """What a process can write to, as it stands now."""
    found = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights, *_more = line.split()
            first, last = (int(number, 16) for number in span.split("-"))
            if rights.startswith("rw"):
                with contextlib.suppress(OSError):
                    memory.seek(first)
                    found.append(memory.read(last - first))
    return b"".join(found)
