"""`mutu skm sample`: how many people to ask."""

from __future__ import annotations

import json
import re
from typing import Annotated

import typer

from mutu.cli.program import Json, Noun
from mutu.errors import N_, SettingError
from mutu.locale import _, integer, number, percent

People = Annotated[str, typer.Argument(metavar="N", help=N_("People served in the period of the survey"))]
Margin = Annotated[
    str,
    typer.Option(
        "--margin", metavar=N_("SHARE"), help=N_("Margin of error of a share, 0.05 (unless given) for five points")
    ),
]
Confidence = Annotated[str, typer.Option("--confidence", metavar=N_("SHARE"), help=N_("Confidence, 0.95 unless given"))]

_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")


def register(noun: Noun) -> None:
    """Add the command to `mutu skm`."""
    noun.verb(N_("Say how many respondents a survey needs (Krejcie & Morgan)."))(sample)


def sample(people: People, margin: Margin = "0.05", confidence: Confidence = "0.95", as_json: Json = False) -> None:
    """Print the sample size for a population."""
    from mutu.measure.sampling import krejcie_morgan

    population = _whole(people)
    error, level = _share("--margin", margin), _share("--confidence", confidence)
    size = krejcie_morgan(population, error, level)
    if as_json:
        typer.echo(json.dumps({"population": population, "sample": size}))
        return
    typer.echo(_sentence(population, size, level))


def _sentence(population: int, size: int, level: float) -> str:
    from mutu.measure.sampling.size import all_are_used

    if size >= population:
        asked = _("Ask all {population} people served: so few can only be surveyed as a whole.").format(
            population=integer(population)
        )
        return f"{asked} {all_are_used()}"
    asked = _(
        "Of {population} people served, collect answers from at least {n} (Krejcie & Morgan); the share of those who "
        "are content then lies within about {margin} percentage points of the true one, at a confidence of "
        "{confidence}."
    ).format(
        population=integer(population),
        n=integer(size),
        margin=number(100 * _margin(population, size, level), 1),
        confidence=percent(level, 0),
    )
    return f"{asked} {all_are_used()}"


def _margin(population: int, size: int, level: float) -> float:
    """The margin of error of a share near 50 %, the least certain one, with so many respondents."""
    from mutu.measure.intervals import normal_quantile

    return float(normal_quantile(level) * (0.25 / size * (population - size) / (population - 1)) ** 0.5)


def _whole(written: str) -> int:
    """A number of people as they write it: 1200, or with a mark before every three digits, 1.200."""
    digits = re.sub(r"[.,]", "", written) if _GROUPED.fullmatch(written) else written
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        raise SettingError(
            N_("«{found}» is no number of people. Write the people served as digits only, for instance 1200."),
            found=written,
        )
    return int(digits)


def _share(option: str, written: str) -> float:
    """A share as people write it: 0.05, 0,05 or 5%; a wrong one is quoted as it was written."""
    digits, divisor = (written[:-1], 100) if written.endswith("%") else (written, 1)
    try:
        share = float(digits.strip().replace(",", ".")) / divisor
    except ValueError:
        raise SettingError(
            N_("«{found}» behind {option} is no number. Write it as {example} or {share}."),
            found=written, option=option, example="0.05", share="5%",
        ) from None  # fmt: skip
    if not 0 < share < 1:
        raise SettingError(
            N_("{name} must lie between {low} and {high}, not at {found}."), name=option, low=0, high=1, found=written
        )
    return share
