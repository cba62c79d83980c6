"""Pictures of a report: its first pages side by side, and the poster."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from PIL import Image
from stage import Stage, save

from mutu.look import colour

PAGES = (1, 3, 5, 6)  # cover, summary, respondents, elements
GAP = 12


def laporan(stage: Stage) -> None:
    """Four pages of the report."""
    made = [_page(stage, number) for number in PAGES]
    width, height = made[0].size
    sheet = Image.new("RGB", (len(made) * (width + GAP) + GAP, height + 2 * GAP), colour("line"))
    for place, page in enumerate(made):
        sheet.paste(page, (GAP + place * (width + GAP), GAP))
    save(sheet, "laporan", width=2200)


def _page(stage: Stage, number: int) -> Image.Image:
    name = stage.folder / f"page-{number}"
    command = ["pdftoppm", "-r", "62", "-png", "-singlefile", "-f", str(number), "-l", str(number)]
    subprocess.run([*command, stage.report / "laporan-skm.pdf", name], check=True, stderr=subprocess.DEVNULL)
    return Image.open(name.with_suffix(".png")).convert("RGB")


def poster(stage: Stage) -> None:
    """The poster."""
    save(Image.open(stage.report / "poster-ikm.png"), "poster", width=900)


PICTURES: dict[str, Callable[[Stage], None]] = {"laporan": laporan, "poster": poster}
