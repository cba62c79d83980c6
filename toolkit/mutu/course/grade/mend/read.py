"""Bytes that were handed in under the name of a notebook → a regular notebook, or why there is none."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from mutu.course.grade.mend import recover, shape
from mutu.course.grade.mend.notes import Mended, Problem, folded, named
from mutu.errors import N_, Term

CUT, BROKEN = "cut", "broken"
DAMAGE = "not_whole"  # in the notebook's metadata, below "mutu"
LARGEST = 100_000_000
MOST_CELLS = 2_000
MOST_TEXT = 10_000_000
# memory that values take when they are read, and how much of it a file may ask for
_COSTS = ((b"{", 240), (b"[", 90), (b",", 40))
_MOST_MEMORY = 700_000_000
_MEGABYTE = 1_000_000

_ASK = N_("The file is {kind}, not a notebook. Ask for the file that ends in .ipynb.")
_EMPTY = N_("The file is empty. Ask for it again.")
_TOO_LARGE = N_(
    "The file has {size} MB; more than {most} MB are not read. Ask for it again without outputs (Clear All Outputs)."
)
_TOO_MANY = N_("The file has {count} cells; more than {most} are not read. Ask for the notebook of the assignment.")
_TOO_NESTED = N_("The file has too many parts to be read. Ask for it again without outputs (Clear All Outputs).")
_TOO_LONG = N_(
    "The cells hold {size} MB of text; more than {most} MB are not graded. Ask for the notebook of the assignment."
)
_NO_CELLS = N_("The file is no notebook, or no cell of it can be read. Ask for it again.")
_ENCODED = N_("The file was written as {encoding}; it was read as such.")
_BAD_BYTES = N_("Damaged characters in the file: {count}; they are shown as «\ufffd».")
_TWICE = N_("The file names the same thing twice in one place ({names}); the last one counts.")
_CUT = N_(
    "The file is cut off after cell {count}; what stood before was kept. Ask for it again if answers are missing."
)
_BROKEN = N_("The file is damaged; cells that could be read: {count}. Ask for it again if answers are missing.")
_TAIL = N_("Something stood after the end of the notebook; it was left out.")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_BEGINNINGS = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"\x1f\x8b", N_("a packed archive")),
    (b"Rar!", N_("a packed archive")),
    (b"7z\xbc\xaf", N_("a packed archive")),
    (b"\xd0\xcf\x11\xe0", N_("an old Office document")),
    (b"{\\rtf", N_("a Word document")),
    (b"SQLite format 3", N_("a database")),
)
_INSIDE = (("word/", N_("a Word document")), ("xl/", N_("an Excel workbook")), ("ppt/", N_("a PowerPoint document")))
_ZIP = N_("a ZIP archive")
_HTML = N_("a web page (HTML)")
_PYTHON = N_("a Python script")


@dataclass(frozen=True)
class Read:
    """A file that was read: its notebook and what was mended, or the reason why it has none."""

    notebook: dict[str, Any] | None = None
    mended: tuple[Mended, ...] = ()
    reason: Problem | None = None


def read(data: bytes) -> Read:
    """Read a notebook however it was written or damaged; outputs are left out.

    Parameters
    ----------
    data : the file's content

    Returns
    -------
    a notebook of format 4.5 with ids, types and texts in order; never raises
    """
    refused = _refused(data)
    if refused:
        return Read(reason=refused)
    notes: list[Mended] = []
    text = _decoded(data, notes)
    if not text:
        return Read(reason=Problem("empty", _EMPTY))
    if not text.startswith("{"):
        return Read(reason=_other(text))
    raw = _parsed(text, notes)
    if not _count(raw) and not _is_cleared(raw, notes):
        return Read(reason=Problem("no-cells", _NO_CELLS))
    if _count(raw) > MOST_CELLS:
        return Read(reason=Problem("too-many", _TOO_MANY, {"count": _count(raw), "most": MOST_CELLS}))
    notebook, odd = shape.regular(raw)
    _mark_damage(notebook["metadata"], notes)
    size = sum(len(cell["source"]) for cell in notebook["cells"])
    if size > MOST_TEXT:
        about = {"size": -(-size // _MEGABYTE), "most": MOST_TEXT // _MEGABYTE}
        return Read(reason=Problem("too-long", _TOO_LONG, about))
    return Read(notebook, folded(notes + odd, shape.MANY))


def _mark_damage(metadata: dict[str, Any], notes: list[Mended]) -> None:
    """Let the notebook say whether its file was "cut" or "broken"; what the file itself says of that is dropped."""
    own = metadata.pop("mutu", None)
    kept = {name: value for name, value in own.items() if name != DAMAGE} if isinstance(own, dict) else {}
    kind = next((note.code for note in notes if note.code in (CUT, BROKEN)), None)
    if kind:
        kept[DAMAGE] = kind
    if kept:
        metadata["mutu"] = kept


def too_large(size: int) -> Problem | None:
    """Why a file of so many bytes is not read; None where it is."""
    if size <= LARGEST:
        return None
    return Problem("too-large", _TOO_LARGE, {"size": -(-size // _MEGABYTE), "most": LARGEST // _MEGABYTE})


def _refused(data: bytes) -> Problem | None:
    large = too_large(len(data))
    if large:
        return large
    if sum(data.count(mark) * cost for mark, cost in _COSTS) > _MOST_MEMORY:
        return Problem("too-nested", _TOO_NESTED)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return _called(kind)
    return _called(_packed(data)) if data.startswith(b"PK\x03\x04") else None


def _called(kind: str) -> Problem:
    return Problem("not-a-notebook", _ASK, {"kind": Term(kind)})


def _packed(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError):
        return _ZIP
    return next((kind for folder, kind in _INSIDE if any(name.startswith(folder) for name in names)), _ZIP)


def _other(text: str) -> Problem:
    start = text[:2000].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body")):
        return _called(_HTML)
    if any(line.startswith(("import ", "from ", "def ", "# %%", "#!/")) for line in start.splitlines()):
        return _called(_PYTHON)
    return Problem("no-cells", _NO_CELLS)


def _decoded(data: bytes, notes: list[Mended]) -> str:
    encoding, name = "utf-8", ""
    for mark, each, called in _BOMS:
        if data.startswith(mark):
            data, encoding, name = data[len(mark) :], each, called
            break
    else:
        if data[1:2] == b"\x00" and data[:1] != b"\x00":
            encoding, name = "utf-16-le", "UTF-16"
        elif data[:1] == b"\x00" and data[1:2] not in (b"\x00", b""):
            encoding, name = "utf-16-be", "UTF-16"
    if name:
        notes.append(Mended("encoding", _ENCODED, {"encoding": name}))
    text = _lenient(data, encoding, notes)
    return text.strip("\x00\ufeff \t\r\n")


def _lenient(data: bytes, encoding: str, notes: list[Mended]) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 1 and len(data) - error.start < 4:  # cut within a character
            return data[: error.start].decode(encoding, "replace")
    text = data.decode(encoding, "replace")
    if encoding == "utf-8" and text.isascii() is False and not _has_letters(text):
        notes.append(Mended("encoding", _ENCODED, {"encoding": "Windows-1252"}))
        return data.decode("cp1252", "replace")
    notes.append(Mended("bytes", _BAD_BYTES, {"count": text.count("\ufffd")}))
    return text


def _has_letters(text: str) -> bool:
    """Whether some letter beyond ASCII could be read, so that the file is UTF-8 after all."""
    return not text.replace("\ufffd", "").isascii()


class _Parser:
    """JSON of which of names that stand twice the last counts; `shape` drops numbers that do not exist."""

    def __init__(self) -> None:
        self.twice: dict[str, None] = {}
        self.decoder = json.JSONDecoder(object_pairs_hook=self._pairs, strict=False)

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            seen: set[str] = set()
            for name, _value in pairs:
                if name in seen:
                    self.twice[name] = None
                seen.add(name)
        return made


def _parsed(text: str, notes: list[Mended]) -> dict[str, Any]:
    parser = _Parser()
    try:
        raw, end = parser.decoder.raw_decode(text)
    except (ValueError, RecursionError):
        raw, is_cut = recover.cells(text, parser.decoder.decode, MOST_CELLS + 1)
        count = len(raw["cells"])
        notes.append(Mended(CUT, _CUT, {"count": count}) if is_cut else Mended(BROKEN, _BROKEN, {"count": count}))
    else:
        if text[end:].strip("\x00 \t\r\n"):
            notes.append(Mended("tail", _TAIL))
    if parser.twice:
        notes.append(Mended("twice", _TWICE, {"names": named(parser.twice)}))
    return dict(raw)


def _is_cleared(raw: dict[str, Any], notes: list[Mended]) -> bool:
    """Whether it is a sound notebook whose cells were all deleted."""
    return not notes and raw.get("cells") == [] and type(raw.get("nbformat")) is int


def _count(raw: dict[str, Any]) -> int:
    cells, sheets = raw.get("cells"), raw.get("worksheets")
    found = len(cells) if isinstance(cells, list) else 0
    for sheet in sheets if isinstance(sheets, list) else ():
        inner = sheet.get("cells") if isinstance(sheet, dict) else None
        found += len(inner) if isinstance(inner, list) else 0
    return found
