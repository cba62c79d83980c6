"""What several commands of the course are tried on."""

import pytest
from book_kit import skm_class


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace with a graded class."""
    root = tmp_path_factory.mktemp("kelas") / "kerja"
    skm_class(root)
    return root
