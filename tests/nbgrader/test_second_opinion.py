"""nbgrader's own engine gives the known submissions of our modules the marks that ours gives them."""

from __future__ import annotations

import pytest

from mutu.course import author, rights
from mutu.course.author.check import grade
from mutu.course.author.variants import variants

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not rights.is_isolated(), reason="both would be nbgrader's"),
]


@pytest.mark.parametrize("module", author.modules(), ids=lambda module: module.name)
def test_both_engines_agree_on_the_known_submissions(module):
    known = list(variants(module))
    ours = grade(module, "id", known)
    assert {each.name for each in known} == ours.keys()
    assert ours == grade(module, "id", known, by_nbgrader=True)
