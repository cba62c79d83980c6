"""nbgrader in parts is nbgrader as ever for everybody else in the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEFORE = """
import sys
from mutu.course.nbgrader.importing import part
api, utils = part("api"), part("utils")
assert "nbgrader.apps" not in sys.modules
from nbgrader.api import Gradebook
assert Gradebook is api.Gradebook
assert not {"nbgrader.apps", "nbformat", "requests", "setuptools", "jsonschema"} & set(sys.modules)
"""
AFTER = """
import nbformat, requests, setuptools.archive_util
assert nbformat.v4.new_notebook() and nbformat.notebooknode.NotebookNode is nbformat.NotebookNode
assert utils.NotebookNode is nbformat.NotebookNode
assert issubclass(requests.exceptions.ConnectionError, Exception) and setuptools.archive_util.UnrecognizedFormat
import types, nbgrader, nbgrader.apps, importlib.metadata
from nbgrader.server_extensions.formgrader import handlers
assert type(nbgrader) is types.ModuleType and sys.modules["nbgrader"] is nbgrader
assert nbgrader.__version__ == importlib.metadata.version("nbgrader")
assert nbgrader.api is api is part("api") and nbgrader.utils is utils
assert nbgrader.apps.baseapp.NbGrader and nbgrader.apps.api.Gradebook is api.Gradebook and handlers.default_handlers
assert sys.modules.get("rfc3987_syntax", "") is not None
"""
WAYS = {
    "a name of the package": "import nbgrader; assert nbgrader.__version__",
    "a name from the package": "from nbgrader import __version__",
    "a module that is loaded": "from nbgrader import utils as found; assert found is utils",
    "a module as its name": "import nbgrader.api as found; assert found is api",
    "a module that is not": """
from nbgrader.coursedir import CourseDirectory
from nbgrader.apps import baseapp
assert baseapp.CourseDirectory is CourseDirectory
""",
    "deep inside": "from nbgrader.server_extensions.formgrader.handlers import default_handlers",
    "a plug-in of a course": "from nbgrader.plugins import ExportPlugin",
    "all names": "from nbgrader import *; load_formgrader",
    "a name that is not there": "import nbgrader; assert not hasattr(nbgrader, 'nothing')",
    "as an extension of the server": "import nbgrader; nbgrader._jupyter_server_extension_points()",
    "where its files are": "from importlib.resources import files; assert (files('nbgrader') / 'apps').is_dir()",
    "where a module is": "import importlib.util; assert importlib.util.find_spec('nbgrader.converters').origin",
    "a late penalty": "step = part('preprocessors').AssignLatePenalties(); step.init_plugin()",
    "what is in an archive": """
import tempfile, zipfile
from pathlib import Path
with tempfile.TemporaryDirectory() as folder:
    archive = Path(folder, "all.zip")
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("inside.txt", "found")
    utils.unzip(str(archive), folder)
    assert Path(folder, "inside.txt").read_text() == "found"
""",
    "what a JupyterHub knows": """
import os, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
class Hub(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"groups": ["nbgrader-skm"]}')
    def log_message(self, *said):
        pass
hub = HTTPServer(("127.0.0.1", 0), Hub)
threading.Thread(target=hub.serve_forever, daemon=True).start()
os.environ |= {"JUPYTERHUB_API_URL": f"http://127.0.0.1:{hub.server_port}", "JUPYTERHUB_USER": "a"}
os.environ["JUPYTERHUB_API_TOKEN"] = "a"
from nbgrader.auth.jupyterhub import _query_jupyterhub_api
assert _query_jupyterhub_api("GET", "/users/a") == {"groups": ["nbgrader-skm"]}
""",
    "several at once": """
from concurrent.futures import ThreadPoolExecutor
import threading
gate = threading.Barrier(6)
def ask(number):
    gate.wait()
    import nbgrader.apps
    return nbgrader.__version__, nbgrader.apps.NbGraderApp
with ThreadPoolExecutor(6) as pool:
    assert len(set(pool.map(ask, range(6)))) == 1
""",
}  # fmt: skip


def run(code: str) -> str:
    """What a fresh interpreter complains of."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stderr


@pytest.mark.parametrize("way", WAYS)
def test_whoever_asks_for_more_finds_it(way):
    assert "Error" not in run(f"{BEFORE}\n{WAYS[way]}\n{AFTER}")


def test_a_package_that_is_loaded_stays():
    first = "import sys, nbgrader; before = nbgrader\nfrom mutu.course.nbgrader.importing import part"
    then = "api, utils = part('api'), part('utils'); assert nbgrader is before"
    assert "Error" not in run(f"{first}\n{then}\n{AFTER}")


def test_a_package_that_fails_can_be_asked_again():
    fails = """
sys.modules["jupyter_server"] = None
for _attempt in range(2):
    try:
        import nbgrader
    except ImportError:
        pass
    else:
        raise AssertionError
del sys.modules["jupyter_server"]
"""
    assert "Error" not in run(f"{BEFORE}\n{fails}\n{AFTER}")
