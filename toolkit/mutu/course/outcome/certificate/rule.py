"""When a certificate is given: the rule as data."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from mutu.content.files import in_form, read_json
from mutu.regulations.schema import DataFile

_FILE = Path(__file__).parent / "data" / "rule.json"


class Rule(DataFile):
    """The product's own rule, which an organiser may change in its profile.

    Attributes
    ----------
    least_mark : mark (0 to 100) that each module must reach
    minutes : length of one hour of training (JP)
    """

    least_mark: Annotated[Decimal, Field(ge=0, le=100)]
    minutes: Annotated[int, Field(gt=0)]


@cache
def rule() -> Rule:
    """The rule of this installation.

    Examples
    --------
    >>> rule().least_mark, rule().minutes
    (Decimal('70'), 45)
    """
    return in_form(Rule, read_json(_FILE), _FILE.name)
