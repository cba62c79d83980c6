"""The survey page: a file is uploaded, read, scored, and becomes the office's report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from mutu import regulations
from mutu.assess.pages.assessment import kilobytes
from mutu.errors import N_, InputError, MutuError, ReadError
from mutu.locale import _, current, date, integer, say
from mutu.responses.grid import data
from mutu.widgets import markup
from mutu.widgets.desk import Desk, Files, Reply, Request
from mutu.widgets.warm import warm

if TYPE_CHECKING:
    from mutu.measure.skm import IndexResult
    from mutu.responses import Survey

PIECE = 256 * 1024
IGNORE = "ignore"
SHOWN = 200  # rejected cells listed on the page; the report's recap lists all
SCALES = ("1-4", "4-1", "1-5", "1-6", "1-7", "1-10", "0-3", "0-4", "0-5", "0-10")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# kind of file -> its type and what its button says
FILES = {
    "docx": (_WORD, N_("Download the report (Word), {size}")),
    "pdf": ("application/pdf", N_("Download the draft (PDF), {size}")),
    "xlsx": (_EXCEL, N_("Download the recap (Excel), {size}")),
    "poster_pdf": ("application/pdf", N_("Download the poster (PDF), {size}")),
    "poster_png": ("image/png", N_("Download the poster (PNG), {size}")),
}
SHORT, LONG = 300, 2000  # characters of a field, of the list of services
Short = Annotated[str, Field(max_length=SHORT)]


class Begin(Request):
    """A file is coming."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    size: Annotated[int, Field(ge=0)]


class Piece(Request):
    """A part of it, in the buffer, that begins at `start`."""

    start: Annotated[int, Field(ge=0)]


class Score(Request):
    """How to read and score the file; columns: place in the mapping -> element, profile name or "ignore"."""

    sheet: Short = ""
    scale: Annotated[str, Field(max_length=10)] = SCALES[0]
    weights: Annotated[str, Field(max_length=10)] = "exact"
    population: Annotated[str, Field(max_length=12)] = ""
    columns: Annotated[dict[str, Annotated[str, Field(max_length=40)]], Field(max_length=1000)] | None = None
    by: Short | None = None


class OfficeForm(Request):
    """What the report says about the office; empty is left to fill in."""

    name: Short = ""
    unit: Short = ""
    period: Short = ""
    head: Short = ""
    place: Short = ""
    services: Annotated[str, Field(max_length=LONG)] = ""
    report_url: Annotated[str, Field(max_length=SHORT, pattern=r"^(https?://[^\s/]+\S*)?$")] = ""


class Report(Score):
    """Write the report."""

    office: OfficeForm


class Take(Request):
    """One of its files."""

    what: Annotated[str, Field(max_length=20)]


