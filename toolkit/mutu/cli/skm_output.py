"""How a scored survey is printed: one JSON document, or tables for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from rich.text import Text

from mutu.cli import tables
from mutu.errors import N_
from mutu.locale import _, integer, number
from mutu.measure.skm import Change, IndexResult, converted
from mutu.responses import ColumnMapping, Survey, read_as

_HOW = {
    "words": N_("by its words"),
    "position": N_("by its position"),
    "map": N_("by your map"),
    "content": N_("by its content"),
}
_PROFILE = {
    "jenis_kelamin": N_("sex"),
    "usia": N_("age"),
    "pendidikan": N_("education"),
    "pekerjaan": N_("occupation"),
    "layanan": N_("service"),
}
_UNUSED = 20


def document(survey: Survey, result: IndexResult, files: Mapping[str, Path], change: Change | None = None) -> str:
    """The result, what changed since a period before, and everything decided while reading, as one JSON document."""
    said = result.as_json() | {
        "mapping": [
            {"column": mapped.column, "unsur": mapped.unsur, "how": mapped.how, "sure": mapped.sure}
            for mapped in survey.mapping
        ],
        "converted": _converted(survey),
        "rejected": [
            {"sheet": cell.sheet, "row": cell.row, "column": cell.column, "value": cell.value, "reason": cell.reason}
            for cell in survey.rejected
        ],
        "hints": list(survey.hints),
        "file": survey.file,
        "sheet": survey.sheet,
        "kind": survey.kind,
    }
    if change is not None:
        said["change"] = change.as_json()
    if files:
        said["files"] = {kind: str(path) for kind, path in files.items()}
    return json.dumps(said, ensure_ascii=False, indent=1)


def _converted(survey: Survey) -> dict[str, dict[str, float]]:
    """Column -> {answer in the file: what it counts as on 1-4}, for the answers that are not 1-4 already."""
    if survey.scale == (1, 4):
        return survey.converted
    low, high = survey.scale
    asked = {name.partition(".")[0] for name in survey.answers.columns}
    points = {str(point): point for point in range(low, high + 1)}
    return {
        mapped.column: {
            text: float(converted(Fraction(point), survey.scale))
            for text, point in (survey.converted.get(mapped.column) or points).items()
        }
        for mapped in survey.mapping
        if mapped.unsur in asked
    }


def show(survey: Survey, result: IndexResult, files: Mapping[str, Path], most: int) -> None:
    """Print the index, the elements, the groups, the mapping and what was left out."""
    console = tables.console()
    console.print(Text(result.sentence(), style="bold"))
    console.print(tables.table(_("Elements"), result.rows()))
    if result.groups:
        console.print(tables.table(_("Groups"), _groups(result)))
    console.print(tables.table(_("What the columns were taken for"), _mapping(survey)))
    unused = len(survey.mapping) - len(_listed(survey))
    if unused:
        console.print(_("Further columns that are not used: {count} (--json lists all)").format(count=integer(unused)))
    if survey.rejected:
        console.print(tables.table(_rejected_title(survey, most), _rejected(survey, most)))
    for path in files.values():
        console.print(Text(str(path)), soft_wrap=True)


def _groups(result: IndexResult) -> list[dict[str, str]]:
    from mutu.report.skm.tables import group_n

    few = _("withheld")
    return [
        {
            _("Column"): group.column,
            _("Group"): group.value,
            "n": group_n(group),
            "IKM": few if group.suppressed else number(group.ikm),
            _("Grade"): group.mutu or "",
            _("95% interval"): f"{number(group.interval.low)} – {number(group.interval.high)}"
            if group.interval
            else "",
        }
        for group in result.groups
    ]


def _mapping(survey: Survey) -> list[dict[str, str]]:
    return [
        {
            _("Column"): mapped.column,
            _("Taken for"): _taken(mapped.unsur),
            _("How"): _(_HOW[mapped.how]) if mapped.unsur else "",
            _("Sure"): "" if not mapped.unsur else _("yes") if mapped.sure else _("please check"),
        }
        for mapped in _listed(survey)
    ]


def _listed(survey: Survey) -> list[ColumnMapping]:
    """The columns that are used, and as many of the others as one reads."""
    unused = [mapped for mapped in survey.mapping if not mapped.unsur]
    passed = set(map(id, unused[_UNUSED:]))
    return [mapped for mapped in survey.mapping if id(mapped) not in passed]


def _taken(target: str | None) -> str:
    if target is None:
        return _("not used")
    if target in _PROFILE:
        return _(_PROFILE[target])
    if other := read_as(target):
        return other
    from mutu.regulations import skm

    return f"{target} {skm().element(target).name}"


def _rejected_title(survey: Survey, most: int) -> str:
    count = len(survey.rejected)
    if count <= most:
        return _("Cells and rows that do not count: {count}").format(count=integer(count))
    return _("Cells and rows that do not count: {count} (the first {most}; --json lists all)").format(
        count=integer(count), most=most
    )


def _rejected(survey: Survey, most: int) -> list[dict[str, str]]:
    return [
        {
            _("Sheet"): cell.sheet,
            _("Row"): str(cell.row),
            _("Column"): cell.column or _("whole row"),
            _("In the file"): cell.value,
            _("Reason"): cell.reason,
        }
        for cell in survey.rejected[:most]
    ]
