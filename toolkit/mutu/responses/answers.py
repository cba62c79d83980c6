"""From what stands in a column to answers on the scale; what cannot be told is refused with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mutu.errors import N_, ReadError, SettingError
from mutu.locale import _, percent
from mutu.regulations import publication
from mutu.responses import options, privacy
from mutu.responses.grid import UNSTORED, data
from mutu.responses.options import Option, Scheme

_SEVERAL = re.compile(r"\d(?:\s*(?:[/\-–&+;]|dan|atau|and|or)\s*\d)+", re.IGNORECASE)
NOT_KNOWN = N_("the answer is not one of the options known for this question")
NOT_WHOLE = N_("an answer must be a whole number")
OUTSIDE = N_("the answer lies outside the scale {low}–{high}")
NO_ANSWER = N_("says that there is no answer")
TWO_ANSWERS = N_("holds more than one answer")
NOT_COMPUTED = N_("a formula that ends in an error")
NOT_STORED = N_("a formula whose value is not stored in the file")


@dataclass
class Resolution:
    """What the texts of a column stand for.

    values : text -> answer; refused : text -> reason (in the language in use)
    other_scale : texts that would be answers on another scale
    notes : kinds of doubt, "letters", "reversed", "wording"
    misspelt : phrases that were taken for the option they are closest to
    """

    values: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    other_scale: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    misspelt: set[str] = field(default_factory=set)

    def guessed(self) -> dict[str, int]:
        """The texts that were read by likeness."""
        return {said: value for said, value in self.values.items() if options.option(said).phrase in self.misspelt}

    def translated(self) -> dict[str, int]:
        """The texts that were not simply the number itself."""
        return {said: value for said, value in self.values.items() if said != str(value)}


@dataclass(frozen=True)
class Scale:
    """The scale of the answers in a file: lowest and highest, and whether the lowest number is the best answer."""

    low: int
    high: int
    turned: bool = False

    @property
    def ends(self) -> tuple[int, int]:
        """Lowest and highest answer."""
        return self.low, self.high


def resolve(counts: Counter[str], unsur: str, scale: Scale, context: Iterable[str] = ()) -> Resolution:
    """Answers for the texts of one column.

    Parameters
    ----------
    counts : text of a cell -> how often it stands in the column
    unsur : the element asked, whose own wording comes first
    scale : the scale; where it is turned, numbers are turned round, and words are not
    context : phrases of the other columns, which tell apart scales that share words
    """
    found = Resolution()
    taken: dict[str, Option] = {}
    for said in counts:
        number = options.whole_number(said)
        if said == UNSTORED:
            found.refused[said] = _(NOT_STORED)
        elif said.startswith("#"):
            found.refused[said] = _(NOT_COMPUTED)
        elif _SEVERAL.fullmatch(said):
            found.refused[said] = _(TWO_ANSWERS)
        elif number is None:
            taken[said] = options.option(said)
        else:
            _number(found, said, number, scale)
    lettered = _lettered(taken.values())
    if not lettered and any(option.phrase for option in taken.values()):
        taken = {said: _as_word(option) for said, option in taken.items()}
    phrases = _phrases(found, taken, unsur, scale, frozenset(context))
    for said, option in taken.items():
        trusted = option if lettered or option.mark.isdigit() or not option.phrase else replace(option, mark="")
        _words(found, said, trusted, phrases, scale)
    return found


def _lettered(taken: Collection[Option]) -> bool:
    """Whether the column's options are lettered, so that a letter before unknown words is one of them."""
    letters = [option.mark for option in taken if option.mark.isalpha()]
    return len(set(letters)) > 1 and len(letters) > 0.8 * len(taken)


def _as_word(option: Option) -> Option:
    """A letter that stands alone among words is a word too: «B» for «baik» between «KB» and «SB»."""
    return option if option.phrase else replace(option, mark="", phrase=option.mark)


def phrases_of(texts: Iterable[str]) -> set[str]:
    """The phrases of a column: its texts without numbers, letters and slashes."""
    taken = [options.option(said) for said in texts if options.whole_number(said) is None]
    return {phrase for option in taken for phrase in (option.phrase, *option.halves) if phrase}