def front(_slug: str) -> tuple[str, str, str]:
    """Title, script and HTML of the page, in the language in use."""
    regulation = regulations.skm()
    limit = data("limits")["file_bytes"]
    html = markup.render(
        "survey",
        regulation=regulation,
        scales=SCALES,
        limit=integer(limit // 2**20),
        short=SHORT,
        texts=_texts(limit),
    )
    return _("Satisfaction survey (SKM)") + " · mutu", "survey", html


def show() -> None:
    """Show the page in a notebook."""
    from mutu.widgets.page import Page

    _title, script, html = front("skm")
    Page(html, script, SurveyPage().desk(current())).show()
    warm("mutu.responses.reader", "mutu.measure.skm", "mutu.report.skm", "mutu.report.svg")


class SurveyPage:
    """Answers the survey page; what was uploaded lies in a folder that goes with this object."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="skm-")
        self._name = ""
        self._size, self._came = -1, 0  # no file yet
        self._base: dict[str, Survey] = {}
        self._report: dict[str, Path] = {}
        self._desk: Desk | None = None

    def desk(self, language: str) -> Desk:
        """The desk for a page that speaks `language`."""
        handlers: dict[str, tuple[type[Request], Any]] = {
            "begin": (Begin, self.begin),
            "piece": (Piece, self.piece),
            "score": (Score, self.score),
            "report": (Report, self.report),
            "take": (Take, self.take),
        }
        self._desk = Desk(handlers, language, _refusal)
        return self._desk

    @property
    def _file(self) -> Path:
        return Path(self._folder.name) / "upload"

    def begin(self, request: Begin, _buffers: Sequence[bytes]) -> Reply:
        """Forget an earlier file and make room for this one, unless it is too large."""
        limit = data("limits")["file_bytes"]
        if request.size > limit:
            raise ReadError(
                N_("{file} is larger than {limit} MB. Copy only the sheet with the answers into a new file."),
                file=request.name,
                limit=limit // 2**20,
            )
        self._file.write_bytes(b"")
        self._name, self._size, self._came = _printable(request.name), request.size, 0
        self._base, self._report = {}, {}
        return {}

    def piece(self, request: Piece, buffers: Sequence[bytes]) -> Reply:
        """Keep the next part; parts come in order and never more than was said."""
        part = buffers[0] if len(buffers) == 1 else b""
        if request.start != self._came or len(part) > PIECE or self._came + len(part) > self._size:
            raise ReadError(N_("The file did not arrive whole. Choose it again."))
        with self._file.open("ab") as out:
            out.write(part)
        self._came += len(part)
        return {}

    def score(self, request: Score, _buffers: Sequence[bytes]) -> Reply:
        """The result as HTML, and as one sentence to be said aloud."""
        base, survey, result = self._scored(request)
        shown = _shown(base, survey, result, request, self._name)
        aloud = ". ".join(filter(None, (shown["synthetic"], result.sentence())))
        return {"html": markup.render("survey_result", **shown), "sentence": aloud}

    def _scored(self, request: Score) -> tuple[Survey, Survey, IndexResult]:
        """The file as read by itself, as read with the visitor's corrections, and its index."""
        from mutu.measure import skm

        base = self._read(request)
        lines = _corrections(base, request.columns)
        survey = self._read(request, lines) if lines else base
        by = {request.by: survey.profile[request.by].tolist()} if request.by in survey.profile.columns else None
        population = _population(request.population)
        result = skm.score(survey.answers, weights=request.weights, scale=survey.scale, by=by, population=population)
        return base, survey, result

    def _read(self, request: Score, lines: dict[str, str] | None = None) -> Survey:
        from mutu import responses

        if self._came != self._size:
            raise ReadError(N_("There is no file here yet, or not all of it arrived. Choose it again."))
        key = f"{request.sheet}\n{request.scale}"
        if lines is None and key in self._base:
            return self._base[key]
        scale = None if request.scale == SCALES[0] else request.scale
        source = self._file.read_bytes()
        survey = responses.read(source, sheet=request.sheet or None, map=lines, scale=scale, name=self._name)
        if lines is None:
            self._base = {key: survey}  # one, as a name can be written in any number of ways
        return survey

    def report(self, request: Report, _buffers: Sequence[bytes]) -> Reply:
        """Write all files of the report; the reply lists them with their sizes."""
        from mutu.report import skm as writing

        _base, survey, result = self._scored(request)
        office = _office(request)
        tell = self._desk.tell if self._desk else None
        self._report = writing.write(result, survey, Path(self._folder.name) / "report", office=office, tell=tell)
        files = [
            (kind, _(FILES[kind][1]).format(size=kilobytes(path.stat().st_size))) for kind, path in self._report.items()
        ]
        return {"html": markup.render("survey_files", files=files)}

    def take(self, request: Take, _buffers: Sequence[bytes]) -> Reply:
        """One file of the report."""
        path = self._report.get(request.what)
        if path is None:
            raise InputError(N_("This file is no longer here. Make the report again."))
        return {"files": Files({path.name: path.read_bytes()}), "type": FILES[request.what][0]}


def _corrections(base: Survey, columns: dict[str, str] | None) -> dict[str, str]:
    """Header -> what the visitor says it is, for the columns that were taken for something else."""
    lines = {}
    for place, target in (columns or {}).items():
        if not place.isdecimal() or int(place) >= len(base.mapping):
            raise InputError(N_("The list of columns belongs to another file. Choose the file again."))
        column = base.mapping[int(place)]
        if target != (column.unsur or IGNORE):
            lines[column.column] = target
    return lines


def _population(text: str) -> int | None:
    if not text:
        return None
    plain = text.replace(".", "").replace(",", "").replace(" ", "")
    if not (plain.isascii() and plain.isdecimal()) or not int(plain):
        raise InputError(N_("«{text}» is not a number of people. Write digits only, for instance 1250."), text=text)
    return int(plain)


def _office(request: Report) -> Any:
    from mutu.report.office import Office

    said = request.office
    given: dict[str, Any] = {name: " ".join(getattr(said, name).split()) for name in OfficeForm.model_fields}
    given["services"] = tuple(filter(None, (line.strip() for line in said.services.splitlines())))
    return Office(**given, population=_population(request.population))


def _shown(base: Survey, survey: Survey, result: IndexResult, request: Score, name: str) -> dict[str, Any]:
    """What the template shows."""
    from mutu.report.office import Office
    from mutu.report.skm import sentences, tables
    from mutu.report.skm.facts import Facts
    from mutu.report.svg import elements_svg

    facts = Facts(result, survey, Office(population=result.population), None)
    return {
        "name": name,
        "survey": survey,
        "hints": [_words(hint) for hint in survey.hints],
        "result": result,
        "request": request,
        "weakest": sorted(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode))[:3],
        "synthetic": sentences.label(facts),
        "apart": sentences.apart(facts),
        "sample": sentences.sample(facts),
        "chart": markup.inline(elements_svg(result), "wide"),
        "chart_phone": markup.inline(elements_svg(result, width=340), "narrow"),
        "mapping": [(place, column, now) for place, (column, now) in enumerate(_now(base, survey))],
        "targets": _targets(),
        "groups": list(survey.profile.columns),
        "group_n": tables.group_n,
        "withheld": tables.withheld(result.groups) if any(group.suppressed for group in result.groups) else "",
        "today": date(datetime.now().date()),
        "short": SHORT,
        "long": LONG,
        "labels": _labels(),
        "rejected": survey.rejected[:SHOWN],
        "publishable": result.n >= regulations.publication().min_n_grade,
        "least": regulations.publication().min_n_grade,
    }


