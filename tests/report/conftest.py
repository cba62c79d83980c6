"""Surveys for the tests of reports, built as the reader builds them, scored by the real measure."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pandas as pd
import pytest

from mutu.locale import use
from mutu.measure import skm
from mutu.report import skm as reports
from mutu.report.office import Office
from mutu.report.skm.chapters import report
from mutu.report.skm.facts import Facts
from mutu.responses.survey import ColumnMapping, Rejected, Survey

KODES = tuple(f"U{number}" for number in range(1, 10))
# counts of the answers 1, 2, 3, 4 in the order of the body: a worked example with n = 29, 91.48 with exact weights
COUNTS = (
    (0, 0, 11, 18),
    (0, 0, 15, 14),
    (0, 2, 12, 15),
    (0, 0, 0, 29),
    (0, 0, 14, 15),
    (0, 0, 11, 18),
    (0, 0, 10, 19),
    (0, 0, 1, 28),
    (0, 0, 11, 18),
)


@dataclass(frozen=True)
class Case:
    """A survey and its result."""

    survey: Survey
    result: skm.IndexResult


def answers_of(counts, *, first=2):
    """Answers with these counts, shifted from element to element so that they are not all in step."""
    columns = {}
    for shift, (name, each) in enumerate(counts.items()):
        values = [answer for answer, count in enumerate(each, 1) for _one in range(count)]
        columns[name] = values[shift:] + values[:shift]
    length = max(len(values) for values in columns.values())
    padded = {name: values + [None] * (length - len(values)) for name, values in columns.items()}
    return pd.DataFrame(padded, index=range(first, first + length)).astype("Int16")


def survey_of(answers, *, scale=(1, 4), profile=None, **more):
    """A survey as the reader would hand it over."""
    people = pd.DataFrame(profile or {}, index=answers.index)
    mapping = more.pop("mapping", tuple(ColumnMapping(f"Pertanyaan {name}", name, "words", True) for name in answers))
    return Survey(answers, people, mapping, more.pop("rejected", ()), scale, file="survei.xlsx", sheet="Data", **more)


def case_of(answers, *, weights="exact", population=None, **more):
    survey = survey_of(answers, **more)
    groups = survey.profile[["layanan"]] if "layanan" in survey.profile else None
    result = skm.score(survey.answers, scale=survey.scale, weights=weights, by=groups, population=population)
    return Case(survey, result)


@pytest.fixture(scope="session")
def build():
    """The functions of this file, for tests that make their own surveys."""
    nine = answers_of(dict(zip(KODES, COUNTS, strict=True)))
    return SimpleNamespace(answers_of=answers_of, survey_of=survey_of, case_of=case_of, nine=nine)


@pytest.fixture(scope="session")
def office():
    return Office(
        name="Pemerintah Kabupaten Contoh",
        unit="Dinas Kependudukan Contoh",
        period="Triwulan III 2026",
        population=1200,
        services=("KTP-el", "Akta kelahiran"),
        report_url="https://contoh.example/laporan-skm",
    )


@pytest.fixture(scope="session")
def document(case, office):
    """The report of that survey in Indonesian, as a document: its figures take a second to draw."""
    with use("id"):
        return report(Facts(case.result, case.survey, office))


@pytest.fixture(scope="session")
def written(case, office, tmp_path_factory):
    """Folder and paths of that survey's report, written over the files of an earlier one."""
    folder = tmp_path_factory.mktemp("written") / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "laporan-skm.docx").write_text("tahun lalu")
    with use("id"):
        return folder, reports.write(case.result, case.survey, folder, office=office)


@pytest.fixture(scope="session")
def case():
    """29 respondents with a profile, words turned into numbers, and rejected cells."""
    answers = answers_of(dict(zip(KODES, COUNTS, strict=True)))
    return case_of(
        answers,
        profile={
            "jenis_kelamin": ["Laki-laki", "Perempuan"] * 14 + ["Perempuan"],
            "usia": ["18–25", "26–35", "36–45"] * 9 + ["36–45", "46–55"],
            "layanan": ["KTP-el"] * 12 + ["Akta kelahiran"] * 14 + ["Surat pindah"] * 3,
            "tanggal": ["2026-07-01"] * 28 + ["2026-09-30"],
        },
        rejected=(
            Rejected("Data", 14, "Pertanyaan U5", "7", "jawaban harus 1 sampai 4"),
            Rejected("Data", 32, None, "", "baris total"),
        ),
        converted={"Pertanyaan U1": {"Sesuai": 3, "Sangat sesuai": 4}},
        hints=("Kolom U8 dan U9 dibaca menurut kata-katanya.",),
    )
