"""Shared parts of the generator: synthetic answers, writers, and an index of our own.

A file is a function under `survey`, which gives it a random source of its own and respondents, writes what it
returns, and notes what must come out. Everything made here is synthetic: random numbers with fixed seeds, invented
words, no real office or person. The index is computed from the intended answers, never by reading a written file back.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

HERE = Path(__file__).parent
GOOD, BAD, MAPS = HERE / "good", HERE / "bad", HERE / "maps"
CODES = [f"U{i}" for i in range(1, 10)]  # the body's order: U8 pengaduan, U9 sarana
MODEL_ORDER = [*CODES[:7], "U9", "U8"]  # the model questionnaire's order
NAMES = dict(
    zip(
        CODES,
        [
            "Persyaratan",
            "Prosedur",
            "Waktu penyelesaian",
            "Biaya/tarif",
            "Produk layanan",
            "Kompetensi pelaksana",
            "Perilaku pelaksana",
            "Penanganan pengaduan",
            "Sarana dan prasarana",
        ],
        strict=True,
    )
)
QUESTIONS = dict(
    zip(
        CODES,
        [
            "Apakah persyaratan yang diminta sesuai dengan jenis layanan yang Anda urus?",
            "Menurut Anda, seberapa mudah prosedur atau alur pelayanan di unit ini?",
            "Seberapa cepat waktu penyelesaian layanan yang Anda terima?",
            "Bagaimana penilaian Anda atas biaya/tarif layanan ini?",
            "Apakah produk (hasil) layanan sesuai dengan yang tercantum dalam standar pelayanan?",
            "Bagaimana kompetensi atau kemampuan petugas yang melayani Anda?",
            "Bagaimana perilaku petugas, terutama kesopanan dan keramahannya?",
            "Bagaimana penanganan pengaduan, saran dan masukan di unit ini?",
            "Bagaimana mutu sarana dan prasarana di tempat pelayanan?",
        ],
        strict=True,
    )
)
OPTIONS = {
    "U1": ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    "U2": ["Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"],
    "U3": ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
    "U4": ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"],
    "U5": ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    "U6": ["Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"],
    "U7": ["Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"],
    "U8": ["Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"],
    "U9": ["Buruk", "Cukup", "Baik", "Sangat baik"],
}
SEX = ["Laki-laki", "Perempuan"]
SCHOOL = ["SD", "SMP", "SMA", "D3", "S1", "S2"]
WORK = ["Petani", "Pedagang", "Karyawan swasta", "PNS", "Ibu rumah tangga", "Pelajar/Mahasiswa"]
REMARKS = ["", "", "", "Terima kasih", "Sudah baik", "Ruang tunggu agak panas", "Tambah kursi antrean", "-"]
_SHIFT = [0.25, 0.0, -0.35, 0.45, 0.12, 0.2, 0.38, -0.15, -0.25]


# ---------------------------------------------------------------- answers
def rng(name: str) -> random.Random:
    """A random source that depends on the file's name alone."""
    return random.Random(f"mutu-survey-files:{name}")


def ratings(r: random.Random, n: int, top: int = 4, level: float = 0.78) -> list[dict[str, int]]:
    """`n` respondents' answers 1..top, correlated inside a respondent; no two elements have the same sum."""
    while True:
        rows = [_respondent(r, top, level) for _ in range(n)]
        if len({sum(p[c] for p in rows) for c in CODES}) == len(CODES):
            return rows


def _respondent(r: random.Random, top: int, level: float) -> dict[str, int]:
    mood, step = r.gauss(0, 0.45), (top - 1) / 3
    centre = 1 + (top - 1) * level
    return {
        c: min(top, max(1, round(centre + (s + mood + r.gauss(0, 0.5)) * step)))
        for c, s in zip(CODES, _SHIFT, strict=True)
    }


def profile(r: random.Random) -> dict[str, object]:
    return {
        "sex": r.choice(SEX),
        "age": r.randint(18, 67),
        "school": r.choice(SCHOOL),
        "work": r.choice(WORK),
        "remark": r.choice(REMARKS),
    }


def numbered(r: random.Random, people: list[dict]) -> Iterator[tuple[int, dict, dict]]:
    """Every respondent with a number from 1 and a profile drawn in turn."""
    for i, p in enumerate(people, 1):
        yield i, p, profile(r)


