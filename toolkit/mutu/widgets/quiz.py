"""Questions inside a lesson: answered with a number, a word or a choice, corrected at once with the reason.

Everything works with the keyboard: Tab reaches the field, Enter answers. What the learner types is shown as text,
never as markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ipywidgets as widgets

from mutu.locale import _, number
from mutu.look.tokens import colour

_BOX = "padding:8px 16px;border-left:4px solid {edge};background:{fill};color:{ink};max-width:65ch;line-height:1.5"
# the field as high as its button, and large enough for a finger
_STYLE = (
    "<style>.mutu-answer input[type=text]{height:44px;font-size:16px;min-width:0}"
    # JupyterLab gives an option one line, into which a long one does not fit on a phone
    ".mutu-answer .widget-radio-box label{height:auto;white-space:normal;line-height:1.5;padding:6px 0}</style>"
)
# kind of feedback -> (edge, fill); the word inside says the same
_TINTS = {"right": ("primary", "primary-tint"), "not": ("accent", "accent-tint"), "noted": ("second", "ground")}


class Question(widgets.VBox):  # type: ignore[misc]
    """A question with a field, a button and a place for the answer's feedback.

    Parameters
    ----------
    question : what is asked, plain text
    field : the widget that takes the answer; its `value` is what was answered
    judge : answer -> (kind of feedback, its sentence)
    """

    def __init__(self, question: str, field: Any, judge: Callable[[Any], tuple[str, str]]) -> None:
        self.field, self._judge = field, judge
        self.feedback = widgets.HTML()
        self.button = widgets.Button(description=_("Answer"), layout=widgets.Layout(height="44px", width="auto"))
        self.button.on_click(lambda _button: self.answer())
        if isinstance(field, widgets.Text):
            field.observe(lambda _change: self.answer(), names="value")
        field.add_class("mutu-answer")
        asked = widgets.HTML(f"{_STYLE}<p style='max-width:65ch;margin:0;line-height:1.5'>{html.escape(question)}</p>")
        row = widgets.HBox([field, self.button], layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
        super().__init__([asked, row, self.feedback], layout=widgets.Layout(margin="8px 0"))

    def answer(self) -> None:
        """Judge what stands in the field and say so below it."""
        kind, sentence = self._judge(self.field.value)
        self.feedback.value = _box(kind, sentence)


class Guess(Question):
    """A guess before anything was computed; `compare` comes back to it."""

    def __init__(self, question: str, unit: str = "") -> None:
        super().__init__(question, _text(unit or _("Your guess")), self._noted)

    @staticmethod
    def _noted(typed: str) -> tuple[str, str]:
        if _number(typed) is None:
            return "not", _("Type a number, for instance 75 or 75.5.")
        return "noted", _("Noted. We come back to it.")

    def compare(self, result: float | Fraction | Decimal, digits: int = 2) -> None:
        """Show the guess beside the result."""
        from IPython.display import HTML, display

        display(HTML(_box("noted", self.compared(result, digits))))  # type: ignore[no-untyped-call]

    def compared(self, result: float | Fraction | Decimal, digits: int = 2) -> str:
        """What `compare` says."""
        guessed = _number(self.field.value)
        found = number(result, digits)
        if guessed is None:
            return _("You have not guessed. The result is {found}.").format(found=found)
        return _("You guessed {guess}. The result is {found}, a difference of {apart}.").format(
            guess=number(guessed, digits), found=found, apart=number(abs(Fraction(result) - guessed), digits)
        )


def ask_number(question: str, answer: float | Fraction | Decimal, why: str, *, within: float = 0.005,
               hints: Iterable[tuple[float, str]] = ()) -> Question:  # fmt: skip
    """Ask for a number.

    Parameters
    ----------
    question, why : the question, and the reason shown with the right answer
    answer : the right number; a typed one may differ by `within`
    hints : (number, sentence) for usual mistakes
    """

    def judge(typed: str) -> tuple[str, str]:
        value = _number(typed)
        if value is None:
            return "not", _("Type a number, for instance 75 or 75.5.")
        if _near(value, answer, within):
            return "right", _("Right. {why}").format(why=why)
        hint = next((text for wrong, text in hints if _near(value, wrong, within)), _("Work it out by hand once more."))
        return "not", _("Not yet. {hint}").format(hint=hint)

    return Question(question, _text(_("Your answer, a number")), judge)


def ask_word(question: str, accepted: Sequence[str], why: str, hint: str = "") -> Question:
    """Ask for a word; upper and lower case and spaces around it do not matter."""

    def judge(typed: str) -> tuple[str, str]:
        if " ".join(typed.casefold().split()) in {word.casefold() for word in accepted}:
            return "right", _("Right. {why}").format(why=why)
        return "not", _("Not yet. {hint}").format(hint=hint or _("Look at the table above once more."))

    return Question(question, _text(_("Your answer, a word")), judge)


def ask_choice(question: str, options: Sequence[str], answer: int, why: str, hint: str = "") -> Question:
    """Ask to choose one of several; `answer` is the position of the right one, counted from 0."""

    def judge(chosen: str | None) -> tuple[str, str]:
        if chosen is None:
            return "not", _("Choose one first.")
        if chosen == options[answer]:
            return "right", _("Right. {why}").format(why=why)
        return "not", _("Not yet. {hint}").format(hint=hint or _("Look at the table above once more."))

    wide = widgets.Layout(width="100%")
    return Question(question, widgets.RadioButtons(options=list(options), value=None, layout=wide), judge)


def ask_own(question: str, reply: str, replies: Iterable[tuple[str, str]] = ()) -> Question:
    """Ask about the learner's own office: no answer is wrong; the reply says what it means for the lesson.

    Parameters
    ----------
    question, reply : the question, and what is said to any other answer
    replies : (words separated by spaces, what is said when one of them begins a word of the answer)
    """

    def judge(typed: str) -> tuple[str, str]:
        if not typed.strip():
            return "not", _("Type a word or a number first.")
        return "noted", next((said for words, said in replies if _mentions(typed, words)), reply)

    return Question(question, _text(_("Your answer")), judge)


def _mentions(typed: str, words: str) -> bool:
    """Whether a word of the answer begins with one of `words`; numbers have to be the same."""
    said = re.findall(r"\w+", typed.casefold())
    return any(word == own if word.isdigit() else own.startswith(word) for word in words.split() for own in said)


def _text(label: str) -> widgets.Text:
    """A field with a visible label, which is also its name for those who hear the page."""
    return widgets.Text(
        description=label,
        style={"description_width": "initial"},
        continuous_update=False,
        layout=widgets.Layout(width="100%", max_width="420px", height="44px"),
    )


def _number(typed: str) -> Fraction | None:
    """A number as people type it, with comma or point; None for anything else."""
    text = typed.strip().replace(" ", "").replace("%", "").replace(",", ".")
    try:
        return Fraction(text) if text.count("/") == 0 and len(text) < 30 else None
    except ValueError:
        return None


def _near(value: Fraction, other: float | Fraction | Decimal, within: float) -> bool:
    return abs(value - Fraction(other)) <= Fraction(within) + Fraction(1, 10**9)


def _box(kind: str, sentence: str) -> str:
    edge, fill = _TINTS[kind]
    style = _BOX.format(edge=colour(edge), fill=colour(fill), ink=colour("ink"))
    return f"<div role='status' style='{style}'>{html.escape(sentence)}</div>"
