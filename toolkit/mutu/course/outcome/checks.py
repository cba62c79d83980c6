"""Checks of an exercise: they call the trainee's function and answer in a sentence, never only that it is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mutu.errors import N_
from mutu.locale import _, number, use

TOLERANCE = 1e-6

# what a check answers
RIGHT = N_("Right: {call} is {answer}.")
EMPTY = N_("This part is still empty. Write your answer in the cell above, run it, then this one.")
STOPPED = N_("{call} stopped with «{kind}: {error}». Read the last line of your code once more.")
NOTHING = N_("Not yet: {call} gives nothing back. Is the word return missing?")
WRONG = N_("Not yet: {call} gives {answer}. {why}")
# reasons that every check knows
TEXT = N_("That is a text; a number is needed, without quotation marks.")
COMPARE = N_("Compare it with the example in the task and work it out by hand once.")


class NotYet(AssertionError):
    """A check that is not passed yet; a notebook shows its sentence instead of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Checker:
    """Checks that speak one language ("id" or "en").

    Examples
    --------
    >>> check = Checker("en")
    >>> check(round, 3.66, expect=4)
    Right: round(3.66) is 4.
    >>> check(lambda x: x, 3.66, expect=91.5, mistakes=[(3.66, "That is on the scale 1-4; multiply by 25.")])
    Traceback (most recent call last):
    ...
    mutu.course.outcome.checks.NotYet: Not yet: <lambda>(3.66) gives 3.66. That is on the scale 1-4; multiply by 25.
    """

    language: str = "id"

    def __call__(
        self,
        function: Callable[..., Any],
        *inputs: Any,
        expect: Any,
        mistakes: Iterable[tuple[Any, str]] = (),
        otherwise: str = "",
    ) -> None:
        """Call the function and compare.

        Parameters
        ----------
        function : the trainee's function
        inputs : what to call it with; it gets copies, so that it cannot spoil them for the next check
        expect : the right answer; numbers may differ by a millionth
        mistakes : (answer, sentence) for answers that a usual mistake gives
        otherwise : sentence for any other answer

        Raises
        ------
        NotYet : the answer is another one; the sentence names the mistake
        """
        with use(self.language):
            call = f"{getattr(function, '__name__', 'fungsi')}({written(inputs)})"
            answer = _called(function, inputs, call)
            if same(answer, expect):
                print(_(RIGHT).format(call=call, answer=_shown(answer)))  # noqa: T201
                return
            raise NotYet(_sentence(answer, expect, call, [*mistakes, (_ANY, otherwise)]))


_ANY = object()


def same(answer: Any, expect: Any) -> bool:
    """Whether two plain answers agree: numbers to a millionth, lists and tables part by part, texts exactly.

    A text is never a number, and True is not 1.
    """
    if isinstance(expect, Mapping):
        return isinstance(answer, Mapping) and set(answer) == set(expect) and all(
            same(answer[key], expect[key]) for key in expect
        )  # fmt: skip
    if isinstance(expect, list | tuple):
        return isinstance(answer, list | tuple) and len(answer) == len(expect) and all(map(same, answer, expect))
    if isinstance(expect, str):  # numpy's texts too; the answer's own idea of being equal does not count
        return isinstance(answer, str) and str.__eq__(answer, expect)
    if _is_number(expect):
        return _is_number(answer) and math.isclose(float(answer), float(expect), abs_tol=TOLERANCE)
    return type(answer) is type(expect) and bool(answer == expect)


def _is_number(value: Any) -> bool:
    """A number of Python, numpy, Decimal or Fraction; not a truth value, not a text."""
    return hasattr(value, "__float__") and not isinstance(value, bool | str)


def _called(function: Callable[..., Any], inputs: tuple[Any, ...], call: str) -> Any:
    from copy import deepcopy

    try:
        return function(*deepcopy(inputs))
    except NotImplementedError:
        raise NotYet(_(EMPTY)) from None
    except Exception as error:
        raise NotYet(_(STOPPED).format(call=call, kind=type(error).__name__, error=error)) from None


def _sentence(answer: Any, expect: Any, call: str, mistakes: list[tuple[Any, str]]) -> str:
    said = next(text for wrong, text in mistakes if wrong is _ANY or same(answer, wrong))
    if not said and answer is None:
        return _(NOTHING).format(call=call)
    if not said and isinstance(answer, str) and _is_number(expect):
        said = _(TEXT)
    if not said:
        said = _(COMPARE)
    return _(WRONG).format(call=call, answer=_shown(answer), why=said)


def written(inputs: Iterable[Any]) -> str:
    """The inputs of a call as the sentences write them."""
    return ", ".join(map(_shown, inputs))


def _shown(value: Any) -> str:
    """A value as the trainee wrote it or would write it: short, numbers with at most four decimals."""
    if isinstance(value, float):
        short = f"{value:.4f}".rstrip("0").rstrip(".")
        return number(value, 2) if abs(value) >= 1e6 else short
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
