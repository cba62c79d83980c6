"""The questions of a survey with what their answers stand for, and what about them needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mutu.errors import N_, ReadError
from mutu.locale import _, integer
from mutu.responses import answers as answering
from mutu.responses import privacy
from mutu.responses.columns import Assigned
from mutu.responses.grid import UNSTORED, data, words

_EXAMPLES = 6
_MANY = 50  # answers among which the best option is expected


@dataclass(frozen=True)
class Question:
    """An element's column: its name among the answers ("U1", "U1.2"), its texts and what they stand for."""

    entry: Assigned
    name: str
    counts: Counter[str]
    found: answering.Resolution

    @property
    def unknown(self) -> Counter[str]:
        """The texts that are no option known and do not say that there is no answer."""
        known = (_(answering.NOT_KNOWN), _(answering.NOT_STORED))
        return Counter({said: self.counts[said] for said, reason in self.found.refused.items() if reason in known})

    @property
    def is_lost(self) -> bool:
        """Whether answers stand in the column and none of them is understood."""
        return not self.found.values and not self.found.other_scale and bool(self.unknown)


def understood(questions: Sequence[Question], hints: list[str], file: str) -> list[Question]:
    """The questions without those of which no answer is known, where another column answers for the element.

    Raises
    ------
    ReadError : no answer of an element is known; leaving it out would be another index, as if it had not been asked
    """
    lost = [question for question in questions if question.is_lost]
    answered = {question.entry.target for question in questions if question.found.values}
    for question in lost:
        if question.entry.target not in answered:
            raise _not_understood(question, len(lost) == len(questions), file)
        hints.append(
            _("Column «{column}» holds no answers to a question and is left out.").format(
                column=privacy.mask(question.entry.column.name)
            )
        )
    return [question for question in questions if question not in lost]


def doubts(questions: Sequence[Question], scale: answering.Scale) -> list[str]:
    """What about the answers needs a look, as sentences."""
    low, high = scale.ends
    said = []
    if scale.turned:
        said.append(
            _("The numbers were turned round, as {low} is the best answer: {low} counts as {high}.").format(
                low=low, high=high
            )
        )
    if scale.ends != (1, 4):
        said.append(_("Answers on the scale {low}–{high} are converted linearly to 1–4.").format(low=low, high=high))
    said += _unknown(questions) + _guessed(questions) + _complaining(questions) + _best_unused(questions, scale)
    sentences = {
        "letters": N_("Letters were taken as answers in their order, a = {low}: {columns}."),
        "reversed": N_(
            "Options carry numbers or letters that run against their words; the words were followed: {columns}."
        ),
        "wording": N_("Some options can be read in two ways; see what they were taken for: {columns}."),
    }
    for note, sentence in sentences.items():
        names = [
            f"«{privacy.mask(question.entry.column.name)}»" for question in questions if note in question.found.notes
        ]
        if names:
            said.append(_(sentence).format(low=low, columns=", ".join(names)))
    return said


def _unknown(questions: Sequence[Question]) -> list[str]:
    """Options that nobody knows are seldom in the middle of the scale, so leaving them out moves the index."""
    unknown = sum((question.unknown for question in questions), Counter[str]())
    del unknown[UNSTORED]
    if not unknown:
        return []
    return [
        _(
            "{count} answers in words that are not known do not count: {examples}. If they are the best or the worst "
            "option, the index is too low or too high: replace them in the file with 1 to 4 and read it again."
        ).format(count=integer(unknown.total()), examples=_shown(unknown, counted=True))
    ]


def _best_unused(questions: Sequence[Question], scale: answering.Scale) -> list[str]:
    """Where nobody ever chose the best option, the questionnaire may not have had it."""
    seen: dict[int, str] = {}
    for question in questions:
        seen |= {value: said for said, value in question.found.values.items()}
    count = sum(question.counts[said] for question in questions for said in question.found.values)
    if scale.ends != (1, 4) or scale.high in seen or count < _MANY:
        return []
    return [
        _(
            "No answer in the file is {high}, the best one; the options were read as {options}. If the questionnaire "
            "has fewer than {high} options, the index is wrong: replace them in the file with the numbers of the "
            "regulation, 1 to {high}."
        ).format(
            high=scale.high, options=", ".join(f"«{privacy.mask(seen[value])}» = {value}" for value in sorted(seen))
        )
    ]


def top_unused(questions: Sequence[Question], scale: answering.Scale) -> list[str]:
    """Where the scale was stated and all answers end below its top, it may be the wrong one."""
    numbers = Counter[int]()
    for question in questions:
        for said, value in question.found.values.items():
            numbers[value] += question.counts[said]
    if scale.ends == (1, 4) or scale.turned or numbers.total() < _MANY or max(numbers) >= scale.high:
        return []
    return [
        _(
            "No answer reaches {high}, the top of the scale {low}–{high} that was given; the highest is {seen}. If the "
            "questionnaire ended at {seen}, the index is too low: give --scale {low}-{seen}."
        ).format(low=scale.low, high=scale.high, seen=max(numbers))
    ]


def _guessed(questions: Sequence[Question]) -> list[str]:
    guessed = {said: value for question in questions for said, value in question.found.guessed().items()}
    if not guessed:
        return []
    listed = ", ".join(f"«{privacy.mask(said)}» = {value}" for said, value in list(guessed.items())[:_EXAMPLES])
    return [_("Options spelt unusually were taken for the closest one: {options}.").format(options=listed)]


def _complaining(questions: Sequence[Question]) -> list[str]:
    """Whoever agrees with «the procedure is complicated» is not content; a header alone does not settle it."""
    known = data("answers")
    names = [
        f"«{privacy.mask(question.entry.column.name)}»"
        for question in questions
        if any(f" {word} " in words(question.entry.column.name) for word in known["negative_stems"])
        and any(set(known["agreement"]) & set(words(said).split()) for said in question.found.values)
    ]
    if not names:
        return []
    return [
        _(
            "These questions seem to state something bad, yet agreeing with them counts as content; "
            "if so, turn their answers round in the file: {columns}."
        ).format(columns=", ".join(names))
    ]


def _shown(counts: Counter[str], counted: bool = False) -> str:
    shown = counts.most_common(_EXAMPLES)
    listed = ", ".join(f"«{privacy.mask(said)}»" + (f" ({integer(count)})" if counted else "") for said, count in shown)
    return listed + (" …" if len(counts) > len(shown) else "")


def _not_understood(question: Question, everywhere: bool, file: str) -> ReadError:
    column = privacy.mask(question.entry.column.name)
    if UNSTORED in question.unknown:
        return ReadError(
            N_(
                "In {file}, column «{column}» holds formulas whose values are not stored in the file, so its answers "
                "cannot be read. Open the file in Excel or LibreOffice, save it, and use it again."
            ),
            file=file,
            column=column,
        )
    if everywhere:
        return ReadError(
            N_(
                "In {file}, none of the answers is known: column «{column}» says, for example, {examples}. "
                "Replace the options with 1 to 4 (4 is best) or with the words of the questionnaire."
            ),
            file=file,
            column=column,
            examples=_shown(question.unknown),
        )
    return ReadError(
        N_(
            "In {file}, none of the answers in column «{column}» is known (for example {examples}), so {unsur} cannot "
            "be computed. Replace them with 1 to 4 (4 is best), or leave the column out in a map file (--map) "
            'with "ignore" if it is not about {unsur}.'
        ),
        file=file,
        column=column,
        unsur=question.entry.target,
        examples=_shown(question.unknown),
    )
