"""What submissions import, which is loaded before they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# what every room has at once, as it makes a fork no dearer
SMALL = ("statistics",)
# what submissions may import, whatever the trainer's notebook does, and what that loads at once or when it is used
COMMON = {
    "numpy": ("numpy",),
    "pandas": ("pandas",),
    "mutu.measure": ("mutu.measure.skm", "scipy.special"),
}
# in a file an end of line is written «\n», so nothing can be asked of what stands before
_IMPORTED = re.compile(rf"(?:import|from)\s+({'|'.join(map(re.escape, COMMON))})\b")


def imported(text: str) -> set[str]:
    """Which of the common names a text imports, be it a cell or a whole file of cells."""
    return set(_IMPORTED.findall(text))


@dataclass(frozen=True)
class Needs:
    """What the submissions at hand import.

    all : modules that every one gets loaded
    some : names that only some import -> modules that these get loaded besides
    """

    all: tuple[str, ...] = ()
    some: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def more(self) -> tuple[str, ...]:
        """All modules that only some get."""
        return tuple(dict.fromkeys(module for modules in self.some.values() for module in modules))

    def has_more(self, sources: Iterable[str]) -> bool:
        """Whether cells with these texts need what only some do."""
        return any(self.some.keys() & imported(source) for source in sources)
