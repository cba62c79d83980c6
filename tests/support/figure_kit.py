"""Results as offices have them, one of each kind that has a figure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from mutu import instruments
from mutu.measure import (
    audit,
    capacity,
    csi,
    drivers,
    equity,
    estimation,
    ipa,
    learning,
    participation,
    quality,
    reliability,
    sampling,
    servqual,
    skm,
    timeliness,
    trend,
)

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
    true = _rng().normal(2.5, 1, (24, 1))
    given = np.clip(np.rint(true + _rng().normal(0, 0.5, (24, 3))), 1, 4)
    return pl.DataFrame(given, schema=["Ani", "Budi", "Citra"], orient="row")


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


def _audit(published: str | None = "78,95") -> audit.Audit:
    answers = _answers(150, [3.3, 3.4, 2.9, 3.9, 3.3, 3.4, 3.5, 2.5, 3.0]).astype(object)
    answers[::9, 3] = None
    frame = pl.DataFrame(answers.tolist(), schema=[f"U{place}" for place in range(1, 10)], orient="row", strict=False)
    return audit.explain(frame, published=published)


def _overall() -> pl.DataFrame:
    rng = _rng()
    parts = _answers(200, [3.3, 3.4, 2.9, 3.6], high=5)
    wish = parts @ np.array([0.6, 0.1, 0.5, 0.0]) + rng.normal(0, 2.2, 200)
    overall = np.clip(np.rint(wish - wish.mean() + 3.2), 1, 5)
    names = ["Waktu penyelesaian", "Persyaratan", "Pengaduan", "Sarana dan prasarana", "puas"]
    return pl.DataFrame(np.column_stack([parts, overall]), schema=names, orient="row")


def _sample() -> pl.DataFrame:
    rng = _rng()
    place = rng.choice(["Kecamatan Utara", "Kecamatan Selatan", "Kecamatan Timur"], 240)
    value = np.where(place == "Kecamatan Timur", 71.0, 79.0) + rng.normal(0, 9, 240)
    sex = rng.choice(["perempuan", "laki-laki"], 240, p=[0.65, 0.35])
    age = rng.choice(["17–35", "36–55", "> 55"], 240, p=[0.6, 0.3, 0.1])
    return pl.DataFrame({"ikm": value, "tempat": place, "jk": sex, "usia": age, "klaster": rng.integers(0, 30, 240)})


def _weights() -> estimation.Weights:
    sex, age = {"perempuan": 0.5, "laki-laki": 0.5}, {"17–35": 0.45, "36–55": 0.35, "> 55": 0.2}
    return estimation.rake(_sample(), {"jk": sex, "usia": age})


def _response() -> estimation.NonResponse:
    places = {"tempat": ["Kota", "Desa", "Pulau"], "diundang": [300, 240, 90], "menjawab": [190, 101, 31]}
    return estimation.nonresponse(pl.DataFrame(places), "tempat", invited="diundang", answered="menjawab")


def _months(count: int = 24) -> list[str]:
    return [f"{2025 + month // 12}-{month % 12 + 1:02d}" for month in range(count)]


def _shares(late: float = 0.18) -> Any:
    rng = _rng()
    sizes = rng.integers(120, 260, 24)
    share = np.r_[np.full(15, 0.12), np.full(9, late)]
    return trend.p_chart(rng.binomial(sizes, share), sizes, _months(), baseline=15)


def _steady() -> Any:
    return trend.xmr_chart(_rng().normal(12, 2, 12).round(1), _months(12))


def _series() -> Any:
    return np.r_[np.full(14, 76.0), np.full(10, 81.0)] + _rng().normal(0, 1.6, 24)


def _scores_of_groups() -> Any:
    rng = _rng()
    groups = ["Ibu-ibu"] * 9 + ["Pemuda"] * 8 + ["Lansia"] * 3 + ["Petugas"] * 7
    means = {
        "Ibu-ibu": (2.0, 3.0, 4.1, 2.6),
        "Pemuda": (2.4, 3.2, 4.0, 2.9),
        "Lansia": (2, 2, 3, 2),
        "Petugas": (3.9, 3.3, 4.4, 3.6),
    }
    cells = np.array([np.clip(np.rint(rng.normal(means[group], 0.7)), 1, 5) for group in groups])
    names = ["Lama antrean", "Ketersediaan obat", "Keramahan petugas", "Kebersihan ruang tunggu dan toilet"]
    frame = pl.DataFrame({"kelompok": groups, **dict(zip(names, cells.T, strict=True))})
    return participation.score_card(frame, names, group="kelompok", providers=["Petugas"])


def _report_card() -> Any:
    rng = _rng()
    service = rng.choice(["Air minum", "Puskesmas", "Sampah"], 210)
    happy = rng.random(210) < np.select([service == "Air minum", service == "Puskesmas"], [0.42, 0.81], 0.63)
    problem = rng.random(210) < 0.3
    paid = rng.integers(1, 9, 210) * 5000.0
    frame = pl.DataFrame({"layanan": service, "puas": happy, "masalah": problem, "bayar": paid})
    columns = {"satisfaction": "puas", "problem": "masalah", "cost": "bayar"}
    return participation.report_card(frame, columns, service="layanan")


def _forum() -> Any:
    there = ["Petani"] * 8 + ["Pedagang"] * 9 + ["Pegawai"] * 20 + ["Nelayan"] * 12
    return participation.representativeness(there, {"Petani": 42, "Pedagang": 18, "Pegawai": 15, "Nelayan": 25})


def _level() -> Any:
    found = participation.rubric()
    there = {
        item.code: step.level <= 2 or place == 0 for step in found.levels for place, item in enumerate(step.evidence)
    }
    return participation.level(there)


def _needs() -> Any:
    names = ["Pelayanan prima", "Arsip digital", "Analisis data", "Bahasa isyarat", "Pengelolaan pengaduan"]
    matters = pl.DataFrame(_answers(44, [4.5, 3.4, 4.2, 3.9, 4.6], high=5), schema=names, orient="row")
    there = pl.DataFrame(_answers(44, [3.2, 3.1, 2.4, 1.9, 2.8], high=5)[::-1], schema=names, orient="row")
    units = ["Dinas A"] * 18 + ["Dinas B"] * 14 + ["Dinas C"] * 9 + ["Dinas D"] * 3
    return capacity.training_needs(matters, there, unit=units)


def _workload() -> Any:
    jobs = ["Petugas loket", "Petugas loket", "Verifikator", "Arsiparis"]
    tasks = pl.DataFrame({"job": jobs, "volume": [42000, 9000, 31000, 12000], "minutes": [6.0, 11.0, 9.0, 8.0]})
    return capacity.workload(tasks, available={"Petugas loket": 4, "Verifikator": 4, "Arsiparis": 1.5})


def _wisn() -> Any:
    acts = {"Pemeriksaan": (21000, 0.25), "Imunisasi": (5200, 0.2), "Konseling gizi": (2600, 0.5)}
    return capacity.wisn(acts, 1500, support={"Pencatatan": 0.12}, individual={"Rapat": 120}, available=5)


def _resources() -> Any:
    units = ["Puskesmas Utara", "Puskesmas Kota", "Puskesmas Pulau", "Puskesmas Selatan"]
    frame = pl.DataFrame({"unit": units, "need": [14, 20, 9, 11], "staff": [11, 23, 4, 9]})
    return capacity.resources(frame, unit="unit", need="need", available="staff")


def _readiness() -> Any:
    items = [f"r{place}" for place in range(1, 7)]
    cells = _answers(46, [3.9, 4.0, 3.7, 3.1, 2.9, 3.2], high=5)
    frame = pl.DataFrame(cells, schema=items, orient="row").with_columns(
        unit=pl.Series(["Dinas A"] * 22 + ["Dinas B"] * 15 + ["Dinas C"] * 9)
    )
    return capacity.readiness(frame, {"commitment": items[:3], "efficacy": items[3:]}, unit="unit")


def _network() -> Any:
    ties = [("Dinas Kesehatan", "Puskesmas"), ("Dinas Kesehatan", "Bappeda"), ("Puskesmas", "Kader posyandu")]
    ties += [("Puskesmas", "PKK"), ("Kader posyandu", "PKK"), ("Bappeda", "Dinas Pendidikan"), ("Bappeda", "DPRD")]
    ties += [("LSM Sehat", "Kader posyandu"), ("LSM Sehat", "Media lokal"), ("Dinas Pendidikan", "Sekolah")]
    phases = ["perencanaan", "perencanaan", "pelaksanaan", "pelaksanaan", "pelaksanaan"] * 2
    frame = pl.DataFrame({"from": [one for one, _two in ties], "to": [two for _one, two in ties], "phase": phases})
    government = {"Dinas Kesehatan", "Puskesmas", "Bappeda", "Dinas Pendidikan", "DPRD", "Sekolah"}
    names = {name for pair in ties for name in pair} | {"Dunia usaha"}
    sectors = {name: "pemerintah" if name in government else "masyarakat" for name in sorted(names)}
    return capacity.network(frame, phase="phase", sectors=sectors)


def _slope() -> Any:
    order = ["Termiskin", "Miskin", "Menengah", "Kaya", "Terkaya"]
    rng = _rng()
    values = np.concatenate([rng.normal(mean, 9, 40) for mean in (66, 71, 72, 78, 81)])
    return equity.slope_index(values, [name for name in order for _one in range(40)], order)


def _units() -> Any:
    rng = _rng()
    names = [f"Puskesmas {place:02d}" for place in range(1, 47)]
    sizes = [*rng.integers(20, 90, 44).tolist(), 4, 3]
    unit = np.repeat(names, sizes)
    shift = np.repeat(rng.normal(0, 0.3, 46), sizes)
    answers = np.clip(np.rint(3.2 + shift[:, None] + rng.normal(0, 0.7, (len(unit), 9))), 1, 4).astype(int)
    frame = pl.DataFrame(answers, schema=[f"U{place}" for place in range(1, 10)], orient="row")
    return skm.units(frame.with_columns(unit=pl.Series(unit)), "unit")


def _suspect() -> pl.DataFrame:
    rng = _rng()
    honest = rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3])
    answers = np.vstack([honest, np.full((6, 9), 4), np.tile(honest[:1], (3, 1))])
    return pl.DataFrame(answers, schema=[f"U{place}" for place in range(1, 10)], orient="row")


def _decided() -> quality.Decided:
    found = quality.signs(_suspect())
    log = quality.decide(found, found.named, keep=False, by="petugas data", reason="diisi sendiri oleh petugas loket")
    return quality.score(_suspect(), log)


def _assessment() -> Any:
    instrument = instruments.load("pekppp")
    levels = {item.code: (place * 7) % 4 + 1 for place, item in enumerate(instrument.items)}
    levels.pop(instrument.items[-1].code)
    return instruments.score(instrument, levels)


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
    "grades": (survey, "grades"),
    "shift": (lambda: skm.change(survey(), survey(90, -0.12)).shift, "main"),
    "units": (_units, "main"),
    "agency": (lambda: _units().agency, "main"),
    "omega": (lambda: reliability.mcdonald_omega(_scale()), "main"),
    "omega items": (lambda: reliability.mcdonald_omega(_scale()), "items"),
    "slope": (_slope, "main"),
    "decomposition": (
        lambda: equity.decompose(_sample()["ikm"], _sample()["tempat"]),
        "main",
    ),
    "audit": (_audit, "main"),
    "audit without a published index": (lambda: _audit(None), "main"),
    "importance": (lambda: drivers.relative_importance(_overall(), "puas"), "main"),
    "odds": (lambda: drivers.proportional_odds(_overall(), "puas"), "main"),
    "estimates": (lambda: estimation.mean(_sample(), ["ikm"], by="tempat", cluster="klaster"), "main"),
    "estimate": (lambda: estimation.mean(_sample(), ["ikm"]), "main"),
    "bootstrap": (
        lambda: estimation.bootstrap(_sample().select("ikm"), lambda means: means[:, 0], seed=1),
        "main",
    ),
    "weights": (_weights, "main"),
    "response": (_response, "main"),
    "control chart": (_shares, "main"),
    "steady chart": (_steady, "main"),
    "reach": (lambda: participation.reach([1] * 61 + [0] * 82, 4200, rests_on="survey"), "main"),
    "forum": (_forum, "main"),
    "level": (_level, "main"),
    "score card": (_scores_of_groups, "main"),
    "score card gaps": (_scores_of_groups, "gaps"),
    "report card": (_report_card, "main"),
    "report card paid": (_report_card, "paid"),
    "needs": (_needs, "main"),
    "needs by unit": (_needs, "units"),
    "workload": (_workload, "main"),
    "wisn": (_wisn, "main"),
    "resources": (_resources, "main"),
    "readiness": (_readiness, "main"),
    "readiness by unit": (_readiness, "units"),
    "network": (_network, "main"),
    "network phases": (_network, "phases"),
    "change points": (lambda: trend.change_points(_series(), _months()), "main"),
    "cumulated sums": (lambda: trend.change_points(_series(), _months()), "sums"),
    "trend": (lambda: trend.mann_kendall(_series(), _months()), "main"),
    "assessment": (_assessment, "main"),
    "check": (lambda: quality.straight_lines(_suspect()), "main"),
    "check without a sign": (lambda: quality.straight_lines(_suspect()[:60]), "main"),
    "signs": (lambda: quality.signs(_suspect()), "main"),
    "decided": (_decided, "main"),
    "year before": (
        lambda: trend.same_month(_series(), _months(), np.full(24, 1.4), np.full(24, 80)),
        "main",
    ),
}


@cache
def result(name: str) -> Any:
    """The result of a case, made once."""
    return CASES[name][0]()