def stamped(r: random.Random, people: list[dict]) -> Iterator[tuple[int, dict, dict, dt.datetime]]:
    """As `numbered`, with the time of the answer."""
    ts = times(r, people)
    for (i, p, q), t in zip(numbered(r, people), ts, strict=True):
        yield i, p, q, t


def times(r: random.Random, people: list[dict]) -> list[dt.datetime]:
    """A time a respondent: increasing, all different to the second."""
    t, out = dt.datetime(2026, 1, 5, 8, 0, 0), []
    for _ in people:
        t += dt.timedelta(seconds=r.randint(200, 20000))
        out.append(t)
    return out


# ---------------------------------------------------------------- the index, our own way
def half_up(x: Fraction, places: int) -> float:
    scaled = x * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole / 10**places


def grade(index: float) -> str:
    hundredths = round(index * 100)
    return "A" if hundredths >= 8831 else "B" if hundredths >= 7661 else "C" if hundredths >= 6500 else "D"


def result(people: list[dict], weight: Fraction | None = None) -> dict:
    """n, ikm, mutu, nrr from people: {code: number or None or [numbers of several questions]}."""

    def value(v):
        if isinstance(v, list):
            return sum(map(Fraction, v)) / len(v)
        return None if v is None else Fraction(v)

    cells = [{c: value(v) for c, v in p.items()} for p in people]
    cells = [p for p in cells if any(v is not None for v in p.values())]
    nrr = {}
    for c in CODES:
        col = [p[c] for p in cells if p.get(c) is not None]
        if col:
            nrr[c] = sum(col) / len(col)
    w = Fraction(1, len(nrr)) if weight is None else weight
    ikm = half_up(sum(nrr.values()) * w * 25, 2)
    return {
        "n": len(cells),
        "ikm": ikm,
        "mutu": grade(ikm),
        "asked": list(nrr),
        "nrr": {c: half_up(v, 4) for c, v in nrr.items()},
        "n_unsur": {c: sum(p.get(c) is not None for p in cells) for c in nrr},
    }


def cell(reason: str, row: int, column: str | None = None, sheet: str | None = None) -> dict:
    """A cell that does not count, or a whole row (column None), and why: a code that make.py explains."""
    return {"sheet": sheet, "row": row, "column": column, "reason": reason}


EXPECTED: dict[str, list[dict]] = {"good": [], "bad": []}


MAKERS: dict[str, list[Callable[[], None]]] = {}  # module -> what makes its files, in their order


@dataclass
class Table:
    """A header and rows, for a plain sheet or, where the file's name says so, for CSV."""

    head: list
    rows: list[list]
    sheet: str = "Data"
    google: bool = False
    sep: str = ","
    enc: str = "utf-8"
    eol: str = "\r\n"


def survey(file: str, n: int, trait: str, *, top: int = 4, level: float = 0.78, computed: bool = False, **expected):
    """Make a function a good file.

    It is called with a random source and `n` respondents, whose answers it may change, and returns a Table or a
    workbook (whose formulas LibreOffice computes where `computed`); or that and what else is expected: `people` who
    count instead, `rejected`, `groups` …
    """

    def declare(content: Callable) -> Callable:
        def make() -> None:
            r = rng(file)
            people = ratings(r, n, top, level)
            made = content(r, people)
            found, more = made if isinstance(made, tuple) else (made, {})
            (in_libreoffice if computed else write)(GOOD / file, found)
            good(file, trait, more.pop("people", people), **expected | more)

        maker(make, content.__module__)
        return content

    return declare


def maker(make: Callable[[], None], module: str = "") -> Callable[[], None]:
    """Have `make` called in its turn; for files that are not made from random respondents."""
    MAKERS.setdefault(module or make.__module__, []).append(make)
    return make


def good(file: str, trait: str, people: list[dict], **more) -> None:
    """Record what a good file must give."""
    weight = more.pop("weight", None)
    entry = {"file": f"good/{file}", "trait": trait, "options": more.pop("options", [])}
    entry |= result(people, weight)
    entry |= {
        "codes_sure": more.pop("codes_sure", True),
        "rejected": more.pop("rejected", []),
        "rejected_may": more.pop("rejected_may", []),
        "absent": more.pop("absent", []),
        "notes": more.pop("notes", ""),
    }
    EXPECTED["good"].append(entry | more)


