"""What was left off behind each door, read from the files where the work is; nothing is executed or changed."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mutu import instruments
from mutu.course import author, nbgrader
from mutu.course import workspace as course
from mutu.errors import MutuError
from mutu.locale import DEFAULT, _, current, date, integer, ngettext
from mutu.serve.landing import submissions
from mutu.serve.pages import Pages
from mutu.serve.workspace import Workspace

_log = logging.getLogger("mutu.serve.landing")
_IDS_SHOWN, _ID_LENGTH = 5, 40


@dataclass(frozen=True)
class Step:
    """A thing that can be opened: what it is called, where it is, how far it is done."""

    name: str
    address: str
    done: int = 0
    total: int = 0
    left_off: str = ""
    changed: datetime | None = None


def lessons(place: Workspace) -> list[Step]:
    """The lessons in the language in use, each with the progress of its exercise."""
    found = []
    for folder in sorted((place.root / "belajar").glob("[0-9][0-9]-*")):
        if lesson := _in_language(folder):
            exercise = folder / course.EXERCISES / lesson.name
            done, total = _progress(exercise)
            changed = datetime.fromtimestamp(exercise.stat().st_mtime).astimezone() if done else None
            found.append(
                Step(
                    name=_title(lesson),
                    address=f"lab/tree/{quote(lesson.relative_to(place.root).as_posix())}",
                    done=done,
                    total=total,
                    left_off=_("Module {number} · {done} of {total} tasks filled in").format(
                        number=folder.name[:2], done=done, total=total
                    ),
                    changed=changed,
                )
            )
    return found


def resume(steps: list[Step]) -> Step | None:
    """Where to go on: what was worked on last and is not finished, else the first that is not, else the last."""
    if not steps:
        return None
    begun = sorted(
        (step for step in steps if step.changed), key=lambda step: step.changed or datetime.min, reverse=True
    )
    unfinished = [step for step in (*begun, *steps) if step.done < step.total]
    return unfinished[0] if unfinished else (begun or steps)[0]


@dataclass(frozen=True)
class Waiting:
    """What waits for the trainer, as a person reads it; `unfit` says what cannot be graded, each with the reason."""

    text: str
    unfit: tuple[str, ...] = ()


def waiting(place: Workspace) -> Waiting:
    """What waits for the trainer."""
    folders = course.folders(place.root)
    try:
        found = nbgrader.waiting(folders)
    except MutuError as error:
        _log.warning("the submissions that wait cannot be counted: %s", error)
        return Waiting(_("The gradebook cannot be read now"))
    return Waiting(_counted(folders, found), submissions.unfit(folders, found.unfit))


def _counted(folders: nbgrader.Folders, found: nbgrader.Waiting) -> str:
    inbound = submissions.uncollected(folders)
    to_collect = ngettext(
        "{count} submission is not collected yet (Collect)",
        "{count} submissions are not collected yet (Collect)",
        inbound,
    )
    automatic = ngettext(
        "{count} submission waits for automatic grading",
        "{count} submissions wait for automatic grading",
        found.automatic,
    )
    by_hand = ngettext(
        "{count} submission waits for points from you", "{count} submissions wait for points from you", found.by_hand
    )
    unfit = ngettext("{count} submission cannot be graded", "{count} submissions cannot be graded", len(found.unfit))
    counted = (
        (to_collect, inbound), (automatic, found.automatic), (by_hand, found.by_hand), (unfit, len(found.unfit))
    )  # fmt: skip
    said = [text.format(count=integer(count)) for text, count in counted if count]
    return "; ".join(said) or _("No submission is waiting")


def unlisted(place: Workspace) -> str:
    """Who handed in without being in the list of participants, as a person reads it; empty when all are in it."""
    ids = submissions.unlisted(course.folders(place.root))
    if not ids:
        return ""
    text = ngettext(
        "{count} ID is not in the list of participants: {ids}",
        "{count} IDs are not in the list of participants: {ids}",
        len(ids),
    )
    named = ", ".join(name[:_ID_LENGTH] for name in ids[:_IDS_SHOWN]) + (", …" if len(ids) > _IDS_SHOWN else "")
    return text.format(count=integer(len(ids)), ids=named)


def questionnaires(pages: Pages) -> list[Step]:
    """The self-assessments that can be begun."""
    return [
        Step(instruments.load(slug).short.in_language(current()), _page(pages, slug)) for slug in instruments.slugs()
    ]


def survey(pages: Pages) -> str:
    """The address of the page that makes a report of a survey."""
    return _page(pages, "skm")


def assessments(place: Workspace, pages: Pages) -> list[Step]:
    """Every saved assessment, the one changed last first; none when the store cannot be read now."""
    if not place.store.exists():
        return []
    from mutu.store import open_store

    try:
        with open_store(place.store) as store:
            return [_assessment(summary, pages) for summary in store.all()]
    except MutuError as error:
        _log.warning("the list of assessments cannot be shown: %s", error)
        return []


def moment(when: datetime) -> str:
    """10.42 today, otherwise the day and the time, in the place's own time."""
    here = when.astimezone()
    clock = here.strftime("%H.%M" if current() == DEFAULT else "%H:%M")
    if here.date() == datetime.now().astimezone().date():
        return clock
    return f"{date(here.date())}, {clock}"


def _assessment(summary: Any, pages: Pages) -> Step:
    name, total = summary.slug, 0
    if summary.slug in instruments.slugs():
        instrument = instruments.load(summary.slug)
        name, total = instrument.short.in_language(current()), len(instrument.items)
    title = f"{name} · {summary.label}" if summary.label else name
    return Step(
        name=title,
        address=f"{_page(pages, summary.slug)}#{quote(summary.token)}",
        done=summary.answered,
        total=total,
        left_off=_("{done} of {total} items, saved {time}").format(
            done=summary.answered, total=total, time=moment(summary.changed)
        ),
        changed=summary.changed,
    )


def _page(pages: Pages, slug: str) -> str:
    return f"{pages.address(slug)}?lang={current()}"


def _in_language(folder: Path) -> Path | None:
    """The lesson's notebook in the language in use, else in the other one."""
    notebooks = [file for file in sorted(folder.glob("*.ipynb")) if "-versi-" not in file.stem]
    english = [file for file in notebooks if file.stem.endswith("-en")]
    indonesian = [file for file in notebooks if file not in english]
    wanted = (english, indonesian) if current() == "en" else (indonesian, english)
    return next((file for files in wanted for file in files), None)


def _title(notebook: Path) -> str:
    """The notebook's first heading."""
    for cell in _cells(notebook):
        first = _source(cell).partition("\n")[0]
        if first.startswith("# "):
            return first[2:].strip()
    return notebook.stem


def _progress(exercise: Path) -> tuple[int, int]:
    """Tasks whose answer differs from what was handed out, and all tasks."""
    release = author.built() / "release" / exercise.stem / exercise.name
    handed_out, written = _answers(release), _answers(exercise)
    done = sum(1 for task, text in handed_out.items() if written.get(task, text) != text)
    return done, len(handed_out)


def _answers(notebook: Path) -> dict[str, str]:
    """Grade id of every cell that a trainee fills in -> what stands in it."""
    cells = [(cell, cell.get("metadata", {}).get("nbgrader", {})) for cell in _cells(notebook)]
    return {str(graded.get("grade_id")): _source(cell).strip() for cell, graded in cells if graded.get("solution")}


def _cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells; none when the file is missing or is no notebook, which is not the landing page's to complain about."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return [cell for cell in cells if isinstance(cell, dict) and isinstance(cell.get("metadata", {}), dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
