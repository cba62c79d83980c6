"""A survey as SPSS file: numbers with the labels of their variables and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mutu.errors import N_, SettingError, WorkspaceError, reason
from mutu.locale import _
from mutu.regulations import skm
from mutu.responses import synthetic_mark

if TYPE_CHECKING:
    import pandas as pd

    from mutu.responses.survey import Survey

_ENDS = {".sav": False, ".zsav": True}
_FILE, _VARIABLE, _VALUE = 64, 256, 120  # bytes a label may have
NUMBER = "nomor"


@dataclass
class _Variable:
    """A variable: its cells, its label, the labels of its values, and what kind of numbers they are."""

    cells: pd.Series
    label: str
    values: dict[int | float, str] = field(default_factory=dict)
    kind: str = "nominal"
    form: str = "F8.0"


def write_sav(survey: Survey, path: Path | str) -> None:
    r"""Write a survey for SPSS, PSPP, R or JASP, the labels in the language in use.

    Answers stay numbers as in `survey.answers`, on the scale of the survey, and are labelled with the options of the
    regulation where that is 1–4. The profile becomes labelled numbers, a missing answer the system's missing value;
    `nomor` is the number of the row in the file that was read. `mutu.responses.read` reads the file back to the same
    answers and groups.

    Parameters
    ----------
    survey : as `read` gives it; names, telephone numbers and the like are not part of it
    path : file to write, .sav or packed .zsav; an existing one is replaced

    Raises
    ------
    SettingError : the name ends in something else
    WorkspaceError : the file cannot be written

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mutu.responses import read
    >>> survey = read(b"U1,U2,usia\n4,3,31\n3,4,45\n4,4,27\n", name="survei.csv")
    >>> with TemporaryDirectory() as folder:
    ...     write_sav(survey, Path(folder) / "survei.sav")
    ...     read(Path(folder) / "survei.sav").answers["U2"].tolist()
    [3, 4, 4]
    """
    target = Path(path)
    packed = _ENDS.get(target.suffix.casefold())
    if packed is None:
        raise SettingError(N_("{file} is no name for an SPSS file. Let it end in .sav or .zsav."), file=target.name)
    try:
        with TemporaryDirectory(prefix=".mutu-", dir=target.parent) as stage:
            made = Path(stage) / "made"
            _write(survey, made, packed)
            made.replace(target)
    except OSError as error:
        raise WorkspaceError(
            N_("{file} cannot be written ({why}). Choose another folder or name."), file=target, why=reason(error)
        ) from None


def _write(survey: Survey, target: Path, packed: bool) -> None:
    import pandas as pd
    from pyreadstat import write_sav

    variables = dict(_variables(survey))
    write_sav(
        pd.DataFrame({name: variable.cells for name, variable in variables.items()}),
        target,
        file_label=_short(synthetic_mark.label() if survey.synthetic else survey.file, _FILE),
        column_labels={name: variable.label for name, variable in variables.items()},
        variable_value_labels={name: variable.values for name, variable in variables.items() if variable.values},
        variable_measure={name: variable.kind for name, variable in variables.items()},
        variable_format={name: variable.form for name, variable in variables.items() if variable.form},
        compress=packed,
        row_compress=not packed,
    )


def _variables(survey: Survey) -> Iterator[tuple[str, _Variable]]:
    import pandas as pd

    rows = survey.answers.index
    yield NUMBER, _Variable(rows.to_series().astype("float64"), _("Number"), kind="scale")
    for name, cells in survey.answers.items():
        yield str(name), _Variable(cells.astype("float64"), *_question(str(name), survey.scale), kind="ordinal")
    taken = {NUMBER, synthetic_mark.COLUMN}
    for place, (column, cells) in enumerate(survey.profile.items(), 1):
        known = {part.code: str(part.name) for part in skm().profile}
        name = str(column) if str(column) in known and str(column) not in taken else f"kolom_{place}"
        yield name, _part(cells, known.get(str(column), str(column)))
    if survey.synthetic:
        yield synthetic_mark.COLUMN, _Variable(pd.Series(1.0, index=rows), said := synthetic_mark.label(), {1: said})


def _question(name: str, scale: tuple[int, int]) -> tuple[str, dict[int | float, str]]:
    """The label of an element's variable, and the labels of its values."""
    kode, _point, part = name.partition(".")
    element = skm().element(kode)
    label = f"{name} {element.name}" if part else str(element.name)
    return label, dict(enumerate(map(str, element.options), scale[0])) if scale == skm().scale else {}


def _part(cells: pd.Series, label: str) -> _Variable:
    """A column of the profile: days as days, all else as labelled numbers."""
    import pandas as pd

    days = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
    if cells.notna().any() and (days.notna() == cells.notna()).all():
        return _Variable(days.dt.date.where(days.notna(), None), _short(label, _VARIABLE), kind="scale", form="")
    groups = {str(group): code for code, group in enumerate(sorted(cells.dropna().unique()), 1)}
    codes = cells.map(groups, na_action="ignore").astype("float64")
    return _Variable(codes, _short(label, _VARIABLE), {code: _short(group, _VALUE) for group, code in groups.items()})


def _short(label: str, most: int) -> str:
    """A label of up to so many bytes; «…» where it was cut."""
    if len(label.encode()) <= most:
        return label
    return label.encode()[: most - 3].decode(errors="ignore") + "…"