def bad(file: str, trait: str, says: list, exit_code=1, options=None, notes: str = "") -> None:
    """Record how a broken file must be answered; an inner list in `says` means any one of these."""
    EXPECTED["bad"].append(
        {
            "file": file if "/" in file else f"bad/{file}",
            "trait": trait,
            "options": options or [],
            "exit": exit_code if isinstance(exit_code, list) else [exit_code],
            "says": says,
            "notes": notes,
        }
    )


# ---------------------------------------------------------------- writers
THIN = Border(*[Side(style="thin", color="999999")] * 4)
HEAD = PatternFill("solid", fgColor="D9E2F3")


def style_head(ws, rows: range, width: int) -> None:
    for row in rows:
        ws.row_dimensions[row].height = 30
        for c in range(1, width + 1):
            x = ws.cell(row, c)
            x.font, x.fill, x.border = Font(bold=True), HEAD, THIN
            x.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")


def widths(ws, values: list[float]) -> None:
    for i, w in enumerate(values, 1):
        ws.column_dimensions[get_column_letter(i)].width = w


def put(ws, row: int, values: list) -> None:
    for c, v in enumerate(values, 1):
        if v is not None:
            ws.cell(row, c, v)


def write(path: Path, content: Table | Workbook) -> None:
    if isinstance(content, Workbook):
        save(content, path)
    elif path.suffix == ".csv":
        save_csv(path, content)
    else:
        wb, ws = book(content.sheet)
        plain_sheet(ws, content.head, content.rows, content.google)
        save(wb, path)


def plain_sheet(ws, head: list, rows: list[list], google: bool = False) -> None:
    """Header in row 1, data below; `google` dresses it as a Google Forms download."""
    put(ws, 1, head)
    for i, row in enumerate(rows, 2):
        put(ws, i, row)
        for c, v in enumerate(row, 1):
            if isinstance(v, dt.datetime):
                ws.cell(i, c).number_format = "m/d/yyyy h:mm:ss"
    if google:
        ws.freeze_panes = "A2"
        for row in ws.iter_rows():
            for x in row:
                x.font = Font(name="Arial", size=10)
    else:
        style_head(ws, range(1, 2), len(head))
    widths(ws, [18 if google else max(7, min(24, len(str(h or "")) + 2)) for h in head])


def save(wb: Workbook, path: Path) -> None:
    """Save with fixed dates, so that the same seed gives the same bytes."""
    raw = io.BytesIO()
    for ws in wb.worksheets:  # prints as an office would have it: lying, on one page's width
        ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9
        ws.page_setup.fitToHeight, ws.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    wb.properties.creator = "data sintetis mutu"
    wb.properties.created = dt.datetime(2026, 1, 1)
    wb.save(raw)
    with zipfile.ZipFile(raw) as src, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            data = src.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            dst.writestr(info, data)


def book(title: str = "Sheet1") -> tuple[Workbook, object]:
    wb = Workbook()
    wb.active.title = title
    return wb, wb.active


def in_libreoffice(path: Path, wb: Workbook) -> None:
    """Open and save in LibreOffice (not byte for byte repeatable): computes formulas, or writes .xls/.ods."""
    filters = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".xls": "xls:MS Excel 97", ".ods": "ods:calc8"}
    with tempfile.TemporaryDirectory() as tmp:
        src = Path(tmp) / "in" / f"{path.stem}.xlsx"
        src.parent.mkdir()
        save(wb, src)
        run = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp}/profile",
            "--convert-to",
            filters[path.suffix],
        ]
        subprocess.run([*run, "--outdir", tmp, str(src)], check=True, capture_output=True)
        shutil.move(Path(tmp) / path.name, path)


def save_csv(path: Path, table: Table) -> None:
    out = io.StringIO()
    w = csv.writer(out, delimiter=table.sep, lineterminator=table.eol)
    w.writerow(table.head)
    w.writerows([["" if v is None else v for v in row] for row in table.rows])
    path.write_bytes(out.getvalue().encode(table.enc))
