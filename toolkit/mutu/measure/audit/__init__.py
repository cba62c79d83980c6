"""Why a published index differs from the recomputed one: the arithmetic of offices and apps, tried one by one."""

from mutu.measure.audit.bands import GradeCheck
from mutu.measure.audit.causes import Cause
from mutu.measure.audit.checks import Finding
from mutu.measure.audit.explain import explain
from mutu.measure.audit.printed import Printed, printed
from mutu.measure.audit.result import Audit
from mutu.measure.audit.table import Row, Table
from mutu.measure.audit.trials import Trial, Trials

__all__ = [
    "Audit",
    "Cause",
    "Finding",
    "GradeCheck",
    "Printed",
    "Row",
    "Table",
    "Trial",
    "Trials",
    "explain",
    "printed",
]
