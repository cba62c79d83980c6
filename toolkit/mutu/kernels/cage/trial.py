"""`python -m mutu.kernels.cage.trial`: enter a room and say on stdout what was refused, if anything."""

from __future__ import annotations

import json
import os
import sys

if sys.platform == "win32":
    raise ImportError("nothing is walled there")


def main() -> None:
    """One line of JSON: null, or the refused step and its error number."""
    from mutu.kernels.cage.system import Refused

    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        status = 1
        try:
            _try()
            status = 0
        except Refused as error:
            os.write(writing, json.dumps({"step": error.step, "errno": error.errno}).encode())
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    _pid, status = os.waitpid(pid, 0)
    sys.stdout.write(text or json.dumps(None if status == 0 else {"step": "room", "errno": 0}))


def _try() -> None:
    from mutu.kernels.cage.base import fork, prepare
    from mutu.kernels.cage.limits import Limits
    from mutu.kernels.cage.place import Place
    from mutu.kernels.cage.room import enter

    prepare(Place())
    pid = fork()
    if pid == 0:
        enter(Limits())
    elif os.waitpid(pid, 0)[1]:
        os._exit(1)


if __name__ == "__main__":
    main()
