"""Data files: read as JSON and checked against their form, with a sentence that names the place when one is broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mutu.errors import N_, ReadError, reason

Form = TypeVar("Form", bound=BaseModel)


def read_json(path: Path) -> Any:
    """What a JSON file says.

    Raises
    ------
    FileNotFoundError : there is no such file
    ReadError : it cannot be opened, or is not JSON; names line and column
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ReadError(N_("The file {file} cannot be opened: {problem}."), file=path, problem=reason(error)) from None
    except UnicodeDecodeError:
        raise ReadError(N_("The file {file} is not UTF-8 text. Save it as UTF-8."), file=path.name) from None
    except json.JSONDecodeError as error:
        raise ReadError(
            N_("The file {file} is not valid JSON: line {line}, column {column}. Correct it there."),
            file=path.name,
            line=error.lineno,
            column=error.colno,
        ) from None
    except ValueError:  # Python refuses to read whole numbers of thousands of digits
        raise ReadError(N_("The file {file} contains a number that is too long. Correct it."), file=path.name) from None
    except RecursionError:
        raise ReadError(
            N_("The file {file} is nested too deeply to be read. Check what wrote it."), file=path.name
        ) from None


def in_form(form: type[Form], content: Any, file: str) -> Form:
    """`content` as the model `form`.

    Raises
    ------
    ReadError : something is missing, unknown or of the wrong kind; names the place of the first such thing in `file`
    """
    try:
        return form.model_validate(content)
    except ValidationError as error:
        raise _wrong(error, file) from None


def _wrong(error: ValidationError, file: str) -> ReadError:
    """The first thing that is wrong, with its place in the file written as a path: bands[1].high."""
    first = error.errors(include_url=False)[0]
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).lstrip(".")
    if first["type"] == "missing":
        return ReadError(N_("In {file}, {place} is missing. Add it."), file=file, place=place)
    if first["type"] == "extra_forbidden":
        return ReadError(N_("In {file}, {place} is not known. Remove or correct it."), file=file, place=place)
    if not place:
        return ReadError(
            N_("The parts of {file} do not agree: {problem}. Correct it."), file=file, problem=first["msg"]
        )
    return ReadError(
        N_("In {file}, {place} has the wrong form ({problem}). Correct it."),
        file=file,
        place=place,
        problem=first["msg"],
    )
