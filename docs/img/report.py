"""Pictures of a report, its first pages side by side and the poster, and of a certificate."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PIL import Image
from stage import Stage, save

from mutu.course.nbgrader.results import Person
from mutu.course.outcome.certificate import Training, page
from mutu.course.outcome.certificate.decide import Earned
from mutu.course.outcome.certificate.facts import Facts
from mutu.course.outcome.certificate.keys import signing_key
from mutu.course.outcome.certificate.seal import code
from mutu.course.outcome.certificate.taught import Taught
from mutu.look import colour

PAGES = (1, 3, 5, 6)  # cover, summary, respondents, elements
GAP = 12


def laporan(stage: Stage) -> None:
    """Four pages of the report."""
    made = [_page(stage, number) for number in PAGES]
    width, height = made[0].size
    sheet = Image.new("RGB", (len(made) * (width + GAP) + GAP, height + 2 * GAP), colour("line"))
    for place, each in enumerate(made):
        sheet.paste(each, (GAP + place * (width + GAP), GAP))
    save(sheet, "laporan", width=2200)


def _page(stage: Stage, number: int) -> Image.Image:
    name = stage.folder / f"page-{number}"
    command = ["pdftoppm", "-r", "62", "-png", "-singlefile", "-f", str(number), "-l", str(number)]
    subprocess.run([*command, stage.report / "laporan-skm.pdf", name], check=True, stderr=subprocess.DEVNULL)
    return Image.open(name.with_suffix(".png")).convert("RGB")


def poster(stage: Stage) -> None:
    """The poster."""
    save(Image.open(stage.report / "poster-ikm.png"), "poster", width=900)


def sertifikat(stage: Stage) -> None:
    """A certificate of nobody, by an office that is made up."""
    training = Training(
        training="Pelatihan Pengukuran Kepuasan Masyarakat", kind="Pelatihan nonklasikal", place="Rekaan",
        organiser="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Rekaan (data sintetis)",
        head="Dr. Rahayu Rekaan, M.Si.", position="Kepala Dinas", head_id="", number="{number}/SKM/{month}/{year}",
        start=date(2026, 11, 1), end=date(2026, 11, 20),
    )  # fmt: skip
    facts = Facts(
        no="003/SKM/XI/2026", name="Siti Aminah (rekaan)", id="p01", of=training.training, by=training.organiser, jp=2,
        marks={"skm": 97.37}, start=training.start, end=training.end, on=date(2026, 11, 25),
    )  # fmt: skip
    taught = Taught("skm", "SKM: dari kuesioner ke IKM", 2, training.least, ("skm",))
    key = signing_key(stage.folder / "kunci")
    earned = Earned(Person("p01", "Siti", "Aminah"), ((taught, Decimal("97.37")),))
    made = stage.folder / "sertifikat.pdf"
    made.write_bytes(page.pdf(earned, facts, training, code(facts, key), key.public))
    command = ["pdftoppm", "-r", "120", "-png", "-singlefile", made, made.with_suffix("")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    save(Image.open(made.with_suffix(".png")).convert("RGB"), "sertifikat", width=1200)


PICTURES: dict[str, Callable[[Stage], None]] = {"laporan": laporan, "poster": poster, "sertifikat": sertifikat}
