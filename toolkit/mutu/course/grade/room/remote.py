"""What the examiner holds in place of a trainee's function or object.

Asking it anything asks the candidate; what comes back is plain data or another of these. It is never compared with
plain data: the object on the other side would learn what was expected and could answer as it likes.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mutu.course.grade.room import plain
from mutu.course.grade.room.plain import NotPlainError

Ask = Callable[[str, Any, list[Any], dict[str, Any]], Any]

_COMPARED = ("eq", "ne", "lt", "le", "gt", "ge")
_RECKONED = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul", "and", "or", "xor",
    "lshift", "rshift",
)  # fmt: skip
# by these numpy asks every object where its numbers lie in memory, and believes it
_UNASKED = "__array"
_ALONE = ("neg", "pos", "abs", "invert", "int", "float", "complex", "index", "round", "trunc", "floor", "ceil")


class Remote:
    """An object of the candidate, by its number there."""

    __slots__ = ("_ask", "_name", "_number", "_shown")

    def __init__(self, handle: Mapping[str, Any], ask: Ask) -> None:
        self._number, self._shown, self._ask = int(handle["number"]), str(handle["shown"])[:500], ask
        self._name = handle.get("name")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it there."""
        return self._ask("call", self, list(args), kwargs)

    def __getattr__(self, name: str) -> Any:
        if name == "__name__" and isinstance(self._name, str):
            return self._name
        if name.startswith(_UNASKED):
            raise AttributeError(name)
        return self._ask("get", self, [name], {})

    def __getitem__(self, key: Any) -> Any:
        return self._ask("item", self, [key], {})

    def __len__(self) -> int:
        return int(self._ask("len", self, [], {}))

    def __iter__(self) -> Iterator[Any]:
        return self._ask("iter", self, [], {})  # type: ignore[no-any-return]

    def __next__(self) -> Any:
        return self._ask("next", self, [], {})

    def __contains__(self, key: Any) -> bool:
        raise _refused(self)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, Remote) and bool(self._ask("isinstance", self, [instance], {}))

    def __str__(self) -> str:
        return str(self._ask("str", self, [], {}))

    def __repr__(self) -> str:
        return self._shown

    __hash__ = object.__hash__


def _refused(remote: Remote) -> NotPlainError:
    return NotPlainError(remote._shown)


def _compare(name: str) -> Callable[[Remote, Any], Any]:
    def compare(self: Remote, other: Any) -> Any:
        if isinstance(other, Remote):
            return self._ask("compare", self, [name, other], {})
        if other is None and name in ("eq", "ne"):
            return name == "ne"
        raise _refused(self)

    return compare


def _reckon(self: Remote, *_others: Any) -> Any:
    raise _refused(self)


for _name in _COMPARED:
    setattr(Remote, f"__{_name}__", _compare(_name))
for _name in (*_RECKONED, *(f"r{name}" for name in _RECKONED), *_ALONE):
    setattr(Remote, f"__{_name}__", _reckon)


# outside of an iteration they would end one of the test's own
_ENDS = (StopIteration, StopAsyncIteration)


def raised(message: dict[str, Any]) -> Exception:
    """The exception of a candidate as one of Python's own: the first of its bases that Python has."""
    for name in message.get("mro", ()):
        kind = getattr(builtins, str(name), None)
        if isinstance(kind, type) and issubclass(kind, Exception) and kind not in _ENDS:
            break
        if name == "KeyboardInterrupt":
            return InterruptedError(str(message.get("text", "")))
    else:
        kind = Exception
    name = str(message.get("name", kind.__name__))[:100]
    try:
        named = kind if name == kind.__name__ else type(name, (kind,), {"__module__": "__main__"})
        made: Exception = named(*(plain.read(each) for each in message.get("given", ())))
    except Exception:
        return RuntimeError(str(message.get("text", ""))[:2000])
    return made
