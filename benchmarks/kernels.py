"""A warm kernel beside an ordinary ipykernel, in turn, in one run.

    python benchmarks/kernels.py [--rounds 7]

*ready*: from asking for the kernel until it has answered and its output is heard (jupyter_client's `wait_for_ready`,
which listens for another 0.2 s). *first cell*: until `import pandas` and a small table have run, from the beginning.
*figure*: until a first figure has been drawn, from the beginning. *again*: from asking for a restart until it answers.
Medians. Memory is the proportional set size (PSS): what a process would set free, shared pages divided among those
who share them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from kernel_kit import Kernel, surroundings

from mutu.kernels import provisioner
from mutu.kernels.choice import ORDINARY, WARM
from mutu.kernels.order import recipe
from mutu.kernels.standby import Loaded, standby

TABLE = "import pandas as pd; print(pd.DataFrame({'u': [1, 2, 3]}).u.mean())"
FIGURE = "import matplotlib.pyplot as plt; plt.plot([1, 3, 2]);"


@dataclass
class Contender:
    """A provisioner and what was measured: seconds, and megabytes of a kernel at rest and after the cells."""

    name: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    rest: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)

    def note(self, what: str, seconds: float) -> None:
        """One more measurement."""
        self.seconds.setdefault(what, []).append(seconds)


def megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:"))


def once(contender: Contender) -> None:
    begin = time.perf_counter()
    with Kernel(contender.name) as kernel:
        contender.note("ready", time.perf_counter() - begin)
        contender.rest.append(megabytes(kernel.process.pid))
        begin += time.perf_counter() - begin - contender.seconds["ready"][-1]  # reading the memory took a while
        kernel.run(TABLE)
        contender.note("first cell", time.perf_counter() - begin)
        kernel.run(FIGURE)
        contender.note("figure", time.perf_counter() - begin)
        contender.used.append(megabytes(kernel.process.pid))
        begin = time.perf_counter()
        kernel.manager.restart_kernel(now=True)
        kernel.again()
        contender.note("again", time.perf_counter() - begin)


def load() -> tuple[Loaded, float]:
    begin = time.perf_counter()
    loaded = standby.begin(recipe((), provisioner.PRELOAD, surroundings()))
    if loaded is None or not loaded.is_ready():
        raise SystemExit("Kernels cannot be forked here.")
    return loaded, time.perf_counter() - begin


def together(count: int) -> tuple[float, float]:
    """Megabytes of the loaded process and of each of some kernels that are open at once."""
    kernels = [Kernel(WARM) for _each in range(count)]
    try:
        loaded, _seconds = load()
        return megabytes(loaded.pid), statistics.mean(megabytes(kernel.process.pid) for kernel in kernels)
    finally:
        for kernel in kernels:
            kernel.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # kernels warn there of unencrypted ports
    loaded, seconds = load()
    alone = megabytes(loaded.pid)
    contenders = [Contender(ORDINARY), Contender(WARM)]
    for _round in range(rounds):
        for contender in contenders:
            once(contender)
    print(f"{'':18} {'ready s':>9} {'first cell s':>13} {'figure s':>9} {'again s':>9} {'MB':>6} {'MB used':>8}")
    for each in contenders:
        numbers = [statistics.median(each.seconds[what]) for what in ("ready", "first cell", "figure", "again")]
        memory = [statistics.median(each.rest), statistics.median(each.used)]
        print(f"{each.name:18} {numbers[0]:9.2f} {numbers[1]:13.2f} {numbers[2]:9.2f} {numbers[3]:9.2f}", end="")
        print(f" {memory[0]:6.0f} {memory[1]:8.0f}")
    ordinary, warm = contenders
    for what, found in ordinary.seconds.items():
        print(
            f"{what}: {statistics.median(warm.seconds[what]) / statistics.median(found):.2f} of the ordinary kernel's"
        )
    base, each_mb = together(8)
    print(f"The loaded process: {seconds:.1f} s to load, {alone:.0f} MB alone.")
    print(f"Eight kernels at once: the loaded process {base:.0f} MB, each kernel {each_mb:.0f} MB.")


if __name__ == "__main__":
    main()
