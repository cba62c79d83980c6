"""The help beside formgrader: what each of its buttons does, in the language in use.

formgrader itself speaks English only, so the help quotes its labels as they stand there.
"""

from mutu.course.help.texts import Part, parts

__all__ = ["Part", "parts"]
