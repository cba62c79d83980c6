"""How mutu looks: one set of tokens, turned into CSS, a figure style and document styles."""

from mutu.look.figure import figure_style
from mutu.look.tokens import FONTS, Grade, colour, css, grade, tokens

__all__ = ["FONTS", "Grade", "colour", "css", "figure_style", "grade", "tokens"]
