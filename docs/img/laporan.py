"""Pictures of a report: its first pages side by side, and the poster. Takes the report's folder."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
PAGES = (1, 3, 5, 6)  # cover, summary, respondents, elements
GAP = 12


def main(report: Path) -> None:
    """Write laporan-1.png and poster.png beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        made = [_page(report / "laporan-skm.pdf", page, Path(folder)) for page in PAGES]
        width, height = made[0].size
        sheet = Image.new("RGB", (len(made) * (width + GAP) + GAP, height + 2 * GAP), "#D9E2EC")
        for place, page in enumerate(made):
            sheet.paste(page, (GAP + place * (width + GAP), GAP))
        _save(sheet, "laporan-1.png")
    poster = Image.open(report / "poster-ikm.png").convert("RGB")
    poster.thumbnail((900, 1300))
    _save(poster, "poster.png")


def _page(pdf: Path, number: int, folder: Path) -> Image.Image:
    name = folder / f"page-{number}"
    command = ["pdftoppm", "-r", "62", "-png", "-singlefile", "-f", str(number), "-l", str(number), pdf, name]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return Image.open(name.with_suffix(".png")).convert("RGB")


def _save(picture: Image.Image, name: str) -> None:
    picture.quantize(64, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
