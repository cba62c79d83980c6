"""Write the lesson's survey: SYNTHETIC answers to a fictional district civil registry, one quarter. CC0.

    python make.py FOLDER

Nobody answered this survey; a seeded program made it. The file says so in its title, its sheet and its properties.
It looks like an export of an online form: questions as headers, answers as texts, and the order of the model
questionnaire, in which facilities are question 8 and complaints question 9.
"""

import io
import random
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

SEED = 20269
ROWS = 300
NAME = "survei-dukcapil.xlsx"
LABEL = "DATA SINTETIS: dibuat program, bukan survei nyata. Kantor ini rekaan. Lisensi CC0."

FIT = ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")
# question, answers from least to best, mean to aim at, share left empty
QUESTIONS = (
    ("Apakah persyaratan sesuai dengan yang diumumkan?", FIT, 3.27, 0.01),
    ("Apakah prosedur layanan mudah diikuti?", ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"), 3.05, 0.01),
    ("Apakah waktu penyelesaian layanan cepat?", ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"), 2.76, 0.01),
    ("Bagaimana biaya atau tarif layanan?", ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"), 4.05, 0.02),
    ("Apakah produk layanan sesuai dengan yang dijanjikan?", FIT, 3.31, 0.02),
    (
        "Apakah petugas kompeten?",
        ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
        3.36,
        0.01,
    ),
    (
        "Apakah perilaku petugas sopan dan ramah?",
        ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
        3.43,
        0.01,
    ),
    ("Bagaimana kualitas sarana dan prasarana?", ("Buruk", "Cukup", "Baik", "Sangat baik"), 2.92, 0.01),
    (
        "Bagaimana penanganan pengaduan pengguna layanan?",
        ("Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
        2.36,
        0.08,
    ),
)
PROFILE = (
    ("Jenis kelamin", ("Laki-laki", "Perempuan"), (48, 52)),
    ("Pendidikan terakhir", ("SD", "SMP", "SMA", "D3", "S1"), (14, 18, 42, 8, 18)),
    (
        "Pekerjaan",
        ("Petani", "Wiraswasta", "Karyawan swasta", "PNS", "Ibu rumah tangga", "Lainnya"),
        (22, 22, 18, 8, 20, 10),
    ),
    (
        "Jenis layanan",
        ("KTP-el", "Kartu Keluarga", "Akta Kelahiran", "Akta Kematian", "Surat Pindah", "Kartu Identitas Anak"),
        (34, 24, 18, 5, 9, 10),
    ),
    ("Loket", ("Loket 1", "Loket 2", "Loket 3", "Loket 4"), (30, 28, 24, 18)),
    ("Penyandang disabilitas", ("Tidak", "Ya"), (92, 8)),
)
DISABILITY_GAP = 0.55  # the story a later module finds


def answer(rng, mean, mood):
    """An answer 1-4 around `mean`, shifted by the respondent's mood."""
    return min(4, max(1, round(rng.gauss(mean + mood, 0.62))))


def respondent(rng, when):
    """One row of the form: time, profile, nine answers (some empty)."""
    profile = [rng.choices(options, shares)[0] for _, options, shares in PROFILE]
    mood = rng.gauss(0, 0.3) - (DISABILITY_GAP if profile[-1] == "Ya" else 0)
    answers = []
    for _, options, mean, empty in QUESTIONS:
        shift = mood if options[-1] != "Gratis" else mood / 6
        value = options[answer(rng, mean, shift) - 1]
        answers.append(None if rng.random() < empty else value)
    return [when, rng.randint(17, 71), *profile, *answers]


def rows(seed=SEED, count=ROWS):
    """Header and rows of the survey."""
    rng = random.Random(seed)
    header = ["Cap waktu", "Usia", *(name for name, _, _ in PROFILE), *(question for question, *_ in QUESTIONS)]
    return [header, *(respondent(rng, when) for when in times(rng, count))]


def times(rng, count):
    """Moments at the counter: working days of the third quarter of 2026, from 8 to 15 o'clock, in order."""
    days = [datetime(2026, 7, 1) + timedelta(days=n) for n in range(92)]
    open_days = [day for day in days if day.weekday() < 5]
    return sorted(rng.choice(open_days) + timedelta(seconds=rng.randrange(8 * 3600, 15 * 3600)) for _ in range(count))


def workbook():
    """The survey as an Excel file whose bytes are the same every time."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Data sintetis"
    sheet.append([LABEL])
    sheet.append([])
    for row in rows():
        sheet.append(row)
    book.properties.title = LABEL
    book.properties.creator = "courses/02-skm/data/make.py"
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)
    written = io.BytesIO()
    book.save(written)
    return same_bytes(written)


def same_bytes(packed):
    """The zip archive with the date of its parts fixed, and the date of saving taken out."""
    import re

    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(part.filename, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    (Path(sys.argv[1]) / NAME).write_bytes(workbook())
