#!/usr/bin/env python3
r"""Menyiapkan dan menjalankan mutu · Set mutu up and run it. Needs nothing but Python 3.11 or newer.

    python3 toolkit/run.py start [...]     set up if needed, then `mutu start [...]`
    python3 toolkit/run.py setup           set up only, or again: what went missing is installed
    python3 toolkit/run.py test [...]      every check; with arguments only pytest with them
    python3 toolkit/run.py wheel OUT       build both wheels into the folder OUT

Windows: py toolkit\run.py start

The environment is `.venv` in this folder; packages come from the index this machine is set up for, in the versions and
with the hashes of requirements.lock. This file must parse on Python 3.8, so that an old Python gets a sentence.
"""
# no annotations, so that the oldest Python still reads this far
# ruff: noqa: ANN001, ANN002, ANN201

import configparser
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
LEAST = (3, 11)
LEAST_UV = (0, 5)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHECKS = (
    ("ruff check", ["ruff", "check", "."]),
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("mypy", ["mypy"]),
    ("mypy (Windows)", ["mypy", "--platform", "win32"]),
    ("import-linter", ["lint-imports"]),
)
MOST_JOBS = 4
# settings for other places than .venv, which must not lead the packages there
STRAY = (
    "PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_DRY_RUN",
    "UV_SYSTEM_PYTHON", "UV_BREAK_SYSTEM_PACKAGES", "UV_PYTHON", "UV_TARGET", "UV_PREFIX", "UV_PROJECT",
    "UV_PROJECT_ENVIRONMENT", "UV_WORKING_DIRECTORY", "UV_EXCLUDE_NEWER", "UV_VENV_CLEAR", "VIRTUAL_ENV",
)  # fmt: skip


def main(arguments):
    """Run a subcommand; returns the exit code."""
    if sys.version_info < LEAST:
        return stop(
            "mutu memerlukan Python 3.11 atau yang lebih baru; ini Python {}. Jalankan dengan Python yang lebih baru.",
            "mutu needs Python 3.11 or newer; this is Python {}. Run it with a newer Python.",
            ".".join(map(str, sys.version_info[:3])),
        )
    commands = {"start": start, "setup": setup, "test": test, "wheel": wheel}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except subprocess.CalledProcessError as error:
        return stop(
            "Pemasangan gagal pada langkah di atas. Periksa pesannya, lalu jalankan lagi.",
            "The setup failed at the step above. See its message, then run this again.",
        ) and max(error.returncode, 1)
    except KeyboardInterrupt:
        return 130


def start(arguments):
    """Set up if needed, then become `mutu start`."""
    install("requirements.lock")
    command = [str(program("mutu")), "start", *arguments]
    if not WINDOWS:
        os.execve(command[0], command, environment())  # noqa: S606
    # Windows has no exec: wait, and leave Ctrl+C to the platform, which gets it too
    with subprocess.Popen(command, env=environment()) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue


def setup(_arguments):
    """The environment with what running needs; what went missing in it is installed again."""
    install("requirements.lock", again=True)
    return 0


def test(arguments):
    """Every check, or only pytest with the arguments given; the first failure's exit code."""
    install("requirements-dev.lock")
    missing = ensure_browser()
    if missing:
        return missing
    if arguments:
        return check("pytest", ["pytest", *arguments])
    failed = [(name, code) for name, code in ((name, check(name, command)) for name, command in CHECKS) if code]
    code = suite()
    failed += [("pytest", code)] if code else []
    for name, code in failed:
        say("Gagal: {} (kode {})", "Failed: {} (exit code {})", name, code)
    return failed[0][1] if failed else 0


def suite():
    """All tests, side by side but for those that are marked `alone`; returns the exit code.

    The tests start servers, browsers and hostile programs, which a busy machine can disturb: what fails runs once
    more with nothing beside it, and has to pass then. Both runs are in what is printed.
    """
    jobs = min(MOST_JOBS, os.cpu_count() or 1)
    beside = ["-n", str(jobs), "--dist", "loadfile"] if jobs > 1 else []
    codes = [
        check("pytest", ["pytest", "-m", "not alone", "--durations=25", *beside]),
        check("pytest, alone", ["pytest", "-m", "alone"]),
    ]
    if set(codes) != {0, 1} and codes != [1, 1]:
        return max(codes)
    say("Yang gagal dijalankan sekali lagi, sendirian.", "What failed runs once more, alone.")
    return check("pytest, once more", ["pytest", "--last-failed", "--last-failed-no-failures", "none"])


