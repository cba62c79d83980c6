"""Many answers from one device or address."""

from __future__ import annotations

from collections.abc import Collection
from numbers import Integral
from typing import Any

from mutu.errors import N_, InputError, SettingError
from mutu.measure import frames
from mutu.measure.quality.result import Check, Sign, ordered

LEAST = 10  # answers
_MAJORITY = 0.5


def devices(labels: Any, *, known: Collection[Any] = (), least: int = LEAST) -> Check:
    """Devices or addresses from which many answers came.

    A counter that lends its tablet, or its Wi-Fi, looks like one device; it is normal that most answers come from it.
    So a device with more than half of the answers, and those named as known, are not counted. The result holds no
    device number or address, which may point to a person: only the rows.

    Parameters
    ----------
    labels : the device or address of each answer, shape (respondents,); array, series or frame of one column, empty
        where it is not known
    known : devices of the office
    least : answers from which a device is a sign

    Returns
    -------
    Check : one sign a device, numbered in the order of their first answers

    Raises
    ------
    InputError : no device is known
    SettingError : `least` below 2

    Examples
    --------
    >>> devices(["counter"] * 40 + ["phone 1"] * 12 + [f"phone {each}" for each in range(2, 20)]).rows_found[:3]
    (41, 42, 43)
    """
    if not isinstance(least, Integral) or least < 2:
        raise SettingError(N_("Several answers make a sign: {least} must be at least 2."), least=least)
    rows: dict[str, list[int]] = {}
    for row, cell in enumerate(frames.cells(labels), 1):
        if not frames.is_empty(cell) and (label := str(cell).strip()):
            rows.setdefault(label, []).append(row)
    n = sum(map(len, rows.values()))
    if n == 0:
        raise InputError(N_("No answer names its device. Leave the column out."))
    office = {str(label).strip() for label in known}
    lent = [label for label, found in rows.items() if label not in office and len(found) > _MAJORITY * n]
    signs = [
        Sign("device", tuple(found), None, {"share": len(found) / n, "number": number})
        for number, (label, found) in enumerate(rows.items(), 1)
        if len(found) >= least and label not in office and label not in lent
    ]
    return Check("device", n, ordered(signs), f"at least {least} answers", "one_device" if lent else "")
