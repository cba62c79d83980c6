"""What submissions print, draw and write, made harmless before a browser of the trainer's shows it."""

from mutu.course.harmless.changes import Change
from mutu.course.harmless.outputs import Harmless, outputs
from mutu.course.harmless.text import name

__all__ = ["Change", "Harmless", "name", "outputs"]
