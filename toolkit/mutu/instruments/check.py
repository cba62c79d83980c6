"""What the form of an instrument file alone cannot say: that its weights, levels and references fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from mutu.errors import N_, ReadError
from mutu.instruments.schema import Aspect, Instrument, Item

_WHOLE = Decimal(100)


def check(instrument: Instrument, file: str) -> None:
    """Refuse an instrument that cannot be scored as it says.

    Raises
    ------
    ReadError : the sentence names the place in the file
    """
    _scale(instrument, file)
    _unique(instrument, file)
    _sum_to_100(file, "aspects", "", (aspect.weight for aspect in instrument.aspects))
    for aspect in instrument.aspects:
        _weights(instrument, aspect, file)
        for item in aspect.items:
            _item(instrument, item, file)
    _categories(instrument, file)


def _scale(instrument: Instrument, file: str) -> None:
    low, high = instrument.scale
    if not low < high:
        raise ReadError(
            N_("In {file}, scale runs from {low} to {high}. The first number must be the smaller one."),
            file=file,
            low=low,
            high=high,
        )
    for name in ("conventions", "aspects", "categories"):
        if not getattr(instrument, name):
            raise ReadError(N_("In {file}, {place} is empty. Add at least one."), file=file, place=name)


def _unique(instrument: Instrument, file: str) -> None:
    kinds = {
        "aspects": [aspect.code for aspect in instrument.aspects],
        "items": [item.code for item in instrument.items],
        "conventions": [convention.code for convention in instrument.conventions],
        "categories": [category.letter for category in instrument.categories],
        "sources": [source.code for source in instrument.sources],
    }
    for kind, codes in kinds.items():
        twice = [code for code, times in Counter(codes).items() if times > 1]
        if twice:
            raise ReadError(
                N_("In {file}, the code «{code}» appears twice in {place}. Give each its own."),
                file=file,
                code=twice[0],
                place=kind,
            )


def _weights(instrument: Instrument, aspect: Aspect, file: str) -> None:
    listed = {convention.code for convention in instrument.conventions if convention.kind == "listed"}
    if not aspect.items:
        raise ReadError(N_("In {file}, {place} is empty. Add at least one."), file=file, place=f"{aspect.code}.items")
    for item in aspect.items:
        if set(item.weight) != listed:
            raise ReadError(
                N_("In {file}, item {code} gives weights for «{given}», but the listed conventions are «{known}»."),
                file=file,
                code=item.code,
                given=", ".join(sorted(item.weight)),
                known=", ".join(sorted(listed)),
            )
    for convention in sorted(listed):
        _sum_to_100(file, f"{aspect.code}.items", convention, (item.weight[convention] for item in aspect.items))


def _sum_to_100(file: str, place: str, convention: str, weights: Iterable[Decimal]) -> None:
    given = list(weights)
    if any(weight < 0 for weight in given):
        raise ReadError(N_("In {file}, a weight of {place} is below 0. Correct it."), file=file, place=place)
    if sum(given) != _WHOLE:
        raise ReadError(
            N_("In {file}, the weights of {place} {convention} add up to {total} instead of 100. Correct them."),
            file=file,
            place=place,
            convention=f"({convention})" if convention else "",
            total=sum(given),
        )


def _item(instrument: Instrument, item: Item, file: str) -> None:
    low, high = instrument.scale
    if [level.score for level in item.levels] != list(range(low, high + 1)):
        raise ReadError(
            N_("In {file}, item {code} must describe each level from {low} to {high} once, in this order."),
            file=file,
            code=item.code,
            low=low,
            high=high,
        )
    unknown = sorted(set(item.sources) - {source.code for source in instrument.sources})
    if unknown:
        raise ReadError(
            N_("In {file}, item {code} refers to the source «{source}», which is not in the list of sources."),
            file=file,
            code=item.code,
            source=unknown[0],
        )


def _categories(instrument: Instrument, file: str) -> None:
    limits = [category.at_least for category in instrument.categories]
    if any(lower >= higher for higher, lower in pairwise(limits)):
        raise ReadError(N_("In {file}, categories must run from the highest to the lowest limit."), file=file)
    if limits[-1] > instrument.scale[0]:
        raise ReadError(
            N_("In {file}, no category holds from {low} on. Let the last one begin at the lowest level."),
            file=file,
            low=instrument.scale[0],
        )
