"""The page of a self-assessment, made from its instrument alone."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from pydantic import Field

from mutu import instruments
from mutu.assess import limits
from mutu.errors import N_, AnswerError, InputError
from mutu.instruments.schema import Instrument
from mutu.locale import _, current, date, integer
from mutu.widgets import markup
from mutu.widgets.desk import Desk, Files, Reply, Request
from mutu.widgets.warm import warm

MOST_NEW = 20  # assessments that one opened page begins or loads; a reload opens a new one
DELETE = N_("DELETE")

Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,128}$")]
Long = Annotated[str, Field(max_length=limits.TEXT)]
Label = Annotated[str, Field(max_length=limits.NAME)]


class Create(Request):
    """Begin an assessment."""

    label: Label = ""


class Known(Request):
    """What concerns one assessment; who has its token has the assessment."""

    token: Token


class Save(Known):
    """Some fields of one item; an absent field stays as it is, a score of null clears the answer."""

    code: Annotated[str, Field(max_length=20)]
    score: int | None = None
    note: Long = ""
    evidence: Long = ""


class Settings(Known):
    """Name and weights of the assessment."""

    label: Label
    weights: Annotated[str, Field(max_length=40)]


class Export(Known):
    """A file to take away."""

    what: Literal["word", "json"]


class Load(Request):
    """A JSON file that was exported here."""

    text: Annotated[str, Field(max_length=limits.FILE_ON_PAGE)]


class Delete(Known):
    """Remove the assessment for good; the typed word shows that it is meant."""

    typed: Annotated[str, Field(max_length=20)]


def front(slug: str) -> tuple[str, str, str]:
    """Title, script and HTML of the page, in the language in use."""
    instrument = instruments.load(slug)
    html = markup.render(
        "assessment",
        instrument=instrument,
        texts=_texts(len(instrument.aspects)),
        longest=limits.TEXT,
        name_longest=limits.NAME,
        delete_word=_(DELETE),
    )
    return f"{instrument.short.in_language(current())} · mutu", "form", html


def show(slug: str) -> None:
    """Show the page in a notebook: the only line of the notebook behind an instrument's page."""
    from mutu.widgets.page import Page

    _title, script, html = front(slug)
    Page(html, script, Assessment(slug).desk(current())).show()
    warm("mutu.store", "mutu.assess.report", "mutu.report.svg")


