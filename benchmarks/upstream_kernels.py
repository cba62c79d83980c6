"""Upstream's own tests of kernels, run with warm kernels.

    python benchmarks/upstream_kernels.py FOLDER [--ordinary] [options of pytest]

FOLDER is an unpacked source distribution of ipykernel or jupyter_client, of the version that is installed here, with
what its tests need installed beside it. Every kernel they start through jupyter_client is forked where it can be.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import matplotlib
import pytest

from mutu.kernels import provisioner
from mutu.kernels.choice import ORDINARY, WARM


class Count:
    """How many kernels were forked, and how many started anew."""

    forked = anew = 0

    def pytest_configure(self) -> None:
        """Count from now on."""
        launch = provisioner.WarmProvisioner.launch_kernel

        async def counted(this: provisioner.WarmProvisioner, *given: object, **named: object) -> object:
            found = await launch(this, *given, **named)  # type: ignore[arg-type]
            if type(this.process).__name__ == "Forked":
                Count.forked += 1
            else:
                Count.anew += 1
            return found

        provisioner.WarmProvisioner.launch_kernel = counted  # type: ignore[assignment,method-assign]

    def pytest_terminal_summary(self) -> None:
        """Say it."""
        print(f"\nkernels forked: {Count.forked}, started anew: {Count.anew}")


def main() -> int:
    """Run the tests; pytest's exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--ordinary", action="store_true", help="with ordinary kernels instead")
    chosen, options = parser.parse_known_args()
    folder, name = chosen.folder, ORDINARY if chosen.ordinary else WARM
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = name
    os.chdir(folder)
    sys.path.insert(0, str(Path(folder).resolve()))
    # the tests change HOME and PYTHONPATH, which are read only while a process is loaded; so they stay what they are
    os.environ.setdefault("MPLCONFIGDIR", matplotlib.get_configdir())
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    if name == WARM:
        provisioner.warm_up()
    return int(
        pytest.main(["-p", "no:cacheprovider", "-q", "-o", "log_cli=false", *options, "tests"], plugins=[Count()])
    )


if __name__ == "__main__":
    raise SystemExit(main())
