"""office.toml: what stands in it, and the sentence for what is wrong in it."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from mutu.errors import SettingError
from mutu.locale import say, use
from mutu.report import office
from mutu.report.office import Office, Step

FULL = """
name = "Pemerintah Kabupaten Contoh"
unit = "Dinas  Kependudukan"
period = "Semester I 2026"
head = "…"
population = 1200
services = ["KTP-el", "Akta"]
report_url = "https://contoh.example/laporan"
min_n = 30
min_group = 8
logo = "logo.png"

[plan.U8]
program = "Kotak saran daring"
time = "Triwulan IV"
"""


def _file(tmp_path, text):
    path = tmp_path / "office.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path):
    Image.new("RGB", (40, 20), "teal").save(tmp_path / "logo.png")
    found = office.load(_file(tmp_path, FULL))
    assert found.full_name == "Dinas Kependudukan, Pemerintah Kabupaten Contoh"
    assert (found.population, found.min_n, found.min_group) == (1200, 30, 8)
    assert found.services == ("KTP-el", "Akta")
    assert found.plan == {"U8": Step("Kotak saran daring", "Triwulan IV", "")}
    assert Image.open(BytesIO(found.logo)).size == (40, 20)


def test_without_a_file_everything_is_left_to_fill_in():
    assert office.load(None) == Office()
    assert (Office().min_n, Office().min_group) == (10, 5)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("nama = 'x'", "nama"),
        ("name = 3", "name"),
        ("name = '" + "x" * 301 + "'", "301"),
        ("population = 0", "population"),
        ("population = true", "population"),
        ("population = '1200'", "population"),
        ("services = 'KTP'", "services"),
        ("services = [1]", "services"),
        ("report_url = 'javascript:alert(1)'", "report_url"),
        ("report_url = 'http://[x'", "report_url"),
        ("min_n = 9", "10"),
        ("min_group = 4", "5"),
        ("logo = 'tidak-ada.png'", "tidak-ada.png"),
        ("logo = 'office.toml'", "office.toml"),
        ("plan = 3", "plan"),
        ("[plan.U10]\nprogram = 'x'", "U10"),
        ("[plan.U1]\nwho = 'x'", "who"),
        ("[plan.U1]\nprogram = 3", "plan.U1.program"),
        ("name = ", "name"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_wrong_is_named_with_file_and_key(tmp_path, text, place, language):
    with pytest.raises(SettingError) as caught, use(language):
        office.load(_file(tmp_path, text))
    with use(language):
        said = say(caught.value)
    assert "office.toml" in said
    assert place in said
    assert said.endswith(".")


def test_a_missing_file_and_one_that_is_no_text_are_named(tmp_path):
    with pytest.raises(SettingError, match=r"nothing\.toml"):
        office.load(tmp_path / "nothing.toml")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingError, match="folder"):
        office.load(tmp_path / "folder")
    (tmp_path / "b.toml").write_bytes(b"name = '\xff\xfe'")
    with pytest.raises(SettingError, match="UTF-8"):
        office.load(tmp_path / "b.toml")
    (tmp_path / "large.toml").write_text("name = 'x'\n" + "# " + "x" * 200_000, encoding="utf-8")
    with pytest.raises(SettingError, match=r"large\.toml is larger"):
        office.load(tmp_path / "large.toml")


def test_a_minimum_is_never_lowered_in_code_either():
    with pytest.raises(SettingError, match="min_n"):
        Office(min_n=1)
    with pytest.raises(SettingError, match="min_group"):
        Office(min_group=1)


def test_a_picture_that_unpacks_to_too_much_is_refused(tmp_path):
    Image.new("1", (9000, 9000)).save(tmp_path / "logo.png")
    with pytest.raises(SettingError, match="pixels"):
        office.load(_file(tmp_path, "logo = 'logo.png'"))
