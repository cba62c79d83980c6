"""Index, interval and grade of every unit of the country, ours beside hand-written queries for the same numbers.

    python benchmarks/national.py [--rounds 5] [--respondents 10000000] [--units 5000] [--write]

The survey is synthetic and seeded, nine elements, one answer in a hundred missing, from one Parquet file. Each engine
runs in a process of its own, ours and the hand-written query in turn, so that what else the machine does hits both;
the ratio is that of the fastest runs. Peak memory is that of the whole process while only ours ran. A dask frame of
the same file must give the same numbers. With --write the table goes to docs/validation/national.md, with the queries.
"""

from __future__ import annotations

import argparse
import inspect
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

KODES = [f"U{place}" for place in range(1, 10)]
LIMIT = 1.15
MEMORY = 1000  # MB
PAGE = Path(__file__).parents[1] / "docs" / "validation" / "national.md"


def write(path: Path, respondents: int, units: int) -> None:
    """The survey as a Parquet file, twenty parts one after another."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = np.random.default_rng(20261125)
    writer = None
    for _ in range(20):
        n = respondents // 20
        unit = chance.integers(0, units, n).astype(np.int32)
        mood = chance.standard_normal(n) * 0.7 + (unit % 50) / 100
        columns = {"unit": pa.array(unit)}
        for kode in KODES:
            answer = np.searchsorted([-1.6, -0.8, 0.5], mood + chance.standard_normal(n) * 0.7) + 1
            columns[kode] = pa.array(answer.astype(np.int8), mask=chance.random(n) < 0.01)
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def finished(unit: np.ndarray, n: np.ndarray, ikm: np.ndarray, squares: np.ndarray, cubes: np.ndarray) -> dict:
    """What a hand-written script does with the sums: the interval, the published index and its grade."""
    from scipy.special import stdtrit

    t = stdtrit(n - 1, 0.975)
    se = np.sqrt(squares * n / (n - 1))
    s = np.clip(cubes / squares**1.5, -0.4, 0.4)
    low = ikm - se * 3 / s * (np.cbrt(1 + s * (t - s / 6)) - 1)
    high = ikm - se * 3 / s * (np.cbrt(1 + s * (-t - s / 6)) - 1)
    rounded = np.floor(ikm * 100 + 0.5) / 100
    grade = np.array(["D", "C", "B", "A"])[np.searchsorted([65, 76.61, 88.31], rounded + 0.001, side="left")]
    order = np.argsort(unit)
    return {"ikm": rounded[order], "low": low[order], "high": high[order], "mutu": grade[order]}


def hand_polars(path: Path) -> dict:
    """Two lazy queries, streamed."""
    import polars as pl

    frame = pl.scan_parquet(path)
    sums = (
        frame.group_by("unit")
        .agg(
            *(pl.col(q).sum().alias(f"s{q}") for q in KODES),
            *(pl.col(q).count().alias(f"n{q}") for q in KODES),
            pl.any_horizontal(pl.col(KODES).is_not_null()).sum().alias("n"),
        )
        .collect(engine="streaming")
    )
    means = sums.select(
        "unit",
        *((pl.col(f"s{q}") / pl.col(f"n{q}")).alias(f"m{q}") for q in KODES),
        *((25 / 9 / pl.col(f"n{q}")).alias(f"w{q}") for q in KODES),
    )
    moved = sum(((pl.col(q) - pl.col(f"m{q}")) * pl.col(f"w{q}")).fill_null(0) for q in KODES)
    spread = (
        frame.join(means.lazy(), on="unit")
        .select("unit", d=moved)
        .group_by("unit")
        .agg((pl.col("d") ** 2).sum().alias("squares"), (pl.col("d") ** 3).sum().alias("cubes"))
        .collect(engine="streaming")
    )
    found = sums.join(spread, on="unit")
    ikm = 25 / 9 * sum(found[f"s{q}"].to_numpy() / found[f"n{q}"].to_numpy() for q in KODES)
    return finished(
        *(found[c].to_numpy() for c in ("unit", "n")), ikm, *(found[c].to_numpy() for c in ("squares", "cubes"))
    )


def hand_duckdb(path: Path) -> dict:
    """One statement."""
    import duckdb

    sums = ", ".join(f"sum({q}) AS s{q}, count({q}) AS n{q}" for q in KODES)
    moved = " + ".join(f"coalesce(({q} - s{q} / n{q}) * (25 / 9 / n{q}), 0)" for q in KODES)
    ikm = " + ".join(f"s{q} / n{q}" for q in KODES)
    found = duckdb.sql(f"""
        WITH sums AS MATERIALIZED (
            SELECT unit, {sums}, count(coalesce({", ".join(KODES)})) AS n FROM '{path}' GROUP BY unit),
        moved AS (SELECT unit, {moved} AS d FROM '{path}' JOIN sums USING (unit)),
        spread AS (SELECT unit, sum(d * d) AS squares, sum(d * d * d) AS cubes FROM moved GROUP BY unit)
        SELECT unit, n, 25 / 9 * ({ikm}) AS ikm, squares, cubes FROM sums JOIN spread USING (unit)
    """).fetchnumpy()  # noqa: S608  our own names only
    return finished(*(np.asarray(found[c]) for c in ("unit", "n", "ikm", "squares", "cubes")))


def ours(frame: object) -> dict:
    """The same through the toolkit."""
    from mutu.measure import skm

    found = skm.units(frame, "unit")
    order = np.argsort([int(name) for name in found.names])
    low, high = found.interval
    return {"ikm": found.ikm[order], "low": low[order], "high": high[order], "mutu": np.array(found.mutu)[order]}


def frame(engine: str, path: Path) -> object:
    if engine == "polars":
        import polars as pl

        return pl.scan_parquet(path)
    if engine == "duckdb":
        import duckdb

        return duckdb.read_parquet(str(path))
    import dask.dataframe as dd

    return dd.read_parquet(path)


def same(a: dict, b: dict) -> bool:
    numbers = all(np.allclose(a[key], b[key], rtol=0, atol=1e-6) for key in ("ikm", "low", "high"))
    return bool(numbers and (a["mutu"] == b["mutu"]).all())


def timed(work: Callable[[], dict]) -> tuple[float, dict]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def one(engine: str, path: Path, rounds: int) -> None:
    """Runs in a process of its own: ours alone for the memory, then both in turn."""
    first = ours(frame(engine, path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    if engine == "dask":
        print(json.dumps({"peak": peak, "same": same(first, ours(frame("polars", path)))}))
        return
    by_hand = hand_polars if engine == "polars" else hand_duckdb
    by_hand(path)
    times: dict[str, list[float]] = {"ours": [], "hand": []}
    agreed = True
    for _ in range(rounds):
        seconds, theirs = timed(lambda: by_hand(path))
        times["hand"].append(seconds)
        seconds, mine = timed(lambda: ours(frame(engine, path)))
        times["ours"].append(seconds)
        agreed = agreed and same(mine, theirs)
    print(json.dumps({"peak": peak, "same": agreed, **{name: min(each) for name, each in times.items()}}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--respondents", type=int, default=10_000_000)
    parser.add_argument("--units", type=int, default=5_000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--engine", choices=["polars", "duckdb", "dask"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.engine:
        one(asked.engine, asked.file, asked.rounds)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "national.parquet"
        write(path, asked.respondents, asked.units)
        size = (
            f"{asked.respondents:,} respondents, {asked.units:,} units, {path.stat().st_size / 1e6:.0f} MB of Parquet"
        )
        print(size)
        table, held = shown(path, asked.rounds)
    if asked.write:
        PAGE.write_text(page(size, asked.rounds, table), encoding="utf-8")
    return int(not held)


def shown(path: Path, rounds: int) -> tuple[list[str], bool]:
    """The table, line by line, and whether all of it is as it should be."""
    lines = [
        "| frame | ours, s | by hand, s | ratio | peak of the process, MB | same numbers |",
        "|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    held = True
    for engine in ("polars", "duckdb", "dask"):
        command = [sys.executable, __file__, "--engine", engine, "--file", str(path), "--rounds", str(rounds)]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        ratio = said["ours"] / said["hand"] if "hand" in said else math.nan
        cells = [f"{said[key]:.2f}" if key in said else "–" for key in ("ours", "hand")]
        cells += ["–" if math.isnan(ratio) else f"{ratio:.2f}", f"{said['peak']:.0f}", "yes" if said["same"] else "NO"]
        lines.append(f"| {engine} | " + " | ".join(cells) + " |")
        print(lines[-1], flush=True)
        held = held and said["same"] and not ratio > LIMIT and (engine == "dask" or said["peak"] <= MEMORY)
    return lines, held


def page(size: str, rounds: int, table: list[str]) -> str:
    """The table with the queries it compares."""
    said = " ".join((__doc__ or "").split("\n\n")[2].partition("With --write")[0].split())
    codes = [("Ours", ours), ("By hand, polars", hand_polars), ("By hand, SQL in duckdb", hand_duckdb)]
    parts = ["# The country in one query", f"Made by `python benchmarks/national.py --write`. {said}"]
    parts += [f"{size}; fastest of {rounds} rounds.", "\n".join(table)]
    parts += [f"## {name}\n\n```python\n{inspect.getsource(code).rstrip()}\n```" for name, code in codes]
    parts.append(
        f"## What both hand-written queries end with\n\n```python\n{inspect.getsource(finished).rstrip()}\n```"
    )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
