"""Results as offices have them, one of each kind that has a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from mutu.measure import csi, equity, ipa, learning, reliability, sampling, servqual, skm, timeliness

ITEMS = (
    "Ruang tunggu bersih dan cukup kursi",
    "Petugas berpenampilan rapi",
    "Berkas selesai sesuai janji",
    "Petugas cepat menanggapi",
    "Petugas mampu menjawab pertanyaan",
    "Keluhan ditindaklanjuti",
)
ATTRIBUTES = (*ITEMS, "Biaya sesuai ketentuan", "Informasi mudah ditemukan", "Akses bagi penyandang disabilitas")


def _rng() -> Any:
    return np.random.default_rng(20260924)


def _answers(n: int, means: Any, *, high: int = 4, spread: float = 0.7) -> Any:
    """Answers from 1 to `high`, of people who differ in how mild they are."""
    rng = _rng()
    felt = np.asarray(means) + rng.normal(0, spread, (n, 1)) + rng.normal(0, spread, (n, len(means)))
    return np.clip(np.rint(felt), 1, high)


def survey(n: int = 180, shift: float = 0.0) -> skm.IndexResult:
    """A survey of nine elements with groups, some too small to be shown."""
    answers = _answers(n, np.array([3.3, 3.4, 2.9, 3.9, 3.3, 3.4, 3.5, 2.5, 3.0]) + shift)
    frame = pl.DataFrame(answers.astype(int), schema=[f"U{place}" for place in range(1, 10)], orient="row")
    rng = _rng()
    services = rng.choice(["KTP-el", "Akta kelahiran", "Kartu keluarga"], n, p=[0.5, 0.3, 0.2])
    ages = rng.choice(["17–25", "26–35", "36–45", "46–55", "> 55"], n)
    return skm.score(frame, by={"Layanan": services.tolist(), "Usia": ages.tolist()})


def _gaps(dimensions: bool = True) -> servqual.ServqualResult:
    felt = pl.DataFrame(_answers(90, [4.0, 4.3, 3.0, 3.4, 3.9, 3.2], high=5), schema=ITEMS, orient="row")
    hoped = pl.DataFrame(_answers(90, [4.1, 4.1, 4.7, 4.5, 4.4, 4.5], high=5)[::-1], schema=ITEMS, orient="row")
    groups = {"Bukti fisik": ITEMS[:2], "Keandalan dan daya tanggap": ITEMS[2:4], "Jaminan": ITEMS[4:]}
    return servqual.gaps(felt, hoped, dimensions=groups if dimensions else None)


def _performance() -> servqual.ServqualResult:
    return servqual.gaps(pl.DataFrame(_answers(90, [4.0, 4.3, 3.0, 3.4, 3.9, 3.2], high=5), schema=ITEMS, orient="row"))


def _rated() -> tuple[pl.DataFrame, pl.DataFrame]:
    felt = _answers(120, [3.6, 4.2, 2.9, 3.2, 3.7, 3.0, 4.3, 3.5, 2.8], high=5)
    matters = _answers(120, [3.6, 3.2, 4.5, 4.3, 4.1, 4.2, 4.2, 3.9, 3.3], high=5)[::-1]
    return pl.DataFrame(felt, schema=ATTRIBUTES, orient="row"), pl.DataFrame(matters, schema=ATTRIBUTES, orient="row")


def _scale() -> pl.DataFrame:
    answers = _answers(60, [3.3, 3.4, 2.9, 3.6, 3.3, 3.4])
    answers[:, 5] = _rng().integers(1, 5, 60)
    return pl.DataFrame(answers, schema=[f"Butir {place}" for place in range(1, 7)], orient="row")


def _ratings() -> pl.DataFrame:
    return pl.DataFrame(_answers(24, [2.5, 2.7, 2.4], spread=0.6), schema=["Ani", "Budi", "Citra"], orient="row")


def _test() -> Any:
    rng = _rng()
    able = rng.normal(0, 1, 40)
    hard = np.array([-1.6, -1.0, -0.5, 0.0, 0.3, 0.8, 1.4])
    right = rng.random((40, 7)) < 1 / (1 + np.exp(-1.4 * (able[:, None] - hard)))
    right[:, 6] = rng.random(40) < 1 / (1 + np.exp(able + 0.5))
    return pl.DataFrame(right.astype(int), schema=[f"Soal {place}" for place in range(1, 8)], orient="row")


def _scores() -> tuple[Any, Any]:
    before = _rng().integers(3, 8, 26)
    return before, np.minimum(10, before + _rng().integers(-1, 5, 26))


def _times() -> tuple[Any, Any]:
    rng = _rng()
    days = np.ceil(rng.gamma(2.2, 3.4, 85))
    waited = rng.integers(1, 26, 85)
    return np.minimum(days, waited), days > waited


def _concentration() -> equity.ConcentrationIndex:
    rank = np.arange(150)
    return equity.concentration_index(
        np.clip(55 + rank / 6 + _rng().normal(0, 9, 150), 25, 100), rank, bounds=(25, 100)
    )


def _group_gaps() -> equity.Gaps:
    means = {
        "Kota": (82, 40),
        "Desa dekat": (79, 35),
        "Desa terpencil": (70, 22),
        "Pulau kecil": (66, 9),
        "Hutan": (60, 2),
    }
    rng = _rng()
    values = np.concatenate([rng.normal(mean, 8, n) for mean, n in means.values()])
    return equity.gaps(values, [name for name, (_mean, n) in means.items() for _one in range(n)])


def _crossed() -> learning.CrossedResult:
    before, after = _scores()
    return learning.crossed_gain(before, after, ["A", "B"] * 13, maximum=10)


CASES: dict[str, tuple[Callable[[], Any], str]] = {
    "elements": (survey, "main"),
    "groups": (survey, "groups"),
    "change": (lambda: skm.change(survey(), survey(90, -0.12)), "main"),
    "servqual": (_gaps, "main"),
    "servqual dimensions": (_gaps, "dimensions"),
    "servqual without dimensions": (lambda: _gaps(dimensions=False), "main"),
    "servperf": (_performance, "main"),
    "ipa": (lambda: ipa.quadrants(*_rated()), "main"),
    "csi": (lambda: csi.customer_satisfaction_index(*_rated(), (1, 5)), "main"),
    "alpha": (lambda: reliability.cronbach_alpha(_scale()), "main"),
    "alpha of two": (lambda: reliability.cronbach_alpha(_scale(), ["Butir 1", "Butir 2"]), "main"),
    "validity": (lambda: reliability.validity(_scale()), "main"),
    "kappa": (lambda: reliability.cohen_kappa(_ratings(), ["Ani", "Budi"]), "main"),
    "krippendorff": (lambda: reliability.krippendorff_alpha(_ratings(), level="ordinal"), "main"),
    "icc": (lambda: reliability.icc(_ratings()), "main"),
    "gain": (lambda: learning.normalised_gain(*_scores(), maximum=10), "main"),
    "crossed": (_crossed, "main"),
    "crossed forms": (_crossed, "forms"),
    "items": (lambda: learning.item_analysis(_test()), "main"),
    "allocation": (lambda: sampling.neyman([500, 300, 200, 120], [10, 10, 40, 12], 120), "main"),
    "margin": (lambda: sampling.expected_margin(278, sd=12, population=1000, deff=1.4), "main"),
    "cochran": (lambda: sampling.cochran(0.05, population=1200), "main"),
    "slovin": (lambda: sampling.slovin(1500, 0.05), "main"),
    "design effect": (lambda: sampling.design_effect(12, 0.03), "main"),
    "kaplan-meier": (lambda: timeliness.kaplan_meier(*_times()), "main"),
    "within limit": (lambda: timeliness.within_limit(_times()[0], 10, _times()[1]), "main"),
    "backlog": (lambda: timeliness.backlog(*_times(), limit=10), "main"),
    "concentration": (_concentration, "main"),
    "gaps": (_group_gaps, "main"),
}