class Assessment:
    """Answers the page of one instrument; every request names its assessment, so a new kernel can go on with it."""

    def __init__(self, slug: str, workspace: str | Path | None = None) -> None:
        self.instrument: Instrument = instruments.load(slug)
        self._workspace = Path(workspace or os.environ.get("MUTU_HOME") or "mutu-kerja")
        self._opened: Any = None
        self._new = 0

    def desk(self, language: str) -> Desk:
        """The desk for a page that speaks `language`."""
        handlers: dict[str, tuple[type[Request], Any]] = {
            "create": (Create, self.create),
            "open": (Known, self.open),
            "save": (Save, self.save),
            "settings": (Settings, self.settings),
            "result": (Known, self.result),
            "export": (Export, self.export),
            "load": (Load, self.load),
            "delete": (Delete, self.delete),
        }
        return Desk(handlers, language)

    @property
    def store(self) -> Any:
        """The workspace's store, opened when the first request needs it."""
        if self._opened is None:
            from mutu.store import open_store

            self._opened = open_store(self._workspace / "mutu.sqlite")
        return self._opened

    def create(self, request: Create, _buffers: Sequence[bytes]) -> Reply:
        """A new assessment and its token."""
        self._one_more()
        token = self.store.create(self.instrument.slug, self.instrument.version, request.label.strip())
        return {"token": token}

    def open(self, request: Known, _buffers: Sequence[bytes]) -> Reply:
        """Everything the page needs to go on."""
        record = self._record(request.token)
        answers = {
            code: {"score": answer.score, "note": answer.note, "evidence": answer.evidence}
            for code, answer in record.answers.items()
        }
        weights = record.weights or self.instrument.conventions[0].code
        at = _clock(record.changed) if answers else ""
        return {"label": record.label, "weights": weights, "answers": answers, "at": at}

    def save(self, request: Save, _buffers: Sequence[bytes]) -> Reply:
        """Keep what was sent of one item; the reply comes after the store has it."""
        fields = {name: getattr(request, name) for name in request.model_fields_set - {"token", "code"}}
        self._record(request.token)
        instruments.check_answer(self.instrument, request.code, fields.get("score"))
        return {"at": _clock(self.store.save(request.token, request.code, **fields))}

    def settings(self, request: Settings, _buffers: Sequence[bytes]) -> Reply:
        """Keep name and weights."""
        if request.weights not in {convention.code for convention in self.instrument.conventions}:
            raise AnswerError(
                N_("The weights «{weights}» are not known here. Choose one of the list."), weights=request.weights
            )
        self._record(request.token)
        self.store.settings(request.token, label=request.label.strip(), weights=request.weights)
        return {"at": _clock(datetime.now().astimezone())}

    def result(self, request: Known, _buffers: Sequence[bytes]) -> Reply:
        """The result as HTML, and as one sentence to be said aloud."""
        from mutu.report.svg import aspects_finding, aspects_svg

        record = self._record(request.token)
        result = self._score(record)
        html = markup.render(
            "assessment_result",
            result=result,
            label=record.label,
            rows=result.rows(),
            finding=aspects_finding(result),
            chart=markup.inline(aspects_svg(result), "wide"),
            chart_phone=markup.inline(aspects_svg(result, width=340), "narrow"),
            today=date(datetime.now().date()),
        )
        return {"html": html, "sentence": result.sentence()}

    def export(self, request: Export, _buffers: Sequence[bytes]) -> Reply:
        """The report as Word, or the answers as JSON that this page loads again."""
        record = self._record(request.token)
        data = self._word(record) if request.what == "word" else self._json(record)
        name = f"{self.instrument.slug}-{datetime.now():%Y-%m-%d}.{'docx' if request.what == 'word' else 'json'}"
        return {"files": Files({name: data}), "size": kilobytes(len(data))}

    def _word(self, record: Any) -> bytes:
        from mutu.assess.report import write_word

        with TemporaryDirectory() as folder:
            path = Path(folder) / "report.docx"
            write_word(record, self._score(record), path)
            return path.read_bytes()

    def _json(self, record: Any) -> bytes:
        from mutu.assess.export import to_json

        return json.dumps(to_json(record), ensure_ascii=False, indent=1).encode()

    def load(self, request: Load, _buffers: Sequence[bytes]) -> Reply:
        """A new assessment with the answers of an exported file."""
        from mutu.assess.export import from_json

        record = from_json(request.text, self.instrument)
        self._one_more()
        return {"token": self.store.add(record)}

    def _one_more(self) -> None:
        """Count a new assessment; a page that begins them without end is no person's."""
        if self._new >= MOST_NEW:
            raise InputError(N_("Too many assessments were begun from this page. Reload it, then go on."))
        self._new += 1

    def delete(self, request: Delete, _buffers: Sequence[bytes]) -> Reply:
        """Remove the assessment for good."""
        if request.typed.casefold() != _(DELETE).casefold():
            raise AnswerError(N_("Nothing was deleted. Type the word exactly as it is shown."))
        self._record(request.token)
        self.store.delete(request.token)
        return {}

    def _record(self, token: str) -> Any:
        """The assessment with this token, if it belongs to this page."""
        record = self.store.get(token)
        if record.slug != self.instrument.slug:
            raise InputError(
                N_("This link belongs to the assessment «{other}», not to «{slug}». Open it on that page."),
                other=record.slug,
                slug=self.instrument.slug,
            )
        return record

    def _score(self, record: Any) -> Any:
        return instruments.score(self.instrument, record.scores, record.weights or None)


def kilobytes(size: int) -> str:
    """A file's size for a person."""
    return _("{size} kB").format(size=integer(max(1, round(size / 1000))))


def _clock(moment: datetime) -> str:
    """The time of day of a moment, as people of the language write it; the day too when it is another."""
    local = moment.astimezone()
    time = f"{local:%H.%M}" if current() == "id" else f"{local:%H:%M}"
    return time if local.date() == datetime.now().date() else f"{date(local.date())}, {time}"


def _texts(aspects: int) -> dict[str, Any]:
    """What the script says by itself."""
    return {
        "largest": limits.FILE_ON_PAGE,
        "where": _("Aspect {place} of {all}").replace("{all}", integer(aspects)),
        "review": _("Check the answers"),
        "result": _("Result"),
        "saving": _("saving …"),
        "saved": _("saved {time}"),
        "refused": _("not saved: one answer was refused, see there"),
        "wait_starting": _("connecting …, your answers are safe on this device"),
        "wait_lost": _("not saved yet: connection lost, your answers are safe on this device"),
        "wait_full": _("not saved yet: all places are taken, trying again; your answers are safe on this device"),
        "wait_fault": _("not saved yet: the service has a problem, trying again; your answers are safe on this device"),
        "wait_asleep": _("connecting again …, your answers are safe on this device"),
        "link_starting": _("connecting …"),
        "link_lost": _("connection lost, trying again …"),
        "link_full": _("all places are taken, trying again …"),
        "lost": _("The connection was lost. Try again in a moment."),
        "badLink": _("This is not the link of an assessment. Copy all of it, with what stands behind #."),
        "noFile": _("Choose a file first."),
        "notAnswers": _(
            "{name} is not a file of answers. Choose the .json file that you downloaded from the page Result."
        ),
        "tooLarge": _("This file is too large to be an export of this page."),
        "loaded": _("The answers were loaded into a new assessment."),
        "deleted": _("The assessment was deleted for good."),
        "copied": _("Copied"),
        "making": _("The file is being made …"),
        "made": _("{name}, {size}, was downloaded."),
        "missing": _("{missing} of {total} items have no answer yet. Each line leads to its item."),
        "notAll": _("Some of your latest answers are not saved yet; this result does not contain them."),
        "nothing": _("There is no answer yet. Start with the first aspect."),
    }
