"""How often the 95 % intervals hold the true value: index, group gap, period change, alpha, concentration index.

    python benchmarks/coverage.py [--replicates 4000] [--jobs 2] [--write]

The scenarios are fixed below and printed first. With --write the table goes to docs/validation/coverage.md.

The truth of each scenario is computed, not simulated. Answers follow a latent normal: a factor common to a
respondent's nine answers (latent correlation 0.5 between items), of which in clustered surveys a part is common to the
cluster (latent intraclass correlation 0.1), cut at thresholds that give the marginal shares. Two in five respondents
belong to a group that answers 0.3 higher on the latent scale, the survey of the period after 0.15 higher; one answer in
a hundred is missing. Ranks are five income classes, correlated 0.3 with the factor.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from mutu.errors import MutuError
from mutu.measure import equity, reliability, skm
from mutu.measure.skm import IndexResult

SHARES = {
    "80 % threes and fours": (0.05, 0.15, 0.50, 0.30),
    "90 % threes and fours": (0.02, 0.08, 0.30, 0.60),
    "80 % fours": (0.01, 0.04, 0.15, 0.80),
}
SIZES = (30, 100, 400)
DESIGNS = ("respondents one by one", "30 clusters", "10 clusters", "5 clusters", "10 uneven clusters")
MEASURES = ("index", "group gap", "period change", "alpha", "concentration index")
SEED, CORRELATION, WITHIN, GROUP, SHIFT, AFTER, MISSING, INCOME = 20261125, 0.5, 0.1, 0.4, 0.3, 0.15, 0.01, 0.3
LEAST, MOST = 0.93, 0.97
PAGE = Path(__file__).parents[1] / "docs" / "validation" / "coverage.md"
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(120)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


@dataclass(frozen=True)
class Scenario:
    """One kind of survey."""

    answers: str
    n: int
    design: str

    @property
    def thresholds(self) -> np.ndarray:
        """Where the latent answer is cut."""
        return ndtri(np.cumsum(SHARES[self.answers])[:3])

    @property
    def sizes(self) -> list[int]:
        """Respondents of each cluster; of an unclustered survey one each."""
        if self.design == DESIGNS[0]:
            return [1] * self.n
        count = int(self.design.split()[0])
        if "uneven" not in self.design:
            return [self.n // count + (place < self.n % count) for place in range(count)]
        wanted = 0.75 ** np.arange(count)
        sizes = np.maximum(1, np.floor(self.n * wanted / wanted.sum())).astype(int)
        sizes[0] += self.n - sizes.sum()
        return sizes.tolist()

    @property
    def clustered(self) -> bool:
        """Whether respondents come in clusters."""
        return self.design != DESIGNS[0]


def scenarios() -> list[Scenario]:
    found = [Scenario(answers, n, design) for answers, n, design in product(SHARES, SIZES, DESIGNS)]
    return [each for each in found if not (each.design == DESIGNS[1] and each.n <= 30)]


def mean_answer(thresholds: np.ndarray, factor: np.ndarray | float) -> np.ndarray:
    """The expected answer of somebody whose common factor has this value."""
    spread = math.sqrt(1 - CORRELATION)
    return 1 + sum(ndtr((np.asarray(factor) - threshold) / spread) for threshold in thresholds)


def truths(scenario: Scenario) -> dict[str, float]:
    """The five true values, by integration over the common factor."""
    cut, factor = scenario.thresholds, NODES * math.sqrt(CORRELATION)
    plain, shifted, after = (float(WEIGHTS @ mean_answer(cut, factor + by)) for by in (0, SHIFT, AFTER))
    both = float(WEIGHTS @ mean_answer(cut, factor + SHIFT + AFTER))
    mixed, mixed_after = (1 - GROUP) * plain + GROUP * shifted, (1 - GROUP) * after + GROUP * both
    return {
        "index": 25 * mixed,
        "group gap": 25 * (shifted - plain),
        "period change": 25 * (mixed_after - mixed),
        "alpha": _alpha(cut, factor, mixed),
        "concentration index": _concentration(cut, factor, mixed),
    }


def _alpha(cut: np.ndarray, factor: np.ndarray, mean: float) -> float:
    parts = ((1 - GROUP, factor), (GROUP, factor + SHIFT))
    shared = sum(share * float(WEIGHTS @ mean_answer(cut, f) ** 2) for share, f in parts) - mean**2
    above = [
        sum(share * float(WEIGHTS @ ndtr((f - t) / math.sqrt(1 - CORRELATION))) for share, f in parts) for t in cut
    ]
    squared = 1 + sum((2 * point + 1) * share for point, share in enumerate(above, 1))
    variance = squared - mean**2
    return 9 / 8 * (1 - 9 * variance / (9 * variance + 72 * shared))


def _concentration(cut: np.ndarray, factor: np.ndarray, mean: float) -> float:
    ends = np.concatenate([[-np.inf], ndtri(np.arange(1, 5) / 5), [np.inf]])
    likely = INCOME * NODES
    classes = np.diff(ndtr((ends[:, None] - likely) / math.sqrt(1 - INCOME**2)), axis=0)
    parts = ((1 - GROUP, factor), (GROUP, factor + SHIFT))
    means = [sum(share * float((WEIGHTS * each) @ mean_answer(cut, f)) for share, f in parts) for each in classes]
    return float(2 * sum(m * (place + 0.5) / 5 for place, m in enumerate(means)) / mean - 1)


def survey(chance: np.random.Generator, scenario: Scenario, by: float = 0.0) -> dict[str, np.ndarray]:
    """One survey: answers with gaps, cluster, group, income class."""
    cluster = np.repeat(np.arange(len(scenario.sizes)), scenario.sizes)
    within = WITHIN if scenario.clustered else 0.0
    own = math.sqrt(CORRELATION - within) * chance.standard_normal(scenario.n)
    factor = own + math.sqrt(within) * chance.standard_normal(len(scenario.sizes))[cluster]
    group = chance.random(scenario.n) < GROUP
    latent = (factor + SHIFT * group + by)[:, None]
    latent = latent + math.sqrt(1 - CORRELATION) * chance.standard_normal((scenario.n, 9))
    answers = 1.0 + np.searchsorted(scenario.thresholds, latent)
    answers[chance.random(answers.shape) < MISSING] = np.nan
    income = INCOME * factor / math.sqrt(CORRELATION) + math.sqrt(1 - INCOME**2) * chance.standard_normal(scenario.n)
    return {
        "answers": answers,
        "cluster": cluster,
        "group": group,
        "income": np.digitize(income, ndtri(np.arange(1, 5) / 5)),
    }


def scored(scenario: Scenario, found: dict[str, np.ndarray]) -> IndexResult:
    frame = pl.DataFrame({f"U{q + 1}": found["answers"][:, q] for q in range(9)})
    return skm.score(frame, cluster=found["cluster"].tolist() if scenario.clustered else None)


def asked(scenario: Scenario, now: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> list[Callable[[], object]]:
    """The product's intervals of the five measures, in their order."""
    first = scored(scenario, now)
    clusters = now["cluster"] if scenario.clustered else None
    own = 25 * np.nanmean(now["answers"], axis=1)
    labels = np.where(now["group"], "higher", "lower")
    columns = {f"U{q + 1}": now["answers"][:, q] for q in range(9)}
    if scenario.clustered:
        columns["place"] = clusters
    place = "place" if scenario.clustered else None
    return [
        lambda: first.interval,
        lambda: equity.gaps(own, labels, "lower", cluster=clusters).gaps[0].interval,
        lambda: skm.change(scored(scenario, after), first).interval,
        lambda: reliability.cronbach_alpha(pl.DataFrame(columns), cluster=place).interval,
        lambda: equity.concentration_index(own, now["income"], cluster=clusters).interval,
    ]