def check_unread(resolutions: Iterable[tuple[Resolution, Counter[str]]], file: str) -> None:
    """Refuse a file of which so many answers cannot be read that an index of the rest would mislead.

    Raises
    ------
    ReadError : says how many, with examples
    """
    answered = 0
    unread: Counter[str] = Counter()
    for found, counts in resolutions:
        answered += sum(counts[said] for said in found.values)
        unread.update({said: counts[said] for said, reason in found.refused.items() if reason != _(NO_ANSWER)})
    total = unread.total()
    if total <= publication().unread_share * (answered + total):
        return
    raise ReadError(
        N_(
            "In {file}, {share} of the answers cannot be read (for example {examples}); an index of the rest would "
            "mislead. Replace them in the file with 1 to 4, 4 is best, and read it again."
        ),
        file=file,
        share=percent(total / (answered + total)),
        examples=", ".join(f"«{privacy.mask(said)}»" for said, _count in unread.most_common(3)),
    )


def parse_scale(scale: str | tuple[int, int] | None) -> Scale:
    """The scale "1-5" as lowest and highest answer; "4-1" says that 1 is the best answer.

    Raises
    ------
    SettingError : not two whole numbers that differ
    """
    if scale is None:
        return Scale(1, 4)
    parts = str(scale).replace("–", "-").split("-") if isinstance(scale, str) else [str(end) for end in scale]
    if len(parts) == 2 and all(part.strip().isdecimal() and len(part.strip()) < 4 for part in parts):
        first, last = map(int, parts)
        if first != last:
            return Scale(min(first, last), max(first, last), turned=first > last)
    raise SettingError(
        N_("The scale «{scale}» is not understood. Give the lowest and the highest answer, for instance --scale 1-5."),
        scale=scale,
    )


def _number(found: Resolution, said: str, number: int | float, scale: Scale) -> None:
    low, high = scale.ends
    if isinstance(number, float):
        found.refused[said] = _(NOT_WHOLE)
    elif low <= number <= high:
        found.values[said] = low + high - number if scale.turned else number
    else:
        found.refused[said] = _(OUTSIDE).format(low=low, high=high)
        if number > high or number == 0:
            found.other_scale.add(said)


def _phrases(
    found: Resolution, taken: dict[str, Option], unsur: str, scale: Scale, context: frozenset[str]
) -> dict[str, int]:
    """Phrase -> answer, by the scheme that explains the column best, then by what all schemes agree on."""
    low, high = scale.ends
    mine = {phrase for option in taken.values() for phrase in (option.phrase, *option.halves) if phrase}
    if all(len(phrase) == 1 for phrase in mine):  # «p» stands for «puas» only beside «sp» or «tp»
        return {}
    stems = options.stems_of(mine | context)
    known = options.schemes(high - low + 1) if low <= 1 else ()
    marks = {option.phrase: option.mark for option in taken.values() if option.mark}
    context = context - _listed(known)
    scheme = _best(known, mine, context, (stems, unsur, marks))
    values = {} if scheme is None else _explained(scheme, mine, stems)
    if scheme is not None and not marks and any(_contradicts(other, scheme, mine, context, stems) for other in known):
        found.notes.add("wording")
    shift = low - 1
    _other_scale(found, taken, values, (low, high), stems)
    others = {taken[said].phrase for said in found.other_scale if said in taken}
    for phrase in mine - set(values) - others:
        agreed = {value for other in known if (value := other.value(phrase, stems)) is not None}
        if len(agreed) == 1:
            values[phrase] = agreed.pop()
        elif scheme is not None and len(phrase) > 4:
            near = options.close(phrase, options.wordings(scheme, _stems_in(mine, stems)) | values)
            if near is not None and near + shift <= high:
                values[phrase] = near
                found.misspelt.add(phrase)
    return {phrase: value + shift for phrase, value in values.items()}


def _listed(known: Iterable[Scheme]) -> set[str]:
    """Phrases of the elements' own lists, which say nothing about the scale of other columns."""
    return {phrase for scheme in known if scheme.unsur for phrase, _value in scheme.phrases}


