"""The organiser's profile: what is missing or wrong is said with file and key."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mutu.course.outcome.certificate.profile import OfModule, load, write_template
from mutu.errors import SettingError, WorkspaceError


def test_a_profile_is_read(profile):
    more = '[modules.skm]\nleast = 80\n[modules.ps1]\ntitle = "Soal satu"\njp = 3\n'
    profile.write_text(profile.read_text(encoding="utf-8") + more, encoding="utf-8")
    training = load(profile)
    assert training.head == "Dr. Raden Ayu Kusumawardhani, M.Si."
    assert (training.start, training.end, training.date) == (date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 25))
    assert training.least == Decimal(70)
    assert training.modules == {"skm": OfModule(least=Decimal(80)), "ps1": OfModule(title="Soal satu", jp=3)}


def test_texts_lose_what_cannot_be_printed(profile):
    profile.write_text(profile.read_text(encoding="utf-8").replace("Rekaan", "Re\\u0000ka\\tan"), encoding="utf-8")
    assert load(profile).place == "Re ka an"


WRONG = {
    'unknown = "x"': "unknown is not known",
    'training = ""': "training is empty. Write training = ",
    "training = 5": "training must be a text",
    f'training = "{"x" * 201}"': "201 characters",
    'number = "SKM"': "{number}",
    'number = "{number}/{number.__class__}"': "{number}",
    'number = "{number}/{bulan}"': "{number}",
    'start = "2026-11-01"': "start must be a day",
    "start = 2026-11-01T08:00:00": "start must be a day",
    "start = 2026-11-21": "end lies before start",
    "date = 2026-11-19": "after the day of issue",
    "least = 101": "least must be a mark",
    "least = nan": "least must be a mark",
    "least = true": "least must be a mark",
    'logo = "tidak-ada.png"': "logo",
    "modules = 5": r"[modules.skm]",
    "modules = { skm = 5 }": r"[modules.skm]",
    "modules = { skm = { jp = 0 } }": "modules.skm.jp must be a whole number",
    "modules = { skm = { jp = true } }": "modules.skm.jp must be a whole number",
    "modules = { skm = { color = 1 } }": "modules.skm.color is not known",
    "= 5": "«= 5» is no setting",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_said_with_the_key(profile, line):
    key = line.partition(" = ")[0]
    kept = [one for one in profile.read_text(encoding="utf-8").splitlines() if not one.startswith(f"{key} = ")]
    profile.write_text("\n".join([*kept, line]), encoding="utf-8")
    with pytest.raises(SettingError) as said:
        load(profile)
    assert WRONG[line] in str(said.value)
    assert profile.name in str(said.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("start = 1-11-2026", "write the day as year-month-day without quotes, as in start = 2026-11-25."),
        ("start = 1 November 2026  # Minggu", "as in start = 2026-11-25."),
        ("start = 2026-11-31", "there is no such day."),
        ("place = Bandung Barat", 'put the text behind place into quotation marks, as in place = "text".'),
        ("place = “Bandung”", "use straight quotation marks"),
        ('place = "Bandung', 'the text behind place stands between two "'),
        ('place = "Kantor "Baru" Bandung"', "use ' there."),
        ('logo = "C:\\gambar\\lambang.png"', "write / in the place of \\ behind logo."),
        ("least = 70,5", "write the number with a dot, as in least = 70.5."),
        ('place: "Bandung"', '«place: "Bandung"» is no setting.'),
        ("[modules.skm", "«[modules.skm» is no heading."),
        ('training = "lagi"', "training stands there a second time."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_what_to_write_instead(profile, line, said):
    key = line.partition(" = ")[0]
    kept = [one for one in profile.read_text(encoding="utf-8").splitlines()
            if not one.startswith(f"{key} = ") or key == "training"]  # fmt: skip
    profile.write_text("\n".join([*kept, line, ""]), encoding="utf-8")
    with pytest.raises(SettingError) as told:
        load(profile)
    assert str(told.value).startswith(f"{profile}, line {len(kept) + 1}: ")
    assert said in str(told.value)


def test_a_key_behind_a_sign_or_below_a_heading_is_found_there(profile):
    lines = profile.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("start = "))
    profile.write_text("\n".join([*lines[:at], f"# {lines[at]}", *lines[at + 1 :]]), encoding="utf-8")
    with pytest.raises(SettingError, match=f"line {at + 1}: start stands behind a #.*start = 2026-11-25"):
        load(profile)
    profile.write_text("\n".join([*lines[:at], "[modules.skm]", *lines[at:]]), encoding="utf-8")
    with pytest.raises(SettingError, match=r"start stands below \[modules.skm\]"):
        load(profile)


@pytest.mark.parametrize("key", ["training", "organiser", "place", "head", "position", "number", "start", "end"])
def test_nothing_that_is_printed_may_be_missing(profile, key):
    kept = [one for one in profile.read_text(encoding="utf-8").splitlines() if not one.startswith(f"{key} = ")]
    profile.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(SettingError, match=f"{key} is missing"):
        load(profile)


def test_a_training_that_has_not_ended_gets_no_certificates_today(profile):
    tomorrow = date.today() + timedelta(1)
    text = profile.read_text(encoding="utf-8").replace("date = 2026-11-25\n", "").replace("2026-11-20", str(tomorrow))
    profile.write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match="after the day of issue"):
        load(profile)


def test_a_file_that_is_missing_or_not_text_is_said_so(tmp_path):
    with pytest.raises(SettingError, match="no file"):
        load(tmp_path / "tidak-ada.toml")
    (tmp_path / "biner.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match="UTF-8"):
        load(tmp_path / "biner.toml")
    with pytest.raises(SettingError, match="cannot be read"):
        load(tmp_path)


def test_the_template_is_a_profile_once_it_is_filled_in(tmp_path):
    file = tmp_path / "baru" / "pelatihan.toml"
    write_template(file)
    text = file.read_text(encoding="utf-8")
    assert "training" in tomllib.loads(text)
    with pytest.raises(SettingError, match="training is empty"):
        load(file)
    file.write_text(text.replace('""', '"isi"').replace("# start", "start").replace("# end", "end"), encoding="utf-8")
    training = load(file)
    assert (training.training, training.number) == ("isi", "{number}/SKM/{month}/{year}")
    (tmp_path / "berkas").write_text("")
    with pytest.raises(WorkspaceError):
        write_template(tmp_path / "berkas" / "pelatihan.toml")
