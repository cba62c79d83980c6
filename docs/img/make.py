"""All pictures of this folder, with one command; everything shown is synthetic.

    .venv/bin/python docs/img/make.py [NAME ...]     all pictures, or those named

Needs a Chromium and pdftoppm. A picture is a function of `PICTURES` in doors.py, pages.py, report.py, insight.py or
feedback.py: it takes the stage and writes NAME.png. To add one, write its function and name it there.
"""

from __future__ import annotations

import sys

import doors
import feedback
from stage import Stage

import insight
import pages
import report

PICTURES = doors.PICTURES | pages.PICTURES | report.PICTURES | insight.PICTURES | feedback.PICTURES


def main(wanted: list[str]) -> None:
    """Make the pictures named, or all."""
    unknown = sorted(set(wanted) - set(PICTURES))
    if unknown:
        sys.exit(f"{', '.join(unknown)}: not a picture; there are {', '.join(PICTURES)}")
    with Stage() as stage:
        for name in wanted or PICTURES:
            PICTURES[name](stage)


if __name__ == "__main__":
    main(sys.argv[1:])
