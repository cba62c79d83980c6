"""Wrong usage and help, as the program prints them: Indonesian unless English is asked for."""

from __future__ import annotations

import re

import pytest
from running import run

WRONG = {
    ("skm", "score"): (
        "BERKAS belum ditulis: Berkas survei: xlsx, xls, ods, CSV, atau SPSS (.sav). Lihat `mutu skm score --help`.",
        "FILE is missing: Survey file: xlsx, xls, ods, CSV or SPSS (.sav). See `mutu skm score --help`.",
    ),
    ("skm", "report", "a.xlsx"): (
        "--out FOLDER belum ditulis: Folder untuk laporan. Lihat `mutu skm report --help`.",
        "--out FOLDER is missing: Folder for the report. See `mutu skm report --help`.",
    ),
    ("skm", "score", "--foo", "a.xlsx"): (
        "Tidak ada opsi --foo. Lihat `mutu skm score --help`.",
        "There is no option --foo. See `mutu skm score --help`.",
    ),
    ("course", "build", "--forse"): (
        "Tidak ada opsi --forse. Mungkin maksud Anda --force; lihat `mutu course build --help`.",
        "There is no option --forse. Perhaps you mean --force; see `mutu course build --help`.",
    ),
    ("-x",): ("Tidak ada opsi -x. Lihat `mutu --help`.", "There is no option -x. See `mutu --help`."),
    ("skm", "score", "survei", "kantor.xlsx"): (
        "«kantor.xlsx» berlebih untuk `mutu skm score`. Apit nama yang berisi spasi dengan tanda kutip.",
        "«kantor.xlsx» is too much for `mutu skm score`. Put a name that has spaces into quotation marks.",
    ),
    ("skm", "scoer"): (
        "Tidak ada perintah «scoer» setelah `mutu skm`. Yang ada: score, report, audit, sample, form.",
        "There is no command «scoer» behind `mutu skm`. There are: score, report, audit, sample, form.",
    ),
    ("start", "--port", "x"): (
        "Nilai setelah --port bukan bilangan bulat. Tulis --port ANGKA; lihat `mutu start --help`.",
        "The value behind --port is not a whole number. Write --port NUMBER; see `mutu start --help`.",
    ),
    ("skm", "score", "a.xlsx", "--by"): (
        "Nilai setelah --by belum ditulis. Tulis --by KOLOM; lihat `mutu skm score --help`.",
        "The value behind --by is missing. Write --by COLUMN; see `mutu skm score --help`.",
    ),
    ("doctor", "--json=x"): (
        "--json tidak memakai nilai. Hapus yang ditulis setelahnya.",
        "--json takes no value. Leave out what follows it.",
    ),
    ("skm", "--lang", "fr"): (
        "Bahasa «fr» tidak ada. Pakailah --lang id atau --lang en.",
        "There is no language «fr». Use --lang id or --lang en.",
    ),
}
COMMANDS = [
    "skm score", "skm report", "skm audit", "skm sample", "skm form", "assess", "course build", "course check",
    "course certificate", "course collect", "course due", "course feedback", "course grade", "course insight",
    "course marks", "course release", "course students", "start", "backup", "restore", "doctor",
]  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_one_sentence_in_indonesian_or_english(words):
    for surroundings, sentence in zip(({}, {"MUTU_LANG": "en"}), WRONG[words], strict=True):
        done = run(*words, **surroundings)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence + "\n")


def test_the_option_for_the_language_holds_wherever_it_stands_and_beats_the_environment():
    for words in (("--lang", "en", "skm", "scoer"), ("skm", "scoer", "--lang=en")):
        assert run(*words, MUTU_LANG="id").stderr.startswith("There is no command «scoer»")
    assert run("skm", "scoer", "--lang", "id", MUTU_LANG="en").stderr.startswith("Tidak ada perintah «scoer»")


@pytest.mark.parametrize("words", [("skm", "score", "a.csv"), ("doctor",), ("--help",)], ids=" ".join)
def test_a_language_of_the_environment_that_is_none_is_wrong_usage(words):
    done = run(*words, MUTU_LANG="fr")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Bahasa «fr» yang tertulis dalam MUTU_LANG tidak ada. Isilah MUTU_LANG dengan id atau en.\n"


def test_an_option_that_names_a_language_makes_up_for_the_environment():
    done = run("skm", "--lang", "en", MUTU_LANG="fr")
    assert done.stderr.startswith("Usage: mutu skm")


@pytest.mark.parametrize(
    ("surroundings", "said"), [({"MUTU_LANG": "en"}, True), ({"MUTU_LANG": ""}, False), ({}, False)]
)
def test_the_environment_chooses_the_language_of_a_result(tmp_path, surroundings, said):
    survey = tmp_path / "survei.csv"
    header = ";".join(f"U{place}" for place in range(1, 10))
    survey.write_text(header + "\n" + "4;3;4;4;3;3;4;4;3\n" * 12, encoding="utf-8")
    done = run("skm", "score", str(survey), **surroundings)
    assert done.returncode == 0
    assert ("88.89" in done.stdout, "88,89" in done.stdout) == (said, not said)


@pytest.mark.parametrize("words", ["", "skm", "course", "skm --"])
def test_a_noun_alone_is_wrong_usage_and_shows_what_it_can_do(words):
    done = run(*words.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        f"Cara pakai: {' '.join(['mutu', *words.split()]).removesuffix(' --')} [OPSI] PERINTAH"
    )
    assert "\nPerintah:\n" in done.stderr


def test_help_names_every_command():
    shown = [run("--help").stdout, run("skm", "--help").stdout, run("course", "--help").stdout]
    verbs = [re.findall(r"^  (\w+) ", page.partition("Perintah:\n")[2], re.MULTILINE) for page in shown]
    assert {*verbs[0], *(f"skm {verb}" for verb in verbs[1]), *(f"course {verb}" for verb in verbs[2])} == {
        *COMMANDS, "skm", "course",
    }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_whole_in_both_languages(command):
    indonesian, english = (run(*command.split(), "--help", "--lang", language) for language in ("id", "en"))
    assert (indonesian.returncode, english.returncode) == (0, 0)
    assert indonesian.stdout.startswith(f"Cara pakai: mutu {command} [OPSI]")
    assert english.stdout.startswith(f"Usage: mutu {command} [OPTIONS]")
    assert "Tampilkan bantuan ini." in indonesian.stdout
    assert "Show this help." in english.stdout
    assert not re.findall(r"Usage|Options|Arguments|required|\bFILE|message", indonesian.stdout)
    assert not re.findall(r"^  -\S+( \S+)?$", english.stdout, re.MULTILINE), "an option without a word of help"
