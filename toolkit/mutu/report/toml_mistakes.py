"""What is wrong in a line of a TOML file that an office wrote, and what to write instead; Python's words are English.

The file is judged by the line that cannot be read, since what the reader expected there says little to a person.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from mutu.errors import N_, SettingError

_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_TWICE = re.compile(r"Cannot (overwrite|declare|redefine|mutate)|Duplicate")
_DAY = re.compile(r"\d{1,4}\s*[-/. ]\s*\w+\s*[-/. ]\s*\d{1,4}")
_NUMBER_WITH_COMMA = re.compile(r"-?\d+,\d+")
_TYPOGRAPHIC = re.compile("[“”„‘’‚«»]")
_LONGEST = 60  # letters of a line that is shown


def explained(file: Path, text: str, error: tomllib.TOMLDecodeError) -> SettingError:
    """The sentence about the line that `error` names.

    Parameters
    ----------
    file : what was read
    text : its content
    error : what tomllib raised
    """
    found = _LINE.search(str(error))
    lines = text.splitlines()
    number = int(found[1]) if found else max((at for at, line in enumerate(lines, 1) if line.strip()), default=1)
    line = lines[number - 1].strip() if number <= len(lines) else ""
    key, _equals, value = (part.strip() for part in line.partition("="))
    template = _mistake(str(error), line, key, value.partition("#")[0].strip())
    shown = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    fixed = value.partition("#")[0].strip().replace(",", ".")
    return SettingError(template, file=file, line=number, key=key, text=shown, number=fixed)


def _mistake(error: str, line: str, key: str, value: str) -> str:
    if line.startswith("["):
        return N_("{file}, line {line}: «{text}» is no heading. Write it as [modules.skm], and each heading once.")
    if "=" not in line or not key:
        return N_('{file}, line {line}: «{text}» is no setting. Write name = "text", or put # before a note.')
    if _TWICE.search(error):
        return N_("{file}, line {line}: {key} stands there a second time. Delete one of the two lines.")
    if _TYPOGRAPHIC.match(value):
        return N_('{file}, line {line}: use straight quotation marks, as in {key} = "text".')
    if value.startswith(('"', "'")) and "\\" in value:
        return N_("{file}, line {line}: write / in the place of \\ behind {key}.")
    if value.startswith(('"', "'")):
        return N_("{file}, line {line}: the text behind {key} stands between two \", and has none inside; use ' there.")
    if "Invalid date" in error:
        return N_("{file}, line {line}: there is no such day. Write year-month-day, as in {key} = 2026-11-25.")
    if _DAY.match(value):
        return N_("{file}, line {line}: write the day as year-month-day without quotes, as in {key} = 2026-11-25.")
    if _NUMBER_WITH_COMMA.fullmatch(value):
        return N_("{file}, line {line}: write the number with a dot, as in {key} = {number}.")
    return N_('{file}, line {line}: put the text behind {key} into quotation marks, as in {key} = "text".')
