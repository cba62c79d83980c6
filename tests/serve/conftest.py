"""A platform for the tests of this folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Platform, free_port


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One platform for the tests of a module, in a home where somebody's own Jupyter settings lie in wait."""
    home = tmp_path_factory.mktemp("home")
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.py").write_text(
        "c.IdentityProvider.token = 'guessed'\nc.ServerApp.root_dir = '/'\n", encoding="utf-8"
    )
    folder = tmp_path_factory.mktemp("start") / "ruang kerja é"
    programs = os.pathsep.join([str(_npm(tmp_path_factory.mktemp("programs"))), os.environ["PATH"]])
    with Platform(folder, "--port", str(free_port()), HOME=str(home), PATH=programs) as running:
        yield running


def _npm(folder: Path) -> Path:
    """A folder with a program of that name, which, as npm does, leaves a file in the home of whoever runs it."""
    program = folder / "npm"
    program.write_text('#!/bin/sh\ntouch "$HOME/npm-was-run"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder
