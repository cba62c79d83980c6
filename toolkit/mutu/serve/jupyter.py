"""Jupyter's surroundings and settings: folders of its own in the workspace, our extensions on, others off."""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
from typing import Any

from mutu.kernels.choice import provisioner
from mutu.serve.ports import HOST
from mutu.serve.workspace import Workspace, write_text

# Voila has a process of its own with fewer rights, so it is off here; the classic notebook is not needed;
# jupytext in the server would open a trainee's .py files as notebooks and write them back.
_EXTENSIONS = {
    "mutu.serve.landing": True,
    "jupyterlab": True,
    "jupyter_server_terminals": True,
    "jupyter_lsp": True,
    "nbgrader.server_extensions.formgrader": True,
    "mutu.course.nbgrader.formgrader": True,  # a wall before it
    "mutu.course.grade.button": True,  # its button grades in isolation
    "nbgrader.server_extensions.validate_assignment": True,
    # nbgrader's exchange, which these two show, does not run on Windows
    "nbgrader.server_extensions.assignment_list": sys.platform != "win32",
    "nbgrader.server_extensions.course_list": sys.platform != "win32",
    "voila.server_extension": False,
    "notebook": False,
    "notebook_shim": False,
    "jupyterlab_jupytext": False,
}
# in place of a program that a notebook exported as HTML would load from the network when it is opened
_NOTHING = "data:text/javascript,"
_LOCALES = {"id": "id_ID", "en": "en"}
_LOGGERS = ("Server", "LabApp", "NbGrader", "FormgradeExtension", "tornado", "mutu")


def surround(workspace: Workspace) -> None:
    """Set the environment that Jupyter, its kernels and its terminals live in; before Jupyter is imported.

    The person's own ~/.jupyter and ~/.ipython stay as they are and have no say here.
    """
    config = workspace.jupyter / "config"
    config.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(workspace.jupyter / "data"),
        "JUPYTER_RUNTIME_DIR": str(workspace.jupyter / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(config / "lab" / "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(config / "lab" / "workspaces"),
        "IPYTHONDIR": str(workspace.private / "ipython"),
        "MUTU_HOME": str(workspace.root),
        # terminals find `mutu` and `nbgrader`, and nbgrader finds `alembic`, which it calls by name
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")]),
    }
    from mutu.course.nbgrader import SHARE
    from mutu.course.workspace import config_folder

    os.environ |= {"JUPYTER_CONFIG_PATH": str(config_folder(workspace.root)), "JUPYTER_PATH": str(SHARE)}
    for name in ("JUPYTER_TOKEN", "JUPYTER_NO_CONFIG"):
        os.environ.pop(name, None)


def speak(workspace: Workspace, language: str) -> None:
    """Make a language JupyterLab's default; what the person chose in its settings menu stays in force."""
    folder = workspace.jupyter / "config" / "labconfig"
    folder.mkdir(parents=True, exist_ok=True)
    defaults = {
        "@jupyterlab/translation-extension:plugin": {"locale": _LOCALES[language]},
        # no questions and no calls to the outside at the first start
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    write_text(folder / "default_setting_overrides.json", json.dumps(defaults, indent=2) + "\n")


def settings(workspace: Workspace, *, port: int, token: str) -> dict[str, dict[str, Any]]:
    """Class of Jupyter -> trait -> value."""
    return {
        "ServerApp": {
            "ip": HOST,
            "port": port,
            "root_dir": str(workspace.root),
            "default_url": "/mutu",
            "jpserver_extensions": _EXTENSIONS,
            "open_browser": False,
            "allow_root": True,
            # a page of another address may not speak for the person
            "allow_remote_access": False,
            "terminado_settings": _shell(),
            "tornado_settings": _headers(port),
            "contents_manager_class": "mutu.course.harmless.contents.Contents",
        },
        # otherwise npm is run, which writes into the person's home, and programs of the folder at hand are taken
        "LanguageServerManager": {"node_roots": []},
        "TerminalsExtensionApp": {"terminal_manager_class": "mutu.serve.terminals.Terminals"},
        "IdentityProvider": {"token": token},
        # other accounts of this machine cannot listen to what a lesson's kernel says at its ports
        "KernelManager": {"transport_encryption": "auto"},
        "KernelProvisionerFactory": {"default_provisioner_name": provisioner()},
        "LabApp": {
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "news_url": None,
            "extension_manager": "readonly",
        },
        "HTMLExporter": {"require_js_url": _NOTHING, "jquery_url": _NOTHING},
        "Application": {"logging_config": _logging(workspace)},
    }


def _headers(port: int) -> dict[str, Any]:
    """Where submissions are opened, JupyterLab shows pictures and frames of this server only."""
    from mutu.course.harmless import policy
    from mutu.course.workspace import has_trainer_part

    if not has_trainer_part():
        return {}
    return {"headers": {"Content-Security-Policy": policy.lab(f"http://{HOST}:{port}", f"http://localhost:{port}")}}


def _shell() -> dict[str, list[str]]:
    """The person's shell, not as a login shell: that would forget the path on which `mutu` and `nbgrader` are found."""
    shell = os.environ.get("SHELL") or shutil.which("sh")
    return {"shell_command": [shell]} if shell and sys.platform != "win32" else {}


def _logging(workspace: Workspace) -> dict[str, Any]:
    """Everything into a file of the workspace: what a person should know is said in sentences of our own."""
    return {
        "handlers": {
            "file": {
                "class": "logging.handlers.RotatingFileHandler",
                "filename": str(workspace.log / "server.log"),
                "maxBytes": 1_000_000,
                "backupCount": 3,
                "encoding": "utf-8",
                "delay": True,
                "formatter": "plain",
            }
        },
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "loggers": {name: {"level": "INFO", "handlers": ["file"], "propagate": False} for name in _LOGGERS},
    }
