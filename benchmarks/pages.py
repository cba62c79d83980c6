"""The self-assessment page beside the same questionnaire of stock ipywidgets in plain Voila, in one run.

    python benchmarks/pages.py [--rounds 3]

*shown*: the levels of the first question can be clicked. *confirmed*: the first and the last question were
answered and the kernel's own count came back. *wire*: bytes the server wrote to its sockets, after compression,
counted by a proxy; every visit is a first visit. Medians; other programs on the machine change the absolute times,
not the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import nbformat
from nbformat import v4
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from chromium import launch

STOCK = """
import ipywidgets as w
import pandas as pd
import matplotlib
from mutu import instruments
items = instruments.load("pekppp").items
count = w.HTML()
chosen = set()
def told(change):
    chosen.add(change["owner"].code)
    count.value = f"<p class='count'>{len(chosen)} / {len(items)}</p>"
def shown(item):
    options = [(f"{level.score} {level.text.id}", level.score) for level in item.levels]
    levels = w.RadioButtons(options=options, value=None, layout={"width": "auto"})
    levels.code = item.code
    levels.observe(told, "value")
    said = "".join(f"<li>{part.id}</li>" for part in item.evidence)
    folded = w.Accordion([w.HTML(f"<ul>{said}</ul>"), w.VBox([w.Textarea(), w.Textarea()])])
    return w.VBox([w.HTML(f"<h3>{item.code} {item.name.id}</h3>"), levels, folded])
w.VBox([count, *map(shown, items)])
"""


class Proxy:
    """Passes TCP on and counts what the server writes."""

    def __init__(self, target: int) -> None:
        self.target, self.bytes = target, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            for source, sink, counted in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pass, args=(source, sink, counted), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.bytes += len(data) if counted else 0
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass
class Visit:
    """One page opened once."""

    shown: float
    confirmed: float
    requests: int
    wire: int


@dataclass
class Contender:
    """A server and how its page is used."""

    name: str
    port: int
    path: str
    steps: dict[str, str]
    visits: list[Visit] = field(default_factory=list)

    def median(self, what: str) -> float:
        """The median of its visits."""
        return float(statistics.median(getattr(visit, what) for visit in self.visits))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Run inside the page every 10 ms, so that no driver stands between the page and the clock: says when the levels of
# the first question can be clicked, answers the first and the last question, says when the count came back.
WATCH = """
const found = window.found = {};
const visible = (each) => each && each.offsetParent !== null && !each.disabled;
const step = () => {
  const radio = %(first)s;
  if (!found.shown && visible(radio)) { found.shown = performance.now(); radio.click(); }
  if (found.shown && !found.asked) { const last = %(last)s; if (visible(last)) { last.click(); found.asked = true; } }
  if (found.asked && (%(counted)s)) { found.confirmed = performance.now(); return; }
  setTimeout(step, 10);
};
step();
"""
STOCK_STEPS = {
    "first": "document.querySelector('.widget-radio-box input')",
    "last": "[...document.querySelectorAll('.widget-radio-box')].at(-1)?.querySelector('input')",
    "counted": "document.querySelector('.count')?.textContent === '2 / 30'",
}
OUR_STEPS = {
    "first": """(() => { const start = document.querySelector('[data-form=create] button');
      if (visible(start)) start.click(); return document.querySelector('#item-1 input'); })()""",
    "last": """(() => { const last = document.querySelector('#item-30 input');
      if (!visible(last)) document.querySelector('nav [data-go=aspect-6]').click(); return last; })()""",
    "counted": """document.querySelector('[data-saved]').dataset.tone === 'good'
      && document.querySelector('[data-answered]').textContent === '2'""",
}


def visit(browser: Any, contender: Contender) -> Visit:
    proxy = Proxy(contender.port)
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: request.url.startswith("data:") or asked.append(request.url))
    page.on("websocket", lambda opened: asked.append(opened.url))
    page.add_init_script(WATCH % contender.steps)
    page.goto(f"http://127.0.0.1:{proxy.port}{contender.path}", wait_until="commit", timeout=120_000)
    page.wait_for_function("() => window.found.confirmed", timeout=180_000)
    page.wait_for_timeout(500)
    clock = page.evaluate("() => window.found")
    found = Visit(clock["shown"] / 1000, clock["confirmed"] / 1000, len(asked), proxy.bytes)
    context.close()
    proxy.listener.close()
    return found


def wait_for(url: str) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urlopen(url, timeout=2):  # noqa: S310
            return
        time.sleep(0.2)
    raise SystemExit(f"{url} does not answer")


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[list[Contender]]:
    stock, ours = free_port(), free_port()
    notebook = folder / "stock.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(STOCK)], metadata=kernel), notebook)
    commands = [
        [sys.executable, "-m", "voila", str(notebook), "--port", str(stock), "--no-browser"],
        [sys.executable, "-m", "mutu.serve.voila", "--port", str(ours), "--workspace", str(folder)],
    ]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    try:
        wait_for(f"http://127.0.0.1:{stock}/voila/static/voila.js")
        wait_for(f"http://127.0.0.1:{ours}/health")
        yield [Contender("plain Voila", stock, "/", STOCK_STEPS), Contender("mutu", ours, "/pekppp", OUR_STEPS)]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as contenders, sync_playwright() as playwright:
        browser = launch(playwright)
        for _round in range(rounds):
            for contender in contenders:
                contender.visits.append(visit(browser, contender))
        browser.close()
    print(f"{'':12} {'shown s':>9} {'confirmed s':>12} {'requests':>9} {'wire kB':>9}")
    for each in contenders:
        numbers = [each.median(what) for what in ("shown", "confirmed", "requests", "wire")]
        print(f"{each.name:12} {numbers[0]:9.2f} {numbers[1]:12.2f} {numbers[2]:9.0f} {numbers[3] / 1000:9.1f}")
    plain, ours = contenders
    for what in ("shown", "confirmed", "requests", "wire"):
        print(f"{what}: {ours.median(what) / plain.median(what):.3f} of plain Voila's")


if __name__ == "__main__":
    main()
