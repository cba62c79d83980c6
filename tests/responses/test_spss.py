"""SPSS files in and out: labels, missing values, dates; broken and hostile files end in a sentence."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import random
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from survey_kit import as_csv, as_xlsx, mutu, respondents

from mutu.errors import MappingError, ReadError, ScaleError, SettingError, WorkspaceError
from mutu.locale import say, use
from mutu.regulations import skm
from mutu.responses import read, spss, write_sav

FILES = Path(__file__).parent / "files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
CODES = skm().kodes
ANSWERS = np.array(respondents(24))
OPTIONS = {unsur.kode: dict(enumerate((text.id for text in unsur.options), 1)) for unsur in skm().unsur}
LABELS = {unsur.kode: unsur.name.id for unsur in skm().unsur}


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def sav(tmp_path: Path, frame: pd.DataFrame, **more) -> Path:
    path = tmp_path / "survei.sav"
    pyreadstat.write_sav(frame, path, **more)
    return path


def frame(**more) -> pd.DataFrame:
    return pd.DataFrame({kode: ANSWERS[:, place].astype(float) for place, kode in enumerate(CODES)} | more)


def same(one: pd.DataFrame, two: pd.DataFrame) -> bool:
    """The same columns and answers, missing ones at the same places."""
    return list(one.columns) == list(two.columns) and np.array_equal(
        one.astype(float).to_numpy(), two.astype(float).to_numpy(), equal_nan=True
    )


def test_labels_of_variables_tell_the_elements_for_certain_and_cases_keep_their_numbers(tmp_path):
    found = read(sav(tmp_path, frame(), column_labels=LABELS, variable_value_labels=OPTIONS))
    assert same(found.answers, frame())
    assert [(mapped.unsur, mapped.sure) for mapped in found.mapping] == [(kode, True) for kode in CODES]
    assert list(found.answers.index) == list(range(1, 25))
    assert found.converted["Persyaratan"]["3. Sesuai"] == 3
    assert found.rejected == ()


def test_names_alone_are_positions_as_in_any_other_file(tmp_path):
    found = read(sav(tmp_path, frame()))
    assert same(found.answers, frame())
    assert not any(mapped.sure for mapped in found.mapping)


def test_a_label_that_does_not_say_the_element_keeps_the_name_that_counts_it(tmp_path):
    found = read(sav(tmp_path, frame(), column_labels={"U1": "Kelompok tanya satu"}))
    assert found.mapping[0].column == "U1 Kelompok tanya satu"
    assert found.mapping[0].unsur == "U1"


def test_missing_values_of_system_and_user_are_missing_and_labels_divide_the_respondents(tmp_path):
    data = frame(sex=[1.0, 2.0] * 12, nama=["Budi Santoso"] * 24)
    data.loc[2, "U1"] = np.nan
    data.loc[3, "U1"] = 99.0
    path = sav(
        tmp_path,
        data,
        column_labels=LABELS | {"sex": "Jenis kelamin", "nama": "Nama"},
        variable_value_labels={"U1": OPTIONS["U1"] | {99: "Tidak menjawab"}, "sex": {1: "Laki-laki", 2: "Perempuan"}},
        missing_ranges={"U1": [99]},
    )
    found = read(path)
    assert found.answers["U1"].isna().tolist() == [False, False, True, True, *[False] * 20]
    assert found.profile["jenis_kelamin"].tolist() == ["Laki-laki", "Perempuan"] * 12
    assert "Budi" not in repr(found)


def test_a_labelled_refusal_that_the_file_does_not_call_missing_is_rejected_with_its_reason(tmp_path):
    data = frame()
    data.loc[0, "U1"] = 9.0
    labels = {"U1": OPTIONS["U1"] | {9: "Tidak menjawab"}}
    found = read(sav(tmp_path, data, column_labels=LABELS, variable_value_labels=labels))
    assert [(cell.row, cell.value, cell.reason) for cell in found.rejected] == [
        (1, "Tidak menjawab", "says that there is no answer")
    ]


def test_labels_that_run_against_their_numbers_are_followed_and_said(tmp_path):
    turned = {kode: {5 - value: text for value, text in OPTIONS[kode].items()} for kode in CODES}
    found = read(sav(tmp_path, 5 - frame(), column_labels=LABELS, variable_value_labels=turned))
    assert same(found.answers, frame())
    assert any("run against their words" in hint for hint in found.hints)


def test_five_labelled_answers_are_another_scale_even_if_nobody_chose_the_middle(tmp_path):
    words = {1: "Sangat tidak puas", 2: "Tidak puas", 3: "Netral", 4: "Puas", 5: "Sangat puas"}
    data = frame().replace({3.0: 5.0})
    path = sav(tmp_path, data, column_labels=LABELS, variable_value_labels=dict.fromkeys(CODES, words))
    with pytest.raises(ScaleError):
        read(path)
    assert same(read(path, scale="1-5").answers, data)


def test_days_and_points_in_time_are_read_as_such(tmp_path):
    path = sav(tmp_path, frame(tgl=[dt.date(2026, 11, 20 + day % 4) for day in range(24)]), column_labels=LABELS)
    assert read(path).profile["tanggal"].tolist()[:2] == ["2026-11-20", "2026-11-21"]


def test_texts_in_the_encoding_of_old_files_are_read(tmp_path):
    path = sav(tmp_path, frame(ket=["ramah sekali"] * 24), column_labels=LABELS | {"ket": "Catatan"})
    old = path.read_bytes().replace(b"ramah sekali", b"ramah \xe9kali ")
    assert same(read(old, name="lama.sav").answers, frame())


@pytest.mark.parametrize("case", EXPECTED["good"], ids=lambda case: " ".join((case["file"], *case["options"])))
def test_a_survey_written_for_spss_reads_back_exactly(case, tmp_path):
    options = [option.replace("{files}", str(FILES)).removeprefix("--") for option in case["options"]]
    given = {
        name: value
        for name, value in zip(options[::2], options[1::2], strict=True)
        if name in ("map", "scale", "sheet")
    }
    survey = read(FILES / case["file"], **given)
    path = tmp_path / ("jawaban.zsav" if survey.scale == (1, 4) else "jawaban.sav")
    write_sav(survey, path)
    scale = None if survey.scale == (1, 4) else "{}-{}".format(*survey.scale)
    back = read(path, scale=scale)
    assert same(back.answers, survey.answers)
    assert back.rejected == ()
    assert all(mapped.sure for mapped in back.mapping)
    kept = [name for name in survey.profile if survey.profile[name].notna().any()]
    assert {name: back.profile[name].fillna("").tolist() for name in kept} == {
        name: survey.profile[name].fillna("").tolist() for name in kept
    }


def test_spss_shows_labels_options_and_rows_of_the_source(tmp_path):
    rows = [[*CODES[:8], "U9", "Jenis kelamin"], *([*row, "L"] for row in ANSWERS.tolist())]
    rows[1][0] = ""
    survey = read(as_csv(rows), name="survei.csv")
    path = tmp_path / "jawaban.sav"
    write_sav(survey, path)
    data, about = pyreadstat.read_sav(path)
    assert about.column_names_to_labels["U1"] == "Requirements"
    assert about.variable_value_labels["U8"] == {1: "Does not exist", 2: "Exists but does not work", 3: "Does not work fully", 4: "Well managed"}  # fmt: skip # noqa: E501
    assert about.variable_value_labels["jenis_kelamin"] == {1: "Laki-laki"}
    assert about.variable_measure["U1"] == "ordinal"
    assert about.file_label == "survei.csv"
    assert np.isnan(data["U1"][0])
    assert data["nomor"].tolist() == list(range(2, 26))


def test_a_name_that_is_none_and_a_folder_that_is_not_there_get_a_sentence(tmp_path):
    survey = read(as_csv([CODES, *ANSWERS.tolist()]), name="survei.csv")
    with pytest.raises(SettingError, match=r"\.sav"):
        write_sav(survey, tmp_path / "jawaban.por")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        write_sav(survey, tmp_path / "tidak-ada" / "jawaban.sav")
    assert list(tmp_path.iterdir()) == []


def test_the_command_reads_spss_files(tmp_path):
    path = sav(tmp_path, frame(), column_labels=LABELS, variable_value_labels=OPTIONS)
    code, out, err = mutu("skm", "score", str(path), "--json")
    assert (code, err) == (0, "")
    same_answers = tmp_path / "sama.xlsx"
    same_answers.write_bytes(as_xlsx([list(LABELS.values()), *ANSWERS.tolist()]))
    assert json.loads(out)["ikm"] == json.loads(mutu("skm", "score", str(same_answers), "--json")[1])["ikm"]


@pytest.mark.parametrize("cut", [4, 100, 176, 900, -1, -20])
def test_a_file_that_was_cut_off_gets_a_sentence(cut, tmp_path):
    raw = sav(tmp_path, frame(), column_labels=LABELS).read_bytes()
    with pytest.raises(ReadError, match="damaged"):
        read(raw[:cut], name="putus.sav")


# a file of four respondents in which the parser of pyreadstat 1.3.7 reads where nothing is
DEADLY = (
    "c-m8O^D%PJP}Wok4hRlbaB&QARB-e3aaGV&$S5f(D7MnqPtPpLC{5B!&d=2k&#X!;O7Trh)(=WeObISYEKy)$U|;}Y7+`_3A{~rO"
    "75wtc6pYLaEv<}AtPCv`C<I7$F+yo34iJl#A=D6}L>R~mNG&R^Oe{()Nz7BoNvurF1JcNDgy>@h<4_}rK4uhue6Z&U$xKPiRwzy_"
    "E=|mYSPcRWj7bpnEKoOqFdLLk2HFU+lUjfsXeKi>OgVs91j+sXfdFPd$lWjhGBB_ssbz+$`Tzg@e<)r556WkUngt0t28PfOH(d*m"
    "AUD(iHmD^WNC6FFgVgat*&y|yhPI)GoS{axp++Dn0jN?YB(1PC@thes20qwBXaNUU*g`ErqhaDObsy{js8?lC"
)


def test_a_file_that_kills_its_parser_gets_a_sentence_as_well():
    raw = zlib.decompress(base64.b85decode(DEADLY))
    command = (sys.executable, "-m", "mutu.responses.spss_child", "1000", "100000")
    assert subprocess.run(command, input=raw, capture_output=True, check=False).returncode != 0
    with pytest.raises(ReadError, match="damaged"):
        read(raw, name="rusak.sav")


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="prlimit sets the limit")
def test_the_process_that_reads_lives_with_less_memory_than_it_would_take(tmp_path):
    path = sav(tmp_path, frame(), column_labels=LABELS)
    program = f"from mutu.responses import read; print(len(read({str(path)!r}).answers))"
    command = ("prlimit", f"--as={3 * 2**29}", sys.executable, "-c", program)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "24\n", done.stderr


def test_any_change_of_bytes_is_read_or_refused(tmp_path):
    whole = {}
    for ending, packed in ((".sav", False), (".zsav", True)):
        path = tmp_path / f"utuh{ending}"
        pyreadstat.write_sav(frame(teks=["abc" * 90] * 24), path, column_labels=LABELS, compress=packed)
        whole[ending] = path.read_bytes()
    chance = random.Random(20)
    outcomes = set()
    for _time in range(30):
        raw = bytearray(chance.choice(list(whole.values())))
        for _change in range(chance.choice((1, 3, 12))):
            place = chance.randrange(4, min(len(raw) - 4, 1500))
            raw[place : place + 4] = chance.choice((b"\xff\xff\xff\x7f", b"\x80\0\0\0", chance.randbytes(4)))
        try:
            outcomes.add(len(read(bytes(raw), name="rusak.sav").answers) > 0)
        except (ReadError, MappingError, ScaleError) as error:
            outcomes.add("rusak.sav" in say(error))
    assert outcomes == {True}


def test_a_file_that_unpacks_to_more_than_a_survey_is_refused(tmp_path):
    path = tmp_path / "besar.zsav"
    rows = 100_200
    pyreadstat.write_sav(pd.DataFrame({"U1": np.ones(rows), "U2": np.ones(rows)}), path, compress=True)
    with pytest.raises(ReadError, match="rows"):
        read(path)
    wide = pd.DataFrame({"U1": np.ones(8000), "teks": ["x" * 20_000] * 8000})
    pyreadstat.write_sav(wide, path, compress=True)
    assert path.stat().st_size < 2 * 2**20
    with pytest.raises(ReadError, match="100 MB"):
        read(path)


def test_the_marks_are_those_that_spss_files_begin_with(tmp_path):
    pyreadstat.write_sav(frame(), tmp_path / "a.sav")
    pyreadstat.write_sav(frame(), tmp_path / "a.zsav", compress=True)
    starts = {(tmp_path / name).read_bytes()[:4] for name in ("a.sav", "a.zsav")}
    assert starts == set(spss.MARKS)
    assert len(read(io.BytesIO((tmp_path / "a.sav").read_bytes()).getvalue()).answers) == 24


def test_the_command_writes_what_counts_for_spss_and_never_over_the_survey(tmp_path):
    source, target = tmp_path / "survei.csv", tmp_path / "jawaban.sav"
    source.write_bytes(as_csv([list(LABELS.values()), *ANSWERS.tolist()]))
    code, out, _err = mutu("skm", "score", str(source), "--sav", str(target), "--json")
    assert code == 0
    assert json.loads(out)["files"] == {"sav": str(target)}
    assert same(read(target).answers, frame())
    code, out, err = mutu("skm", "score", str(target), "--sav", str(target), "--lang", "en")
    assert (code, out) == (2, "")
    assert "the survey itself" in err
    assert mutu("skm", "score", str(source), "--sav", str(tmp_path / "x.txt"))[0] == 2
