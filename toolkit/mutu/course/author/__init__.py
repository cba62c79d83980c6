"""From a module's text to its notebooks: pure functions text in, notebooks out; files are written last.

A module is a folder of `courses/` with

    module.toml     slug, titles, hours
    lesson.py       the lesson, exercise.py the exercise: jupytext percent, code once, prose in Indonesian
    en.po           the English of every paragraph, comment and message
    data/make.py    writes the lesson's data
    checks/         submissions whose marks are known

`parse` reads a source, `translate` gives it another language, `numbers` fills the numbers of the prose from the
lesson's own code, `assemble` makes notebooks, `building` writes them, `check` grades the known submissions.
"""

from mutu.course.author.building import Built, build, built, is_stale, update_catalogue
from mutu.course.author.module import Module, find, is_named, modules

__all__ = ["Built", "Module", "build", "built", "find", "is_named", "is_stale", "modules", "update_catalogue"]