def _best(
    known: Sequence[Scheme],
    mine: set[str],
    context: frozenset[str],
    about: tuple[frozenset[str], str, Mapping[str, str]],
) -> Scheme | None:
    """The scheme that explains most of the column and its marks, then most of the other columns.

    about : the stems, the element whose own list comes first, and phrase -> number or letter in front of it
    """
    stems, unsur, marks = about
    ranked = []
    for place, scheme in enumerate(known):
        own = _explained(scheme, mine, stems)
        told_apart, elsewhere = len(set(own.values())), len(_explained(scheme, context, stems))
        ranked.append((len(own), unsur in scheme.unsur, _agreement(own, marks), told_apart, elsewhere, -place))
    if not ranked or max(ranked)[0] == 0:
        return None
    return known[-max(ranked)[-1]]


def _agreement(values: Mapping[str, int], marks: Mapping[str, str]) -> int:
    """How many numbers or letters in front of the words agree with a scheme, read upwards or downwards."""
    pairs = [(value, _place(marks[phrase])) for phrase, value in values.items() if phrase in marks]
    return max(sum(value == place for value, place in pairs), sum(value + place == 5 for value, place in pairs))


def _place(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1


def _explained(scheme: Scheme, phrases: Iterable[str], stems: frozenset[str]) -> dict[str, int]:
    return {phrase: value for phrase in phrases if (value := scheme.value(phrase, stems)) is not None}


def _contradicts(other: Scheme, scheme: Scheme, mine: set[str], context: frozenset[str], stems: frozenset[str]) -> bool:
    """Whether another scheme explains the same phrases, here and in the other columns, with other answers."""
    if other is scheme or scheme.unsur:
        return False
    one, two = _explained(scheme, mine, stems), _explained(other, mine, stems)
    everywhere = len(_explained(scheme, context, stems)) == len(_explained(other, context, stems))
    return everywhere and one.keys() == two.keys() and one != two


def _stems_in(mine: set[str], stems: frozenset[str]) -> set[str]:
    """The stems a misspelt option may have meant: those of its column."""
    known = set(data("answers")["stems"]) | stems
    return {stem for phrase in mine if (stem := options.modified(phrase)[1]) in known}


def _other_scale(
    found: Resolution, taken: dict[str, Option], values: dict[str, int], scale: tuple[int, int], stems: frozenset[str]
) -> None:
    """Mark wordings that only a scale of five explains («netral», «cukup» between «kurang» and «sesuai»)."""
    phrases = {option.phrase for option in taken.values() if option.phrase}
    unexplained = phrases - set(values)
    if scale != (1, 4) or not unexplained:
        return
    for scheme in options.schemes(5):
        five = _explained(scheme, phrases, stems)
        if len(five) > len(values) and len(set(five.values())) > 3:
            found.other_scale.update(said for said, option in taken.items() if option.phrase in unexplained & set(five))
            return


def _words(found: Resolution, said: str, option: Option, phrases: dict[str, int], scale: Scale) -> None:
    """The answer of one text: its words decide, then its number or letter."""
    low, high = scale.ends
    value = _by_words(option, phrases)
    marked = None
    if option.mark:
        marked = _place(option.mark) + (0 if option.mark.isdigit() else low - 1)
    if value is None and said in found.other_scale:
        found.refused[said] = _(OUTSIDE).format(low=low, high=high)
    elif value is not None and marked is not None and value != marked:
        found.values[said] = value
        found.notes.add("reversed")
    elif value is not None:
        found.values[said] = value
    elif marked is not None:
        if not option.mark.isdigit():
            found.notes.add("letters")
        _number(found, said, marked, scale)
    else:
        found.refused[said] = _(NO_ANSWER) if options.is_no_answer(said) else _(NOT_KNOWN)


def _by_words(option: Option, phrases: dict[str, int]) -> int | None:
    value = phrases.get(option.phrase)
    if value is None:
        halves = {phrases[half] for half in option.halves if half in phrases}
        value = halves.pop() if len(halves) == 1 and all(half in phrases for half in option.halves) else None
    return value
