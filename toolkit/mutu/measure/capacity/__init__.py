"""What an office needs and has: training, staff, resources, partners, and whether its people are ready for change."""

from mutu.measure.capacity.agreement import BetweenUnits, between_units, rwg, rwg_j
from mutu.measure.capacity.material import (
    DimensionText,
    EffectiveTime,
    ScaleText,
    WorkingTime,
    change_scale,
    effective_time,
)
from mutu.measure.capacity.needs import training_needs
from mutu.measure.capacity.needs_result import Need, TrainingNeeds, UnitNeed
from mutu.measure.capacity.network import network
from mutu.measure.capacity.network_result import Collaboration, Organisation, Phase
from mutu.measure.capacity.resources import Fairness, Resources, Unit, resources
from mutu.measure.capacity.scales import readiness, resistance
from mutu.measure.capacity.scales_result import ChangeScale, Dimension, UnitMean
from mutu.measure.capacity.wisn import Activity, Wisn, wisn
from mutu.measure.capacity.workload import Job, Workload, workload

__all__ = [
    "Activity",
    "BetweenUnits",
    "ChangeScale",
    "Collaboration",
    "Dimension",
    "DimensionText",
    "EffectiveTime",
    "Fairness",
    "Job",
    "Need",
    "Organisation",
    "Phase",
    "Resources",
    "ScaleText",
    "TrainingNeeds",
    "Unit",
    "UnitMean",
    "UnitNeed",
    "Wisn",
    "WorkingTime",
    "Workload",
    "between_units",
    "change_scale",
    "effective_time",
    "network",
    "readiness",
    "resistance",
    "resources",
    "rwg",
    "rwg_j",
    "training_needs",
    "wisn",
    "workload",
]
