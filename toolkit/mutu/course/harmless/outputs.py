"""The outputs of an executed notebook: what may be stored and shown, and what had to go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mutu.course.harmless import data, drawing, markup
from mutu.course.harmless.changes import Change
from mutu.course.harmless.text import plain, storable
from mutu.errors import N_
from mutu.locale import _

MOST_TEXT = 1_000_000  # letters of one text
MOST_PICTURE = 5_000_000  # letters of one picture in base64
MOST_IN_ALL = 20_000_000  # letters of all outputs of a notebook
MOST_OUTPUTS = 500  # of one cell
_MOST_ERRORS = 20  # kept beyond that: what decides a mark is not lost
_MOST_LINES = 500  # of one traceback

_WIDGET = "application/vnd.jupyter.widget-view+json"
_LEFT_OUT = N_("[Left out: this output could act in your browser, is too large, or is damaged.]")


@dataclass(frozen=True)
class Harmless:
    """A notebook that does nothing when it is shown, and what was removed for it (nothing, for honest work)."""

    notebook: dict[str, Any]
    changed: tuple[Change, ...] = ()


@dataclass
class _Ledger:
    """Notes for one cell, and the room that is left for the whole notebook."""

    position: int
    name: str
    room: int
    changes: dict[Change, None] = field(default_factory=dict)

    def note(self, kind: str, parts: tuple[str, ...] = (), count: int = 0, size: int = 0) -> None:
        self.changes[Change(kind, self.position, self.name, parts, count, size)] = None


def outputs(notebook: dict[str, Any]) -> Harmless:
    """Make the outputs of a notebook harmless; cells' sources, attachments and metadata stay as they are.

    Parameters
    ----------
    notebook : an executed notebook (nbformat 4, as JSON data or nbformat's node); it is not changed

    Returns
    -------
    The same notebook, byte for byte, where nothing can act; else a copy in which only the outputs concerned, and the
    stored state of widgets, differ. Never fails on what a submission may print.
    """
    room, changed, cells = MOST_IN_ALL, list[Change](), list[Any]()
    for position, cell in enumerate(notebook.get("cells", ()), start=1):
        ledger = _Ledger(position, _name(cell), room)
        cells.append(_cell(cell, ledger))
        room = ledger.room
        changed += ledger.changes
    shown = notebook if all(map(_same, cells, notebook.get("cells", ()))) else _with(notebook, cells=cells)
    if "widgets" in (notebook.get("metadata") or ()):
        shown = _with(shown, metadata=_without(notebook["metadata"], "widgets"))
        changed.append(Change("widgets", 0))
    return Harmless(shown, tuple(changed))


def _same(one: Any, other: Any) -> bool:
    return one is other


def _cell(cell: Any, ledger: _Ledger) -> Any:
    if not isinstance(cell, Mapping) or cell.get("cell_type") != "code":
        return cell
    given = cell.get("outputs")
    if not isinstance(given, list):
        ledger.note("damaged")
        return _with(cell, outputs=[])
    made = list(_outputs(given, ledger))
    changes = dict[str, Any]()
    if len(made) != len(given) or not all(map(_same, made, given)):
        changes["outputs"] = made
    if not _is_count(cell.get("execution_count")):
        changes["execution_count"] = None
        ledger.note("damaged")
    return _with(cell, **changes) if changes else cell


def _outputs(given: list[Any], ledger: _Ledger) -> Iterator[Any]:
    kept = errors = 0
    for output in given:
        is_error = isinstance(output, Mapping) and output.get("output_type") == "error"
        if kept >= MOST_OUTPUTS and not (is_error and errors < _MOST_ERRORS):
            continue
        made = _output(output, ledger)
        if made is not None:
            kept += 1
            errors += kept > MOST_OUTPUTS
            yield made
    if len(given) > kept and len(given) > MOST_OUTPUTS:
        ledger.note("many", count=len(given) - kept)
        yield _sentence(given[0])


def _output(output: Any, ledger: _Ledger) -> Any:
    """The output itself, a harmless copy, a sentence in its place, or None where nothing can be read."""
    makers = {"stream": _stream, "error": _error, "display_data": _display, "execute_result": _display}
    maker = makers.get(str(output.get("output_type"))) if isinstance(output, Mapping) else None
    if maker is None:
        ledger.note("damaged")
        return None
    if ledger.room <= 0:
        ledger.note("full")
        return _sentence(output)
    made = maker(output, ledger)
    if made is not None:
        ledger.room -= _size(made)
    return made


def _stream(output: Any, ledger: _Ledger) -> Any:
    changes = dict[str, Any]()
    text = _text(output.get("text"), ledger)
    if text is not None:
        changes["text"] = text
    if output.get("name") not in ("stdout", "stderr"):
        changes["name"] = "stdout"
        ledger.note("damaged")
    return _limited(output, changes, ("output_type", "name", "text"), ledger)


def _error(output: Any, ledger: _Ledger) -> Any:
    changes = dict[str, Any]()
    for key in ("ename", "evalue"):
        made = _line(output.get(key), ledger)
        if made is not output.get(key):
            changes[key] = made
    lines = output.get("traceback")
    if not isinstance(lines, list):
        ledger.note("damaged")
        lines = []
        changes["traceback"] = lines
    kept = [_line(line, ledger) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        ledger.note("long", size=sum(len(str(line)) for line in lines))
    if len(kept) != len(lines) or not all(map(_same, kept, lines)):
        changes["traceback"] = kept
    return _limited(output, changes, ("output_type", "ename", "evalue", "traceback"), ledger)


def _line(line: Any, ledger: _Ledger) -> Any:
    made = _text(line if isinstance(line, str) else None, ledger)
    return line if made is None else made


def _display(output: Any, ledger: _Ledger) -> Any:
    given, changes = output.get("data"), dict[str, Any]()
    if not isinstance(given, Mapping):
        ledger.note("damaged")
        given = changes["data"] = {}
    made = dict[str, Any]()
    for kind, value in given.items():
        made |= _datum(str(kind), value, ledger)
    if given and not made:
        made["text/plain"] = _(_LEFT_OUT)
    if made.keys() != given.keys() or not all(_same(made[kind], given[kind]) for kind in made):
        changes["data"] = made
    described = _described(output.get("metadata"), made)
    if described != output.get("metadata"):
        changes["metadata"] = described
        ledger.note("type", ("metadata",))
    if output["output_type"] == "execute_result" and not _is_count(output.get("execution_count")):
        changes["execution_count"] = None
        ledger.note("damaged")
    return _limited(output, changes, ("output_type", "data", "metadata", "execution_count"), ledger)


def _datum(kind: str, value: Any, ledger: _Ledger) -> dict[str, Any]:
    """What may stand in place of one representation: itself, a cleaned one, another kind, nothing."""
    if kind in _MADE:
        return _words(kind, value, ledger)
    if kind in data.PICTURES:
        return _picture(kind, value, ledger)
    if kind == _WIDGET:
        keep = data.is_widget(value)
    elif data.CHARTS.fullmatch(kind):
        if not data.is_chart(value):
            ledger.note("chart")
            return {}
        keep = True
    else:
        keep = kind == "application/json"
    if not keep:
        ledger.note("type", (kind,))
        return {}
    if _size(value) > MOST_PICTURE:
        ledger.note("large", (kind,), size=_size(value))
        return {}
    tidy = storable(value)
    return {kind: value if tidy == value else tidy}


def _words(kind: str, value: Any, ledger: _Ledger) -> dict[str, Any]:
    text = _joined(value)
    if text is None:
        ledger.note("damaged")
        return {}
    if len(text) > (MOST_PICTURE if kind == "image/svg+xml" else MOST_TEXT):
        if kind != "text/plain":
            ledger.note("large", (kind,), size=len(text))
            return {}
        ledger.note("long", size=len(text))
        text = text[:MOST_TEXT] + "\n" + _(_LEFT_OUT)
    tidy = plain(text)
    if tidy != text:
        ledger.note("control")
    return {key: value if new == _joined(value) else new for key, new in _MADE[kind](tidy, ledger).items()}


def _plain(text: str, _ledger: _Ledger) -> dict[str, Any]:
    return {"text/plain": text}


def _html(text: str, ledger: _Ledger) -> dict[str, Any]:
    cleaned = markup.clean(text)
    _note(cleaned, ledger)
    return {"text/html": cleaned.text}


def _markdown(text: str, ledger: _Ledger) -> dict[str, Any]:
    """Markdown that becomes harmless HTML stays; other is stored as the HTML that is left of it."""
    from mutu.course.harmless.markdown import as_html

    cleaned = as_html(text)
    if not cleaned.removed:
        return {"text/markdown": text}
    _note(cleaned, ledger)
    return {"text/html": cleaned.text}


def _formula(text: str, ledger: _Ledger) -> dict[str, Any]:
    if data.is_formula(text):
        return {"text/latex": text}
    ledger.note("formula")
    return {"text/plain": text}


def _drawing(text: str, ledger: _Ledger) -> dict[str, Any]:
    cleaned = drawing.clean(text)
    _note(cleaned, ledger)
    return {"image/svg+xml": cleaned.text} if cleaned.text else {}


_MADE: dict[str, Callable[[str, _Ledger], dict[str, Any]]] = {
    "text/html": _html,
    "text/markdown": _markdown,
    "text/latex": _formula,
    "image/svg+xml": _drawing,
    "text/plain": _plain,
}


def _note(cleaned: markup.Cleaned, ledger: _Ledger) -> None:
    if cleaned.removed:
        ledger.note("markup", cleaned.removed)
    elif cleaned.anew:
        ledger.note("anew")


def _picture(kind: str, value: Any, ledger: _Ledger) -> dict[str, Any]:
    text = _joined(value)
    if text is not None and len(text) > MOST_PICTURE:
        ledger.note("large", (kind,), size=len(text))
        return {}
    if text is None or not data.is_picture(kind, text):
        ledger.note("picture", (kind,))
        return {}
    return {kind: value}


def _described(metadata: Any, made: Mapping[str, Any]) -> dict[str, Any]:
    """Of what an output says of itself: size, and words for those who do not see it."""
    if not isinstance(metadata, Mapping):
        return {}
    return {
        key: {name: value for name, value in each.items() if _is_description(name, value)}
        for key, each in metadata.items()
        if key in made and isinstance(each, Mapping)
    } | {
        key: value for key, value in metadata.items() if not isinstance(value, Mapping) and _is_description(key, value)
    }


def _is_description(name: str, value: Any) -> bool:
    if name in ("width", "height"):
        return isinstance(value, int | float) and 0 <= value <= 10_000
    if name in ("needs_background", "alt"):
        return isinstance(value, str) and plain(value) == value
    return name in ("unconfined", "expanded") and isinstance(value, bool)


def _text(value: Any, ledger: _Ledger) -> Any:
    """Plain text to put in place of a text; None where it stays as it is."""
    text = _joined(value)
    if text is None:
        ledger.note("damaged")
        return ""
    if len(text) > MOST_TEXT:
        ledger.note("long", size=len(text))
        return plain(text[:MOST_TEXT]) + "\n" + _(_LEFT_OUT)
    tidy = plain(text)
    if tidy == text:
        return None
    ledger.note("control")
    return tidy


def _limited(output: Any, changes: dict[str, Any], keys: tuple[str, ...], ledger: _Ledger) -> Any:
    """The output with its changes and without keys that nbformat does not know."""
    if not set(output) <= set(keys):
        ledger.note("damaged")
        return _with({key: output[key] for key in keys if key in output}, **changes)
    return _with(output, **changes) if changes else output


def _sentence(output: Any) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": _(_LEFT_OUT) + "\n"}


def _joined(value: Any) -> str | None:
    """Nbformat's text: one, or a list of lines."""
    if isinstance(value, str):
        return value
    return "".join(value) if isinstance(value, list) and all(isinstance(line, str) for line in value) else None


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, list) else 8


def _is_count(value: Any) -> bool:
    return value is None or (type(value) is int and abs(value) < 10**9)


def _name(cell: Any) -> str:
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (KeyError, TypeError):
        return ""


def _with(node: Any, **changes: Any) -> Any:
    """A shallow copy of the same class (nbformat's nodes are dictionaries) with some keys changed."""
    copy = type(node)()
    copy.update(node)
    copy.update(changes)
    return copy


def _without(node: Any, key: str) -> Any:
    copy = type(node)()
    copy.update({each: value for each, value in node.items() if each != key})
    return copy
