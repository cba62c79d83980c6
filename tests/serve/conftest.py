"""A platform for the tests of this folder."""

from collections.abc import Iterator

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
    with Platform(folder, "--port", str(free_port()), HOME=str(home)) as running:
        yield running
