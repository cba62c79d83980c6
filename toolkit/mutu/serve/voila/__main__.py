"""`python -m mutu.serve.voila --port P --workspace DIR --landing URL`: serve the pages until told to stop."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

_SHARE = Path(__file__).parent / "share"


def _arguments() -> argparse.Namespace:
    from mutu.serve.voila.gate import Limits

    usual = Limits()
    parser = argparse.ArgumentParser(prog="python -m mutu.serve.voila", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workspace", required=True)
    parser.add_argument("--landing", default="")
    parser.add_argument("--lang", choices=("id", "en"), default="id")
    parser.add_argument("--ip", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--host", action="append", default=[], help="a further name this service is reached by")
    parser.add_argument("--max-kernels", type=int, default=usual.kernels)
    parser.add_argument("--after-close", type=float, default=usual.after_close, help="seconds")
    parser.add_argument("--after-idle", type=float, default=usual.after_idle, help="seconds")
    parser.add_argument("--pages-a-minute", type=int, default=usual.pages_a_minute, help="for one address")
    return parser.parse_args()


def main() -> None:
    """Start the process; a MutuError ends it with its sentence."""
    from mutu.serve.voila import parent

    orphaned = parent.watch()  # before anything slow: the parent may go while this process is starting
    given = _arguments()
    # Voila finds templates through Jupyter's data path only; ours stands first.
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(_SHARE), os.environ.get("JUPYTER_PATH"))))
    from mutu.errors import MutuError
    from mutu.locale import say, use
    from mutu.serve.voila.app import LOCAL, Pages
    from mutu.serve.voila.door import more_files
    from mutu.serve.voila.gate import Limits

    limits = Limits(given.max_kernels, given.after_close, given.after_idle, given.pages_a_minute)
    app = Pages(
        port=given.port,
        ip=given.ip,
        limits=limits,
        workspace=str(Path(given.workspace).resolve()),
        landing=given.landing,
        language=given.lang,
        hosts=[*LOCAL, *given.host],
        orphaned=orphaned,
    )
    more_files()
    with use(given.lang):
        try:
            app.initialize()
            app.start()
        except MutuError as error:
            sys.stderr.write(say(error) + "\n")
            raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
