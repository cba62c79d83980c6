"""`mutu assess`: the result of a self-assessment from a file of answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli.program import Json, Noun
from mutu.errors import N_, ReadError, reason
from mutu.locale import _, integer, number

if TYPE_CHECKING:
    from mutu.instruments import AssessmentResult, Step

_SHOWN = 5

Slug = Annotated[str, typer.Argument(metavar=N_("INSTRUMENT"), help=N_("The instrument, for instance pekppp"))]
Answers = Annotated[
    Path, typer.Argument(metavar=N_("ANSWERS.json"), help=N_("Item codes with their scores, or what the page exported"))
]
Weights = Annotated[
    str, typer.Option("--weights", metavar="published|equal", help=N_("How items weigh inside their aspect"))
]


def register(program: Noun) -> None:
    """Add the command to the program."""
    program.verb(N_("The result of a self-assessment from a file of answers."))(assess)


def assess(slug: Slug, file: Answers, weights: Weights = "", as_json: Json = False) -> None:
    """Score the answers; the weights of an export hold unless others are asked for."""
    from mutu.assess.export import from_json
    from mutu.instruments import load, score

    instrument = load(slug)
    record = from_json(_content(file), instrument)
    given = {code: answer.score for code, answer in record.answers.items()}
    result = score(instrument, given, weights or record.weights or None)
    typer.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2) if as_json else _readable(result))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReadError(N_("The file {file} cannot be opened: {problem}."), file=file, problem=reason(error)) from None


def _readable(result: AssessmentResult) -> str:
    """The result for a person in a terminal: the answer, the aspects, the next steps, where it comes from."""
    instrument = result.instrument
    lines = [str(instrument.title), "", result.sentence(), str(instrument.disclaimer)]
    if result.missing:
        lines += ["", _("Without an answer: {codes}").format(codes=", ".join(result.missing))]
    lines += ["", *_table(result.rows())]
    if result.plan:
        partly, whole = N_("Of the items answered so far: what raises the index most"), N_("What raises the index most")
        lines += ["", _(partly if result.missing else whole) + ":"]
    for step in result.plan[:_SHOWN]:
        lines += [f"  {step.code}. {step.name}", f"     {_next_level(step)}"]
    origin = _("Instrument {slug} {version}: {regulation}").format(
        slug=instrument.slug, version=instrument.version, regulation=instrument.regulation
    )
    return "\n".join([*lines, "", origin, str(instrument.status)])


def _next_level(step: Step) -> str:
    return _("level {now}; level {next} (+{gain}): {criterion}").format(
        now=integer(step.score), next=integer(step.next_level), gain=number(step.gain, 3), criterion=step.criterion
    )


def _table(rows: list[dict[str, str]]) -> list[str]:
    """Columns of equal width; the first is text, the others are numbers set right."""
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    return [
        "  "
        + row[0].ljust(widths[0])
        + "".join("  " + cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in table
    ]