def wheel(arguments):
    """Both wheels, mutu and the trainers' part, into a folder."""
    install("requirements-dev.lock")
    run([str(program("mutu")), "course", "build"])
    for project in (ROOT, ROOT / "deploy" / "pengajar"):
        build = [str(PYTHON), "-m", "build", "--wheel", "--no-isolation"]
        run([*build, "--outdir", str(Path(*arguments[:1] or ["dist"]).resolve()), str(project)])
    return 0


def check(name, command):
    """Run one check and say which it is."""
    print(f"\n== {name}", flush=True)
    return subprocess.call([str(program(command[0])), *command[1:]], cwd=str(ROOT), env=environment())


def install(lock, again=False):
    """Bring .venv to a lock; where it was brought there before, only if asked to look again."""
    mark = fingerprint(lock)
    stamp = VENV / "mutu-setup.txt"
    if not again and PYTHON.exists() and stamp.exists() and mark in stamp.read_text(encoding="utf-8").split():
        return
    begun = time.time()
    say(
        "Menyiapkan lingkungan di .venv; yang pertama kali perlu satu sampai beberapa menit …",
        "Preparing the environment in .venv; the first time takes a minute or a few …",
    )
    make_environment()
    installer = fetch(ROOT / lock)
    say("Paket terpasang setelah {} detik.", "Packages installed after {} s.", round(time.time() - begun))
    run([*installer, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    run([str(program("mutu")), "course", "build"], quiet=True)
    # what needs more packages also has those that need fewer
    marks = {mark, fingerprint("requirements.lock")} if lock == "requirements-dev.lock" else {mark}
    stamp.write_text("\n".join(sorted(marks)) + "\n", encoding="utf-8")
    say("Siap setelah {} detik.", "Ready after {} s.", round(time.time() - begun))


def fingerprint(lock):
    """What the environment was made from: lock, project, place and Python."""
    parts = [(ROOT / name).read_bytes() for name in (lock, "pyproject.toml")]
    parts += [lock.encode(), str(ROOT).encode(), repr(sys.version_info[:2]).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment():
    """An environment in .venv, by uv where that is there, else by Python itself."""
    if works(PYTHON):
        return
    uv = system_uv()
    if not uv:
        needs_ensurepip()
    run(
        [uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]
        if uv
        else [sys.executable, "-m", "venv", str(VENV)]
    )


def fetch(lock):
    """Install a lock; returns the beginning of the install command that worked. uv is many times quicker than pip."""
    uv = system_uv() or own_uv(lock)
    if uv:
        installer = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode", *index_options()]
        command = [*installer, "--require-hashes", "-r", str(lock)]
        if subprocess.call(command, cwd=str(ROOT), env=environment()) == 0:
            return installer
        say("uv tidak berhasil; dicoba dengan pip.", "uv did not succeed; trying pip.")
    installer = pip_installer()
    run([*installer, "--require-hashes", "-r", str(lock)])
    return installer


def system_uv():
    """The uv of this machine, if it knows the options used here."""
    uv = shutil.which("uv")
    return uv if uv and is_new_enough(uv) else None


def own_uv(lock):
    """The uv of the lock, brought into .venv by pip; None where pip cannot have it."""
    uv = program("uv")
    if works(uv, "--version"):
        return str(uv)
    wanted = VENV / "uv.txt"
    wanted.write_text(entry("uv", lock.read_text(encoding="utf-8")), encoding="utf-8")
    ended = subprocess.call([*pip_installer(), "--require-hashes", "-r", str(wanted)], cwd=str(ROOT), env=environment())
    return str(uv) if ended == 0 and works(uv, "--version") else None


def entry(name, lock):
    """A package's lines of a lock: version and hashes."""
    lines = lock.split("\n" + name + "==", 1)[1].splitlines()
    end = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
    return "\n".join([name + "==" + lines[0], *lines[1 : end + 1], ""])


def index_options():
    """What pip is told about where to find packages, said to uv: a place may reach only an index of its own."""
    told = pip_options()
    options = [part for value in told.get("index-url", [])[-1:] for part in ("--default-index", value)]
    options += [part for value in told.get("extra-index-url", []) for part in ("--index", value)]
    options += [part for value in told.get("find-links", []) for part in ("--find-links", value)]
    options += [part for value in told.get("trusted-host", []) for part in ("--allow-insecure-host", value)]
    options += ["--no-index"] if told.get("no-index", ["0"])[-1].lower() in ("1", "true", "yes") else []
    # every version is held by its hash, so any index may serve it
    return [*options, "--index-strategy", "unsafe-best-match"]


def pip_options():
    """What pip is told about indexes, from its files and then from the variables, option -> values."""
    words = ("index-url", "extra-index-url", "find-links", "trusted-host", "no-index")
    found = configparser.RawConfigParser(strict=False)
    for path in pip_settings():
        try:
            found.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip itself will say what is wrong with it
    told = {}
    for section in ("global", "install"):
        for word in words:
            if found.has_option(section, word):
                told[word] = found.get(section, word).split()
    for word in words:
        if os.environ.get("PIP_" + word.upper().replace("-", "_")):
            told[word] = os.environ["PIP_" + word.upper().replace("-", "_")].split()
    return told


def is_new_enough(uv):
    """Whether uv knows the options used here; distributions still carry its first versions."""
    said = subprocess.run([uv, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    numbers = said.decode("ascii", "replace").split()[1:2]
    try:
        return tuple(int(part) for part in numbers[0].split(".")[:2]) >= LEAST_UV
    except (IndexError, ValueError):
        return False


def pip_settings():
    """Where pip looks for its settings on this machine; a later file goes before an earlier one."""
    if os.environ.get("PIP_CONFIG_FILE") == os.devnull:
        return []
    name = "pip.ini" if WINDOWS else "pip.conf"
    home = Path.home()
    system = os.environ.get("PROGRAMDATA", "C:\\ProgramData") + "\\pip" if WINDOWS else "/etc"
    folders = [
        *(Path(folder) / "pip" for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep)),
        Path(system),
        home / "Library" / "Application Support" / "pip",
        Path(os.environ.get("APPDATA", str(home))) / "pip",
        home / ("pip" if WINDOWS else ".pip"),
        Path(os.environ.get("XDG_CONFIG_HOME") or str(home / ".config")) / "pip",
        Path(sys.prefix),
    ]
    return [os.environ.get("PIP_CONFIG_FILE", ""), *(str(folder / name) for folder in folders)]


def pip_installer():
    """The beginning of an install command with the environment's own pip."""
    if not has_pip():
        needs_ensurepip()
        run([str(PYTHON), "-m", "ensurepip"], quiet=True)
    return [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-user"]


def has_pip():
    """Whether .venv is there with a pip that runs."""
    return works(PYTHON) and works(PYTHON, "-m", "pip", "--version")


def works(python, *arguments):
    """Whether a Python runs and is new enough."""
    test_version = ["-c", f"import sys; sys.exit(sys.version_info < {LEAST})"]
    try:
        ended = subprocess.run(
            [str(python), *(arguments or test_version)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), check=False,
        )  # fmt: skip
    except OSError:
        return False
    return ended.returncode == 0


def needs_ensurepip():
    """End with a sentence where the system's Python was packed without what a new environment needs."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise SystemExit(
            stop(
                "Python ini tidak dapat membuat lingkungan sendiri. Pasang dahulu: sudo apt install {}",
                "This Python cannot make an environment of its own. Install first: sudo apt install {}",
                package,
            )
        ) from None


def ensure_browser():
    """A Chromium for the tests: there, or installed as root, or named in a sentence; in CI it must be there."""
    if has_browser():
        return 0
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        say("Memasang Chromium untuk pengujian …", "Installing Chromium for the tests …")
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.call(["apt-get", "-qq", "update"], env=quiet)
        subprocess.call(["apt-get", "-qq", "-y", "--no-install-recommends", "install", "chromium"], env=quiet)
    if has_browser():
        return 0
    in_ci = os.environ.get("CI", "").lower() in ("1", "true")
    code = stop(
        "Chromium tidak ditemukan, jadi uji peramban dilewati. Pasang: sudo apt install chromium",
        "There is no Chromium, so browser tests are skipped. Install it: sudo apt install chromium",
    )
    return code if in_ci else 0


def has_browser():
    """Whether a Chromium that the tests find is there."""
    named = os.environ.get("MUTU_CHROMIUM")
    return bool(named and Path(named).exists()) or any(shutil.which(name) for name in BROWSERS)


def program(name):
    """A program of the environment."""
    return SCRIPTS / (name + ".exe" if WINDOWS else name)


def environment():
    """This process's environment without what belongs to other Pythons."""
    kept = {name: value for name, value in os.environ.items() if name.upper() not in STRAY}
    kept["PATH"] = str(SCRIPTS) + os.pathsep + kept.get("PATH", "")
    return kept


def run(command, quiet=False):
    """Run a step of the setup; its messages are shown."""
    subprocess.run(
        command, cwd=str(ROOT), env=environment(), check=True, stdout=subprocess.DEVNULL if quiet else None
    )  # fmt: skip


def say(indonesian, english, *values):
    """A line in both languages."""
    print(indonesian.format(*values) + "\n" + english.format(*values), flush=True)


def stop(indonesian, english, *values):
    """A sentence in both languages on stderr; returns the exit code."""
    sys.stderr.write(indonesian.format(*values) + "\n" + english.format(*values) + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
