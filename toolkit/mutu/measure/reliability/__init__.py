"""How items hold together (alpha, omega, validity table), and raters see the same (kappas, Krippendorff, ICC)."""

from mutu.measure.reliability.agreement import AgreementResult, cohen_kappa, fleiss_kappa, krippendorff_alpha
from mutu.measure.reliability.alpha import AlphaResult, ItemResult, cronbach_alpha
from mutu.measure.reliability.formulas import feldt_interval, spearman_brown
from mutu.measure.reliability.icc import IccForm, IccResult, icc
from mutu.measure.reliability.omega import Loading, OmegaResult, mcdonald_omega
from mutu.measure.reliability.validity import ValidityResult, r_table, validity

__all__ = [
    "AgreementResult",
    "AlphaResult",
    "IccForm",
    "IccResult",
    "ItemResult",
    "Loading",
    "OmegaResult",
    "ValidityResult",
    "cohen_kappa",
    "cronbach_alpha",
    "feldt_interval",
    "fleiss_kappa",
    "icc",
    "krippendorff_alpha",
    "mcdonald_omega",
    "r_table",
    "spearman_brown",
    "validity",
]
