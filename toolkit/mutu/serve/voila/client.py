"""The server's own client of a page's kernel, which runs the page's notebook."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient


class PromptClient(AsyncKernelClient):
    """Goes on as soon as its kernel is heard; jupyter_client listens for 0.2 s of silence then, for every page."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for an answer, and for the channel of outputs to carry what belongs to it.

        Raises
        ------
        RuntimeError : the kernel has died, or does not answer in so many seconds
        """
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while not await self._is_heard():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _is_heard(self) -> bool:
        asked = self.kernel_info()
        try:
            while _parent(reply := await self.get_shell_msg(timeout=1)) != asked:
                pass
            while not _is_end_of(await self.get_iopub_msg(timeout=0.2), asked):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _parent(message: dict[str, Any]) -> Any:
    return message["parent_header"].get("msg_id")


def _is_end_of(message: dict[str, Any], asked: str) -> bool:
    return bool(_parent(message) == asked and message["content"].get("execution_state") == "idle")
