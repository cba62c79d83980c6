"""Honest code runs in a room as outside: the limits and the filter are not in its way."""

import pytest
from cage_kit import USERS, needs_cage, room

pytestmark = needs_cage

POOLS = """
import multiprocessing, multiprocessing.shared_memory
from concurrent.futures import ProcessPoolExecutor

def square(n):
    return n * n

def put(queue, lock, value):
    with lock:
        value.value += 1
    queue.put(value.value)

if __name__ == "__main__":
    total = 0
    for method in ("fork", "spawn", "forkserver"):
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
            total += sum(pool.map(square, range(4)))
    queue, lock, value = multiprocessing.Queue(), multiprocessing.Lock(), multiprocessing.Value("i", 0)
    child = multiprocessing.Process(target=put, args=(queue, lock, value))
    child.start()
    total += queue.get()
    child.join()
    memory = multiprocessing.shared_memory.SharedMemory(create=True, size=1000)
    memory.buf[0] = 5
    total += memory.buf[0]
    memory.close()
    memory.unlink()
    print(total)
"""
HONEST = {
    "threads": """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(8) as pool:
            print(sum(pool.map(lambda n: n * n, range(100))))
    """,
    "subprocess": """
        import subprocess, sys
        code = "import mutu.measure, sqlite3, ssl; print(6 * 7)"
        print(int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout))
    """,
    "shell": """
        import os
        print(0 if os.system("ls / | sort | head -3 > daftar.txt && test -s daftar.txt") == 0 else "gagal")
    """,
    "terminal": """
        from IPython.utils.process import system
        print(system("test -t 1"))
    """,
    "asyncio": """
        import asyncio
        async def double(n):
            await asyncio.sleep(0.01)
            process = await asyncio.create_subprocess_exec("echo", str(2 * n), stdout=-1)
            return int((await process.communicate())[0])
        async def both():
            return sum(await asyncio.gather(double(1), double(2)))
        print(asyncio.run(both()))
    """,
    "multiprocessing": f"""
        import subprocess, sys
        open("kerja.py", "w").write({POOLS!r})
        print(int(subprocess.run([sys.executable, "kerja.py"], capture_output=True, text=True, check=True).stdout))
    """,
    "numbers": """
        import numpy, pandas, scipy.stats
        frame = pandas.DataFrame({"unit": list("aabb"), "nilai": [1.0, 2, 3, 4]})
        frame.to_csv("data.csv", index=False)
        means = pandas.read_csv("data.csv").groupby("unit")["nilai"].mean()
        print(round(float(means.sum() + numpy.linalg.inv(numpy.eye(300) * 2).trace() + scipy.stats.norm.cdf(0))))
    """,
    "polars and duckdb": """
        import duckdb, polars
        frame = polars.DataFrame({"nilai": [1, 2, 3]})
        frame.write_parquet("data.parquet")
        total = duckdb.sql("select sum(nilai) from 'data.parquet'").fetchall()[0][0]
        print(total + frame.lazy().sum().collect().item())
    """,
    "figures": """
        import matplotlib.pyplot as plot, os
        plot.plot([1, 2, 3])
        plot.title("Indeks Kepuasan")
        plot.savefig("gambar.png")
        print(int(os.path.getsize("gambar.png") > 5000))
    """,
    "files": """
        import fcntl, pathlib, sqlite3, tempfile
        with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as file:
            file.write(b"x")
            fcntl.flock(file, fcntl.LOCK_EX)
            with sqlite3.connect(f"{folder}/a.db") as database:
                database.execute("create table a (n int)")
                database.execute("insert into a values (42)")
            pathlib.Path.home().joinpath("catatan.txt").write_text("é")
            print(database.execute("select n from a").fetchone()[0])
    """,
    "who and where": """
        import datetime, getpass, locale, os, platform, random, secrets, socket, uuid, zoneinfo
        datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Jakarta"))
        platform.platform(), uuid.uuid1(), secrets.token_hex(), random.random(), os.cpu_count(), locale.getlocale()
        print(int([getpass.getuser(), socket.gethostname(), os.path.expanduser("~")]
              == ["peserta", "localhost", "/home/peserta"]))
    """,
    "sockets": """
        import socket
        one, other = socket.socketpair()
        one.sendall(b"7")
        print(int(other.recv(1)))
    """,
}
ANSWERS = dict(zip(HONEST, [328350, 42, 0, 0, 6, 48, 156, 12, 1, 42, 1, 7], strict=True))


# both users where what they differ in could matter
CASES = [(kind, user) for kind in HONEST for user in USERS if user == USERS[0] or kind in ("terminal", "files")]


@pytest.mark.parametrize(("kind", "user"), CASES)
def test_honest_code_runs(kind, user):
    seen = room(HONEST[kind], user)
    assert seen.said == ANSWERS[kind], seen.output
    assert (seen.killed, seen.closed) == ("", True)