def _now(base: Survey, survey: Survey) -> list[tuple[Any, Any]]:
    """Each column of the file with what it is taken for now; a correction never moves a column."""
    known = {column.column: column for column in survey.mapping}
    return [(column, known.get(column.column, column)) for column in base.mapping]


def _targets() -> dict[str, str]:
    """What a column can be said to be: an element, a part of the profile, nothing."""
    elements = {unsur.kode: f"{unsur.kode} {unsur.name}" for unsur in regulations.skm().unsur}
    profile = {code: _labels().get(code, code) for code in data("headers")["profile"]}
    return elements | profile | {IGNORE: _("not used")}


def _labels() -> dict[str, str]:
    """Names of what a column can be, besides the elements; the reader finds more than can be chosen."""
    found = {
        "waktu": _("date and time"),
        "tanggal": _("date and time"),
        "nomor": _("number of the row"),
        "id": _("number of the row"),
    }
    return found | {part.code: str(part.name) for part in regulations.skm().profile if part.code not in found}


def _words(text: str) -> str:
    """A sentence of the reader, which names options of the command line, in the words of this page."""
    mapping = _("the list «What each column was taken for»")
    text = text.replace(_("a map file (--map)"), mapping).replace("--map", mapping)
    text = re.sub(r"--scale (?=\d)", "", text).replace("--scale", _option(_("Scale of the answers")))
    return text.replace("--sheet", _option(_("Name of the sheet (if there are several)")))


def _option(name: str) -> str:
    """Where to find a field that is folded away."""
    return _("«{name}» under «{part}»").format(name=name, part=_("Options"))


def _refusal(error: MutuError) -> str:
    """The same for a file that is refused; it has no list of columns here, so the way to name them is the file."""
    template = _(error.template)
    if "--map" not in template:
        return _words(say(error))
    advice = _(
        "On this page: give the columns in the file the names U1 to U9, delete those that do not count, "
        "then choose it again."
    )
    parts = map(_without_map, re.split(r"(?<=[.?]) ", template))
    said = " ".join(part for part in parts if part)
    return f"{_words(said.format(**error.fields))} {advice}"


def _without_map(sentence: str) -> str:
    """A sentence of a template without the advice to write a map file; its other advice stays."""
    before, found, _after = sentence.partition("--map")
    if not found:
        return sentence
    other = re.match(r"(.+?),? (?:or|atau) (?!.* (?:or|atau) )", before)
    return f"{other[1]}." if other else ""


def _printable(name: str) -> str:
    """A file's name for messages: no path, no control characters."""
    kept = "".join(letter for letter in name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    return kept[:120] or _("The file")


def _texts(limit: int) -> dict[str, Any]:
    """What the script says by itself."""
    return {
        "largest": limit,
        "piece": PIECE,
        "link_lost": _("Connection lost, trying again …"),
        "link_full": _("All places are taken just now; trying again …"),
        "lost": _("The connection was lost. Try again in a moment."),
        "noFile": _("Choose a file first."),
        "tooLarge": _(
            "This file is larger than {limit} MB. Copy only the sheet with the answers into a new file."
        ).format(limit=integer(limit // 2**20)),
        "sending": _("The file is being sent …"),
        "reading": _("The file is being read …"),
        "making": _("The report is being made: {step} of {of} files …"),
        "ready": _("The report is ready. Choose a file to download."),
    }
