"""The licences of what mutu needs at run time: all permit use with BSD-3-Clause code; GPL stays in tests."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PERMISSIVE = re.compile(
    r"\b(MIT|MIT-0|BSD|0BSD|ISC|ISCL|Apache|PSF|Python Software Foundation|MPL|Zlib|CC0|HPND)\b", re.I
)
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.I)
# Only on Windows or macOS; read on their project pages.
ELSEWHERE = {"appnope": "BSD-2-Clause", "colorama": "BSD-3-Clause", "pywinpty": "MIT"}


def _licence(name: str) -> str:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE[name]
    trove = [line.split("::")[-1].strip() for line in about.get_all("Classifier", []) if line.startswith("License")]
    return about.get("License-Expression") or "; ".join(trove) or (about.get("License") or "")[:80]


def test_run_time_dependencies_are_permissive():
    names = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (ROOT / "requirements.lock").read_text(), re.M))
    licences = {name: _licence(name) for name in sorted(names)}
    assert len(licences) > 100
    odd = {name: text for name, text in licences.items() if COPYLEFT.search(text) or not PERMISSIVE.search(text)}
    assert odd == {}


def test_the_licence_file_names_every_kind_of_content():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert all(word in text for word in ("BSD-3-Clause", "CC BY 4.0", "CC0", "Apache-2.0"))
    assert (ROOT / "toolkit/mutu/look/fonts/LICENSE.txt").read_text().lstrip().startswith("Apache License")