def given(ask: Callable[[], object]) -> tuple[float, float] | None:
    """An interval; None where the product gives none, or refuses."""
    try:
        return ask()
    except MutuError:
        return None


def replicate(task: tuple[int, Scenario, int]) -> tuple[np.ndarray, np.ndarray]:
    """Hits and tries of each measure in one scenario."""
    place, scenario, replicates = task
    chance = np.random.default_rng([SEED, place])
    true = list(truths(scenario).values())
    hits, tries = np.zeros(len(MEASURES), dtype=int), np.zeros(len(MEASURES), dtype=int)
    for _ in range(replicates):
        found = asked(scenario, survey(chance, scenario), survey(chance, scenario, AFTER))
        for measure, interval in enumerate(map(given, found)):
            if interval is not None:
                tries[measure] += 1
                hits[measure] += interval[0] <= true[measure] <= interval[1]
    return hits, tries


def row(scenario: Scenario, hits: np.ndarray, tries: np.ndarray) -> str:
    cells = []
    for hit, tried in zip(hits, tries, strict=True):
        share = hit / tried if tried else math.nan
        low = share < LEAST
        high = share > MOST and scenario.n >= 100 and not scenario.clustered
        cells.append(f"{100 * share:.1f}" + (" ▼" if low else " ▲" if high else ""))
    return f"| {scenario.answers} | {scenario.n} | {scenario.design} | " + " | ".join(cells) + " |"


def head(replicates: int) -> str:
    error = 100 * math.sqrt(0.95 * 0.05 / replicates)
    return "\n".join(
        [
            "# Coverage of the 95 % intervals",
            "",
            "Made by `python benchmarks/coverage.py --write`. "
            + " ".join((__doc__ or "").split("\n\n")[2].split()[:-8]),
            "",
            f"{replicates} replicates a row, seed {SEED}; Monte Carlo error {error:.2f} points (one standard error at "
            f"95 %). Aim: at least {100 * LEAST:.0f} %, and at most {100 * MOST:.0f} % from n = 100 unclustered. "
            "▼ below, ▲ above. Intervals the product refuses to give are not counted.",
            "",
            "| answers | n | drawn | " + " | ".join(f"{name}, %" for name in MEASURES) + " |",
            "|---|---|---|" + "---|" * len(MEASURES),
        ]
    )


def _described() -> str:
    return " ".join((__doc__ or "").split("\n\n")[3].split())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    every = scenarios()
    for scenario in every:
        true = ", ".join(f"{name} {value:.4f}" for name, value in truths(scenario).items())
        sizes = f" {scenario.sizes}" if scenario.clustered else ""
        print(f"{scenario.answers}; n {scenario.n}; {scenario.design}{sizes}: {true}")
    lines = [head(asked.replicates)]
    print(lines[0], flush=True)
    start = time.monotonic()
    with Pool(asked.jobs) as pool:
        tasks = [(place, scenario, asked.replicates) for place, scenario in enumerate(every)]
        for scenario, (hits, tries) in zip(every, pool.imap(replicate, tasks), strict=True):
            lines.append(row(scenario, hits, tries))
            print(lines[-1], flush=True)
    print(f"{time.monotonic() - start:.0f} s")
    if asked.write:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(any("▼" in line or "▲" in line for line in lines[1:]))


if __name__ == "__main__":
    sys.exit(main())
