"""Files of a submission are read without following or waiting for anything; what is left out is told."""

import os
import socket
import sys

import pytest

from mutu.course.grade import files


def told(folder, **limits):
    """Content by name, and for each file that was left out the sentence."""
    found = files.read(folder, **{"ignored": ("*.pyc",), "largest": 100, **limits})
    return dict(found.files), [str(note) for note in found.notes]


def test_ordinary_files_are_read_and_ignored_ones_are_not(tmp_path):
    (tmp_path / "dalam").mkdir()
    for name in ("skm.ipynb", "dalam/data.csv", "a.pyc"):
        (tmp_path / name).write_bytes(name.encode())
    assert told(tmp_path) == ({"skm.ipynb": b"skm.ipynb", "dalam/data.csv": b"dalam/data.csv"}, [])
    assert told(tmp_path / "tidak-ada") == ({}, [])


def test_what_is_too_large_is_left_out(tmp_path):
    (tmp_path / "besar").write_bytes(bytes(101))
    (tmp_path / "pas").write_bytes(bytes(100))
    assert told(tmp_path) == ({"pas": bytes(100)}, ["«besar» tidak diikutkan: terlalu besar."])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_links_and_devices_are_not_followed_and_nothing_is_waited_for(tmp_path):
    (tmp_path / "luar").write_bytes(b"rahasia")
    folder = tmp_path / "kiriman"
    folder.mkdir()
    (folder / "a-tautan").symlink_to(tmp_path / "luar")
    (folder / "b-folder").symlink_to(tmp_path)
    os.mkfifo(folder / "c-pipa")
    os.link(tmp_path / "luar", folder / "d-keras")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(folder / "e-soket"))
    found, notes = told(folder)
    assert found == {}
    assert notes == [
        "«a-tautan» tidak diikutkan: bukan berkas biasa, melainkan tautan atau perangkat.",
        "«b-folder» tidak diikutkan: bukan berkas biasa, melainkan tautan atau perangkat.",
        "«c-pipa» tidak diikutkan: bukan berkas biasa, melainkan tautan atau perangkat.",
        "«d-keras» tidak diikutkan: nama kedua dari berkas di tempat lain.",
        "«e-soket» tidak diikutkan: tidak dapat dibaca.",
    ]
