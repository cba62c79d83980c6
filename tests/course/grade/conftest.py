"""The exercise of the SKM module as nbgrader releases it, once for all tests of mending, which change none of it."""

import pytest
from mend_kit import assignment, skm_source


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return assignment(skm_source(), tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def truth(made):
    return made.truth()
