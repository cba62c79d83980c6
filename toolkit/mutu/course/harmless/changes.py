"""What had to go, told in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mutu.course.harmless.text import name
from mutu.errors import N_
from mutu.locale import _, integer

# kind -> the sentence; {parts} are names of what was removed, {count} how many, {size} how large
_SENTENCES = {
    "markup": N_("Removed from the output of {cell}, since it could act in your browser: {parts}."),
    "anew": N_("The HTML in the output of {cell} could be read in two ways and was written anew; nothing is missing."),
    "type": N_("Removed from the output of {cell}, since nobody can say what it does in your browser: {parts}."),
    "control": N_("Characters that steer a terminal were removed from the output of {cell}."),
    "picture": N_("A picture in the output of {cell} is damaged or too large to be shown ({parts}) and is left out."),
    "formula": N_("The formula in the output of {cell} defines or links something and is shown as text."),
    "chart": N_("The chart in the output of {cell} loads or computes something and is left out."),
    "long": N_("The output of {cell} is very long ({size} kB); only its beginning is kept."),
    "large": N_("The output of {cell} is too large to be kept ({size} kB) and is left out."),
    "full": N_("The outputs of this notebook together are too large; those of {cell} are left out."),
    "many": N_("There are very many outputs in {cell}; {count} of them are left out."),
    "damaged": N_("The output of {cell} is damaged; what could not be read is left out."),
    "widgets": N_("The stored state of interactive controls was removed from the notebook, since it could act in your "
                  "browser."),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """Something that was removed from a notebook before it is shown.

    Attributes
    ----------
    kind : which of the sentences
    position : number of the cell in the notebook, from 1; 0 for the notebook itself
    cell : nbgrader's name of the cell, or nothing
    parts : names of what was removed
    count : number of outputs
    size : bytes
    """

    kind: str
    position: int
    cell: str = ""
    parts: tuple[str, ...] = ()
    count: int = 0
    size: int = 0

    def sentence(self) -> str:
        """For the trainer, in the language in use."""
        fields = self.fields
        where = _("cell {number} ({name})") if self.cell else _("cell {number}")
        numbers = {key: integer(fields[key]) for key in ("count", "size")}
        return _(self.template).format(**fields | numbers, cell=where.format(**fields))

    @property
    def template(self) -> str:
        """The sentence in English; it names {cell} and what stands in `fields`."""
        return _SENTENCES[self.kind]

    @property
    def fields(self) -> dict[str, Any]:
        """What the sentence names, in no language: the cell by {number} and {name}, {parts}, {count}, {size} in kB."""
        return {
            "number": self.position,
            "name": name(self.cell, 60) if self.cell else "",
            "parts": ", ".join(f"«{name(part, 40)}»" for part in self.parts[:8]),
            "count": self.count,
            "size": max(1, self.size // 1000),
        }
