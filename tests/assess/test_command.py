"""`mutu assess` as a person and a program call it."""

import json
import os
import subprocess
import sys

import pytest

from mutu.assess.export import to_json
from mutu.store import Answer, Record

ROW = [4, 3, 3, 3, 4, 4, 5, 5, 4, 4, 5, 5, 4, 5, 5, 3, 5, 4, 4, 3, 4, 4, 4, 5, 3, 3, 3, 5, 1, 0]
SCORES = {str(number): level for number, level in enumerate(ROW, 1)}


def mutu(*arguments):
    environment = {**os.environ, "MUTU_LANG": "id", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", "from mutu.cli import main; main()", "assess", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", env=environment, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def answers(tmp_path):
    def write(data):
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return file

    return write


def test_json_gives_the_index_and_nothing_else(answers):
    ended = mutu("pekppp", answers(SCORES), "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    result = json.loads(ended.stdout)
    assert (result["index"], result["category"], result["weights"], result["missing"]) == (3.7, "B", "published", [])
    assert [aspect["index"] for aspect in result["aspects"]] == [3.79, 4.7, 4.01, 4.3, 3.6, 0.5]
    assert result["plan"][0] == {
        "code": "30", "score": 0, "next_level": 1, "criterion": "Baru ada rancangan payung hukum",
    }  # fmt: skip


def test_the_pages_export_gives_the_same_with_its_own_weights(answers):
    record = Record("pekppp", "2025.1", weights="equal", answers={code: Answer(s, "n") for code, s in SCORES.items()})
    file = answers(to_json(record))
    assert json.loads(mutu("pekppp", file, "--json").stdout)["index"] == 3.68
    assert json.loads(mutu("pekppp", file, "--json", "--weights", "published").stdout)["index"] == 3.7


def test_a_person_reads_the_answer_first(answers):
    ended = mutu("pekppp", answers(SCORES), "--lang", "en")
    assert ended.returncode == 0
    lines = ended.stdout.splitlines()
    assert lines[2] == "Public Service Index (IPP): 3.70 of 5, category B (good); indicator weights as circulated."
    assert "not the official index" in lines[3]
    assert "level 0; level 1 (+0.060): Only a draft of the legal basis" in ended.stdout


def test_missing_answers_are_no_error(answers):
    ended = mutu("pekppp", answers({"29": 3, "30": 4}), "--json")
    assert ended.returncode == 0
    result = json.loads(ended.stdout)
    assert (result["index"], result["category"], len(result["missing"])) == (None, None, 28)
    assert [aspect["index"] for aspect in result["aspects"]] == [None] * 5 + [3.5]
    assert "Dari butir yang sudah dijawab: yang paling menaikkan indeks:" in mutu("pekppp", answers({"29": 3})).stdout


@pytest.mark.parametrize(
    ("data", "words"),
    [({"7": 6}, ["Butir 7", "«6»", "0 sampai 5"]), ({"31": 1}, ["«31»", "1 sampai 30"]), ([], ["objek JSON"])],
)
def test_wrong_answers_end_with_one_sentence(answers, data, words):
    ended = mutu("pekppp", answers(data), "--json")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.strip().splitlines()) == 1
    assert all(word in ended.stderr for word in words)


@pytest.mark.parametrize(
    ("begin", "kind"),
    [(b"PK\x03\x04", "Excel atau Word"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lama"), (b"%PDF-1.7\n", "PDF")],
)
def test_an_office_file_is_named_and_the_right_one_asked_for(tmp_path, begin, kind):
    file = tmp_path / "peserta.xlsx"
    file.write_bytes(begin + bytes(range(256)))
    ended = mutu("pekppp", file)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert kind in ended.stderr
    assert "Unduh jawaban (JSON)" in ended.stderr
    assert "UTF-8" not in ended.stderr


def test_wrong_usage_says_what_exists(answers, tmp_path):
    unknown = mutu("lain", answers(SCORES))
    assert unknown.returncode == 2
    assert "pekppp" in unknown.stderr
    weights = mutu("pekppp", answers(SCORES), "--weights", "0.11")
    assert weights.returncode == 2
    assert "published, equal" in weights.stderr
    absent = mutu("pekppp", tmp_path / "tidak-ada.json")
    assert absent.returncode == 1
    assert "tidak-ada.json" in absent.stderr
