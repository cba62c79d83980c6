"""A real `mutu start` for tests: on a free port, in a folder of its own, ended whatever happens."""
# ruff: noqa: D102, S310

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/mutu\?token=([0-9a-f]+)")
PATIENCE = 90


def mutu(*arguments: str) -> list[str]:
    """The command line of the installed program."""
    return [sys.executable, "-c", "from mutu.cli import main; main()", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MUTU_", "JUPYTER"))}
    return kept | {"PYTHONUNBUFFERED": "1"} | more


def run(*arguments: str, timeout: float = PATIENCE, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        mutu(*arguments), env=environment(**more), capture_output=True, text=True, encoding="utf-8", timeout=timeout
    )


def until(holds: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not (true := holds()) and time.monotonic() < end:  # asked once a turn: asking may take a message
        time.sleep(0.05)
    return true


def free_port() -> int:
    """A port whose neighbour is free too, since the pages take that one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


class Platform:
    """A running platform; use it as a context manager."""

    def __init__(self, folder: Path, *arguments: str, **more: str) -> None:
        self.folder = folder
        self.out = folder.with_name(f"{folder.name}-{time.monotonic_ns()}.txt")
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                mutu("start", "--no-browser", "--dir", str(folder), *arguments),
                env=environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Platform:
        try:
            self.wait_for(LINK)
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def said(self) -> str:
        return self.out.read_text(encoding="utf-8")

    def wait_for(self, pattern: re.Pattern[str] | str, seconds: float = PATIENCE) -> re.Match[str]:
        """Wait until the platform has printed something."""
        until = time.monotonic() + seconds
        while not (found := re.search(pattern, self.said())):
            assert self.process.poll() is None, f"ended with {self.process.returncode}:\n{self.said()}"
            assert time.monotonic() < until, f"not said in {seconds} s:\n{self.said()}"
            time.sleep(0.1)
        return found

    @property
    def link(self) -> str:
        return LINK.search(self.said()).group()

    @property
    def token(self) -> str:
        return LINK.search(self.said()).group(2)

    @property
    def base(self) -> str:
        return self.link.partition("/mutu?")[0]

    @property
    def pages(self) -> str:
        """The address of the self-assessment pages, as the landing page gives it."""
        return re.search(r'href="(http://127\.0\.0\.1:\d+)/skm', self.get("/mutu")[1]).group(1)

    def get(self, path: str, *, token: bool = True, **headers: str) -> tuple[int, str]:
        """Status and text of a page; redirects are followed."""
        sent = {"Authorization": f"token {self.token}"} if token else {}
        request = urllib.request.Request(self.base + path, headers=sent | headers)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8")

    def post(self, path: str, body: bytes, method: str = "POST") -> tuple[int, str]:
        request = urllib.request.Request(
            self.base + path, data=body, headers={"Authorization": f"token {self.token}"}, method=method
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return answer.status, answer.read().decode("utf-8")

    def family(self) -> list[psutil.Process]:
        """The process and everything it started."""
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop and wait for its end."""
        self.process.send_signal(how)
        return self.process.wait(30)

    def end(self) -> None:
        """Whatever is left is ended by force."""
        if self.process.poll() is None:
            family = self.family()
            self.process.terminate()
            _gone, left = psutil.wait_procs(family, timeout=15)
            for process in left:
                process.kill()
        self.process.wait()
