"""The organiser's profile: what is missing or wrong is said with file and key."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mutu.course.outcome.certificate.profile import OfModule, load, write_template
from mutu.course.outcome.certificate.spelled import KEYS, OF_MODULE, PARTS
from mutu.errors import SettingError, WorkspaceError

WORDS = {**PARTS, **KEYS, **OF_MODULE}
_WORD = re.compile("|".join(re.escape(word) if word[0] == "{" else rf"\b{word}\b" for word in WORDS))


def _indonesian(text):
    """A line of a profile, or what is said of it, with Indonesian keys."""
    return _WORD.sub(lambda found: WORDS[found[0]], text)


@pytest.fixture(params=["en", "id"])
def spoken(request, profile):
    """Writes lines, of which a key may be given again, in the place of those of the profile; in both languages."""
    said = _indonesian if request.param == "id" else str

    def write(*lines):
        again = {line.partition(" = ")[0] for line in lines if " = " in line}
        before = profile.read_text(encoding="utf-8").splitlines()
        kept = [line for line in before if line.partition(" = ")[0] not in again]
        text = [f"{said(key)} = {said(value) if key == 'number' else value}"
                for key, _is, value in (line.partition(" = ") for line in kept)]  # fmt: skip
        profile.write_text("\n".join([*text, *map(said, lines)]), encoding="utf-8")
        return said

    return write


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
    'number = "{number}/{hari}"': "{number}",
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
    "modules = { skm = { jp = 0 } }": "modules.skm.jp must be a whole",
    "modules = { skm = { jp = true } }": "modules.skm.jp must be a whole",
    "modules = { skm = { color = 1 } }": "modules.skm.color is not known",
    "= 5": "«= 5» is no setting",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_said_with_the_key_as_it_is_written(profile, spoken, line):
    said = spoken(line)
    with pytest.raises(SettingError) as told:
        load(profile)
    assert said(WRONG[line]) in str(told.value)
    assert profile.name in str(told.value)


def test_a_profile_with_indonesian_keys_is_the_same(profile):
    more = '[modules.skm]\nleast = 80\n[modules.ps1]\ntitle = "Soal satu"\njp = 3\n'
    english = profile.read_text(encoding="utf-8") + more
    profile.write_text(english, encoding="utf-8")
    known = load(profile)
    lines = [line.partition(" = ") for line in english.splitlines()]
    own = "\n".join(
        f"{_indonesian(key)}{sign}{_indonesian(value) if key == 'number' else value}" for key, sign, value in lines
    )
    assert own.splitlines()[0].startswith("pelatihan = ")
    assert '"{nomor}/SKM/{bulan}/{tahun}"' in own
    assert "[modul.ps1]\njudul = " in own
    profile.write_text(own, encoding="utf-8")
    assert load(profile) == known
    profile.write_text(own.replace("pelatihan = ", "training = ", 1), encoding="utf-8")
    assert load(profile) == known


def test_one_key_in_both_languages_is_refused_and_unknown_ones_are_told_the_indonesian_ones(profile):
    known = profile.read_text(encoding="utf-8")
    profile.write_text(f'{known}tempat = "Bandung"\n', encoding="utf-8")
    with pytest.raises(SettingError, match="place and tempat are the same key"):
        load(profile)
    profile.write_text(f'{known}warna = "hijau"\n', encoding="utf-8")
    with pytest.raises(SettingError, match="warna is not known; the keys are pelatihan, jenis, penyelenggara"):
        load(profile)


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
    assert {*tomllib.loads(text)} <= {*KEYS.values()}
    with pytest.raises(SettingError, match="pelatihan is empty"):
        load(file)
    text = text.replace('""', '"isi"')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match=r"line \d+: mulai stands behind a #.*: mulai = 2026-11-25"):
        load(file)
    file.write_text(text.replace("# mulai", "mulai").replace("# selesai", "selesai"), encoding="utf-8")
    training = load(file)
    assert (training.training, training.number) == ("isi", "{number}/SKM/{month}/{year}")
    (tmp_path / "berkas").write_text("")
    with pytest.raises(WorkspaceError):
        write_template(tmp_path / "berkas" / "pelatihan.toml")
