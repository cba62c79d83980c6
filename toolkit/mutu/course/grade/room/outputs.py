"""What a cell says while it runs, put together as nbclient does, from messages nobody vouches for."""

from __future__ import annotations

from typing import Any

# beyond this a cell's outputs are cut: bytes of text, and number
MOST_TEXT = 10_000_000
MOST_OUTPUTS = 5_000
MOST_KINDS = 20
# of all cells together
MOST_IN_ALL = 64_000_000
# of a cell whose outputs are cut: errors that are kept all the same, and letters of each
MOST_ERRORS = 3
_ERROR = 2_000
# data in data
_DEEPEST = 100

CUT = "… keluaran dipotong · output cut …\n"


class Outputs:
    """Outputs of one cell after the other; what is shown by id may be updated by a later cell."""

    def __init__(self) -> None:
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self._in_all = 0
        self.begin()

    def begin(self) -> None:
        """What comes from now on belongs to the next cell."""
        self.now: list[dict[str, Any]] = []
        self._is_cut = False
        self._text = self._number = self._errors = 0
        self._short: dict[str, Any] = {}
        self._clear_first = False

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Take a message of the kernel's protocol; one that breaks it is left out."""
        if kind == "clear_output":
            self._clear(bool(content.get("wait")))
        elif kind == "update_display_data":
            self._update(content)
        else:
            output = _output(kind, content)
            if output is not None:
                self._append(output, content)

    def _append(self, output: dict[str, Any], content: dict[str, Any]) -> None:
        if self._clear_first:
            self._empty()
        size = _size(output)
        if not self._has_room(size):
            self._cut()
            self._shorten(output)
            return
        self._take(size)
        self._number += 1
        last = self.now[-1] if self.now else {}
        if output["output_type"] == "stream" == last.get("output_type") and output["name"] == last["name"]:
            last["text"] += output["text"]
            return
        self.now.append(output)
        self._remember(output, content)

    def _has_room(self, size: int) -> bool:
        return self._text + size <= MOST_TEXT and self._in_all + size <= MOST_IN_ALL and self._number < MOST_OUTPUTS

    def _take(self, size: int) -> None:
        self._text += size
        self._in_all += size

    def _shorten(self, output: dict[str, Any]) -> None:
        """Keep the beginning of what was raised, whatever else was cut."""
        if output["output_type"] != "error":
            return
        name, why = output["ename"][:200], output["evalue"][:_ERROR]
        short = {**output, "ename": name, "evalue": why, "traceback": [f"{name}: {why}"]}
        if self._errors == MOST_ERRORS:
            self._short.update(short)  # the last one is what the cell ended with
            return
        self._errors += 1
        self._short = short
        self.now.append(short)

    def _cut(self) -> None:
        if not self._is_cut:
            self._is_cut = True
            self.now.append({"output_type": "stream", "name": "stdout", "text": CUT})

    def _remember(self, output: dict[str, Any], content: dict[str, Any]) -> None:
        shown = _shown_as(content)
        if shown is None:
            return
        if output["output_type"] in ("execute_result", "display_data"):
            self._change(shown, output)
            self._shown.setdefault(shown, []).append(output)

    def _update(self, content: dict[str, Any]) -> None:
        output, shown = _output("display_data", content), _shown_as(content)
        if output is not None and shown is not None and self._has_room(size := _size(output)):
            self._take(size)
            self._change(shown, output)

    def _change(self, shown: str, output: dict[str, Any]) -> None:
        for each in self._shown.get(shown, ()):
            each["data"], each["metadata"] = output["data"], output["metadata"]

    def _clear(self, wait: bool) -> None:
        if wait:
            self._clear_first = True
        else:
            self._empty()

    def _empty(self) -> None:
        self.now.clear()
        self._clear_first = False
        self._errors = 0


def text(value: str) -> str:
    """A text that can be written: half of a surrogate pair becomes a replacement mark."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _word(value: Any) -> str:
    return text(value) if isinstance(value, str) else ""


def _output(kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
    if kind == "stream":
        name = content.get("name")
        if name not in ("stdout", "stderr") or not isinstance(content.get("text"), str):
            return None
        return {"output_type": "stream", "name": name, "text": text(content["text"])}
    if kind == "error":
        return _error(content)
    if kind in ("display_data", "execute_result"):
        data, metadata = _bundle(content.get("data")), content.get("metadata")
        output: dict[str, Any] = {
            "output_type": kind,
            "data": data,
            "metadata": _value(metadata) if isinstance(metadata, dict) else {},
        }
        if kind == "execute_result":
            count = content.get("execution_count")
            output["execution_count"] = count if isinstance(count, int) else None
        return output
    return None


def _error(content: dict[str, Any]) -> dict[str, Any]:
    lines = content.get("traceback")
    return {
        "output_type": "error",
        "ename": _word(content.get("ename")) or "Exception",
        "evalue": _word(content.get("evalue")),
        "traceback": [_word(line) for line in lines] if isinstance(lines, list) else [],
    }


def _bundle(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        return {}
    kinds = [kind for kind in data if isinstance(kind, str)][:MOST_KINDS]
    return {text(kind): _value(data[kind]) for kind in kinds}


def _value(value: Any, depth: int = 0) -> Any:
    """A representation: text, or JSON with texts that can be written; what lies too deep is left out."""
    if isinstance(value, str):
        return text(value)
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [_value(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {text(name): _value(each, depth + 1) for name, each in value.items()}
    return value


def _shown_as(content: dict[str, Any]) -> str | None:
    transient = content.get("transient")
    shown = transient.get("display_id") if isinstance(transient, dict) else None
    return shown if isinstance(shown, str) and shown else None


def _size(output: dict[str, Any]) -> int:
    return len(repr(output)) if output["output_type"] != "stream" else len(output["text"])
