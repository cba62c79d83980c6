"""What `import mutu` costs beside `import pandas`, each in a fresh process.

    python benchmarks/imports.py [--rounds 15] [--share 0.1]

Rounds alternate, so that a busy machine slows both; each process times its own import, without the start of Python. The
first round of each warms the disk and does not count. Leaves with 1 if the median of mutu is above the share of that of
pandas. The measures are timed as well, for comparison: they bring numpy, narwhals and pydantic, and no data frames.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

CODE = "from time import perf_counter; began = perf_counter(); import {module}; print(perf_counter() - began)"
MODULES = ("mutu", "pandas", "mutu.measure.skm")


def seconds(module: str) -> float:
    """Time of one import in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(module=module)], capture_output=True, text=True, check=True, timeout=120
    )
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--share", type=float, default=0.1)
    wished = parser.parse_args()
    rounds = [{module: seconds(module) for module in MODULES} for _round in range(wished.rounds + 1)][1:]
    medians = {module: statistics.median(each[module] for each in rounds) for module in MODULES}
    for module, median in medians.items():
        print(f"import {module:16} {median * 1000:7.1f} ms, ratio {median / medians['pandas']:.3f}")
    raise SystemExit(int(medians["mutu"] > wished.share * medians["pandas"]))


if __name__ == "__main__":
    main()
