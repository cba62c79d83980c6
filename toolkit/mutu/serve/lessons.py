"""Lessons and course laid into the workspace by a process of their own, while the server is being imported.

nbgrader changes the working folder and the environment of the process it runs in, so it has no place in the server's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from mutu.errors import N_, MutuError, WorkspaceError
from mutu.locale import current, say
from mutu.serve import light
from mutu.serve.workspace import Workspace

_SENTENCE = 3  # its stdout is a sentence for the person; any other code is a crash


class Laying:
    """The running process; `result` waits for it."""

    def __init__(self, workspace: Workspace) -> None:
        self._log = workspace.log / "lessons.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mutu.serve.lessons", str(workspace.root)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
                env=os.environ | {"MUTU_LANG": current(), "PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip

    def result(self) -> tuple[Path, ...]:
        """The new versions of lessons laid beside files that the person had changed.

        Raises
        ------
        WorkspaceError : the lessons could not be laid; the sentence says why
        """
        said, _nothing = self._process.communicate()
        if self._process.returncode == 0:
            return tuple(Path(name) for name in json.loads(said))
        if self._process.returncode == _SENTENCE:
            raise WorkspaceError("{sentence}", sentence=said.strip())
        raise WorkspaceError(
            N_(
                "The lessons could not be prepared. The reason is in {log}; please include that file when you ask for "
                "help."
            ),
            log=self._log,
        )

    def stop(self) -> None:
        """End the process when nobody waits for it any more."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _main() -> int:
    light.without_grammars()
    out = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints belongs into the log
    try:
        from mutu.course.workspace import prepare

        beside = prepare(Path(sys.argv[1]))
    except MutuError as error:
        out.write(say(error))
        return _SENTENCE
    out.write(json.dumps([str(file) for file in beside]))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
